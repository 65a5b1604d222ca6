# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that back answers, as screens and documents read them."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from egn_desktop.audit.evidence import EvidenceFile, EvidenceRow
from egn_desktop.audit.model import AnswerEvidence
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError


def evidence(dossier: Dossier, campaign_id: int) -> Mapping[str, Sequence[EvidenceRow]]:
    """Return the files of an audit by key of their question, in the order they were added."""
    wanted = (
        select(
            AnswerEvidence.id,
            AnswerEvidence.criterion,
            AnswerEvidence.level,
            AnswerEvidence.name,
            AnswerEvidence.size,
            AnswerEvidence.added_at,
        )
        .where(AnswerEvidence.campaign_id == campaign_id)
        .order_by(AnswerEvidence.id)
    )
    found: dict[str, list[EvidenceRow]] = {}
    for row in dossier.rows(wanted):
        key = f"{row.criterion}:{row.level}" if row.level else row.criterion
        line = EvidenceRow(row.id, key, row.name, row.size, row.added_at)
        found.setdefault(key, []).append(line)
    return found


def evidence_counts(dossier: Dossier, campaign_id: int) -> Mapping[str, int]:
    """Return how many files back each answer of an audit, by key of their question."""
    rows = evidence(dossier, campaign_id)
    return Counter({key: len(files) for key, files in rows.items()})


def evidence_file(dossier: Dossier, evidence_id: int) -> EvidenceFile:
    """Return one file with its content.

    Raises:
        UserError: there is no such file in the dossier.
    """
    wanted = select(AnswerEvidence.name, AnswerEvidence.content)
    rows = dossier.rows(wanted.where(AnswerEvidence.id == evidence_id))
    if not rows:
        raise UserError(f"Il n’y a pas de pièce n° {evidence_id} dans ce dossier.")
    return EvidenceFile(rows[0].name, rows[0].content)
