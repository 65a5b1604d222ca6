# SPDX-License-Identifier: GPL-3.0-or-later
"""One page for families: the tools of the school, how to get in, where to connect nearby."""

from collections.abc import Iterator
from itertools import groupby

from egn_desktop import french
from egn_desktop.documents.blocks import Block, Column, Document, Heading, Paragraph, Strong, Table
from egn_desktop.dossier import Dossier
from egn_desktop.plans import wording
from egn_desktop.plans.queries import classes, sections
from egn_desktop.school.queries import Identity, identity
from egn_desktop.school.tools import tools_for

NEARBY, SCREENS = "tiers-lieux", "ecrans"
FOR_PUPILS = frozenset({"class", "skills"})
"""The kinds of tools that pupils use and that their families are told of."""


def our_tools(dossier: Dossier, _key: str) -> Document:
    """Return the page; what the plan does not say yet is left out."""
    school = identity(dossier)
    written = {row.section.id: row.text.strip() for row in sections(dossier)}
    return Document(
        title="Nos outils",
        subtitle="Pour travailler et se joindre, les jours ordinaires comme les jours de fermeture",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Nos outils au {french.short_date(dossier.today())}",
        subject="Outils numériques, accès et lieux connectés, pour les familles",
        author=school.head,
        blocks=(
            *_reach(school),
            *_by_class(dossier),
            *_public(school),
            *_written("Se connecter près de chez soi", written[NEARBY]),
            *_written("Le temps d’écran", written[SCREENS]),
        ),
    )


def _by_class(dossier: Dossier) -> Iterator[Block]:
    described = sorted(
        (part for part in classes(dossier) if part.tool),
        key=lambda part: part.tool,
    )
    rows = [
        (tool, ", ".join(part.name for part in group))
        for tool, group in groupby(described, key=lambda part: part.tool)
    ]
    if rows:
        yield Heading("L’outil de chaque classe", level=2)
        yield Table(
            columns=(Column("Outil", 1), Column("Classes", 2)),
            rows=rows,
            row_headers=True,
            small=True,
        )


def _public(school: Identity) -> Iterator[Block]:
    yield Heading("Les services publics", level=2)
    levels = [level.level for level in school.levels]
    yield Table(
        columns=(Column("Service", 1), Column("À quoi il sert", 2), Column("Comment entrer", 2)),
        rows=[
            (tool.short, tool.what, tool.access)
            for tool in tools_for(levels)
            if "families" in tool.people or tool.kind in FOR_PUPILS
        ],
        row_headers=True,
        small=True,
    )


def _written(title: str, text: str) -> Iterator[Block]:
    if text:
        yield Heading(title, level=2)
        yield from wording.blocks(text)


def _reach(school: Identity) -> Iterator[Block]:
    ways = " · ".join(
        contact for contact in (french.phone_number(school.phone), school.email) if contact
    )
    yield Paragraph(
        (
            "Pas d’ordinateur, pas de connexion, un mot de passe perdu\u202f: appelez-nous. ",
            Strong(ways),
            " Nous n’écrivons jamais aux élèves depuis une adresse ou un téléphone personnels.",
        )
    )
