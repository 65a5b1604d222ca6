# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents of the plan: annex to the DUERP, reflex cards, crisis packs, phone list."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Chip,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Strong,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.plans import rules, wording
from egn_desktop.plans.annex import Edition, annex, pack
from egn_desktop.plans.annex.calls import phone_tree
from egn_desktop.plans.annex.scenarios import acts, calls_table
from egn_desktop.plans.offers import DRAFT
from egn_desktop.plans.queries import (
    ScenarioRow,
    capacity_part,
    changes,
    classes,
    contacts,
    content,
    scenario,
    version_pdf,
)
from egn_desktop.plans.snapshot import CapacityPart, ContactPart, ScenarioPart
from egn_desktop.school.queries import identity

MESSAGES = ("message", "sms")
CARD_CONTACTS = ((17, 6), (18, 4))
"""Up to how many printed lines of decision, acts and calls leave room for how many contacts."""
FEWEST_CONTACTS = 3
"""How many are told on a fuller card, in one paragraph instead of a table."""
CARD_PARTNERS = 2
CARD_WIDTH = 92
"""How many letters an act's line holds, by and large."""
EMERGENCY = Paragraph(
    "Urgences : 15 (SAMU), 17 (police, gendarmerie), 18 (pompiers), 112 (en Europe), "
    "114 (par SMS). Cyberattaque : 17cyber.gouv.fr. Enfance en danger : 119.",
    style="muted",
)


def plan_annex(dossier: Dossier, key: str) -> Document | bytes:
    """Return an adopted version as it was printed, or the draft."""
    if key != DRAFT:
        return version_pdf(dossier, int(key))
    return annex(content(dossier), Edition(changes=tuple(changes(dossier))))


def reflex_card(dossier: Dossier, key: str) -> Document:
    """Return the one-page card of a scenario."""
    row = scenario(dossier, key)
    school = identity(dossier)
    return Document(
        title=row.scenario.title,
        subtitle="Fiche réflexe",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Fiche réflexe « {row.scenario.short} »",
        subject="Fiche réflexe du plan de continuité pédagogique",
        author=school.head,
        blocks=_card(dossier, row),
    )


def crisis_pack(dossier: Dossier, key: str) -> Document:
    """Return all that is carried out of the door: the first page alone is enough to act."""
    row = scenario(dossier, key)
    school, described = identity(dossier), classes(dossier)
    levels = [level.level for level in school.levels]
    return Document(
        title=row.scenario.title,
        subtitle="Dossier de crise · diffusion restreinte : noms et numéros",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Dossier de crise « {row.scenario.short} »",
        subject="Dossier de crise du plan de continuité pédagogique",
        author=school.head,
        blocks=(
            *_card(dossier, row),
            *_call_pages(dossier),
            *pack.letter(*(wording.message(row.texts[message], school) for message in MESSAGES)),
            *pack.sequel(row.part, levels),
            *pack.class_pages(described, capacity_part(dossier, row)),
            *pack.delivery_sheets(described, _receivers(dossier)),
        ),
    )


def _card(dossier: Dossier, row: ScenarioRow) -> tuple[Block, ...]:
    part = row.part
    table = calls_table(part)
    decision = row.texts["decision"].strip()
    room = _room(part, decision)
    return (
        *((Paragraph((Strong("Qui décide\u202f: "), decision)),) if decision else ()),
        *_checklist("Première heure", part, "first_hour"),
        *_checklist("Premier jour", part, "first_day"),
        *((Heading("Qui appelle qui", level=2), table) if table else ()),
        *_card_capacity(capacity_part(dossier, row)),
        *_card_contacts(dossier, room),
        EMERGENCY,
    )


