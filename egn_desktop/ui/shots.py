# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a picture of every page, for a person to look at: ``python3 dev.py shots [FOLDER]``."""

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QWidget

from egn_desktop import features, paths
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.start import make_application
from egn_desktop.ui.window import AppWindow

if TYPE_CHECKING:
    from egn_desktop.ui.shell.view import ShellView

SIZES = ((1366, 768), (1280, 720))
THEMES = (Theme.LIGHT, Theme.DARK)
# What a page shows that has more to show than its first line.
TARGETS = {"plan": "section:cellule"}
# The smallest window with the largest text: what is cut is cut here first.
TIGHT = ((1024, 700), Theme.LIGHT, TextSize.LARGER)


class Photographer:
    """Takes the pictures of one window, at one size, in one theme."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder

    def take_all(self, settings: MachineSettings, size: tuple[int, int], dossier: Path) -> None:
        """Take the assistant, every page and crisis mode."""
        theme.apply(self._app, settings)
        window = AppWindow(settings)
        window.resize(*size)
        window.show()
        tag = f"{settings.theme}-{size[0]}x{size[1]}"
        if settings.text_size is not TextSize.NORMAL:
            tag += f"-{settings.text_size}"
        self._take_assistant(window, tag)
        self._open(window, dossier)
        shell = cast("ShellView", window.view)
        for feature in features.FEATURES:
            shell.show_page(feature.id, TARGETS.get(feature.id))
            self._take(window, f"{feature.id}-{tag}")
        shell.show_crisis()
        self._take(window, f"crisis-{tag}")
        window.close()
        self._wait_until_hidden(window)

    def _take_assistant(self, window: AppWindow, tag: str) -> None:
        welcome = window.show_welcome()
        for name in ("start", "create", "place", "open", "restore", "demo"):
            if name != "start":
                welcome.show_step(name)
            self._take(window, f"assistant-{name}-{tag}")

    def _open(self, window: AppWindow, path: Path) -> None:
        from egn_desktop.dossier import Dossier

        window.show_dossier(Dossier.open(path, key=KEY, clock=morning))
        # The day's backup is part of what the home page says.
        while window.is_busy:
            self._app.processEvents()

    def _take(self, window: QWidget, name: str) -> None:
        for _ in range(3):
            self._app.processEvents()
        window.grab().save(str(self._folder / f"{name}.png"))

    def _wait_until_hidden(self, window: QWidget) -> None:
        while window.isVisible():
            self._app.processEvents()


KEY = bytes(range(32))


def morning() -> datetime:
    """Return this day at a school's hour."""
    from egn_desktop.dossier.store import local_now

    return local_now().replace(hour=8, minute=12)


def main(folder: Path) -> int:
    """Build the demonstration school in a throwaway profile and picture it."""
    from egn_desktop.demo import create_demonstration

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        os.environ[paths.BASE_DIR_VARIABLE] = profile
        app = make_application()
        path = Path(profile) / "École Jules-Verne.egn"
        create_demonstration(path, key=KEY).close()
        photographer = Photographer(app, folder)
        wanted = [(size, chosen, TextSize.NORMAL) for chosen in THEMES for size in SIZES]
        for size, chosen, text_size in (*wanted, TIGHT):
            settings = MachineSettings(theme=chosen, text_size=text_size)
            photographer.take_all(settings, size, path)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "shots")))
