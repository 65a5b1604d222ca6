# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom to call in each family, class by class: for whoever has the rota and a telephone."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Callout,
    Column,
    Document,
    Facts,
    Heading,
    PageBreak,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.campaign import FamilyRow, families
from egn_desktop.inventory.register.text import NO_CLASS
from egn_desktop.plans.offers import ALL_CLASSES
from egn_desktop.plans.queries import classes
from egn_desktop.plans.snapshot import ClassPart
from egn_desktop.school.queries import identity

_TO_TICK = ("☐",) * 3


def call_list(dossier: Dossier, key: str) -> Document:
    """Return the families of a class, or of all classes, one class on each page."""
    school = identity(dossier)
    rows = families(dossier, "" if key == ALL_CLASSES else key)
    rotas = {part.school_class: part for part in classes(dossier) if part.school_class}
    day = french.short_date(dossier.today())
    return Document(
        title="Listes d’appel des familles" if key == ALL_CLASSES else f"Liste d’appel, {key}",
        subtitle="Diffusion restreinte : noms et numéros, à détruire après usage",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Listes d’appel au {day}",
        subject="Appel des familles, plan de continuité pédagogique",
        author=school.head,
        blocks=tuple(_lists(rows, rotas)),
    )


def _lists(rows: Sequence[FamilyRow], rotas: dict[str, ClassPart]) -> Iterator[Block]:
    yield Callout(
        "Appelez d’abord les familles qui lisent peu ou une autre langue. Cochez qui est joint, "
        "notez l’heure, et cochez ce qui manque : appareil, connexion, pochette papier.",
        tone="neutral",
    )
    for at, (name, group) in enumerate(groupby(rows, key=lambda row: row.school_class)):
        if at:
            yield PageBreak()
        yield from _class(name, list(group), rotas.get(name))


def _class(name: str, rows: Sequence[FamilyRow], part: ClassPart | None) -> Iterator[Block]:
    yield Heading(f"{name or NO_CLASS} ({french.count(len(rows), 'élève')})")
    said = (("Enseignant", part.teacher), ("Qui appelle, et quand", part.rota)) if part else ()
    items = [(label, words) for label, words in said if words]
    if items:
        yield Facts(items)
    yield Table(
        columns=(
            Column("Élève", 1.3),
            Column("Qui appeler", 2.5),
            Column("Joint à", 0.55),
            Column("Appareil", 0.65, "center"),
            Column("Connexion", 0.7, "center"),
            Column("Pochette", 0.65, "center"),
            Column("Prêt", 0.75),
        ),
        rows=[(row.name, _callers(row), "☐", *_TO_TICK, _known(row)) for row in rows],
        row_headers=True,
        small=True,
    )


def _callers(row: FamilyRow) -> str:
    if not row.callers:
        return "aucun numéro"
    # A number is dialled in one look: it stays on one line, and so does each person.
    said = (f"{name} {french.phone_number(phone)}" for name, phone in row.callers)
    return "\n".join(said)


def _known(row: FamilyRow) -> str:
    if row.has_loan and row.waits:
        return "a un prêt, attend"
    if row.has_loan:
        return "a un prêt"
    return "attend" if row.waits else ""
