# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: seven tabs, each saved as it is typed."""

import os
from pathlib import Path
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget

from egn_desktop.changes import Changed
from egn_desktop.dossier import Protection
from egn_desktop.dossier.places import is_shared
from egn_desktop.ui.context import Context
from egn_desktop.ui.copies import CopiesTab
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.settings.about_tab import AboutTab
from egn_desktop.ui.pages.settings.backups_tab import BackupsTab
from egn_desktop.ui.pages.settings.look_tab import LookTab
from egn_desktop.ui.pages.settings.privacy_tab import PrivacyTab
from egn_desktop.ui.pages.settings.school_tab import SchoolTab
from egn_desktop.ui.pages.settings.security_tab import SecurityTab
from egn_desktop.ui.widgets.scroll import scrolled

TABS = ("school", "look", "security", "backups", "copies", "privacy", "about")
GUIDE_PAGES = {"school": "ecole.md", "copies": "deux-copies.md", "privacy": "donnees.md"}


class SettingsPage(Page):
    """The school's identity, and everything about this file and this machine."""

    shows = frozenset(
        {Changed.SCHOOL, Changed.BACKUPS, Changed.PUPILS, Changed.STAFF, Changed.LOANS}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._school = SchoolTab(context)
        self._look = LookTab(context)
        self._security = SecurityTab(context)
        self._backups = BackupsTab(context)
        self._copies = CopiesTab(context)
        self._privacy = PrivacyTab(context)
        self._readings = {
            "school": self._school.reload,
            "security": self._security.reload,
            "backups": self._backups.reload,
            "privacy": self._privacy.reload,
        }
        self._tabs_to_read = dict(self._readings)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        for tab, name in (
            (self._school, "Identité"),
            (self._look, "Apparence"),
            (self._security, "Sécurité"),
            (self._backups, "Sauvegardes"),
            (self._copies, "Copies"),
            (self._privacy, "Données personnelles"),
            (AboutTab(context), "À propos"),
        ):
            # What a comparison leads to stays in sight below what scrolls.
            self._tabs.addTab(tab if tab is self._copies else scrolled(tab), name)
        self._tabs.currentChanged.connect(self._tab_shown)
        self.body.addWidget(self._tabs)

    def reload(self) -> None:
        dossier = self.services.dossier
        # A tab that is not seen may never be: it reads the dossier when it is shown.
        self._tabs_to_read = dict(self._readings)
        self._read_shown_tab()
        by_passphrase = dossier.protection is Protection.PASSPHRASE
        protected = "phrase de passe" if by_passphrase else "code de secours"
        state = f"{_short(dossier.path)} · protégé par {protected}"
        if is_shared(dossier.path):
            state += " · emplacement partagé avec d’autres ordinateurs"
        self.set_heading("Réglages", state)

    @Slot()
    def _tab_shown(self) -> None:
        self.read(self._read_shown_tab)

    def _read_shown_tab(self) -> None:
        name = TABS[self._tabs.currentIndex()]
        if name in self._tabs_to_read:
            self._tabs_to_read[name]()
            # What could not be read is read when the tab is next shown.
            del self._tabs_to_read[name]

    @property
    def guide_page(self) -> str:
        """The guide's page for the tab that is shown."""
        return GUIDE_PAGES.get(TABS[self._tabs.currentIndex()], "dossier.md")

    def find(self) -> None:
        self._tabs.setCurrentIndex(0)
        self._school.setFocus()

    def arrive(self, target: object) -> None:
        if isinstance(target, tuple):
            target, path = cast("tuple[str, Path]", target)
            self._copies.compare(path)
        if target in TABS:
            self._tabs.setCurrentIndex(TABS.index(str(target)))


def _short(path: Path) -> str:
    """Return a path with the home folder written ~, so that the line stays short."""
    home = Path.home()
    # Windows writes no ~.
    is_short = os.name != "nt" and path.is_relative_to(home)
    return f"~/{path.relative_to(home)}" if is_short else str(path)
