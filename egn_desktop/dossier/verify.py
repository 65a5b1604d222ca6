# SPDX-License-Identifier: GPL-3.0-or-later
"""Look an open dossier over, from its bytes to its journal, and say what was found."""

from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from egn_desktop.dossier import journal
from egn_desktop.dossier.connection import DatabaseError, connect
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its French title, whether it holds, and a French sentence."""

    title: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was looked at."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)

    @property
    def lines(self) -> list[str]:
        """The report in French, one line a check and one for the whole."""
        whole = (
            "Le dossier est sain."
            if self.ok
            else "Le dossier est abîmé : restaurez une sauvegarde, sans supprimer ce fichier."
        )
        return [
            *(
                f"{check.title} : {'correct' if check.ok else 'INCORRECT'}. {check.detail}"
                for check in self.checks
            ),
            whole,
        ]


def verify(dossier: "Dossier") -> Report:
    """Check the cipher of every page, the database, its references and the journal's chain."""
    return Report((_cipher(dossier), _database(dossier), _references(dossier), _journal(dossier)))


def _cipher(dossier: "Dossier") -> Check:
    title = "Chiffrement"
    try:
        # The check reads the file alone; the log may hold newer pages, even of a newer secret.
        dossier.fold()
        wrong, pages = _wrong_pages(dossier)
    except DatabaseError:
        return Check(title, False, "Le fichier ne peut plus être lu jusqu’au bout.")
    if wrong:
        return Check(title, False, f"Pages qui ne sont plus celles enregistrées : {wrong}.")
    return Check(title, True, f"Pages relues et authentifiées : {pages}.")


def _wrong_pages(dossier: "Dossier") -> tuple[int, int]:
    """Return how many pages of the file are not authentic, and how many there are."""
    with dossier.locked, ExitStack() as stack:
        file = dossier.raw
        if not file.execute("PRAGMA database_list").fetchone()[2]:
            # An older dossier that could not be migrated is shown from a copy in memory.
            file = stack.enter_context(closing(connect(dossier.path, dossier.key, immutable=True)))
        wrong = file.execute("PRAGMA cipher_integrity_check").fetchall()
        return len(wrong), file.execute("PRAGMA page_count").fetchone()[0]


def _database(dossier: "Dossier") -> Check:
    title = "Base de données"
    try:
        problems = [row[0] for row in _pragma(dossier, "integrity_check") if row[0] != "ok"]
    except DatabaseError:
        return Check(title, False, "La base ne peut plus être lue jusqu’au bout.")
    if problems:
        return Check(title, False, f"Anomalies trouvées par SQLite : {len(problems)}.")
    return Check(title, True, "SQLite n’y trouve aucune anomalie.")


def _references(dossier: "Dossier") -> Check:
    title = "Liens entre les fiches"
    try:
        orphans = len(_pragma(dossier, "foreign_key_check"))
    except DatabaseError:
        return Check(title, False, "Les fiches ne peuvent plus être lues jusqu’au bout.")
    if orphans:
        return Check(title, False, f"Fiches qui renvoient à une fiche absente : {orphans}.")
    return Check(title, True, "Chaque fiche citée existe.")


def _journal(dossier: "Dossier") -> Check:
    title = "Journal"
    try:
        with dossier.read() as session:
            broken = journal.first_broken_link(session)
            entries = journal.length(session)
    except (*DatabaseError, UserError):
        return Check(title, False, "Le journal ne peut plus être lu jusqu’au bout.")
    if broken is not None:
        return Check(title, False, f"La chaîne est rompue à l’écriture n° {broken}.")
    return Check(title, True, f"Écritures qui s’enchaînent sans rupture : {entries}.")


def _pragma(dossier: "Dossier", name: str) -> list[tuple[str, ...]]:
    with dossier.locked:
        return dossier.raw.execute(f"PRAGMA {name}").fetchall()
