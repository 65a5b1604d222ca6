# SPDX-License-Identifier: GPL-3.0-or-later
"""What proves that loans, incidents, signed papers and photos are as they were noted."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.accounts import UNKNOWN, Account, KeptFile, held_against_journal
from egn_desktop.dossier.report import Check
from egn_desktop.fields import fields_of
from egn_desktop.inventory.register.model import (
    Incident,
    Loan,
    LoanAccessory,
    Photo,
    Reminder,
    SignedPaper,
)
from egn_desktop.inventory.register.nouns import IncidentFields
from egn_desktop.inventory.register.terms import LoanState

_Rows = Iterator[tuple[int, Mapping[str, Any]]]


def checks(dossier: Dossier) -> Iterable[Check]:
    """Hold the register, the signed papers and the photos against the journal."""
    yield held_against_journal(dossier, "Prêts et incidents", (_LOANS, _INCIDENTS))
    yield held_against_journal(
        dossier, "Papiers signés et photos", (_PAPERS, _PHOTOS), _files(dossier)
    )


def _files(dossier: Dossier) -> Iterator[KeptFile]:
    kept = select(SignedPaper.id, SignedPaper.digest).where(SignedPaper.withdrawn_on.is_(None))
    for row in dossier.rows(kept):
        pdf = select(SignedPaper.pdf).where(SignedPaper.id == row.id)
        yield KeptFile(
            f"Papier signé n° {row.id}", row.digest, lambda pdf=pdf: dossier.rows(pdf)[0][0]
        )


def _loans(session: Session) -> _Rows:
    reminded = select(Reminder.loan_id, func.count()).group_by(Reminder.loan_id)
    reminders = {row[0]: row[1] for row in session.execute(reminded)}
    accessories: dict[int, list[tuple[str, bool | None]]] = {}
    table = LoanAccessory.__table__.c
    handed_over = select(table.loan_id, table.name, table.returned)
    for loan_id, name, returned in session.execute(
        handed_over.order_by(table.loan_id, table.position)
    ):
        accessories.setdefault(loan_id, []).append((name, returned))
    columns = Loan.__table__.c
    rows = select(
        columns.id,
        columns.borrower_id.label("borrower"),
        columns.device_id.label("device"),
        columns.school_class,
        columns.lent_on,
        columns.due_on,
        columns.ended_on,
        columns.state,
        columns.condition_out,
        columns.condition_in,
    )
    for row in session.execute(rows).mappings():
        went = accessories.get(row["id"], [])
        yield (
            row["id"],
            {
                **row,
                "accessories": [name for name, _ in went],
                "returned": [name for name, back in went if back],
                "missing": [name for name, back in went if back is False],
                "reminders": reminders.get(row["id"], 0),
            },
        )


def _incidents(session: Session) -> _Rows:
    for row in session.scalars(select(Incident)):
        named = {"device": row.device_id, "removed": row.deleted_at is not None}
        others = [name for name in _INCIDENTS.fields if name not in named]
        yield row.id, {name: getattr(row, name) for name in others} | named


def _papers(session: Session) -> _Rows:
    columns = SignedPaper.__table__.c
    rows = select(
        columns.id,
        columns.borrower_id.label("borrower"),
        columns.document,
        columns.title,
        columns.signed_on,
        columns.signed_by,
        columns.digest.label("sha256"),
        columns.withdrawn_on,
    )
    for row in session.execute(rows).mappings():
        yield row["id"], dict(row)


def _photos(session: Session) -> _Rows:
    for row_id in session.scalars(select(Photo.id)).all():
        image = session.scalar(select(Photo.image).where(Photo.id == row_id)) or b""
        yield row_id, {"sha256": hashlib.sha256(image).hexdigest()}


_LOANS: Final = Account(
    kind="loan",
    name="Prêt n°",
    rows=_loans,
    fields={
        "borrower": "emprunteur n°",
        "device": "matériel n°",
        "school_class": "classe",
        "lent_on": "prêté le",
        "due_on": "à rendre le",
        "ended_on": "terminé le",
        "state": "issue",
        "condition_out": "état au départ",
        "condition_in": "état au retour",
        "accessories": "accessoires remis",
        "returned": "accessoires rendus",
        "missing": "accessoires manquants",
        "reminders": "relances",
    },
    implied={
        "loan.lent": {
            "state": LoanState.OPEN,
            "ended_on": None,
            "condition_in": None,
            "returned": [],
            "missing": [],
        },
        # What came back apart is written by itself, not with what had come back before.
        "loan.accessories_returned": {"returned": UNKNOWN, "missing": UNKNOWN},
        "loan.accessories_undone": {"returned": UNKNOWN, "missing": UNKNOWN},
    },
    counted={"reminders": {"loan.reminded": 1, "loan.reminder_undone": -1}},
)
_INCIDENTS: Final = Account(
    kind="incident",
    name="Incident n°",
    rows=_incidents,
    fields={
        "device": "matériel n°",
        **{field.name: field.lower_label for field in fields_of(IncidentFields)},
        "closed_on": "clos le",
        "outcome": "issue",
        "removed": "retrait",
    },
    implied={
        "incident.opened": {"closed_on": None, "outcome": None, "removed": False},
        "incident.reopened": {"closed_on": None, "outcome": None},
        "incident.removed": {"removed": True},
        "incident.restored": {"removed": False},
    },
)
_PAPERS: Final = Account(
    kind="paper",
    name="Papier signé n°",
    rows=_papers,
    fields={
        "borrower": "emprunteur n°",
        "document": "document",
        "title": "titre",
        "signed_on": "signé le",
        "signed_by": "signé par",
        "sha256": "empreinte du PDF",
        "withdrawn_on": "retiré le",
    },
    implied={"paper.signed": {"withdrawn_on": None}},
)
_PHOTOS: Final = Account(
    number="photo",
    changes=("photo.added", "photo.removed"),
    name="Photo n°",
    rows=_photos,
    fields={"sha256": "empreinte de l’image"},
    ends=frozenset({"photo.removed"}),
)
