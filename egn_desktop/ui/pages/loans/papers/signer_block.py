# SPDX-License-Identifier: GPL-3.0-or-later
"""Room for one signature: a name, a pad, and the way to sign without drawing."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.inventory.papers.case import Signature, Signer
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import muted, section
from egn_desktop.ui.widgets.signature import SignaturePad


@dataclass(slots=True)
class KeptSignature:
    """The school's, for the hand-overs that follow: in memory, and never on the disk."""

    signature: Signature | None = None


class SignerBlock(QWidget):
    """Who signs as one of the paper's signers, and how; ``changed`` tells of either.

    Who need not sign stays folded until asked for: the box then stays empty on the paper.
    """

    changed = Signal()

    def __init__(self, signer: Signer) -> None:
        super().__init__()
        self._role = signer.role
        self._form = Form()
        self._form.add_text("name", "Nom de qui signe", value=signer.known)
        self._form.edited.connect(self._name_edited)
        self._pad = SignaturePad(f"Signature : {signer.role}")
        self._by_name = QCheckBox("Signer par le nom, sans dessiner")
        self._erase = quiet_button("Effacer", self._pad.clear, "undo")
        self._wanted = QCheckBox(f"{signer.role} (facultatif)")
        self._wanted.setChecked(signer.rule.must)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._inside = QWidget()
        if signer.rule.must:
            column.addWidget(section(signer.role))
        else:
            column.addWidget(self._wanted)
            self._inside.hide()
        column.addWidget(self._inside)
        self._column = self._lay_out(signer.rule.asks or signer.rule.why)
        self._pad.changed.connect(self._drawn)
        self._by_name.toggled.connect(self._choose)
        self._wanted.toggled.connect(self._unfold)
        self._drawn()

    def _lay_out(self, note: str) -> QVBoxLayout:
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if note:
            column.addWidget(muted(note))
        column.addWidget(self._form)
        column.addWidget(self._pad)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._by_name)
        line.addStretch()
        line.addWidget(self._erase)
        column.addLayout(line)
        return column

    def signature(self) -> Signature | None:
        """Return the signature, or None where nobody signs here."""
        if not self._wanted.isChecked():
            return None
        drawing = None if self._by_name.isChecked() else self._pad.drawing()
        if drawing is None and not self._by_name.isChecked():
            return None
        return Signature(self._role, str(self._form.value("name")).strip(), drawing)

    def set_signature(self, signature: Signature) -> None:
        self._wanted.setChecked(True)
        self._form.set_value("name", signature.name)
        self._by_name.setChecked(signature.drawing is None)
        self._pad.set_drawing(signature.drawing)

    def is_valid(self) -> bool:
        """Ask for the name of who signs."""
        if self.signature() is None or str(self._form.value("name")).strip():
            return True
        self._form.show_error("name", "Indiquez qui signe.")
        self._form.field("name").control.setFocus()
        return False

    def add(self, widget: QWidget) -> None:
        """Add something below the pad."""
        self._column.addWidget(widget)

    @Slot(str, object)
    def _name_edited(self, _name: str, _value: object) -> None:
        self.changed.emit()

    @Slot()
    def _drawn(self) -> None:
        self._erase.setEnabled(self._pad.drawing() is not None)
        self.changed.emit()

    @Slot(bool)
    def _unfold(self, wanted: bool) -> None:
        self._inside.setVisible(wanted)
        self.changed.emit()

    @Slot(bool)
    def _choose(self, by_name: bool) -> None:
        self._pad.setVisible(not by_name)
        self._erase.setVisible(not by_name)
        self.changed.emit()
