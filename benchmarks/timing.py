# SPDX-License-Identifier: GPL-3.0-or-later
"""A measure, how it is taken, and the machine that it is taken on."""

import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MS = 1000


@dataclass(frozen=True, slots=True)
class Measure:
    """The milliseconds that the app takes for something, and those of the bare operation.

    Attributes:
        bare_name: what the app is measured against.
    """

    name: str
    ours: float
    bare_name: str
    bare: float

    @property
    def ratio(self) -> float:
        """How many times the bare operation."""
        return self.ours / self.bare


def milliseconds(work: Callable[[], object], *, times: int = 5) -> float:
    """Return the least processor time that some work takes, so that a busy machine measures too.

    On an idle machine that is the time waited, but for the disk.
    """
    taken: list[float] = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * MS)
    return min(taken)


def machine() -> str:
    """Return what runs this: processor, cores, system, Python."""
    return ", ".join(
        (
            _processor(),
            f"{os.cpu_count()} cores",
            f"{platform.system()} {platform.release()}",
            f"Python {platform.python_version()}",
        )
    )


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
