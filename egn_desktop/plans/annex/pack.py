# SPDX-License-Identifier: GPL-3.0-or-later
"""What a crisis pack holds behind its reflex card."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Together,
)
from egn_desktop.plans import wording
from egn_desktop.plans.annex.classes import arrangements, class_table
from egn_desktop.plans.annex.scenarios import acts, capacity_blocks, further_acts, situation_facts
from egn_desktop.plans.rules import pedagogy_for
from egn_desktop.plans.snapshot import CapacityPart, ClassPart, ScenarioPart
from egn_desktop.school.rules import Level

EMPTY_LINES = 12
"""How many lines a delivery sheet has for a class of which nobody knows the pupils."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A pupil on a delivery sheet; ``has_loan`` tells that a device is already at home."""

    name: str
    has_loan: bool = False


def sequel(scenario: ScenarioPart, levels: Sequence[Level]) -> Iterator[Block]:
    """Yield what a scenario says of the days after the first."""
    yield PageBreak()
    yield Heading("Les jours suivants")
    targets = acts(scenario, "targets")
    if targets:
        yield Together((Heading("Objectifs", level=2), Bullets(targets, checks=True)))
    yield from further_acts(scenario, level=2)
    groups = ("modes", *pedagogy_for(levels))
    pedagogy = [
        (field.label, wording.marked(text))
        for field in wording.FIELDS
        if field.id in groups and (text := scenario.texts.get(field.id, "").strip())
    ]
    items = [*pedagogy, *situation_facts(scenario)]
    if items:
        yield Heading("Organisation et situations", level=2)
        yield Facts(items)


def letter(words: str, sms: str) -> Iterator[Block]:
    """Yield the message to families, filled in, and the same in one text message."""
    said = [
        Callout(text, title=title, tone="neutral")
        for title, text in (("Message", words), ("SMS", sms))
        if text.strip()
    ]
    if said:
        yield Together((Heading("Message aux familles"), *said))


def class_pages(classes: Sequence[ClassPart], checked: CapacityPart) -> Iterator[Block]:
    """Yield the arrangements of the classes and what they lack."""
    if not classes:
        return
    yield Heading("Classe par classe")
    yield class_table(classes)
    yield Heading("Capacité", level=2)
    yield from capacity_blocks(checked)
    yield from arrangements(classes)


def delivery_sheets(
    classes: Sequence[ClassPart], pupils: Mapping[str, Sequence[Receiver]]
) -> Iterator[Block]:
    """Yield one sheet per class, to be signed as devices and packs are handed over."""
    for school_class in classes:
        yield PageBreak()
        yield Heading(f"Feuille de remise, {school_class.name}")
        yield Paragraph(
            "Cochez ce qui est remis\u202f; qui reçoit signe. Le prêt d’un appareil s’enregistre "
            "ensuite dans la page Prêts, qui imprime sa convention.",
            style="muted",
        )
        listed = pupils.get(school_class.school_class, ()) if school_class.school_class else ()
        blank = [Receiver("")] * (school_class.pupils or EMPTY_LINES)
        yield Table(
            columns=(
                Column("Élève", 2.2),
                Column("Appareil", 1.2),
                Column("Pochette", 0.8),
                Column("Le", 0.8),
                Column("Nom et signature", 2),
            ),
            rows=[_receives(pupil) for pupil in listed or blank],
            row_headers=bool(listed),
            small=True,
        )


def _receives(pupil: Receiver) -> tuple[str, ...]:
    return (pupil.name, "déjà prêté" if pupil.has_loan else "☐", "☐", "", "")
