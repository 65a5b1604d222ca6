# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to the page of loans: each time a new process, as at a double click on the file.

Nothing is imported at module level that the bare window would not need.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.timing import MS, Measure

TIMES = 5
CODE = "EGN_DESKTOP_SECRET"
KEY = "EGN_BENCHMARK_KEY"


def measures(path: Path, key: bytes) -> list[Measure]:
    """Return the measures of opening a closed dossier.

    Its recovery code stands in for the keyring, as in a command that nobody watches.
    """
    from egn_desktop.dossier.recovery import code_of

    environment = {**os.environ, CODE: code_of(key), KEY: key.hex()}
    # An installed app has its modules compiled.
    environment |= {"PYTHONPYCACHEPREFIX": str(path.parent / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # The first one makes the day's backup, compiles, and warms the disk's cache.
    for which in ("ours", "bare"):
        _started(which, path, environment)
    ours = [_started("ours", path, environment) for _ in range(TIMES)]
    bare = [_started("bare", path, environment) for _ in range(TIMES)]
    bare_name = "bare QMainWindow and the SQLCipher file read once"
    bare_time = min(times[0] for times in bare)
    return [
        Measure(name, min(times[at] for times in ours), bare_name, bare_time)
        for at, name in enumerate(("start to the home page", "start to a usable page of loans"))
    ]


def _started(which: str, path: Path, environment: dict[str, str]) -> list[float]:
    """Start a process and return what it had taken, in milliseconds, at each stage."""
    command = [sys.executable, "-m", "benchmarks.opening", which, str(path)]
    done = subprocess.run(  # noqa: S603 - our own module
        command, env=environment, check=True, capture_output=True, text=True
    )
    return [float(at) * MS for at in done.stdout.split()]


def open_ours(path: Path) -> None:
    """Open the app's window on a dossier, go to the loans, tell when each was there."""
    from PySide6.QtCore import QElapsedTimer
    from PySide6.QtWidgets import QApplication

    from egn_desktop.settings import MachineSettings
    from egn_desktop.ui import theme
    from egn_desktop.ui.start import make_application
    from egn_desktop.ui.window import AppWindow

    app = make_application()
    settings = MachineSettings.load()
    theme.apply(app, settings)
    window = AppWindow(settings)
    window.show()
    QApplication.processEvents()
    window.open_path(path)
    patience = QElapsedTimer()
    patience.start()
    while window.dossier is None and patience.elapsed() < 60 * MS:
        QApplication.processEvents()
        time.sleep(0.005)
    QApplication.processEvents()
    home = time.process_time()
    window.view.show_page("loans")  # type: ignore[union-attr]
    QApplication.processEvents()
    _tell(home, time.process_time())
    while window.is_busy:
        QApplication.processEvents()
    if window.dossier is not None:
        window.dossier.close()


def open_bare(path: Path) -> None:
    """Show an empty window and read something of the file."""
    from PySide6.QtWidgets import QApplication, QMainWindow
    from sqlcipher3 import dbapi2 as sqlcipher

    app = QApplication([])
    window = QMainWindow()
    window.show()
    connection = sqlcipher.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{os.environ[KEY]}'\"")
    connection.execute("SELECT count(*) FROM loan WHERE state = 'open'").fetchone()
    app.processEvents()
    _tell(time.process_time())
    connection.close()


def _tell(*moments: float) -> None:
    sys.stdout.write(" ".join(str(moment) for moment in moments))
    sys.stdout.flush()


if __name__ == "__main__":
    {"ours": open_ours, "bare": open_bare}[sys.argv[1]](Path(sys.argv[2]))
    # Taking the widgets apart is no part of it.
    os._exit(0)
