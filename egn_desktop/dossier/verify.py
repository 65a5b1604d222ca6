# SPDX-License-Identifier: GPL-3.0-or-later
"""Look an open dossier over, from its bytes to its journal, and say what was found.

Nothing is written, not even the log folded in: a full disk would then look like damage. The file's
pages are authenticated where they lie, those of the log as SQLite reads through it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from egn_desktop.dossier import journal, log, memory
from egn_desktop.dossier.accounts import summed_up, undone_entries
from egn_desktop.dossier.connection import DatabaseError, connect, in_words_while_open
from egn_desktop.dossier.errors import DamagedError
from egn_desktop.dossier.report import Check, Report
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

Checks = Callable[["Dossier"], Iterable[Check]]

_LOG_HEAD: Final = 32
# Of the journal, while the lock is held.
_ENTRIES_AT_ONCE: Final = 100
_PRINTED: Final = re.compile(
    r"(\d+(?:[ \u00a0\u202f]\d{3})*)(?!\d)[^\d-]*?\b"
    r"([0-9a-f]{4}(?:[- ][0-9a-f]{4}){3})\b",
    re.IGNORECASE,
)


def verify(dossier: "Dossier", of_features: Sequence[Checks] = ()) -> Report:
    """Check the file, its journal, and what each feature can prove.

    Args:
        of_features: what the features bring; see ``checkup``.
    """
    looks: tuple[tuple[str, Checks], ...] = (
        ("Chiffrement", _cipher),
        ("Base de données", _database),
        ("Liens entre les fiches", _references),
        ("Journal", _journal),
        *(("Contenu", feature) for feature in of_features),
    )
    return Report(tuple(check for title, look in looks for check in _looked(dossier, title, look)))


def held_against_paper(dossier: "Dossier", printed: str) -> Check:
    """Hold the journal against what a paper says of it.

    Args:
        printed: as its footer has it: "875 écritures, empreinte e994-45be-f48f-cc2e"; the two
            figures alone will do.

    Raises:
        UserError: that is not what a footer says.
    """
    found = _PRINTED.search(printed)
    if found is None:
        raise UserError(
            f"« {printed} » n’est pas ce qu’un papier dit du journal.",
            todo="Recopiez le nombre d’écritures et l’empreinte, au bas d’une page : « 875 "
            "écritures, empreinte e994-45be-f48f-cc2e ».",
        )
    entries = int(re.sub(r"\D", "", found[1]))
    fingerprint = re.sub(r"[^0-9a-f]+", "-", found[2].lower())
    title = "Journal et papier"
    with dossier.read() as session:
        head, length = journal.hash_at(session, entries), journal.length(session)
    if head is None:
        detail = f"Le papier parle de {entries} écritures, le journal n’en a que {length}."
        return Check.altered(title, detail)
    stands = journal.fingerprint(head)
    if stands != fingerprint:
        return Check.altered(
            title, f"À l’écriture n° {entries}, le papier dit {fingerprint}, le journal {stands}."
        )
    later = length - entries
    return Check.good(
        title,
        f"Le journal est bien passé par l’état que dit le papier ; écritures depuis : {later}.",
    )


def _looked(dossier: "Dossier", title: str, look: Checks) -> list[Check]:
    """Run one look; an error says whether it is the dossier's fault or its surroundings'."""
    try:
        return list(look(dossier))
    except (*DatabaseError, UserError) as error:
        told = error if isinstance(error, UserError) else in_words_while_open(error, dossier.path)
        if isinstance(told, UserError) and not isinstance(told, DamagedError):
            return [Check.not_checked(title, f"{told.what} {told.todo}".strip())]
        return [Check.damaged(title, "Le fichier ne peut plus être lu jusqu’au bout.")]


def _cipher(dossier: "Dossier") -> Iterable[Check]:
    title = "Chiffrement"
    wrong, pages = _wrong_pages(dossier)
    if wrong:
        yield Check.damaged(title, f"Pages qui ne sont plus celles enregistrées : {wrong}.")
        return
    log = Path(f"{dossier.path}-wal")
    in_log = log.is_file() and log.stat().st_size > _LOG_HEAD
    also = f" Les derniers changements, encore dans {log.name}, sont relus avec la base."
    yield Check.good(title, f"Pages relues et authentifiées : {pages}.{also if in_log else ''}")


def _wrong_pages(dossier: "Dossier") -> tuple[int, int]:
    """Return how many pages of the file are not authentic, and how many there are."""
    with dossier.locked, ExitStack() as stack:
        file = dossier.raw
        if not file.execute("PRAGMA database_list").fetchone()[2]:
            # An older dossier that could not be migrated is shown from a copy in memory.
            file = stack.enter_context(closing(connect(dossier.path, dossier.key, immutable=True)))
        told = [row[0] for row in file.execute("PRAGMA cipher_integrity_check").fetchall()]
        # A folding that a disk stopped leaves half a page in the file; the log has it whole.
        held = log.held_pages(dossier.path)
        wrong = [words for words in told if not _names_one_of(words, held)]
        return len(wrong), file.execute("PRAGMA page_count").fetchone()[0]


def _names_one_of(told: str, numbers: frozenset[int]) -> bool:
    """Tell whether SQLCipher's words for a wrong page name one of these."""
    number = told.rpartition(" ")[2]
    return number.isdecimal() and int(number) in numbers


