# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import would do, line by line, before anything is written; then the import itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.exchange import columns as reading_columns
from egn_desktop.exchange.columns import Column, cells_of, recogniser
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.lines import Guardianship, Input, Key
from egn_desktop.exchange.reading import read_table
from egn_desktop.exchange.table import Row, Table

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier
    from egn_desktop.inventory.people.queries.doubts import PupilsReview
    from egn_desktop.inventory.register.imports import ImportCounts
    from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
    from egn_desktop.services import Services


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """A line that will be imported, and what was understood with a doubt."""

    line: int
    text: str
    input: Input
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that will not be imported, and why, in French."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of a file.

    Attributes:
        missing: what no column holds though it is needed, in French; then no line is accepted.
    """

    kind: ImportKind
    table: Table
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    accepted: tuple[AcceptedLine, ...]
    rejected: tuple[RejectedLine, ...]

    @property
    def remarked(self) -> tuple[AcceptedLine, ...]:
        """The accepted lines that have remarks."""
        return tuple(line for line in self.accepted if line.remarks)

    def choice(self) -> dict[int, str]:
        """Return what each column holds, by position, as a choice that can be corrected."""
        return {column.position: column.field for column in self.columns}


def read(path: Path, kind: ImportKind, by_title: Mapping[str, str] | None = None) -> Preview:
    """Read a file and return what an import would do.

    Args:
        by_title: the title of a column → id of the field that it holds, or empty to ignore it;
            the other columns are recognised by their titles.

    Raises:
        UserError: the file cannot be read as a table, or a choice names no column or no field.
    """
    titles = by_title or {}
    return of_table(read_table(path, recogniser(kind, tuple(titles))), kind, titles)


def of_table(table: Table, kind: ImportKind, titles: Mapping[str, str]) -> Preview:
    """Return what an import of a table just read would do.

    Raises:
        UserError: a choice names no column or no field, or the table is of another kind.
    """
    ready = preview(table, kind, reading_columns.chosen_columns(table, kind, titles))
    if table.origin and ready.missing:
        raise UserError(
            f"Cet export XML de {table.origin} ne permet pas d’importer {kind.label}.",
            todo="Les élèves se lisent dans ElevesSansAdresses.xml, leurs responsables dans "
            "ResponsablesAvecAdresses.xml accompagné du premier.",
        )
    return ready


def preview(table: Table, kind: ImportKind, chosen: Mapping[int, str] | None = None) -> Preview:
    """Return what an import of a table would do.

    Args:
        chosen: position of a column → id of the field that it holds, or empty to ignore it.
    """
    found = reading_columns.columns(table, kind, chosen or {})
    missing = reading_columns.missing(kind, found)
    accepted, rejected = list[AcceptedLine](), list[RejectedLine]()
    seen = dict[Key, int]()
    for row in () if missing else table.rows:
        line = _line(kind, found, row, seen)
        if isinstance(line, AcceptedLine):
            accepted.append(line)
        else:
            rejected.append(line)
    return Preview(kind, table, found, missing, tuple(accepted), tuple(rejected))


def _line(
    kind: ImportKind,
    found: Sequence[Column],
    row: Row,
    seen: dict[Key, int],
) -> AcceptedLine | RejectedLine:
    result = kind.list.read(cells_of(kind, found, row))
    if isinstance(result, str):
        return RejectedLine(row.line, row.text, result)
    for key in result.keys:
        if key in seen:
            return RejectedLine(row.line, row.text, f"Déjà à la ligne {seen[key]} : {key[0]}.")
    doubts = [
        f"Vérifiez : {name}, à la ligne {seen[name, key]} aussi."
        for name, key in result.doubts
        if (name, key) in seen
    ]
    seen.update(dict.fromkeys((*result.keys, *result.doubts), row.line))
    return AcceptedLine(row.line, row.text, result.input, (*result.remarks, *doubts))


def apply(
    ready: Preview,
    services: "Services",
    *,
    answers: Mapping[int, int | None] | None = None,
    mark_left: bool = False,
) -> "ImportCounts":
    """Import the accepted lines in one transaction, and return how many were new or changed.

    Args:
        answers: for pupils, who the doubtful lines mean, by their place among the accepted ones.
        mark_left: for pupils, mark as gone whom the list does not name.

    Raises:
        UserError: no line can be imported.
    """
    check(ready)
    inputs = [line.input for line in ready.accepted]
    match ready.kind:
        case ImportKind.DEVICES:
            return services.devices.import_devices(cast("list[DeviceInput]", inputs))
        case ImportKind.PUPILS:
            pupils = cast("list[PupilInput]", inputs)
            return services.pupils.import_pupils(pupils, answers=answers, mark_left=mark_left)
        case ImportKind.GUARDIANS:
            return services.pupils.import_guardians(cast("list[Guardianship]", inputs))
        case ImportKind.STAFF:
            return services.staff.import_staff(cast("list[StaffFields]", inputs))


def pupils_review(ready: Preview, dossier: "Dossier") -> "PupilsReview | None":
    """Return what a list of pupils would mean for those whom the dossier knows, or None."""
    from egn_desktop.inventory.people.queries.doubts import review_pupils

    if ready.kind is not ImportKind.PUPILS or not ready.accepted:
        return None
    return review_pupils(dossier, cast("list[PupilInput]", [line.input for line in ready.accepted]))


def outcome(kind: ImportKind, counts: "ImportCounts") -> str:
    """Return what an import did, in French: "58 élèves en plus, 2 mis à jour"."""
    parts = [kind.counted(counts.added) + " en plus"] if counts.added else []
    for how_many, word in ((counts.updated, "mis à jour"), (counts.unchanged, "sans changement")):
        if how_many:
            number = french.number(how_many, 0) if parts else kind.counted(how_many)
            parts.append(f"{number} {word}")
    if counts.left:
        parts.append(french.count(counts.left, "marqué comme parti", "marqués comme partis"))
    text = ", ".join(parts) or "aucun changement"
    if not counts.unmatched:
        return text
    left = french.count(counts.unmatched, "responsable laissé", "responsables laissés")
    why = "enfant absent de la liste des élèves, ou deux homonymes dans la même classe"
    return f"{text} ; {left} de côté ({why})"


def check(ready: Preview) -> None:
    """Refuse a file of which no line can be imported.

    Raises:
        UserError: says what is missing, or why the first line is rejected.
    """
    if ready.accepted:
        return
    name = ready.table.name
    if ready.missing:
        raise UserError(
            f"On ne trouve pas dans « {name} » la colonne {' ni la colonne '.join(ready.missing)}.",
            todo="Indiquez quelle colonne la contient, ou choisissez un autre fichier.",
        )
    if not ready.table.rows:
        raise UserError(
            f"« {name} » a une ligne de titres, mais aucune ligne à importer.",
            todo="Exportez de nouveau la liste.",
        )
    first = ready.rejected[0]
    raise UserError(
        f"Aucune ligne de « {name} » ne peut être importée. Ligne {first.line} : {first.reason}",
        todo="Vérifiez que vous importez bien la bonne liste.",
    )
