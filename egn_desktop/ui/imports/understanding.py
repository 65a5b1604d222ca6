# SPDX-License-Identifier: GPL-3.0-or-later
"""What a file means to this dossier: its lines and pupils, its columns as last time here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from egn_desktop.dossier import Dossier
from egn_desktop.exchange import columns, preview
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.preview import Preview
from egn_desktop.exchange.table import Table
from egn_desktop.inventory.people.queries.doubts import PupilsReview
from egn_desktop.settings import MachineSettings


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a file.

    Attributes:
        pupils: for a list of pupils, who may be known and who is absent.
        is_recalled: whether the columns were corrected on an earlier day.
    """

    ready: Preview
    pupils: PupilsReview | None
    is_recalled: bool = False


def understand(
    path: Path, kind: ImportKind, kept: Mapping[str, list[str]], dossier: Dossier
) -> Understood:
    """Read a file; the columns hold what a user said of the same titles before.

    Raises:
        UserError: the file cannot be read as a table.
    """
    ready = preview.read(path, kind)
    known = kept.get(columns.digest(ready.table, kind))
    if known is None:
        return Understood(ready, preview.pupils_review(ready, dossier))
    return Understood(
        *_again(ready.table, kind, columns.recalled(ready.table, kind, known), dossier),
        is_recalled=True,
    )


def understand_again(
    table: Table, kind: ImportKind, choice: Mapping[int, str], dossier: Dossier
) -> Understood:
    """Read a table anew, with another choice of what its columns hold."""
    return Understood(*_again(table, kind, choice, dossier))


def remember_columns(ready: Preview, settings: MachineSettings) -> None:
    """Keep what the columns hold on this machine, where that is not what their titles say."""
    digest = columns.digest(ready.table, ready.kind)
    by_title = {
        column.position: column.field for column in columns.columns(ready.table, ready.kind, {})
    }
    if {place: spot for place, spot in ready.choice().items() if spot} == {
        place: title for place, title in by_title.items() if title
    }:
        settings.forget_import(digest)
    else:
        settings.remember_import(digest, columns.as_remembered(ready.table, ready.choice()))


def _again(
    table: Table, kind: ImportKind, choice: Mapping[int, str], dossier: Dossier
) -> tuple[Preview, PupilsReview | None]:
    ready = preview.preview(table, kind, choice)
    return ready, preview.pupils_review(ready, dossier)
