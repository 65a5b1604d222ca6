# SPDX-License-Identifier: GPL-3.0-or-later
"""The conversation with a child, held without one: the same bytes, read in this process."""

import json
from io import BytesIO
from typing import Any

from egn_desktop.sandbox import child
from egn_desktop.sandbox.watch import still_wanted


class Conversation:
    """Stands where ``sandbox.parent`` has its own; see there."""

    def __init__(self, reader: str, content: bytes, about: dict[str, Any]) -> None:
        request = json.dumps({"reader": reader, "about": about}).encode() + b"\n"
        self._asked, self._reply = BytesIO(request + content), BytesIO()

    @property
    def received(self) -> bytearray:
        return bytearray(self._reply.getvalue())

    def wait(self) -> str:
        still_wanted()
        child._answer(self._asked, self._reply)
        still_wanted()
        return "said"

    def end(self) -> None:
        """There is nobody to end."""
