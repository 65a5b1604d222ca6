# SPDX-License-Identifier: GPL-3.0-or-later
"""The child: reads one file for its parent, answers in plain data, and ends.

A request is a line of JSON, then the bytes of the file up to the end of the pipe. A reply is one
byte when the limits are set, a line of JSON, then bytes. Nothing is pickled: a child that a file
has taken over can lie to its parent, and do no more.
"""

import json
import os
import traceback
from importlib import import_module
from typing import Any, BinaryIO

from egn_desktop.errors import UserError
from egn_desktop.sandbox import limits
from egn_desktop.sandbox.readers import READERS

READY = b"!"


def serve() -> int:
    """Read one file and answer; never returns to who would tidy up what a file may have broken."""
    asked = os.fdopen(0, "rb", closefd=False)
    reply = os.fdopen(os.dup(1), "wb")
    # What a library prints must not stand in the reply.
    os.dup2(2, 1)
    try:
        _answer(asked, reply)
        reply.flush()
    finally:
        os._exit(0)


def _answer(asked: BinaryIO, reply: BinaryIO) -> None:
    request: dict[str, Any] = json.loads(asked.readline())
    module, _, name = READERS[request["reader"]].partition(":")
    more = b""
    try:
        read = getattr(import_module(module), name)
        limits.limit_this_process()
        reply.write(READY)
        reply.flush()
        answer, more = read(asked.read(), request["about"])
        said = {"answer": answer}
    except UserError as error:
        said = {"refused": [error.what, error.kept, error.todo]}
    except MemoryError:
        said = {"exhausted": True}
    except Exception:
        said = {"fault": traceback.format_exc()}
    reply.write(json.dumps(said).encode())
    reply.write(b"\n")
    reply.write(more)
