# SPDX-License-Identifier: GPL-3.0-or-later
"""Another device for one line of a handover: searched or scanned; Enter takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.collation import fold
from egn_desktop.inventory.register.rules import asset_key
from egn_desktop.inventory.stock.queries.devices import DeviceRow
from egn_desktop.ui.contain import contained
from egn_desktop.ui.pages.loans.chooser import Chooser
from egn_desktop.ui.widgets.buttons import quiet_button


@dataclass(frozen=True, slots=True)
class Offered:
    """A device that the line could get, and who would get it as things stand."""

    device: DeviceRow
    holder: str = ""

    @property
    def id(self) -> int:
        return self.device.id


class DevicePick(QWidget):
    """Chooses among the devices offered: ``picked`` tells which."""

    picked = Signal(object)
    given_up = Signal()

    def __init__(self, name: str, offered: Sequence[Offered]) -> None:
        super().__init__()
        self._offered = offered
        self._chooser = Chooser(
            f"Appareil pour {name}",
            "Scanner ou chercher un appareil",
            line=self._line,
            find=self._find,
            describe=lambda offered: (offered.device.name, offered.device.code),
            icon_name="scan",
        )
        self._chooser.chosen.connect(self.picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chooser)
        column.addWidget(
            quiet_button("Garder l’appareil proposé", self._give_up),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )

    def take_focus(self) -> None:
        """Go to the search field, which unfolds the list."""
        self._chooser.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @contained
    def event(self, event: QEvent) -> bool:
        # Échap would close the whole panel: here it only gives up the choice.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._give_up()
                return True
        return super().event(event)

    def _line(self, offered: Offered) -> str:
        words = f"{offered.device.code} · {offered.device.name}"
        if offered.holder:
            return f"{words} · proposé à {offered.holder}"
        return f"{words} · réservé" if offered.device.reserved_for else words

    def _find(self, text: str) -> Sequence[Offered]:
        key = asset_key(text)
        numbers = ("asset_number", "serial_number")
        exact = [
            offered for offered in self._offered
            if key and key in {asset_key(getattr(offered.device, name)) for name in numbers}
        ]  # fmt: skip
        if len(exact) == 1:
            return exact
        words = fold(text).split()
        return [
            offered
            for offered in self._offered
            if all(
                word in fold(f"{self._line(offered)} {offered.device.serial_number}")
                for word in words
            )
        ]

    @Slot()
    def _give_up(self) -> None:
        self.given_up.emit()
