# SPDX-License-Identifier: GPL-3.0-or-later
"""A file for somebody who helps: what this program is and holds, in numbers; nobody's name.

Neither names of people, schools and files nor places in the home folder go in: what could hold one
is counted, or left out.
"""

import locale
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from egn_desktop import french, paths
from egn_desktop.dossier import keys, migrate, places
from egn_desktop.exchange.spreadsheets import write_file
from egn_desktop.settings import MachineSettings
from egn_desktop.support import machine

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier

LOG_LINES: Final = 60
# The only lines that the program writes into its log; another may have been added by hand.
_OF_THE_LOG: Final = (
    re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d EGN Desktop [\w.]+, Python [\w.+]+, [\w.+~-]+"),
    re.compile(
        r"  (?:(?:egn_desktop|site-packages|lib)/[\w./-]+|[\w-]+\.py|<[\w. ]+>):\d+ [\w<>]+"
    ),
    re.compile(r"  [A-Za-z_][\w.]*"),
)
_UNKNOWN_LINE: Final = "  (ligne laissée de côté)"


def write(target: Path, dossier: "Dossier | None" = None) -> None:
    """Write the file, with the counts of an open dossier if one is given.

    Raises:
        UserError: the file cannot be written.
    """
    write_file(target, "".join(f"{line}\n" for line in lines(dossier)).encode())


def lines(dossier: "Dossier | None" = None) -> Iterator[str]:
    """Yield the lines of the file."""
    yield "Diagnostic d’EGN Desktop. Ce fichier ne contient aucun nom."
    yield from _titled("Versions", _versions())
    yield from _titled("Ordinateur", _computer())
    yield from _titled("Réglages", _settings())
    yield from _titled("Fichiers", _files())
    if dossier is not None:
        yield from _titled("Dossier ouvert", _dossier(dossier))
    yield from _titled("Fin du journal technique", _log())


def _titled(title: str, told: Iterator[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from told


def _versions() -> Iterator[str]:
    yield machine.program()
    yield machine.system()
    for name, version in machine.packages().items():
        yield f"{name} {version or '(version inconnue)'}"
    yield f"Format de dossier {migrate.latest()}"


def _computer() -> Iterator[str]:
    language, encoding = locale.getlocale()
    yield f"Langue {language}, encodage {encoding}, noms de fichiers {sys.getfilesystemencoding()}"
    yield f"Processeurs : {os.cpu_count()}"
    yield f"Trousseau du système : {'présent' if keys.is_available() else 'absent'}"
    moved = paths.BASE_DIR_VARIABLE in os.environ
    yield f"Répertoire du logiciel : {'déplacé' if moved else 'habituel'}"
    free = shutil.disk_usage(paths.user_data()).free
    yield f"Place libre sur son disque : {_size(free)}"
    if session := os.environ.get("XDG_SESSION_TYPE"):
        yield f"Session graphique : {'wayland' if session == 'wayland' else 'x11 ou autre'}"


def _settings() -> Iterator[str]:
    settings = MachineSettings.load()
    yield f"Thème {settings.theme}, texte {settings.text_size}"
    after = settings.lock_after
    yield f"Verrouillage : {french.count(after, 'minute') if after else 'jamais'}"
    yield f"Tableaux réglés : {len(settings.columns)}, imports retenus : {len(settings.imports)}"
    for number, recent in enumerate(settings.recent, start=1):
        yield f"Dossier récent {number} : {_where(Path(recent))}"


def _where(path: Path) -> str:
    """Say what kind of place a dossier is in, and its size; its name may be a school's."""
    try:
        size = _size(path.stat().st_size)
    except (OSError, ValueError):
        return "introuvable"
    shared = "partagé avec d’autres ordinateurs" if places.is_shared(path) else "de cet ordinateur"
    beside = path.with_name(f"{path.name}-wal")
    rest = ", un fichier -wal à côté" if paths.is_there(beside) else ""
    return f"{size}, emplacement {shared}{rest}"


def _files() -> Iterator[str]:
    shelves = sorted(path for path in _inside(paths.all_backups()) if path.is_dir())
    for number, shelf in enumerate(shelves, start=1):
        sizes = [path.stat().st_size for path in _inside(shelf) if path.suffix == ".egn"]
        backups = french.count(len(sizes), "sauvegarde")
        yield f"Sauvegardes du dossier {number} : {backups}, {_size(sum(sizes))}"
    if not shelves:
        yield "Aucune sauvegarde"


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _dossier(dossier: "Dossier") -> Iterator[str]:
    from sqlalchemy import func, select

    from egn_desktop.dossier.base import Base
    from egn_desktop.features import import_models

    import_models()
    yield _where(dossier.path)
    yield f"Protection : {dossier.protection.value}"
    yield f"Lecture seule : {dossier.read_only.value if dossier.read_only else 'non'}"
    for table in Base.metadata.sorted_tables:
        ((count,),) = dossier.rows(select(func.count()).select_from(table))
        yield f"Table {table.name} : {count}"


def _log() -> Iterator[str]:
    try:
        written = paths.technical_log().read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        yield "Vide : aucun défaut n’a été noté."
        return
    for line in written[-LOG_LINES:]:
        known = not line or any(form.fullmatch(line) for form in _OF_THE_LOG)
        yield line if known else _UNKNOWN_LINE


def _size(size: int) -> str:
    return f"{french.number(size / 1_000_000, 1)} Mo"
