# SPDX-License-Identifier: GPL-3.0-or-later
"""A comparison as it is shown: where the copies stand, what to decide, what to take over."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.dossier.copies import Comparison, Kind, Line, Relation, said
from egn_desktop.ui.copies.choices import Conflict, SubjectLines
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.fold import Fold
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import body, muted, rule, section

_LISTED = 200


class ResultView(QWidget):
    """Shows a comparison and gathers what is chosen."""

    join_asked = Signal(object)
    other_asked = Signal()
    left = Signal()

    def __init__(self, name: str, found: Comparison) -> None:
        super().__init__()
        self._found = found
        self._conflicts: list[Conflict] = []
        self._subjects: list[SubjectLines] = []
        self._column, self._foot = footed(self, side=0)
        self._column.addWidget(self._head(name))
        if found.relation is Relation.BEHIND:
            self._add_fold("Ce que l’autre copie a de plus", _texts(found.lines))
        else:
            self._add_conflicts()
            self._add_subjects()
        left = [f"{kind.there or kind.here} — {kind.why}" for kind in self._kind(Kind.LEFT)]
        if found.relation is not Relation.BEHIND:
            self._add_fold("Ne peut pas être repris", left)
        self._add_fold("Seulement ici, et qui y reste", [own.text for own in found.own])
        self._column.addStretch()
        self._add_foot()
        self._count()

    def chosen(self) -> set[str]:
        """Return the ids of the lines to be taken over."""
        chosen = {conflict.line.id for conflict in self._conflicts if conflict.takes_there}
        return chosen.union(*(subject.chosen() for subject in self._subjects))

    def _kind(self, *kinds: Kind) -> list[Line]:
        return [line for line in self._found.lines if line.kind in kinds]

    def _head(self, name: str) -> Card:
        found = self._found
        card = Card()
        card.body.addWidget(section(said.headline(found)))
        row = QHBoxLayout()
        row.setSpacing(24)
        for title, at, computer in (
            ("Ici", found.at_here, found.computer_here),
            (f"Là-bas, « {name} »", found.at_there, found.computer_there),
        ):
            side = QVBoxLayout()
            side.setSpacing(0)
            side.addWidget(body(title))
            side.addWidget(muted(said.standing(at, computer)))
            side.addStretch()
            row.addLayout(side, 1)
        card.body.addLayout(row)
        card.body.addWidget(body(said.advice(found)))
        return card

    def _add_conflicts(self) -> None:
        lines = self._kind(Kind.CONFLICT)
        if not lines:
            return
        card = Card(f"À décider ({len(lines)})")
        if len(lines) > 1:
            card.add_action(quiet_button("Tout garder ici", self._all_here))
            card.add_action(quiet_button("Tout prendre là-bas", self._all_there))
        for number, line in enumerate(lines):
            if number:
                card.body.addWidget(rule())
            conflict = Conflict(line)
            conflict.changed.connect(self._count)
            self._conflicts.append(conflict)
            card.body.addWidget(conflict)
        self._column.addWidget(card)

    def _add_subjects(self) -> None:
        lines = [line for line in self._found.lines if line.is_proposed]
        if not lines:
            return
        card = Card(f"À reprendre de l’autre copie ({len(lines)})")
        card.add_action(quiet_button("Tout", self._take_all))
        card.add_action(quiet_button("Rien", self._take_none))
        for heading in dict.fromkeys(line.subject.heading for line in lines):
            part = SubjectLines(
                heading, [line for line in lines if line.subject.heading == heading]
            )
            part.changed.connect(self._count)
            self._subjects.append(part)
            card.body.addWidget(part)
        self._column.addWidget(card)

    def _add_fold(self, title: str, texts: list[str]) -> None:
        if not texts:
            return
        fold = Fold(f"{title} ({len(texts)})")
        fold.body.setSpacing(4)
        for text in texts[:_LISTED]:
            fold.body.addWidget(body(text))
        if len(texts) > _LISTED:
            fold.body.addWidget(muted(f"et {len(texts) - _LISTED} de plus"))
        self._column.addWidget(fold)

    def _add_foot(self) -> None:
        self._join = main_button("", self._ask_join)
        self._other = plain_button("Continuer avec l’autre copie", self.other_asked.emit)
        is_open = bool(self._conflicts or self._subjects)
        if is_open:
            self._foot.say(
                "Une sauvegarde vérifiée des deux copies est faite d’abord ; l’autre fichier "
                "n’est jamais modifié."
            )
            self._foot.add(self._join)
        if self._found.relation not in (Relation.EQUAL, Relation.AHEAD):
            self._foot.add(self._other)
        words = "Abandonner" if is_open else "Fermer"
        self._foot.add(quiet_button(words, self.left.emit))

    @Slot()
    def _count(self) -> None:
        taken = len(self._found.settled(self.chosen()))
        self._join.setText(
            "Réunir : reprendre {}".format(french.count(taken, "chose"))
            if taken
            else "Réunir sans rien reprendre"
        )

    @Slot()
    def _ask_join(self) -> None:
        self.join_asked.emit(self.chosen())

    @Slot()
    def _take_all(self) -> None:
        for subject in self._subjects:
            subject.set_all(True)

    @Slot()
    def _take_none(self) -> None:
        for subject in self._subjects:
            subject.set_all(False)

    @Slot()
    def _all_here(self) -> None:
        for conflict in self._conflicts:
            conflict.set_there(False)

    @Slot()
    def _all_there(self) -> None:
        for conflict in self._conflicts:
            conflict.set_there(True)


def _texts(lines: Sequence[Line]) -> list[str]:
    return [line.there or f"{line.here} : supprimé" for line in lines]
