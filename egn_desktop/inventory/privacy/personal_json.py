# SPDX-License-Identifier: GPL-3.0-or-later
"""One borrower's data as a json that a program reads."""

import json
from datetime import date, datetime
from typing import Any, Final

from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.fields import Field, Shape, fields_of
from egn_desktop.inventory.people.queries.staff import StaffRow
from egn_desktop.inventory.privacy.queries.personal import Borrowings, PersonalData, personal_data
from egn_desktop.inventory.register.loans import LoanDetail
from egn_desktop.inventory.register.nouns import (
    GuardianFields,
    IncidentFields,
    PupilFields,
    StaffFields,
)
from egn_desktop.inventory.stock.queries.devices import DeviceRow
from egn_desktop.personal import OF_OTHERS
from egn_desktop.school.queries import identity

FORMAT: Final = "egn-desktop/donnees-personnelles"
FORMAT_VERSION: Final = 1


def personal_json(dossier: Dossier, borrower_id: int) -> str:
    """Return all that is known of a pupil or of a member of the staff."""
    data = personal_data(dossier, borrower_id)
    found = data.borrowings
    content = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "fait_le": dossier.today(),
        "ecole": identity(dossier).name,
        **_person(data),
        "prets": [
            {**_loan(lent, item), "relances": _reminders(found, lent.row.id)}
            for lent, item in found.loans
        ],
        "reserves": [
            {"appareil": row.name, "numero_inventaire": row.asset_number, "note": row.reserved_note}
            for row in found.reserved
        ],
        "incidents": _incidents(found),
        "documents_signes": _papers(found),
        "photos": [
            {"le": photo.taken_on, "legende": photo.caption, "pret": photo.loan_id}
            for photo in found.photos
        ],
        "besoins": _need(data),
        "journal": [
            {
                "le": line.at,
                "operation": line.what,
                "annule": line.is_undone,
                "avant": line.before,
                "apres": line.after,
            }
            for line in data.journal
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_iso) + "\n"


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def _person(data: PersonalData) -> dict[str, Any]:
    found = data.person
    if isinstance(found, StaffRow):
        return {"personnel": _said(StaffFields, found)}
    return {
        "eleve": _said(PupilFields, found.row) | {"parti_le": found.row.left_on},
        "responsables": [_said(GuardianFields, guardian) for guardian in found.guardians],
    }


def _said(noun: type[Any], row: object) -> dict[str, Any]:
    """Return the fields of a noun by the names that this format gives them, but those of others."""
    return {
        field.key or fold(field.label).replace(" ", "_"): _value(field, getattr(row, field.name))
        for field in fields_of(noun)
        if field.personal is not OF_OTHERS
    }


def _value(field: Field, value: Any) -> Any:
    return field.shown(value) if field.shape in (Shape.CHOICE, Shape.MONEY) else value


def _loan(lent: LoanDetail, item: DeviceRow) -> dict[str, Any]:
    row = lent.row
    return {
        "numero": row.id,
        "appareil": row.device_name,
        "numero_inventaire": item.asset_number,
        "numero_serie": item.serial_number,
        "classe": row.school_class,
        "prete_le": row.lent_on,
        "a_rendre_le": row.due_on,
        "termine_le": row.ended_on,
        "issue": row.state.label,
        "etat_au_depart": lent.condition_out.label,
        "etat_au_retour": lent.condition_in.label if lent.condition_in else None,
        "accessoires": [{"nom": n, "rendu": back} for n, back in lent.accessories.items()],
        "remarque_au_depart": lent.note_out,
        "remarque_au_retour": lent.note_in,
    }


def _reminders(found: Borrowings, loan_id: int) -> list[dict[str, Any]]:
    return [
        {"le": reminder.sent_on, "niveau": reminder.level.label, "moyen": reminder.channel.label}
        for reminder in found.reminders[loan_id]
    ]


def _incidents(found: Borrowings) -> list[dict[str, Any]]:
    return [
        {
            "numero": incident.id,
            "pret": incident.loan_id,
            **_said(IncidentFields, incident),
            "clos_le": incident.closed_on,
            "issue": incident.outcome.label if incident.outcome else None,
        }
        for incident in found.incidents
    ]


def _papers(found: Borrowings) -> list[dict[str, Any]]:
    return [
        {
            "titre": paper.title,
            "signe_le": paper.signed_on,
            "signe_par": paper.signed_by,
            "prets": paper.loan_ids,
            "empreinte_sha256": paper.digest,
            "retire_le": paper.withdrawn_on,
        }
        for paper in found.papers
    ]


def _need(data: PersonalData) -> dict[str, Any] | None:
    if data.need is None:
        return None
    decided = data.need.decided
    return {
        "notes_le": data.need.noted_on,
        "reponses": [line.title for line in data.need.lines],
        "points": data.need.score,
        "priorite_decidee": decided.label if decided is not None else None,
        "motif": data.need.reason,
    }
