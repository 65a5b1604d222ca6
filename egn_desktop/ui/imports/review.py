# SPDX-License-Identifier: GPL-3.0-or-later
"""What was understood of a file, to be looked at before it is imported."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.exchange.columns import IGNORED
from egn_desktop.exchange.preview import Preview
from egn_desktop.inventory.people.queries.doubts import PupilsReview
from egn_desktop.ui.imports.absent_view import AbsentBox, absent_table
from egn_desktop.ui.imports.columns_view import ColumnsView
from egn_desktop.ui.imports.doubts_view import DoubtsView
from egn_desktop.ui.imports.lines_view import accepted_table, rejected_table, remarks_table
from egn_desktop.ui.widgets.buttons import main_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted, strong

TABLE_HEIGHT = 300


class Review(QWidget):
    """The lines and the columns of one file, and the button that imports it."""

    corrected = Signal(object)
    accepted = Signal()
    given_up = Signal()

    def __init__(
        self, ready: Preview, pupils: PupilsReview | None = None, *, is_recalled: bool = False
    ) -> None:
        super().__init__()
        self._kind = ready.kind
        self._pupils: PupilsReview | None = pupils
        self._doubts = _doubts(ready, pupils)
        self._absent, self._absent_box = absent_table(), AbsentBox()
        self._accepted = accepted_table(ready.kind)
        self._remarked = remarks_table()
        self._rejected = rejected_table()
        self._columns = ColumnsView(ready)
        self._missing = body("")
        self._missing.setProperty("role", "error")
        self._said = muted("")
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(TABLE_HEIGHT)
        # As tall as there is room: the button below stays in sight however long the list.
        self._tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        for view in self._views():
            self._tabs.addTab(view, "")
        self.import_button = main_button("", self._agreed, "import")
        self._lay_out(ready, is_recalled)
        self._columns.corrected.connect(self.corrected)
        self._doubts.answered.connect(self._show_who_is_absent)
        self._tabs.currentChanged.connect(self._show_absent_box)
        self.show_preview(ready, pupils)
        self._tabs.setCurrentWidget(self._first_to_see(ready))

    def show_preview(self, ready: Preview, pupils: PupilsReview | None = None) -> None:
        """Show what is now understood of the file."""
        self._accepted.set_rows(ready.accepted)
        self._remarked.set_rows(ready.remarked)
        self._rejected.set_rows(ready.rejected)
        self._columns.show_columns(ready)
        self._show_pupils(ready, pupils)
        for view, text, shown in (
            (self._accepted, "À importer : {}", len(ready.accepted)),
            (self._remarked, "À vérifier : {}", len(ready.remarked)),
            (self._rejected, "Rejetées : {}", len(ready.rejected)),
            (self._doubts, "Doutes : {}", len(pupils.doubts) if pupils else 0),
        ):
            self._show_tab(view, text, shown)
        used = sum(column.field != IGNORED for column in ready.columns)
        self._tabs.setTabText(
            self._tabs.indexOf(self._columns),
            f"Colonnes : {used} sur {len(ready.columns)}",
        )
        self._say_what_is_missing(ready)
        how_many = len(ready.accepted)
        what = self._kind.counted(how_many) if how_many else ""
        self.import_button.setText(f"Importer {what}".strip())
        self.import_button.setEnabled(how_many > 0)

    @property
    def answers(self) -> Mapping[int, int | None]:
        """Who the doubtful lines mean."""
        return self._doubts.answers

    @property
    def mark_left(self) -> bool:
        """Whether who is absent is said to have left."""
        return self._absent_box.isVisibleTo(self) and self._absent_box.is_ticked

    def focus_first(self) -> None:
        """Put the keyboard where the next step is."""
        if self._tabs.currentWidget() is self._doubts:
            self._doubts.take_focus()
        elif self.import_button.isEnabled():
            self.import_button.setFocus()
        else:
            self._tabs.setFocus()

    def _views(self) -> tuple[QWidget, ...]:
        return (
            self._doubts,
            self._accepted,
            self._remarked,
            self._rejected,
            self._absent,
            self._columns,
        )

    def _show_tab(self, view: QWidget, text: str, shown: int) -> None:
        place = self._tabs.indexOf(view)
        self._tabs.setTabText(place, text.format(french.number(shown, 0)))
        self._tabs.setTabVisible(place, shown > 0)

    def _show_pupils(self, ready: Preview, pupils: PupilsReview | None) -> None:
        if pupils is not self._pupils:
            self._pupils = pupils
            before, self._doubts = self._doubts, _doubts(ready, pupils)
            self._tabs.removeTab(self._tabs.indexOf(before))
            before.deleteLater()
            self._tabs.insertTab(0, self._doubts, "")
            self._doubts.answered.connect(self._show_who_is_absent)
        self._show_who_is_absent()

    @Slot()
    def _show_who_is_absent(self) -> None:
        absent = self._pupils.leavers(self.answers) if self._pupils else ()
        self._absent.set_rows(sorted(absent, key=lambda pupil: not pupil.devices))
        self._absent_box.show_absent(absent)
        self._show_tab(self._absent, "Absents : {}", len(absent))
        self._show_absent_box()
        left = self._doubts.open_questions
        words = "Rien n’est écrit avant que vous n’appuyiez ici."
        if left:
            words = f"Réponses seulement proposées : {french.number(left, 0)}."
        self._said.setText(words)

    @Slot()
    def _show_absent_box(self) -> None:
        """Offer to mark who left where the list looks whole, or to who looks at the absent."""
        asked = self._tabs.currentWidget() is self._absent or self._absent_box.is_ticked
        looks_whole = self._pupils is not None and self._pupils.looks_whole
        self._absent_box.setVisible(bool(self._absent.rows()) and (asked or looks_whole))

    def _say_what_is_missing(self, ready: Preview) -> None:
        text = ""
        if ready.missing:
            text = "Aucune colonne ne contient {}. Indiquez-la ci-dessous.".format(
                " ni ".join(ready.missing)
            )
        elif not ready.table.rows:
            text = "Le fichier a une ligne de titres, mais aucune ligne à importer."
        elif not ready.accepted:
            text = "Aucune ligne ne peut être importée. Est-ce la bonne liste ?"
        self._missing.setText(text)
        self._missing.setVisible(bool(text))

    def _first_to_see(self, ready: Preview) -> QWidget:
        if ready.missing:
            return self._columns
        if self._pupils and self._pupils.doubts:
            return self._doubts
        if ready.rejected:
            return self._rejected
        return self._remarked if ready.remarked else self._accepted

    def _lay_out(self, ready: Preview, is_recalled: bool) -> None:
        table = ready.table
        lines = french.count(len(table.rows), "ligne")
        said = [f"{lines}{table.read_from}", table.remark]
        if is_recalled:
            said.append("colonnes comme la dernière fois")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(strong(table.name))
        words.addWidget(muted(", ".join(filter(None, said))))
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(quiet_button("Changer de fichier", self._given_up))
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.import_button)
        foot.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._missing)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._absent_box)
        column.addLayout(foot)

    @Slot()
    def _agreed(self) -> None:
        self.accepted.emit()

    @Slot()
    def _given_up(self) -> None:
        self.given_up.emit()


def _doubts(ready: Preview, pupils: PupilsReview | None) -> DoubtsView:
    doubts = pupils.doubts if pupils else ()
    return DoubtsView(doubts, [ready.accepted[doubt.row].line for doubt in doubts])
