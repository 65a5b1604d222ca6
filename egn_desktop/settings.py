# SPDX-License-Identifier: GPL-3.0-or-later
"""What this machine remembers: theme, text size, window, last files. Never anything of a school.

One small TOML file in the user's folder, read before the window is drawn. What belongs to the
school is kept in its dossier; there is no third place.
"""

import json
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

import msgspec

from egn_desktop import files, paths

RECENT_FILES = 8
# Minutes without a touch after which the window locks; 0: never.
LOCK_AFTER = (5, 10, 30, 0)
REMEMBERED_IMPORTS = 30
_FILE = "reglages.toml"


class Theme(StrEnum):
    """The window's colours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class TextSize(StrEnum):
    """The size of every text in the window."""

    NORMAL = "normal"
    LARGE = "large"
    LARGER = "larger"


class LabelHabit(msgspec.Struct, frozen=True, kw_only=True):
    """How labels were last printed here: the sheet, where it began, how far the printer is off.

    Attributes:
        right: in millimetres, as ``down``.
    """

    format_id: str
    code: str
    first: int = 1
    right: float = 0.0
    down: float = 0.0


class MachineSettings(msgspec.Struct, kw_only=True):
    """The settings of this machine; change a field, then ``save``.

    Attributes:
        window: the window's size and place, as Qt gives it, in base 64.
        lock_after: minutes without a touch after which the window locks, one of ``LOCK_AFTER``.
        recent: the last files opened, the latest first.
        columns: of each table, the columns shown or left out against its habit, by their titles.
        imports: what the columns of a file hold where a user corrected it, by a digest of its
            titles; the latest last.
    """

    theme: Theme = Theme.SYSTEM
    text_size: TextSize = TextSize.NORMAL
    window: str = ""
    lock_after: int = 10
    recent: list[str] = []
    columns: dict[str, dict[str, bool]] = {}
    imports: dict[str, list[str]] = {}
    labels: LabelHabit | None = None

    @classmethod
    def load(cls) -> "MachineSettings":
        """Read the settings; a file that makes no sense is set aside and the defaults serve."""
        try:
            return msgspec.toml.decode(_file().read_bytes(), type=cls)
        except OSError:
            return cls()
        except ValueError:
            with suppress(OSError):
                _file().replace(_file().with_suffix(".illisible"))
            return cls()

    def save(self) -> None:
        """Write the settings; where the folder cannot be written, they last until closing."""
        lines = [
            "# Réglages d’EGN Desktop sur cet ordinateur ; rien de votre dossier n’y figure.",
            f"theme = {_quoted(self.theme)}",
            f"text_size = {_quoted(self.text_size)}",
            f"window = {_quoted(self.window)}",
            f"lock_after = {self.lock_after}",
            "recent = [",
            *(f"    {_quoted(file)}," for file in self.recent),
            "]",
        ]
        for table, titles in sorted(self.columns.items()):
            shown = (f"{_quoted(title)} = {str(on).lower()}" for title, on in titles.items())
            lines += ["", f"[columns.{_quoted(table)}]", *shown]
        if self.imports:
            lines += ["", "[imports]"]
            lines += [f"{_quoted(k)} = {_quoted_list(v)}" for k, v in self.imports.items()]
        if self.labels is not None:
            lines += ["", "[labels]", *_labels(self.labels)]
        with suppress(OSError):
            files.write_whole(_file(), ("\n".join(lines) + "\n").encode())

    def remember(self, file: Path) -> None:
        """Put a dossier first among the recent ones, and save."""
        name = str(file.resolve())
        with suppress(UnicodeEncodeError):
            name.encode()  # a name that is no text cannot be written here
            others = [path for path in self.recent if path != name]
            self.recent = [name, *others][:RECENT_FILES]
            self.save()

    def forget(self, file: Path) -> None:
        """Take a dossier off the recent ones, and save."""
        self.recent = [path for path in self.recent if Path(path) != file]
        self.save()

    def remember_import(self, digest: str, fields: list[str]) -> None:
        """Keep what the columns of a file hold, and save."""
        others = [(kept, held) for kept, held in self.imports.items() if kept != digest]
        self.imports = dict([*others, (digest, fields)][-REMEMBERED_IMPORTS:])
        self.save()

    def forget_import(self, digest: str) -> None:
        """Forget it again: what the titles say is right."""
        if self.imports.pop(digest, None) is not None:
            self.save()

    def remember_labels(self, habit: LabelHabit) -> None:
        """Keep how labels were printed, and save."""
        self.labels = habit
        self.save()

    @property
    def recent_files(self) -> list[Path]:
        """The recent dossiers, the latest first; some may be on a stick that is not plugged in."""
        return [Path(path) for path in self.recent]


def _file() -> Path:
    return paths.user_data() / _FILE


def _labels(habit: LabelHabit) -> list[str]:
    return [
        f"format_id = {_quoted(habit.format_id)}",
        f"code = {_quoted(habit.code)}",
        f"first = {habit.first}",
        f"right = {habit.right:.2f}",
        f"down = {habit.down:.2f}",
    ]


def _quoted_list(texts: list[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _quoted(text: str) -> str:
    """Return a TOML basic string: JSON's, which differs in one character alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
