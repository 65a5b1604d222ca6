# SPDX-License-Identifier: GPL-3.0-or-later
"""What proves that closed audits and the files that back answers are as they were."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.audit.model import AnswerEvidence, Campaign
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.accounts import UNKNOWN, Account, held_against_journal
from egn_desktop.dossier.report import Check

_ANSWERED: Final = ("criterion", "level", "version", "standing", "value", "reason", "note")


def checks(dossier: Dossier) -> Iterable[Check]:
    """Hold the audits and their evidence against the journal."""
    yield held_against_journal(dossier, "États des lieux", (_AUDITS, _EVIDENCE))


def digest(campaign: Campaign) -> str:
    """Return the digest of what a closed audit was judged by and what was answered."""
    given = sorted(
        [str(getattr(answer, name)) for name in _ANSWERED] for answer in campaign.answers
    )
    said = json.dumps([campaign.frame, given], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _audits(session: Session) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for row in session.scalars(select(Campaign)):
        closed = row.closed_on is not None
        fields = {"school_year": row.school_year, "closed": closed}
        yield row.id, fields | {"answers_sha256": digest(row) if closed else None}


def _evidence(session: Session) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for row_id in session.scalars(select(AnswerEvidence.id)).all():
        content = select(AnswerEvidence.content).where(AnswerEvidence.id == row_id)
        held = session.scalar(content) or b""
        yield row_id, {"sha256": hashlib.sha256(held).hexdigest()}


_AUDITS: Final = Account(
    kind="audit",
    name="État des lieux n°",
    rows=_audits,
    fields={
        "school_year": "année scolaire",
        "closed": "clôture",
        "answers_sha256": "empreinte des réponses",
    },
    implied={
        "audit.started": {"closed": False},
        "audit.closed": {"closed": True},
        "audit.reopened": {"closed": False, "answers_sha256": UNKNOWN},
    },
)
_EVIDENCE: Final = Account(
    number="evidence",
    changes=("audit.evidence_added", "audit.evidence_removed", "audit.evidence_erased"),
    name="Pièce n°",
    rows=_evidence,
    fields={"sha256": "empreinte du fichier"},
    ends=frozenset({"audit.evidence_removed", "audit.evidence_erased"}),
    # Earlier versions kept evidence without a word in the journal.
    is_whole=False,
)
