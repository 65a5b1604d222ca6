# SPDX-License-Identifier: GPL-3.0-or-later
"""What is handed over or given back, in large plain words, for the person who signs."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.inventory.register.loans import LoanDetail
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.school.languages import Language
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.labels import muted, plain_label, strong, title


class SigningWords(QWidget):
    """Who gets what and until when; which of the loans one signature covers."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        loans: Sequence[LoanDetail],
        covered: Sequence[int],
        languages: Sequence[Language] = (),
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(title(name))
        if len(loans) > 1:
            words = "Une seule signature pour tout ce qui est coché."
            column.addWidget(muted(words))
        self._checks: dict[int, QCheckBox] = {}
        for loan in loans:
            column.addWidget(self._loan(loan, covered, alone=len(loans) == 1))
        self._summary, self._translated = reading(""), reading("")
        for label in (self._summary, self._translated):
            label.setTextFormat(Qt.TextFormat.RichText)
        column.addWidget(self._summary)
        column.addWidget(self._translated)
        self._right_to_left = {language.id for language in languages if language.right_to_left}
        self._form = Form()
        self._form.add_choice(
            "language",
            "Autre langue, à côté du français",
            [("", "Aucune"), *((language.id, language.label) for language in languages)],
        )
        self._form.edited.connect(self._language_chosen)
        if not languages:
            self._form.hide()
        column.addWidget(self._form)
        column.addStretch()

    def covered(self) -> list[int]:
        """Return the loans that the signature covers."""
        return [loan_id for loan_id, check in self._checks.items() if check.isChecked()]

    def language(self) -> str:
        """Return the code of the language beside French, or nothing."""
        return str(self._form.value("language") or "")

    def set_summary(self, words: Sequence[str], translated: Sequence[str]) -> None:
        self._summary.setText(_spaced(words))
        self._translated.setText(_spaced(translated))
        self._translated.setVisible(any(translated))
        directions = Qt.LayoutDirection
        self._translated.setLayoutDirection(
            directions.RightToLeft
            if self.language() in self._right_to_left
            else directions.LeftToRight
        )

    def _loan(self, detail: LoanDetail, covered: Sequence[int], *, alone: bool) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        check = QCheckBox(detail.row.device_label)
        check.setChecked(detail.row.id in covered)
        check.toggled.connect(self._toggled)
        self._checks[detail.row.id] = check
        if alone:
            # Kept for ``covered``; a box that must stay ticked would only raise a question.
            check.setParent(made)
            check.hide()
            column.addWidget(strong(detail.row.device_label))
        else:
            column.addWidget(check)
        column.addWidget(reading(_until(detail)))
        return made

    @Slot(str, object)
    def _language_chosen(self, _name: str, _value: object) -> None:
        self.changed.emit()

    @Slot(bool)
    def _toggled(self, _checked: bool) -> None:
        self.changed.emit()


def reading(text: str) -> QLabel:
    """Return words large enough for who looks from the other side of the desk."""
    made = plain_label(text)
    made.setProperty("role", "reading")
    made.setWordWrap(True)
    return made


def _spaced(sentences: Sequence[str]) -> str:
    """Return the sentences one under the other, with air between."""
    return "".join(f'<p style="margin: 0 0 8px">{escape(sentence)}</p>' for sentence in sentences)


def _until(detail: LoanDetail) -> str:
    row = detail.row
    if row.state is LoanState.OPEN:
        names = list(detail.accessories)
        day = f"À rendre le {french.long_date(row.due_on)}"
    else:
        names = [name for name, back in detail.accessories.items() if back]
        day = f"Rendu le {french.long_date(row.ended_on)}" if row.ended_on else ""
    kit = f"Avec : {', '.join(names)}" if names else "Sans accessoire"
    return "\n".join(filter(None, (kit, day)))
