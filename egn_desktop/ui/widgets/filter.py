# SPDX-License-Identifier: GPL-3.0-or-later
"""A choice above a list that narrows it to one kind of thing."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize

from egn_desktop.ui import theme
from egn_desktop.ui.widgets.inputs import ChoiceInput
from egn_desktop.ui.widgets.tips import set_tip

WIDEST = 180


class Filter(ChoiceInput):
    """What a list is narrowed to; the first choice is what it shows by habit."""

    def __init__(self, name: str, options: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        set_tip(self, name)
        self.setSizeAdjustPolicy(ChoiceInput.SizeAdjustPolicy.AdjustToContents)
        self._values: list[Any] = []
        self.set_options(options)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(min(hint.width(), theme.pixels(WIDEST)), hint.height())

    def set_options(self, options: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices, keeping the one made; the first where it is gone."""
        chosen = self._values[self.currentIndex()] if self._values else None
        # Not the combo box's own data, which would turn an enumeration into its text.
        self._values = [value for value, _ in options]
        self.blockSignals(True)
        self.clear()
        self.addItems([words for _, words in options])
        self.setCurrentIndex(self._values.index(chosen) if chosen in self._values else 0)
        self.blockSignals(False)

    def value(self) -> Any:
        """Return what is chosen."""
        return self._values[self.currentIndex()]

    def choose(self, value: Any) -> None:
        """Narrow the list to this."""
        self.setCurrentIndex(self._values.index(value))

    @property
    def narrows(self) -> bool:
        """Whether something else than the habit is chosen."""
        return self.currentIndex() > 0
