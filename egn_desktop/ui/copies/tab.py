# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings' tab about copies: compare and join two, prepare one for a second desk."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from egn_desktop.dossier.copies import said, siblings
from egn_desktop.dossier.copies.errors import CopyHasOtherSecretError
from egn_desktop.dossier.copies.join import Outcome
from egn_desktop.errors import UserError
from egn_desktop.joining import SideBySide, compare
from egn_desktop.ui.context import Context
from egn_desktop.ui.copies.result import ResultView
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.welcome.files import dossier_filter
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import body, muted, note
from egn_desktop.ui.widgets.scroll import scrolled


class CopiesTab(QWidget):
    """Shows the start, a comparison, or what a joining did."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._found: SideBySide | None = None
        self._shown: QWidget | None = None
        self._asked = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._start()

    def compare(self, path: Path, secret: str | None = None) -> None:
        """Compare the dossier with another file, and show what differs."""
        self._let_go()
        self._asked += 1
        dossier = self._dossier

        def work(_: Progress) -> SideBySide:
            return compare(dossier, path, secret=secret)

        self._context.jobs.run(
            work,
            done=partial(self._compared, self._asked),
            failed=partial(self._not_compared, path),
            label=f"Comparaison avec « {path.name} »",
        )

    @Slot()
    def _start(self) -> None:
        """Show what can be done about copies."""
        self._let_go()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(self._joining_card())
        column.addWidget(self._second_desk_card())
        column.addStretch()
        self._show(scrolled(inside))

    def _joining_card(self) -> Card:
        card = Card("Réunir deux copies")
        card.body.addWidget(
            body(
                "Le dossier a été copié, et chaque copie a été modifiée de son côté ? Comparez-"
                "les : vous verrez ce que chacune contient, et choisirez ce qui est repris de "
                "l’autre. Rien n’est modifié avant votre accord."
            )
        )
        line = Flow()
        line.addWidget(plain_button("Choisir l’autre copie…", self._choose))
        for path in siblings(self._dossier.path, self._dossier.dossier_id)[:3]:
            text = f"Comparer avec « {path.name} »"
            line.addWidget(plain_button(text, partial(self.compare, path)))
        card.body.addLayout(line)
        return card

    def _second_desk_card(self) -> Card:
        card = Card("Un second poste, pour une journée")
        card.body.addWidget(
            body(
                "Le jour de la remise du matériel, deux personnes peuvent prêter en même temps "
                ": l’une ici, l’autre avec une copie sur un second ordinateur. Le soir, "
                "réunissez les deux copies ici, puis rouvrez ce fichier-ci partout."
            )
        )
        card.body.addWidget(
            muted(
                "La copie a le même secret : sur le second ordinateur, il faudra le code de la "
                "fiche de secours, ou la phrase de passe."
            )
        )
        prepare = plain_button("Préparer une copie pour un second poste…", self._prepare)
        card.body.addWidget(prepare, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    @Slot()
    def _choose(self) -> None:
        path = self._context.ask_open_file("L’autre copie du dossier", dossier_filter(self))
        if path is not None:
            self.compare(path)

    @Slot()
    def _prepare(self) -> None:
        name = f"{self._dossier.path.stem} (second poste).egn"
        target = self._context.ask_save_file("Où écrire la copie ?", name, dossier_filter(self))
        if target is None:
            return
        dossier = self._dossier

        def work(_: Progress) -> Path:
            from egn_desktop.dossier.backup import copy_to

            return copy_to(dossier, target)

        self._context.jobs.run(work, done=self._prepared, label="Copie pour un second poste")

    def _prepared(self, target: Path) -> None:
        self._context.say(
            f"Copie faite et vérifiée : « {target.name} ». Emportez aussi le code de la fiche "
            "de secours."
        )

    def _compared(self, asked: int, found: SideBySide) -> None:
        if not isValid(self) or asked != self._asked:
            found.close()
            return
        self._found = found
        self._context.destroyed.connect(found.close)
        view = ResultView(found.path.name, found.comparison)
        view.join_asked.connect(self._join)
        view.other_asked.connect(self._open_other)
        view.left.connect(self._start)
        self._show(view)

    def _not_compared(self, path: Path, error: Exception) -> None:
        if not isinstance(error, UserError) or not isValid(self):
            self._context.fail(error)
        elif isinstance(error, CopyHasOtherSecretError):
            self._ask_secret(path, error)
        else:
            self._start()
            self._context.fail(error)

    def _ask_secret(self, path: Path, error: UserError) -> None:
        """Ask for the secret of a copy that has one of its own."""
        card = Card("Réunir deux copies")
        card.body.addWidget(note(str(error), "attention"))
        line = QLineEdit()
        line.setAccessibleName("Code de secours ou phrase de passe de l’autre copie")
        line.setPlaceholderText(line.accessibleName())
        card.body.addWidget(line)

        def go() -> None:
            if line.text().strip():
                self.compare(path, line.text())

        line.returnPressed.connect(go)
        row = Flow()
        row.addWidget(main_button("Comparer", go))
        row.addWidget(plain_button("Abandonner", self._start))
        card.body.addLayout(row)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(card)
        column.addStretch()
        self._show(scrolled(inside))
        line.setFocus()

    @Slot(object)
    def _join(self, chosen: set[str]) -> None:
        found = self._found
        if found is None or self._shown is None:
            return
        self._shown.setEnabled(False)

        def work(_: Progress) -> Outcome:
            return found.join(chosen)

        self._context.jobs.run(
            work,
            done=self._joined,
            failed=self._not_joined,
            label="Réunion des deux copies",
        )

    def _joined(self, outcome: Outcome) -> None:
        self._let_go()
        card = Card("Les deux copies sont réunies")
        for sentence in said.joined(outcome):
            card.body.addWidget(body(sentence))
        card.body.addWidget(
            muted(
                "L’autre fichier n’a pas changé : pour ne pas vous séparer de nouveau, "
                "remplacez-le par une copie de celui-ci."
            )
        )
        done = plain_button("Terminer", self._start)
        card.body.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(card)
        column.addStretch()
        self._show(scrolled(inside))
        self._context.say("Les deux copies sont réunies.")

    def _not_joined(self, error: Exception) -> None:
        if isValid(self) and self._shown is not None:
            self._shown.setEnabled(True)
        self._context.fail(error)

    @Slot()
    def _open_other(self) -> None:
        if self._found is not None:
            self._context.other_wanted.emit(self._found.path)

    def _let_go(self) -> None:
        if self._found is not None:
            self._found.close()
            self._found = None

    def _show(self, widget: QWidget) -> None:
        if self._shown is not None:
            self._column.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = widget
        self._column.addWidget(widget)
        widget.show()