def _room(part: ScenarioPart, decision: str) -> int:
    """Return how many contacts the card has room for: it holds on one page."""
    texts = [decision, *(part.texts.get(field, "") for field in ("first_hour", "first_day"))]
    said = [line for text in texts for line in wording.lines(text)]
    printed = sum(-(-len(line) // CARD_WIDTH) for line in said) + len(acts(part, "calls"))
    return next((fit for most, fit in CARD_CONTACTS if printed <= most), FEWEST_CONTACTS)


def _checklist(title: str, part: ScenarioPart, field: str) -> tuple[Block, ...]:
    items = acts(part, field)
    return (Heading(title, level=2), Bullets(items, checks=True, close=True)) if items else ()


def _call_pages(dossier: Dossier) -> tuple[Block, ...]:
    people = contacts(dossier)
    if not people:
        return ()
    return (
        PageBreak(),
        *_people(dossier, "Cellule de crise", people, "cell"),
        *_people(dossier, "Partenaires", people, "partner"),
        EMERGENCY,
    )


def _receivers(dossier: Dossier) -> dict[str, list[pack.Receiver]]:
    found: dict[str, list[pack.Receiver]] = {}
    for pupil in pupils(dossier):
        receiver = pack.Receiver(pupil.name, has_loan=bool(pupil.open_loans))
        found.setdefault(pupil.school_class, []).append(receiver)
    return found


def _card_capacity(checked: CapacityPart) -> tuple[Block, ...]:
    """Return the shortfall in a line: the card holds on one page."""
    if not checked.lines:
        return ()
    return (Paragraph((Strong("Capacité\u202f: "), checked.verdict)),)


def _card_contacts(dossier: Dossier, most: int) -> tuple[Block, ...]:
    people = [contact for contact in contacts(dossier) if contact.phone]
    if not people:
        return ()
    shown = _first_to_call(people, most)
    cells = [
        (f"{part.role}, {part.name}" if part.name else part.role, french.phone_number(part.phone))
        for part in shown
    ]
    if most == FEWEST_CONTACTS:
        return (Paragraph((Strong("Numéros\u202f: "), " · ".join(map(" ".join, cells)))),)
    half = -(-len(cells) // 2)
    beside = [*cells[half:], ("", "")]
    more = " (suite dans l’annuaire de crise)" if len(people) > len(shown) else ""
    return (
        Heading(f"Numéros{more}", level=2),
        Table(
            columns=(Column("Qui", 2.6), Column("Téléphone")) * 2,
            rows=[(*left, *beside[at]) for at, left in enumerate(cells[:half])],
            small=True,
        ),
    )


def _first_to_call(people: Sequence[ContactPart], most: int) -> list[ContactPart]:
    """Return ``most`` people at most: the head of the cell's list, and the first partners."""
    cell = [person for person in people if person.group == "cell"]
    partners = [person for person in people if person.group != "cell"]
    of_cell = cell[: max(most - len(partners), most - CARD_PARTNERS, 1)]
    return [*of_cell, *partners[: most - len(of_cell)]]


def phone_list(dossier: Dossier, _key: str) -> Document:
    """Return whom to call, on one page."""
    school = identity(dossier)
    people = contacts(dossier)
    return Document(
        title="Annuaire de crise",
        subtitle="Diffusion restreinte : direction, cellule de crise, mallette PPMS",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Annuaire au {french.short_date(dossier.today())}",
        subject="Annuaire de crise du plan de continuité pédagogique",
        author=school.head,
        blocks=(
            *_people(dossier, "Cellule de crise", people, "cell"),
            *_people(dossier, "Partenaires", people, "partner"),
            *phone_tree(people),
            EMERGENCY,
        ),
    )


def _people(
    dossier: Dossier, title: str, people: Sequence[ContactPart], group: str
) -> tuple[Block, ...]:
    listed = [person for person in people if person.group == group]
    if not listed:
        return ()
    return (
        Heading(title),
        Table(
            columns=(
                Column("Rôle", 2.2),
                Column("Personne", 1.4),
                Column("Téléphone", 1.1),
                Column("Suppléance", 1.3),
                Column("Vérifié le", 1.2),
            ),
            rows=[_person(dossier, part) for part in listed],
            row_headers=True,
            small=True,
        ),
    )


def _person(dossier: Dossier, contact: ContactPart) -> tuple[str | Chip, ...]:
    deputy = "\n".join(
        part for part in (contact.deputy, french.phone_number(contact.deputy_phone)) if part
    )
    checked: str | Chip = french.short_date(contact.checked_on)
    if rules.needs_check(contact.checked_on, dossier.today()):
        words = f"À revérifier, {checked}" if checked else "À vérifier"
        checked = Chip(words, "attention")
    return (contact.role, contact.name, french.phone_number(contact.phone), deputy, checked)
