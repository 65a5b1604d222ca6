# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan's texts: a scenario as text fields, and modest markup as blocks of a document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Protocol

from egn_desktop.documents.blocks import Block, Bullets, Column, Paragraph, Strong, Table, Text
from egn_desktop.french import NARROW_SPACE, phone_number
from egn_desktop.plans.catalogue import Call, Pedagogy, Scenario
from egn_desktop.school.words import SchoolKind

BAR: Final = "|"
NARROWEST, WIDEST = 8, 40
"""Between what lengths of text a column's share of the line follows its longest cell."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"\s*[-•](?:\s+(.*))?")
_CALL = re.compile(r"(.*?)\s*(?:→|->)\s*(.*?)(?:\s*:\s*(.*))?")


OF_MESSAGES: Final = frozenset({"école", "direction", "téléphone", "lieu"})
"""What a message may name between braces besides the words of the school; ``message`` fills it."""


class SchoolWords(Protocol):
    """What a message says of the school: its identity, today's or the one frozen."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def head(self) -> str:
        """Who runs it."""
        ...

    @property
    def phone(self) -> str:
        """Its telephone number."""
        ...

    @property
    def kind(self) -> SchoolKind:
        """What decides its words."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a scenario that a school can put in its own words.

    Attributes:
        is_list: one act per line, printed as a list.
        hint: how its lines are written.
    """

    id: str
    label: str
    is_list: bool = False
    hint: str = ""


PER_LINE: Final = "un geste par ligne"
FIELDS: Final = (
    Field("trigger", "Déclenchement"),
    Field("decision", "Qui décide"),
    Field("first_hour", "Première heure", is_list=True, hint=PER_LINE),
    Field("calls", "Qui appelle qui", is_list=True, hint="qui → qui : à quel sujet"),
    Field("first_day", "Premier jour", is_list=True, hint=PER_LINE),
    Field("first_week", "Première semaine", is_list=True, hint=PER_LINE),
    Field("beyond", "Au-delà", is_list=True, hint=PER_LINE),
    Field("modes", "Modalités", hint="présence, hybride, distance, papier"),
    Field("maternelle", "Pédagogie en maternelle"),
    Field("elementaire", "Pédagogie en élémentaire"),
    Field("college", "Pédagogie au collège"),
    Field("lycee", "Pédagogie au lycée"),
    Field("no_network", "Sans réseau"),
    Field("no_power", "Sans électricité"),
    Field("special_needs", "Élèves à besoins particuliers"),
    Field("at_risk", "Risque de décrochage", hint="qui appelle qui, à quel rythme"),
    Field("families", "Familles", hint="canaux, langues, illectronisme"),
    Field("administration", "Continuité administrative"),
    Field("loans", "Mesures de prêt"),
    Field("back_to_normal", "Retour à la normale"),
    Field("targets", "Objectifs", is_list=True, hint="un objectif par ligne"),
    Field("message", "Message aux familles"),
    Field("sms", "SMS aux familles", hint="160 caractères au plus"),
)
FIELD_IDS: Final = frozenset(field.id for field in FIELDS)
LEVEL_GROUPS: Final = ("maternelle", "elementaire", "college", "lycee")
CHECKLISTS: Final = ("first_hour", "first_day")
"""The fields that are ticked off in a crisis."""


def proposed_texts(scenario: Scenario) -> dict[str, str]:
    """Return a scenario's fields as proposed: id of a field → text, lists one act per line."""
    texts: dict[str, str] = {}
    for field in FIELDS:
        if field.id in LEVEL_GROUPS:
            texts[field.id] = str(getattr(scenario.pedagogy, field.id))
        elif field.id == "calls":
            texts[field.id] = "\n".join(call_line(call) for call in scenario.calls)
        else:
            value = getattr(scenario, field.id)
            texts[field.id] = value if isinstance(value, str) else "\n".join(value)
    return texts


OWN_PREFIX: Final = "ecole-"


def own_scenario(number: int, title: str, summary: str) -> Scenario:
    """Return one of the school's own scenarios, whose fields are still to be written."""
    return Scenario(
        id=f"{OWN_PREFIX}{number}",
        source="egn-desktop",
        title=title,
        short=title,
        summary=summary,
        pedagogy=Pedagogy(maternelle="", elementaire="", college="", lycee=""),
        **dict.fromkeys(("first_hour", "first_day", "first_week", "beyond"), ()),
        calls=(),
        targets=(),
        **dict.fromkeys(
            (
                "trigger",
                "decision",
                "modes",
                "no_network",
                "no_power",
                "special_needs",
                "at_risk",
                "families",
                "administration",
                "loans",
                "back_to_normal",
                "message",
                "sms",
            ),
            "",
        ),
    )


