# SPDX-License-Identifier: GPL-3.0-or-later
"""How each class goes on, as the annex and the crisis pack print it."""

from collections.abc import Iterator, Sequence

from egn_desktop.documents.blocks import Block, Chip, Column, Facts, Heading, Table, Together
from egn_desktop.plans.snapshot import ClassPart, PlanContent


def class_blocks(plan: PlanContent) -> Iterator[Block]:
    """Yield the classes: who teaches them with what, then their rhythm and who calls."""
    if plan.classes:
        yield Heading("Classe par classe")
        yield class_table(plan.classes)
        yield from arrangements(plan.classes)


def class_table(classes: Sequence[ClassPart]) -> Table:
    """Return who teaches each class, with which tool, and whether its paper packs are ready."""
    return Table(
        columns=(
            Column("Classe", 0.9),
            Column("Enseignant", 1.3),
            Column("Outil de tous les jours", 1.4),
            Column("Protection des données", 1.7),
            Column("Pochettes papier", 1.2),
        ),
        rows=[
            (
                school_class.name,
                school_class.teacher or "à préciser",
                school_class.tool or "à préciser",
                Chip(school_class.tool_status.label, school_class.tool_status.tone)
                if school_class.tool
                else "",
                school_class.packs_text,
            )
            for school_class in classes
        ],
        row_headers=True,
        small=True,
    )


def arrangements(classes: Sequence[ClassPart]) -> Iterator[Block]:
    """Yield the rhythm and the contact rota of the classes that have said them."""
    if any(school_class.rhythm or school_class.rota for school_class in classes):
        yield Heading("Rythme et appels", level=2)
    for school_class in classes:
        items = [
            (label, text)
            for label, text in (
                ("Rythme", school_class.rhythm),
                ("Qui appelle, et quand", school_class.rota),
            )
            if text
        ]
        if items:
            yield Together((Heading(school_class.name, level=3), Facts(items)))
