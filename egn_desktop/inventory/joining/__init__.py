# SPDX-License-Identifier: GPL-3.0-or-later
"""What two copies of a dossier may differ in: devices, people, loans and what befell them."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.described import labels, values
from egn_desktop.dossier.copies.subjects import Key, Row, Subject
from egn_desktop.dossier.copies.words import day, quoted, short
from egn_desktop.fields import columns_of
from egn_desktop.inventory.joining.settings import SETTINGS
from egn_desktop.inventory.lending.reminders import Channel, ReminderLevel
from egn_desktop.inventory.privacy.erasure import erase_person
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.nouns import (
    DeviceFields,
    GuardianFields,
    IncidentFields,
    PupilFields,
    StaffFields,
)
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
    LoanState,
)
from egn_desktop.inventory.register.text import person_name

_PEOPLE: Final = "Élèves et personnels"
_LOANS: Final = "Prêts et retours"
_DEVICES: Final = "Appareils"
_OUT_OF_USE: Final = (DeviceState.RETIRED, DeviceState.LOST, DeviceState.STOLEN)
_CUT: Final = "En réunissant deux copies : l’appareil avait été prêté aussi sur l’autre poste."


def _label(terms: Callable[[Any], Any]) -> Callable[[Any], str]:
    return lambda value: terms(value).label.lower() if value else ""


def _code(row: Row) -> str:
    return row["asset_number"] or row["serial_number"] or f"n° {row['id']}"


def _device_name(book: Book, number: Any) -> str:
    row = book.get("device", number)
    return _code(row) if row else "un appareil"


def _person(row: Row) -> str:
    if row["erased_at"]:
        return "Personne effacée"
    return person_name(row["last_name"], row["usual_name"], row["first_name"])


def _name(book: Book, number: Any) -> str:
    row = book.get("borrower", number)
    return _person(row) if row else "une personne"


def _device(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    name = rules.device_name(DeviceKind(row["kind"]), row["brand"], row["model"])
    removed = " (retiré)" if row["deleted_at"] else ""
    return f"{_code(row)}, {name} : {DeviceState(row['state']).label.lower()}{removed}"


def _borrower(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    detail = row["school_class"] or row["duty"]
    removed = " (retiré de la liste)" if row["deleted_at"] and not row["erased_at"] else ""
    return ", ".join(filter(None, (_person(row), detail))) + removed


def _guardian(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    name = " ".join(filter(None, (row["title"], row["first_name"], row["last_name"])))
    return f"Représentant légal : {name or row['email'] or row['phone']}"


def _need(book: Book, row: Row, other: Row | None) -> str:
    del other
    return f"Besoins de {_name(book, row['pupil_id'])}, notés le {day(row['noted_on'])}"


def _loan(book: Book, row: Row, other: Row | None) -> str:
    what = f"{_device_name(book, row['device_id'])}, {_name(book, row['borrower_id'])}"
    if row["state"] == LoanState.OPEN:
        renewed = other is not None and other["due_on"] != row["due_on"]
        until = f", jusqu’au {day(row['due_on'])}"
        return f"{'Prolongation' if renewed else 'Prêt'} : {what}, le {day(row['lent_on'])}{until}"
    ended = {LoanState.RETURNED: "Retour", LoanState.CANCELLED: "Prêt annulé"}.get(
        LoanState(row["state"]), LoanState(row["state"]).label
    )
    return f"{ended} : {what}, le {day(row['ended_on'])}"


def _reminder(book: Book, row: Row, other: Row | None) -> str:
    del other
    loan = book.get("loan", row["loan_id"])
    whom = f" à {_name(book, loan['borrower_id'])}" if loan else ""
    level = ReminderLevel(row["level"]).label.lower()
    how = Channel(row["channel"]).label.lower()
    return f"Relance{whom} le {day(row['sent_on'])} ({level}, {how})"


def _incident(book: Book, row: Row, other: Row | None) -> str:
    del other
    closed = ", clos" if row["closed_on"] else ""
    removed = " (retiré)" if row["deleted_at"] else ""
    kind = IncidentKind(row["kind"]).label
    return (
        f"{kind} : {_device_name(book, row['device_id'])}, le {day(row['happened_on'])}{closed}"
        f"{removed}"
    )


def _photo(book: Book, row: Row, other: Row | None) -> str:
    del other
    caption = f" {quoted(row['caption'])}" if row["caption"] else ""
    return f"Photo de {_device_name(book, row['device_id'])}, le {day(row['taken_on'])}{caption}"


def _paper(book: Book, row: Row, other: Row | None) -> str:
    del other
    withdrawn = ", retiré" if row["withdrawn_on"] else ""
    whom = _name(book, row["borrower_id"])
    return f"{row['title']} signé le {day(row['signed_on'])} : {whom}{withdrawn}"


def _device_obstacle(book: Book, row: Row) -> tuple[str, tuple[str, Key]] | None:
    """A device that is lent here cannot leave the stock."""
    if not row["deleted_at"] and row["state"] not in _OUT_OF_USE:
        return None
    return _lent_here(book, "device_id", row["id"])


def _borrower_obstacle(book: Book, row: Row) -> tuple[str, tuple[str, Key]] | None:
    """Who holds a device here cannot leave the list, nor be erased."""
    return _lent_here(book, "borrower_id", row["id"]) if row["deleted_at"] else None


def _lent_here(book: Book, column: str, number: Any) -> tuple[str, tuple[str, Key]] | None:
    for loan in book.rows("loan", f"\"{column}\" = ? AND state = 'open'", number):
        why = f"Ici, le prêt est en cours : {_loan(book, loan, None)}."
        return f"{why} À refaire ici après le retour.", ("loan", (loan["id"],))
    return None


def _loan_obstacle(book: Book, row: Row) -> tuple[str, tuple[str, Key]] | None:
    """A device out of use here cannot be lent, nor anything to somebody taken off the list."""
    if row["state"] != LoanState.OPEN:
        return None
    device, who = book.get("device", row["device_id"]), book.get("borrower", row["borrower_id"])
    if device and (device["deleted_at"] or device["state"] in _OUT_OF_USE):
        why = f"Ici, l’appareil n’est plus en service : {_device(book, device, None)}."
        return why, ("device", (device["id"],))
    if who and who["deleted_at"]:
        return "Ici, la personne n’est plus dans la liste.", ("borrower", (who["id"],))
    return None


def _end_loan(raw: Any, number: Any, today: date) -> tuple[str, str, dict[str, Any]]:
    raw.execute(
        "UPDATE loan SET state = ?, ended_on = ?, note_in = ? WHERE id = ?",
        (LoanState.CANCELLED.value, today.isoformat(), _CUT, number),
    )
    after = {"state": LoanState.CANCELLED.value, "ended_on": today, "note": _CUT}
    return "loan.cancelled", f"loan:{number}", after


def _loan_fields(book: Book, row: Row) -> dict[str, Any]:
    went = book.rows("loan_accessory", "loan_id = ?", row["id"])
    kept = ("school_class", "lent_on", "due_on", "ended_on", "state")
    return {
        "borrower": row["borrower_id"],
        "name": _name(book, row["borrower_id"]),
        "device": row["device_id"],
        **{name: row[name] for name in (*kept, "condition_out", "condition_in")},
        "accessories": [row["name"] for row in went],
        "returned": [row["name"] for row in went if row["returned"]],
        "missing": [row["name"] for row in went if row["returned"] == 0],
        "note": row["note_in"],
    }


def _incident_fields(book: Book, row: Row) -> dict[str, Any]:
    del book
    kept = (*columns_of(IncidentFields), "closed_on", "outcome")
    return {
        "device": row["device_id"],
        **{name: row[name] for name in kept},
        "removed": row["deleted_at"] is not None,
    }


def _paper_fields(book: Book, row: Row) -> dict[str, Any]:
    del book
    kept = ("document", "title", "signed_on", "signed_by", "withdrawn_on")
    return {
        "borrower": row["borrower_id"],
        **{name: row[name] for name in kept},
        "sha256": row["digest"],
    }


def _is_erased(row: Row) -> bool:
    return row["erased_at"] is not None


def _erase(dossier: Dossier, session: Session, number: Any) -> None:
    erase_person(dossier, session, number)


def _drop_orphans(raw: Any) -> None:
    raw.execute("DELETE FROM guardian WHERE id NOT IN (SELECT guardian_id FROM pupil_guardian)")


SUBJECTS: Final = (
    Subject(
        table="loan",
        heading=_LOANS,
        tell=_loan,
        fields={
            "state": "issue",
            "due_on": "à rendre le",
            "ended_on": "terminé le",
            "condition_in": "état au retour",
            "note_in": "remarque",
        },
        values={
            "state": _label(LoanState),
            "due_on": day,
            "ended_on": day,
            "condition_in": _label(Condition),
        },
        parts={"loan_accessory": "loan_id"},
        kinds=("loan",),
        journal_refs={"device": "device", "borrower": "borrower", "loans": "loan", "loan": "loan"},
        journalled=_loan_fields,
        obstacle=_loan_obstacle,
        give_way=_end_loan,
        of_person=("borrower_id",),
    ),
    Subject(
        table="reminder",
        heading=_LOANS,
        tell=_reminder,
        changes=("loan.reminded", "loan.reminder_undone"),
        under=("loan_id", "loan"),
        of_person=("loan_id",),
        is_final=True,
    ),
    Subject(
        table="signed_paper",
        heading="Papiers signés",
        tell=_paper,
        fields={"withdrawn_on": "retiré le"},
        values={"withdrawn_on": day},
        parts={"loan_paper": "paper_id"},
        kinds=("paper",),
        journalled=_paper_fields,
        of_person=("borrower_id",),
        is_final=True,
        needs_part=True,
    ),
    Subject(
        table="incident",
        heading="Incidents",
        tell=_incident,
        fields={
            **labels(IncidentFields),
            "closed_on": "clos le",
            "outcome": "issue",
        },
        values=values(IncidentFields)
        | {"description": short, "closed_on": day, "outcome": _label(IncidentOutcome)},
        kinds=("incident",),
        journalled=_incident_fields,
        of_person=("loan_id",),
    ),
    Subject(
        table="photo",
        heading="Incidents",
        tell=_photo,
        fields={"caption": "légende"},
        changes=("photo.added", "photo.removed"),
        numbered_in="photo",
        journal_refs={"photo": "photo"},
        of_person=("loan_id", "incident_id"),
        is_final=True,
    ),
    Subject(
        table="borrower",
        heading=_PEOPLE,
        tell=_borrower,
        fields={
            **labels(PupilFields),
            **labels(StaffFields),
            "left_on": "parti le",
            "deleted_at": "retiré le",
        },
        values=values(PupilFields) | values(StaffFields) | {"left_on": day, "deleted_at": day},
        parts={"pupil_guardian": "pupil_id"},
        same_by=(
            ("ine",),
            ("kind", "search", "born_on"),
            ("kind", "last_name", "first_name", "school_class"),
            ("kind", "last_name", "first_name", "duty"),
        ),
        kinds=("pupil", "staff"),
        obstacle=_borrower_obstacle,
        is_erased=_is_erased,
        erase=_erase,
    ),
    Subject(
        table="pupil_need",
        heading=_PEOPLE,
        tell=_need,
        fields={"answers": "réponses", "decided": "priorité", "reason": "motif"},
        kinds=("need",),
        of_person=("pupil_id",),
        is_final=True,
    ),
    Subject(
        table="guardian",
        heading=_PEOPLE,
        tell=_guardian,
        fields=labels(GuardianFields),
        values=values(GuardianFields),
        is_final=True,
        tidy=_drop_orphans,
    ),
    Subject(
        table="device",
        heading=_DEVICES,
        tell=_device,
        fields={
            **labels(DeviceFields),
            "state": "situation",
            "deleted_at": "retiré le",
        },
        values=values(DeviceFields)
        | {"state": _label(DeviceState), "notes": short, "deleted_at": day},
        parts={"device_accessory": "device_id"},
        same_by=(("asset_key",), ("serial_number",)),
        kinds=("device",),
        obstacle=_device_obstacle,
    ),
    *SETTINGS,
)
