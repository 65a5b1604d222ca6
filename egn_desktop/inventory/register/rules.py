# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device, a pupil and a loan are; when a loan is due, and what is wrong with an entry."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.fields import too_long
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    LoanState,
    OwnerKind,
    Retirement,
    Standing,
)
from egn_desktop.spelling import email_problem

GREATEST_VALUE = 1_000_000_00
"""In cents; more is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class ChildName:
    """A pupil as the file of the legal representatives names him or her."""

    last_name: str
    usual_name: str
    first_name: str
    school_class: str


@dataclass(frozen=True, slots=True)
class DueProposal:
    """A day proposed for the return, and its French name."""

    label: str
    due_on: date


def device_problem(device: DeviceInput) -> str | None:
    """Return what keeps a device from being kept, in French, or None."""
    if not device.asset_number.strip() and not device.serial_number.strip():
        return "Il manque le numéro d’inventaire (ou, à défaut, le numéro de série)."
    if device.acquired_on and device.warranty_until and device.warranty_until < device.acquired_on:
        return "La garantie ne peut pas finir avant l’acquisition."
    if device.value_cents is not None and not 0 <= device.value_cents <= GREATEST_VALUE:
        return "La valeur doit être comprise entre 0 et 1 000 000 €."
    return too_long(device)


def pupil_problem(pupil: PupilInput) -> str | None:
    """Return what keeps a pupil from being kept, in French, or None."""
    if not (pupil.last_name.strip() or pupil.usual_name.strip()):
        return "Il manque le nom de l’élève."
    if not pupil.first_name.strip():
        return "Il manque le prénom de l’élève."
    return too_long(pupil)


def birth_problem(born_on: date | None, today: date) -> str | None:
    """Return what keeps a day of birth from being kept, in French, or None."""
    if born_on is None or born_on <= today:
        return None
    return f"Une naissance le {french.short_date(born_on)} est à venir\u202f: vérifiez l’année."


def staff_problem(member: StaffFields) -> str | None:
    """Return what keeps somebody of the staff from being kept, in French, or None."""
    if not member.last_name.strip():
        return "Il manque le nom de la personne."
    if not member.first_name.strip():
        return "Il manque le prénom de la personne."
    return too_long(member) or email_problem(member.email)


def ine_problem(ine: str) -> str | None:
    """Return what is wrong with an INE, in French, or None; an empty one is right.

    It has 11 characters, digits then one or two letters; older and newer forms both occur.
    """
    if not ine.strip() or _INE.fullmatch(normal_ine(ine)):
        return None
    return "Un INE compte 11 caractères : des chiffres, puis une ou deux lettres."


_INE = re.compile(r"\d{9}[0-9A-Z][A-Z]")


def normal_ine(ine: str) -> str:
    """Return an INE as it is kept: no spaces, upper case."""
    return "".join(ine.split()).upper()


def guess_owner_kind(owner: str) -> OwnerKind | None:
    """Return the kind of owner that its name suggests, or None."""
    words = fold(owner)
    for kind, hints in _OWNER_HINTS.items():
        if any(re.search(rf"\b{hint}", words) for hint in hints):
            return kind
    return None


_OWNER_HINTS = {
    OwnerKind.ASSOCIATION: ("asso", "fondation", "ressourcerie", "recyclerie", "emmaus"),
    OwnerKind.STATE: ("etat\\b", "rectorat", "academie", "ministere", "dsden", "education nat"),
    OwnerKind.AUTHORITY: (
        "mairie",
        "commun",
        "ville",
        "agglo",
        "metropole",
        "departement",
        "region",
        "collectivite",
        "epci",
        "syndicat",
    ),
    OwnerKind.SCHOOL: ("ecole", "college", "lycee", "etablissement", "cooperative", "occe"),
}


def end_of_school_year(day: date) -> date:
    """Return the first Friday of July after a day: our proposal, before the summer holidays."""
    for year in (day.year, day.year + 1):
        july = date(year, 7, 1)
        friday = july + timedelta(days=(4 - july.weekday()) % 7)
        if day < friday:
            return friday
    raise AssertionError("a July always follows")


def due_problem(lent_on: date, due_on: date) -> str | None:
    """Return why a loan cannot be due on a day, in French, or None."""
    if due_on < lent_on:
        return f"Le retour ne peut pas être prévu avant le prêt ({french.short_date(lent_on)})."
    return None


def days_late(due_on: date, today: date) -> int:
    """Return by how many days an open loan is late; 0 on its day and before."""
    return max(0, (today - due_on).days)


def standing(state: LoanState, due_on: date, today: date) -> Standing:
    """Return how soon a loan needs attention; the week ends on its Sunday."""
    if state is not LoanState.OPEN:
        return Standing.ENDED
    if due_on < today:
        return Standing.LATE
    return Standing.THIS_WEEK if due_on <= sunday_of(today) else Standing.CURRENT


def sunday_of(today: date) -> date:
    """Return the last day of the week that a day is in."""
    return today + timedelta(days=6 - today.weekday())


def standing_label(state: LoanState, due_on: date, today: date) -> str:
    """Return a loan's state in French: "En retard de 11 j", "Cette semaine", "En cours"."""
    match standing(state, due_on, today):
        case Standing.LATE:
            return f"En retard de {days_late(due_on, today)}{french.NARROW_SPACE}j"
        case Standing.THIS_WEEK:
            return "Aujourd’hui" if due_on == today else "Cette semaine"
        case Standing.CURRENT | Standing.ENDED:
            return state.label


def device_name(kind: DeviceKind, brand: str, model: str) -> str:
    """Return what a device is called: its brand and model, else its kind."""
    return " ".join(part for part in (brand, model) if part) or kind.label


def state_for(condition: Condition, state: DeviceState) -> DeviceState:
    """Return where a device stands once its condition is known: a broken one is not available."""
    if condition is Condition.BROKEN and state in (DeviceState.AVAILABLE, DeviceState.RESERVED):
        return DeviceState.IN_REPAIR
    return state


def age_text(acquired_on: date | None, today: date) -> str:
    """Return how old a device is in French: "3 ans 2 mois"; empty when that is not known."""
    if acquired_on is None or acquired_on > today:
        return ""
    months = 12 * (today.year - acquired_on.year) + today.month - acquired_on.month
    months -= today.day < acquired_on.day
    years, months = divmod(months, 12)
    parts = [french.count(years, "an")] if years else []
    parts += [f"{months} mois"] if months else []
    return " ".join(parts) or "moins d’un mois"


def retirement_problem(how: Retirement | None, day: date | None, today: date) -> str | None:
    """Return what keeps a device from leaving the stock, in French, or None."""
    if how is None:
        return "Il manque ce qu’est devenu ce matériel : rendu, donné ou recyclé."
    if day is not None and day > today:
        return f"Le {french.short_date(day)} est une date à venir."
    return None


def plan_ended(kind: DeviceKind, data_until: date | None, today: date) -> bool:
    """Tell whether a key or router connects nobody any more: its data plan has ended."""
    return kind is DeviceKind.HOTSPOT and data_until is not None and data_until < today


def asset_key(asset_number: str) -> str:
    """Return what tells asset numbers apart: neither spaces nor case."""
    return "".join(asset_number.split()).casefold()