def _database(dossier: "Dossier") -> Iterable[Check]:
    title = "Base de données"
    problems = [row[0] for row in _pragma(dossier, "integrity_check") if row[0] != "ok"]
    if problems:
        yield Check.damaged(title, f"Anomalies trouvées par SQLite : {len(problems)}.")
        return
    yield Check.good(title, "SQLite n’y trouve aucune anomalie.")


def _references(dossier: "Dossier") -> Iterable[Check]:
    title = "Liens entre les fiches"
    orphans = len(_pragma(dossier, "foreign_key_check"))
    if orphans:
        yield Check.damaged(title, f"Fiches qui renvoient à une fiche absente : {orphans}.")
        return
    yield Check.good(title, "Chaque fiche citée existe.")


def _seen_otherwise(dossier: "Dossier") -> list[str]:
    """Return how the journal differs from the one that this computer saw, in French sentences."""
    seen = memory.recall(dossier.dossier_id)
    if seen is None:
        return []
    with dossier.read() as session:
        found, entries = journal.hash_at(session, seen.entries), journal.length(session)
    if found == seen.head:
        return []
    when = f"Cet ordinateur a vu ce journal le {seen.at.astimezone():%d/%m/%Y à %H:%M} avec "
    was = f"{seen.entries} écritures, empreinte {journal.fingerprint(seen.head)}"
    if found is None:
        return [f"{when}{was} : il n’en a plus que {entries}."]
    return [f"{when}{was} : à cette place, l’empreinte est {journal.fingerprint(found)}."]


def first_broken_link(dossier: "Dossier") -> int | None:
    """Walk the journal's chain, a part at a time, and return the first entry that does not fit."""
    number, previous = 0, journal.FIRST
    while True:
        with dossier.read() as session:
            entries = journal.entries_after(session, number, limit=_ENTRIES_AT_ONCE)
        if not entries:
            return None
        broken = journal.broken_link(entries, previous=previous)
        if broken is not None:
            return broken
        number, previous = entries[-1].id, entries[-1].hash


def journal_problems(dossier: "Dossier") -> list[str]:
    """Return what shows that the journal is not as this program wrote it, in French sentences."""
    broken = first_broken_link(dossier)
    if broken is not None:
        return [f"La chaîne est rompue à l’écriture n° {broken}."]
    with dossier.read() as session:
        blanks = [
            f"L’écriture n° {blank} a perdu ses détails sans qu’un effacement le dise."
            for blank in journal.unexplained_blanks(session, undone_entries(dossier))
        ]
    return [*_seen_otherwise(dossier), *blanks]


def _journal(dossier: "Dossier") -> Iterable[Check]:
    title = "Journal"
    problems = journal_problems(dossier)
    if problems:
        yield Check.altered(title, summed_up(problems))
        return
    stamp = dossier.journal_stamp()
    yield Check.good(
        title,
        f"Écritures qui s’enchaînent sans rupture : {stamp.entries}, empreinte "
        f"{stamp.fingerprint}.",
    )


def _pragma(dossier: "Dossier", name: str) -> list[tuple[str, ...]]:
    with dossier.locked:
        return dossier.raw.execute(f"PRAGMA {name}").fetchall()
