# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a read of the demonstration waits for the lock while something long is done.

The window's thread reads all the time. What another thread does is then to hold the lock for its
short reads and its one write, never while it composes, renders or matches.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import MS
from egn_desktop import exports
from egn_desktop.checkup import looked_over
from egn_desktop.demo import create_demonstration
from egn_desktop.dossier import Dossier, backup
from egn_desktop.inventory.papers.acts import AGREEMENT, act
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.papers.forms import case_of
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.services import Services

PAUSE_S = 0.002
PUPILS = 200


class Hold:
    """The dossier's lock, and how long the thread at work held it, in its own processor time."""

    def __init__(self, lock: threading.RLock) -> None:
        self.longest = 0.0
        self.worker: threading.Thread | None = None
        self._lock, self._depth, self._since = lock, 0, 0.0

    def acquire(self) -> bool:
        """Take the lock."""
        taken = self._lock.acquire()
        self._depth += 1
        if self._depth == 1:
            self._since = time.thread_time()
        return taken

    def release(self) -> None:
        """Let it go."""
        self._depth -= 1
        if self._depth == 0 and threading.current_thread() is self.worker:
            self.longest = max(self.longest, time.thread_time() - self._since)
        self._lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def measures(folder: Path) -> list[tuple[str, float, float]]:
    """Return what is done, the longest that a read waited, and that the lock was held, in ms."""
    with create_demonstration(folder / "waits.egn") as dossier:
        return [(name, *_waited(dossier, work)) for name, work in _works(dossier, folder)]


def _works(dossier: Dossier, folder: Path) -> list[tuple[str, Callable[[], object]]]:
    services = Services.of(dossier)
    lent = loans(dossier, state=LoanState.OPEN)[0].id
    case = case_of(dossier, act(AGREEMENT), [lent], language="")
    signatures = [Signature(signer.role, "Nadia Benali") for signer in case.signers]
    pupils = [
        PupilInput(f"Nom {number}", "Jo", school_class=f"CM{number % 2 + 1}")
        for number in range(PUPILS)
    ]
    return [
        (
            "signing an agreement",
            lambda: services.papers.sign(
                document_id=AGREEMENT, loan_ids=[lent], signatures=signatures, again=True
            ),
        ),
        ("adopting the plan", lambda: services.plans.adopt(body="conseil d’école")),
        (f"importing {PUPILS} pupils", lambda: services.pupils.import_pupils(pupils)),
        ("backing up", lambda: backup.back_up(dossier)),
        ("looking the dossier over", lambda: looked_over(dossier)),
        (
            "printing the plan",
            lambda: exports.export_one(
                dossier, "plan-de-continuite", "projet", folder / "plan.pdf"
            ),
        ),
    ]


def _waited(dossier: Dossier, work: Callable[[], object]) -> tuple[float, float]:
    plain = dossier.locked
    hold = Hold(plain)
    dossier._lock = hold  # type: ignore[assignment]  # noqa: SLF001
    failed: list[BaseException] = []

    def at_work() -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    hold.worker = threading.Thread(target=at_work)
    hold.worker.start()
    longest = 0.0
    while hold.worker.is_alive():
        begun = time.perf_counter()
        with dossier.locked:
            longest = max(longest, time.perf_counter() - begun)
        time.sleep(PAUSE_S)
    hold.worker.join()
    dossier._lock = plain  # noqa: SLF001
    if failed:
        raise failed[0]
    return longest * MS, hold.longest * MS
