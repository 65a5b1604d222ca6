# SPDX-License-Identifier: GPL-3.0-or-later
"""What proves that adopted plans, joined documents, risk lines and crises are as they were."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.accounts import Account, KeptFile, held_against_journal
from egn_desktop.dossier.report import Check
from egn_desktop.plans.model import (
    Attachment,
    Crisis,
    CrisisEntry,
    PlanMilestone,
    PlanTakenUp,
    PlanVersion,
    PlanVersionAction,
    RiskLine,
)

_Rows = Iterator[tuple[int, Mapping[str, Any]]]
_REMOVED: Final = {"removed": "retrait"}


def checks(dossier: Dossier) -> Iterable[Check]:
    """Hold the plan's records against the journal, and its PDFs against their digests."""
    accounts = (_VERSIONS, _MILESTONES, _TAKEN_UP, _ATTACHMENTS)
    yield held_against_journal(
        dossier, "Versions du plan et documents joints", accounts, _files(dossier)
    )
    yield held_against_journal(dossier, "Risques et crises", (_RISKS, _CRISES))


def _files(dossier: Dossier) -> Iterator[KeptFile]:
    for row in dossier.rows(select(PlanVersion.number, PlanVersion.sha256)):
        pdf = select(PlanVersion.pdf).where(PlanVersion.number == row.number)
        yield KeptFile(
            f"Plan, version {row.number}", row.sha256, lambda pdf=pdf: dossier.rows(pdf)[0][0]
        )
    for row in dossier.rows(select(Attachment.id, Attachment.title, Attachment.sha256)):
        pdf = select(Attachment.pdf).where(Attachment.id == row.id)
        yield KeptFile(
            f"Document joint « {row.title} »",
            row.sha256,
            lambda pdf=pdf: dossier.rows(pdf)[0][0],
        )


def _versions(session: Session) -> _Rows:
    for row in session.scalars(select(PlanVersion)):
        listed = select(PlanVersionAction.action_id).where(PlanVersionAction.version == row.number)
        taken = select(PlanTakenUp.id).where(PlanTakenUp.version == row.number)
        yield (
            row.number,
            _fields(row, "adopted_on", "body", "participants", "sha256")
            | {
                "snapshot_sha256": hashlib.sha256(row.snapshot.encode()).hexdigest(),
                "listed": list(session.scalars(listed.order_by(PlanVersionAction.place))),
                "taken_up": list(session.scalars(taken.order_by(PlanTakenUp.id))),
            },
        )


def _milestones(session: Session) -> _Rows:
    for row in session.scalars(select(PlanMilestone)):
        yield row.id, _fields(row, "version", "kind", "done_on", "body") | _removed(row)


def _taken_up(session: Session) -> _Rows:
    for row in session.scalars(select(PlanTakenUp)):
        line = {"line": row.kind, "action": row.action_id}
        yield row.id, line | _fields(row, "section", "words")


def _attachments(session: Session) -> _Rows:
    for row in session.scalars(select(Attachment)):
        yield row.id, _fields(row, "kind", "title", "dated_on", "sha256") | _removed(row)


def _risks(session: Session) -> _Rows:
    for row in session.scalars(select(RiskLine)):
        names = [name for name in _RISKS.fields if name != "removed"]
        yield row.id, _fields(row, *names) | _removed(row)


def _crises(session: Session) -> _Rows:
    counted = select(CrisisEntry.crisis_id, func.count()).group_by(CrisisEntry.crisis_id)
    lines = {row[0]: row[1] for row in session.execute(counted)}
    for row in session.scalars(select(Crisis)):
        ended = {"ended": row.ended_at is not None, "lines": lines.get(row.id, 0)}
        yield row.id, _fields(row, "scenario") | ended


def _removed(row: Attachment | PlanMilestone | RiskLine) -> dict[str, Any]:
    return {"removed": row.deleted_at is not None}


def _fields(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


_VERSIONS: Final = Account(
    kind="plan",
    name="Plan, version",
    rows=_versions,
    fields={
        "adopted_on": "jour",
        "body": "instance",
        "participants": "participants",
        "sha256": "empreinte du PDF",
        "snapshot_sha256": "empreinte du contenu figé",
        "listed": "actions au programme",
        "taken_up": "lignes reprises de la mise à jour",
    },
)
_MILESTONES: Final = Account(
    kind="plan_milestone",
    name="Fait noté sur une version du plan n°",
    rows=_milestones,
    fields={
        "version": "version",
        "kind": "nature",
        "done_on": "jour",
        "body": "instance",
        **_REMOVED,
    },
    implied={
        "plan_milestone.noted": {"removed": False},
        "plan_milestone.removed": {"removed": True},
    },
)
_TAKEN_UP: Final = Account(
    number="taken_up",
    changes=("plan.taken_up", "plan.left_out"),
    name="Ligne reprise n°",
    rows=_taken_up,
    fields={"line": "nature", "action": "action", "section": "partie", "words": "texte"},
    ends=frozenset({"plan.left_out"}),
    # Those of dossiers older than schema 0003 were recovered by their words.
    is_whole=False,
)
_ATTACHMENTS: Final = Account(
    kind="attachment",
    name="Document joint n°",
    rows=_attachments,
    fields={
        "kind": "nature",
        "title": "titre",
        "dated_on": "date",
        "sha256": "empreinte du PDF",
        **_REMOVED,
    },
    implied={
        "attachment.added": {"removed": False},
        "attachment.removed": {"removed": True},
        "attachment.restored": {"removed": False},
    },
    ends=frozenset({"attachment.erased"}),
)
_RISKS: Final = Account(
    kind="risk",
    name="Ligne de risque n°",
    rows=_risks,
    fields={
        "risk": "risque proposé",
        "title": "intitulé",
        "family": "famille",
        "work_units": "unités de travail",
        "situations": "situations",
        "in_place": "mesures en place",
        "to_take": "mesures à prendre",
        "severity": "gravité",
        "likelihood": "fréquence",
        "control": "maîtrise",
        **_REMOVED,
    },
    implied={
        "risk.added": {"severity": None, "likelihood": None, "control": None, "removed": False},
        "risk.removed": {"removed": True},
        "risk.restored": {"removed": False},
    },
)
_CRISES: Final = Account(
    kind="crisis",
    name="Crise n°",
    rows=_crises,
    fields={"scenario": "scénario", "ended": "fin", "lines": "lignes du journal de crise"},
    implied={"crisis.started": {"ended": False}, "crisis.ended": {"ended": True}},
    counted={"lines": {"crisis.ticked": 1}},
)
