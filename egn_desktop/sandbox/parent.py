# SPDX-License-Identifier: GPL-3.0-or-later
"""The parent: starts a child for one file, waits for it, and ends it in any case."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, TypeVar

import msgspec

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.sandbox import child, limits
from egn_desktop.sandbox.readers import COMMAND
from egn_desktop.sandbox.watch import still_wanted

T = TypeVar("T")

OWN_VARIABLES: Final = "EGN_DESKTOP_"
"""How our own variables of the environment begin; some hold secrets, and a child needs none."""

_POLL_S: Final = 0.03
_CHUNK: Final = 1 << 16
_NOTHING_CHANGED: Final = "Rien n’a été modifié."
_SAVE_AGAIN: Final = (
    "Ouvrez-le dans le logiciel d’où il vient, enregistrez-en une copie, puis choisissez la copie."
)


def ask(
    reader: str,
    content: bytes,
    answer_type: type[T],
    about: Mapping[str, Any] | None = None,
    *,
    name: str,
    kept: str = _NOTHING_CHANGED,
    todo: str = _SAVE_AGAIN,
) -> tuple[T, bytes]:
    """Have a child read a file, and return what it answers.

    Args:
        reader: one of ``readers.READERS``.
        content: the file.
        answer_type: what is expected; anything else is refused.
        about: what the reader must know besides the name, for JSON.
        name: names the file to the user.
        kept: said where the reading fails.
        todo: what can be done about a file that takes too much.

    Raises:
        UserError: the reader refuses the file, or reading it takes too much or fails.
    """
    name = _shown(name)
    conversation = _Conversation(reader, content, {"name": name, **(about or {})})
    try:
        ended = conversation.wait()
    finally:
        conversation.end()
    if ended == "late":
        raise UserError(
            f"La lecture de « {name} » a été arrêtée : elle durait plus de {limits.SECONDS} "
            "secondes.",
            kept=kept,
            todo=todo,
        )
    try:
        said, more = _reply(conversation.received)
        if "answer" in said:
            return msgspec.convert(said["answer"], answer_type), more
    except (ValueError, TypeError, RecursionError) as error:
        raise _stopped(name, kept, todo) from error
    raise _refusal(said, name, kept, todo)


class _Conversation:
    """One child, and the two threads that talk to it so that neither side waits for the other."""

    def __init__(self, reader: str, content: bytes, about: dict[str, Any]) -> None:
        self.received = bytearray()
        self._content = content
        self._request = json.dumps({"reader": reader, "about": about}).encode() + b"\n"
        self._ready, self._over = threading.Event(), threading.Event()
        self._process = _started()
        self._threads = [
            threading.Thread(target=thread, daemon=True, name="egn-reading")
            for thread in (self._talk, self._listen)
        ]
        for thread in self._threads:
            thread.start()

    def wait(self) -> str:
        """Wait for the end and return "said" or "late"."""
        until = time.monotonic() + limits.START_SECONDS
        is_reading = False
        while not self._over.wait(_POLL_S):
            still_wanted()
            if self._ready.is_set() and not is_reading:
                is_reading, until = True, time.monotonic() + limits.SECONDS
            if time.monotonic() > until:
                return "late"
        return "said"

    def end(self) -> None:
        """End the child if it still runs, and let go of everything."""
        self._process.kill()
        # A child that waits for a lost share cannot even be killed; it is not waited for.
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        for thread in self._threads:
            thread.join(5)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _talk(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101
        # A child that ended before it heard everything has said why, or is past saying it.
        with suppress(OSError), pipe:
            pipe.write(self._request)
            pipe.write(self._content)

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101
        with suppress(OSError):
            while len(self.received) <= limits.LARGEST_REPLY:
                part = os.read(pipe.fileno(), _CHUNK)
                if not part:
                    break
                self.received += part
                self._ready.set()
        self._over.set()


def _started() -> subprocess.Popen[bytes]:
    hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(OWN_VARIABLES)
    }
    try:
        # Our own program, with nothing of the user's in its arguments.
        return subprocess.Popen(  # noqa: S603
            [*paths.own_command(), COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept,
            # Our own place: where the user stands may hold files that Python would take for its.
            cwd=paths.program(),
            creationflags=hidden,
            # Ctrl+C in a terminal is for the parent, which ends the child itself.
            start_new_session=True,
        )
    except OSError as error:
        raise UserError(
            "La partie de l’application qui lit les fichiers n’a pas pu démarrer.",
            todo="Fermez d’autres programmes et réessayez. Si cela dure, vérifiez que l’antivirus "
            "ne bloque pas EGN Desktop.",
        ) from error


def _reply(received: bytearray) -> tuple[dict[str, Any], bytes]:
    if len(received) > limits.LARGEST_REPLY:
        raise ValueError("a reply without end")
    line, newline, more = bytes(received).partition(b"\n")
    said = json.loads(line.removeprefix(child.READY)) if newline else None
    if not isinstance(said, dict):
        raise TypeError("no reply")
    return said, more  # pyright: ignore[reportUnknownVariableType]


def _refusal(said: dict[str, Any], name: str, kept: str, todo: str) -> UserError:
    match said:
        case {"refused": [str(what), str(its_kept), str(its_todo)]}:
            return UserError(_shown(what), kept=_shown(its_kept), todo=_shown(its_todo))
        case {"exhausted": True}:
            return UserError(
                f"La lecture de « {name} » a été arrêtée : elle demandait plus de mémoire que "
                "l’application n’en accorde à un fichier.",
                kept=kept,
                todo=todo,
            )
        case _:
            stopped = _stopped(name, kept, todo)
            stopped.__cause__ = RuntimeError(str(said.get("fault", "no reply")))
            return stopped


def _shown(words: str) -> str:
    """Return words that can be shown: a file's name may have bytes that are no letters."""
    return words.encode("utf-8", "replace").decode()


def _stopped(name: str, kept: str, todo: str) -> UserError:
    return UserError(
        f"La lecture de « {name} » s’est arrêtée d’un coup : ce fichier est abîmé, ou demande plus "
        "de mémoire que l’application n’en accorde à un fichier.",
        kept=kept,
        todo=todo,
    )
