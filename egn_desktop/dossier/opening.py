# SPDX-License-Identifier: GPL-3.0-or-later
"""Open a file that is there, with the log that may lie beside it, or say why it does not open."""

import stat
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from egn_desktop.dossier import log, memory, state
from egn_desktop.dossier.connection import (
    PATIENCE_S,
    DatabaseError,
    ReadOnly,
    Waiting,
    in_words_while_open,
    open_connection,
    open_to_read,
    unreadable,
)
from egn_desktop.dossier.errors import (
    ChangesLostNotice,
    DamagedError,
    LogSetAsideNotice,
    MissingDossierError,
    NoRoomForTrialError,
    NotADossierError,
    StaleShareError,
    WrongSecretError,
)
from egn_desktop.dossier.places import in_words, is_full
from egn_desktop.dossier.presence import Presence
from egn_desktop.errors import UserError

BETWEEN_LOOKS_S = 1.0

_Opened = TypeVar("_Opened")


def refuse_missing(path: Path) -> None:
    """Refuse a file that is not there, or whose place does not answer.

    Raises:
        MissingDossierError, PlaceLostError: says which.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise in_words(error, path) from error
    except ValueError as error:
        raise MissingDossierError(path) from error  # a name that no system could bear
    if not stat.S_ISREG(found.st_mode):
        raise MissingDossierError(path)


def open_with_log(
    presence: Presence,
    path: Path,
    key: bytes,
    now: datetime,
    shown_copy: ExitStack,
    remarks: list[UserError],
    waiting: Waiting,
) -> tuple[Any, ReadOnly | None]:
    """Open a claimed file, and with it the log beside it if a trial shows that it is its own.

    Args:
        shown_copy: keeps the copy that is shown where the place cannot be written.
        remarks: gets what the user should be told.
        waiting: see ``Dossier.open``.
    """
    tried = _seen_as_left(presence, path, key, shown_copy, waiting)
    # That may have lasted, and another user may have taken over from this one.
    presence.check_mark()
    if tried is None:
        if presence.took_over:
            _or_look(open_to_read, path, key).close()  # the secret is proven before all else
            presence.part_from_the_other(path)
        return _or_look(partial(open_connection, waiting=waiting), path, key)
    if tried.verdict is log.Verdict.UNREADABLE:
        raise recognised(path, key)
    is_safe = True  # whether SQLite may find the log where it now is
    if tried.verdict is log.Verdict.FOREIGN:
        held = _told_of(tried)
        aside = log.set_aside(path, now)
        is_safe = aside is not None
        remarks.append(LogSetAsideNotice(path, aside=aside, held=held))
    elif tried.lost:
        keep = log.keep_copy if tried.verdict is log.Verdict.BELONGS else log.set_aside
        aside = keep(path, now)
        is_safe = aside is not None
        since = tried.written.at if tried.written else now
        remarks.append(ChangesLostNotice(path, lost=tried.lost, since=since, aside=aside))
    belongs = tried.verdict is log.Verdict.BELONGS
    if is_safe:
        presence.part_from_the_other(tried.merged if belongs else path)
        connection, read_only = _or_look(partial(open_connection, waiting=waiting), path, key)
    else:
        connection, read_only = open_to_read(path, key), ReadOnly.PLACE
    if read_only is ReadOnly.PLACE and belongs:
        connection.close()
        connection = open_to_read(tried.merged, key)
    else:
        shown_copy.close()
    return connection, read_only


def _seen_as_left(
    presence: Presence, path: Path, key: bytes, shown_copy: ExitStack, waiting: Waiting
) -> log.Trial | None:
    """Look at a claimed file, on a share until it shows the state that its last user left.

    A computer remembers for a while how long a file on a share was, and whether there was a log.
    Written by that memory, the file would be destroyed.

    Returns:
        What trying its log has shown; None where there is no log.
    """
    deadline: float | None = None
    while True:
        with ExitStack() as copy:
            refusal: UserError | None = None
            tried = None
            if presence.expected:
                presence.forget_remembered()
            try:
                tried = _tried(path, key, copy)
                is_shown = not presence.expected or (
                    _shows(presence.expected, tried, path, key) and not log.is_only_remembered(path)
                )
            except (MissingDossierError, NotADossierError, DamagedError) as error:
                if not presence.expected:
                    raise
                refusal, is_shown = error, False
            if is_shown:
                shown_copy.push(copy.pop_all())
                return tried
        now = time.monotonic()
        if deadline is None:
            # No memory hides what was left long ago: an older or damaged file is told at once.
            deadline = now + PATIENCE_S - presence.silence.total_seconds()
        if now >= deadline:
            presence.doubt()
            raise refusal or StaleShareError(path)
        waiting(
            "Ce partage montre encore l’ancien contenu\u202f: nouvel essai chaque seconde, "
            f"pendant {deadline - now:.0f} s au plus."
        )
        time.sleep(BETWEEN_LOOKS_S)


def _tried(path: Path, key: bytes, copy: ExitStack) -> log.Trial | None:
    """Try the log beside a file on a copy of both, which lives as ``copy``; None without a log."""
    if not log.has_log(path):
        return None
    try:
        return copy.enter_context(log.trial(path, key))
    except OSError as error:
        if is_full(error):
            raise NoRoomForTrialError(path) from error
        raise in_words(error, path) from error


def _shows(expected: frozenset[str], tried: log.Trial | None, path: Path, key: bytes) -> bool:
    """Tell whether a file has passed through these states, with the log that was tried on it."""
    if tried is not None:
        return expected <= set(tried.names)
    with closing(_or_look(open_to_read, path, key)) as connection:
        try:
            return all(state.has_passed(connection, text) for text in expected)
        except DatabaseError as error:
            raise in_words_while_open(error, path) from error  # or its end is not yet seen


def _or_look(opens: Callable[[Path, bytes], _Opened], path: Path, key: bytes) -> _Opened:
    try:
        return opens(path, key)
    except (WrongSecretError, NotADossierError) as error:
        raise recognised(path, key) from error


def recognised(path: Path, key: bytes) -> UserError:
    """Return why a closed file does not open, knowing the dossiers that this computer has seen.

    Where the first bytes are damaged, one of their salts makes the other pages authentic; where
    nothing is left (a length of nought, as a power cut leaves on a stick), the place tells.
    """
    told = unreadable(path, key, memory.known_ids())
    lost = memory.id_at(path)
    if isinstance(told, NotADossierError) and lost is not None:
        return DamagedError(path, lost)
    return told


def _told_of(tried: log.Trial) -> str:
    """Return what a log that is set aside holds and how it stands to the file, in French."""
    changes = "1 modification" if tried.changes == 1 else f"{tried.changes} modifications"
    if tried.written is None:
        return f"Il contient {changes}."
    held = (
        f"Il contient {changes}, la dernière du {tried.written.at:%d/%m/%Y à %H:%M} sur "
        f"l’ordinateur « {tried.written.computer} »"
    )
    if tried.alone is None:
        return f"{held}."
    newer = "le journal" if tried.written.at > tried.alone.at else "le fichier"
    return (
        f"{held} ; la dernière modification du fichier est du "
        f"{tried.alone.at:%d/%m/%Y à %H:%M} : le plus récent des deux est {newer}."
    )


def standing_at(path: Path, key: bytes) -> state.Standing | None:
    """Return where the dossier at a path stands, its log with it, or None if that cannot be told.

    Raises:
        UserError: nothing stands there, or it cannot be read.
    """
    refuse_missing(path)
    try:
        if log.has_log(path):
            with log.trial(path, key) as tried:
                is_own = tried.verdict in (log.Verdict.BELONGS, log.Verdict.EMPTY)
                return tried.written if is_own else None
        with closing(open_to_read(path, key)) as connection:
            return state.standing(connection)
    except OSError as error:
        raise in_words(error, path) from error
