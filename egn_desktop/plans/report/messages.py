# SPDX-License-Identifier: GPL-3.0-or-later
"""A scenario's message to families in several languages, on one sheet for the school's door."""

from collections.abc import Iterator, Sequence
from typing import Final

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Callout,
    Document,
    Foreign,
    Heading,
    Paragraph,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.plans import wording
from egn_desktop.plans.queries import ScenarioRow, scenario
from egn_desktop.plans.translations import phrases, translation
from egn_desktop.school.languages import Language, languages
from egn_desktop.school.queries import Identity, identity

TO_CHECK: Final = (
    "Les traductions sont une proposition d’EGN Desktop, à faire relire par des personnes qui "
    "lisent ces langues. En cas de doute, le texte français compte."
)
FRENCH_ALONE: Final = (
    "Ce message est dans vos mots : le logiciel n’en a pas de traduction. Faites-la "
    "faire par une personne qui lit la langue."
)
TO_FILL_IN: Final = "……………………"
FEW: Final = 3
"""So many languages leave room for larger letters on one page."""


def message_sheet(dossier: Dossier, key: str) -> Document:
    """Return the message of the scenario that a key names, in its languages or in all of them."""
    scenario_id, _, codes = key.partition("/")
    row, school = scenario(dossier, scenario_id), identity(dossier)
    known = languages()
    chosen = [known[code] for code in codes.split("+")] if codes else list(known)
    said = tuple(_translated(row, school, chosen))
    return Document(
        title="Message aux familles",
        subtitle=row.scenario.title,
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Message aux familles « {row.scenario.short} »",
        subject="Message aux familles en plusieurs langues",
        author=school.head,
        blocks=(
            Callout(_to_fill_in(row.texts["message"], school), large=True),
            *said,
            Paragraph(TO_CHECK if said else FRENCH_ALONE, style="muted"),
        ),
    )


def _translated(row: ScenarioRow, school: Identity, chosen: Sequence[Language]) -> Iterator[Block]:
    for language in chosen:
        found = translation(language, row.scenario.id, row.own, first_degree=school.is_first_degree)
        if found is None:
            continue
        words, to_check = _to_fill_in(found.message, school), phrases()[language.id].to_check
        yield Together(
            (
                Heading(
                    french.capital(language.french), level=2, beside=_in(language, language.name)
                ),
                Paragraph(_in(language, words), style="lead" if len(chosen) <= FEW else "body"),
                Paragraph(_in(language, to_check), style="muted"),
            )
        )


def _in(language: Language, words: str) -> Foreign:
    return Foreign(words, language.id, language.right_to_left)


def _to_fill_in(text: str, school: Identity) -> str:
    """Return a message with room for a pen where something is to be filled in."""
    return wording.message(text, school).replace("…", TO_FILL_IN)
