# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel of one attached PDF: its title, what it is, the date that it bears, its digest."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.attachments import AttachmentKind, AttachmentRow
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.labels import code, muted


class AttachmentPanel(QWidget):
    """What is changed is kept at once."""

    def __init__(self, context: Context, row: AttachmentRow) -> None:
        super().__init__()
        self._context = context
        self.row_id = row.id
        self.form = Form()
        self.form.add_text(
            "title",
            "Titre",
            value=row.title,
            check=lambda text: None if text.strip() else "Donnez-lui un titre.",
        )
        self.form.add_choice(
            "kind",
            "Nature",
            [(kind, kind.label) for kind in AttachmentKind],
            value=row.kind,
        )
        self.form.add_date(
            "dated_on",
            "Daté du",
            value=row.dated_on,
            help="La date que le document porte\u202f: elle figure dans l’annexe.",
        )
        self.form.edited.connect(self._edited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addSpacing(8)
        column.addWidget(muted("Empreinte (SHA-256)"))
        groups = [row.sha256[at : at + 8] for at in range(0, len(row.sha256), 8)]
        column.addWidget(code(" ".join(groups)))
        column.addStretch()

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        if name == "dated_on" and isinstance(value, date) and value > clock.today():
            self.form.show_error(name, "Cette date est encore à venir.")
            return
        try:
            self._context.services.plans.change_attachment(self.row_id, **{name: value})
        except UserError as error:
            self.form.show_error(name, error.what)
        else:
            self.form.note_saved()
