# SPDX-License-Identifier: GPL-3.0-or-later
"""A bar a domain; a click on one asks what it is made of."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent

from egn_desktop.audit import rules
from egn_desktop.audit.rules import DomainResult
from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.charts import RangeBars
from egn_desktop.ui.widgets.tips import set_tip


class DomainBars(RangeBars):
    """Some domains' scores; the keyboard comes to the same by the button beside them."""

    explained = Signal(str)

    def __init__(self, accessible_name: str) -> None:
        super().__init__(accessible_name)
        self._domains: tuple[str, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, "Ce dont ce résultat est fait")

    def set_domains(self, results: Sequence[DomainResult]) -> None:
        """Show the scores of these domains, of which each has one."""
        self._domains = tuple(result.domain.id for result in results)
        self.set_rows(
            [
                (
                    result.domain.short,
                    result.score.low,
                    result.score.high,
                    rules.score_text(result.score),
                )
                for result in results
                if result.score
            ]
        )

    @contained
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._domains and self.height():
            line = int(event.position().y() * len(self._domains) / self.height())
            if 0 <= line < len(self._domains):
                self.explained.emit(self._domains[line])
        super().mouseReleaseEvent(event)