def own_number(scenario_id: str) -> int | None:
    """Return the number of one of the school's own scenarios, or None for a proposed one."""
    number = scenario_id.removeprefix(OWN_PREFIX)
    return int(number) if number != scenario_id and number.isdecimal() else None


def lines(text: str) -> list[str]:
    """Return the acts of a list's text, without the dashes that may stand before them."""
    found: list[str] = []
    for line in text.splitlines():
        match = _BULLET.fullmatch(line)
        words = (match.group(1) or "") if match else line
        if words.strip():
            found.append(words.strip())
    return found


def call_line(call: Call) -> str:
    """Return a call as one line of text."""
    return f"{call.who} → {call.whom}{NARROW_SPACE}: {call.what}"


def calls(text: str) -> list[Call]:
    """Read calls back from their lines; a line without an arrow is something to do."""
    found: list[Call] = []
    for line in lines(text):
        match = _CALL.fullmatch(line)
        who, whom, what = match.groups(default="") if match else ("", "", line)
        found.append(Call(who=who.strip(), whom=whom.strip(), what=what.strip()))
    return found


def message(text: str, school: SchoolWords) -> str:
    """Fill the school's name, its head and its number into a message to families.

    What the dossier does not know stays to be filled in by hand: "…".
    """
    words = {
        "école": school.name,
        "direction": school.head,
        "téléphone": phone_number(school.phone),
        "lieu": f"notre {school.kind.words['school_noun']}",
    }
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value or "…")
    return text


def marked(text: str) -> Text:
    """Return one line of text with its ``**bold**`` words marked."""
    pieces: list[str | Strong] = []
    at = 0
    for match in _BOLD.finditer(text):
        if match.start() > at:
            pieces.append(text[at : match.start()])
        pieces.append(Strong(match.group(1)))
        at = match.end()
    if not pieces:
        return text
    if at < len(text):
        pieces.append(text[at:])
    return tuple(pieces)


def plain(text: str) -> str:
    """Return a text without its marks, as a help shows it: a table's cells between dots."""
    bare = text.replace("**", "").splitlines()
    return "\n".join(" · ".join(_cells(line)) if _kind(line) == "table" else line for line in bare)


def blocks(text: str) -> tuple[Block, ...]:
    """Return a section's text as blocks.

    Paragraphs, "- " lists, ``**bold**`` words, and tables: lines that start with "|", their
    cells between bars, the titles of the columns first.
    """
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    for kind, run in groupby(text.splitlines(), _kind):
        lined = list(run)
        if kind == "table":
            yield from _table([cells for line in lined if (cells := _cells(line))])
        elif kind == "list":
            items = tuple(marked(words) for words in lines("\n".join(lined)))
            if items:
                yield Bullets(items)
        else:
            for line in lined:
                if line.strip():
                    yield Paragraph(marked(line.strip()))


def _kind(line: str) -> str:
    if _BULLET.fullmatch(line):
        return "list"
    return "table" if line.lstrip().startswith(BAR) else "text"


def _cells(line: str) -> list[str]:
    """Return a row's cells; none for an empty row, or one of dashes as other editors draw them."""
    cells = [cell.strip() for cell in line.strip().removeprefix(BAR).removesuffix(BAR).split(BAR)]
    return cells if any(cell.strip("-: ") for cell in cells) else []


def _table(rows: list[list[str]]) -> Iterator[Table]:
    if not rows:
        return
    many = max(len(row) for row in rows)
    full = [row + [""] * (many - len(row)) for row in rows]
    titles, *body = full
    longest = [max(len(cell) for cell in column) for column in zip(*full, strict=True)]
    widths = [min(max(length, NARROWEST), WIDEST) for length in longest]
    yield Table(
        columns=tuple(
            Column(title.replace("**", ""), width)
            for title, width in zip(titles, widths, strict=True)
        ),
        rows=[tuple(marked(cell) for cell in row) for row in body],
        small=True,
    )
