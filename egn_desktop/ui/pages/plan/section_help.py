# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands beside a section being written: why, what to say, an example, known figures."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import content
from egn_desktop.plans.catalogue import Channel, Section, channels
from egn_desktop.plans.rules import facts_for
from egn_desktop.plans.snapshot import FigurePart
from egn_desktop.plans.wording import plain
from egn_desktop.school.rules import Level
from egn_desktop.school.tools import StateTool, tools_for
from egn_desktop.school.words import SchoolKind
from egn_desktop.ui import theme
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import body, muted, strong
from egn_desktop.ui.widgets.scroll import scrolled

WIDTH = 292
_Shown = tuple[Section, str, tuple[FigurePart, ...], SchoolKind, tuple[Level, ...]]
COMMUNICATION, DATA = "communication", "donnees"


class SectionHelp(QFrame):
    """The help at the right of the editor."""

    example_wanted = Signal(str)
    figure_wanted = Signal(object)
    line_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFixedWidth(theme.pixels(WIDTH))
        self.setAccessibleName("Aide à la rédaction")
        self._example = ""
        self._shown: _Shown | None = None
        self._area = scrolled(QWidget())
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._area)

    def show_section(
        self,
        section: Section,
        example: str,
        figures: Sequence[FigurePart],
        school: SchoolKind,
        levels: Collection[Level],
    ) -> None:
        """Show a section's help and the figures that the dossier knows today."""
        known = tuple(figure for figure in figures if figure.id in section.figures)
        now = (section, example, known, school, tuple(levels))
        if now == self._shown:
            return
        self._shown = now
        self._example = example
        inside = QWidget()
        inside.setProperty("ground", "none")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 12, 14)
        column.setSpacing(6)
        column.addWidget(strong("Pourquoi"))
        column.addWidget(body(section.why))
        column.addSpacing(10)
        column.addWidget(strong("Ce qu’on peut y dire"))
        for line in section.guidance:
            column.addWidget(muted(f"•  {line}"))
        if section.id == COMMUNICATION:
            self._add_channels(column, school)
        if section.id == DATA:
            self._add_tools(column, levels)
        self._add_figures(column, section, known)
        column.addSpacing(10)
        column.addWidget(strong("Un exemple"))
        column.addWidget(muted(plain(example)))
        take = quiet_button("Reprendre l’exemple", self._take_example, "copy")
        column.addWidget(take)
        for fact in facts_for(section.id, school):
            column.addSpacing(10)
            column.addWidget(body(fact.text))
            column.addWidget(muted(content.source(fact).citation))
        column.addStretch()
        self._area.setWidget(inside)

    def _add_channels(self, column: QVBoxLayout, school: SchoolKind) -> None:
        column.addSpacing(10)
        column.addWidget(strong("Les moyens, dans l’ordre où on les essaie"))
        for at, channel in enumerate(channels(school), 1):
            line = QHBoxLayout()
            line.setSpacing(6)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(body(f"{at}. {channel.title}"))
            words.addWidget(muted(f"+  {channel.good}"))
            words.addWidget(muted(f"−  {channel.limit}"))
            line.addLayout(words, 1)
            insert = quiet_button("Insérer", partial(self._insert_channel, channel))
            insert.setAccessibleName(f"Insérer : {channel.title}")
            line.addWidget(insert)
            column.addLayout(line)
        column.addWidget(muted(content.source(next(iter(channels()))).citation))

    def _add_tools(self, column: QVBoxLayout, levels: Collection[Level]) -> None:
        column.addSpacing(10)
        column.addWidget(strong("Les outils fournis par l’État et la collectivité"))
        for tool in tools_for(levels):
            line = QHBoxLayout()
            line.setSpacing(6)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(body(tool.name))
            words.addWidget(muted(f"{tool.standing_label}. {tool.what}"))
            words.addWidget(muted(content.source(tool).citation))
            line.addLayout(words, 1)
            insert = quiet_button("Insérer", partial(self._insert_tool, tool))
            insert.setAccessibleName(f"Insérer\u202f: {tool.name}")
            line.addWidget(insert)
            column.addLayout(line)

    def _insert_tool(self, tool: StateTool, _checked: bool = False) -> None:
        self.line_wanted.emit(f"- **{tool.name}**\u202f: {tool.access}")

    def _insert_channel(self, channel: Channel, _checked: bool = False) -> None:
        self.line_wanted.emit(f"- **{channel.title}** : {channel.good}")

    def _add_figures(
        self, column: QVBoxLayout, section: Section, known: Sequence[FigurePart]
    ) -> None:
        if not section.figures:
            return
        column.addSpacing(10)
        column.addWidget(strong("Ce que sait le dossier"))
        if not known:
            nothing = "Rien encore : voyez l’identité, l’état des lieux et les prêts."
            column.addWidget(muted(nothing))
        for figure in known:
            line = QHBoxLayout()
            line.setSpacing(6)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(muted(figure.label))
            words.addWidget(strong(figure.value))
            line.addLayout(words, 1)
            insert = quiet_button("Insérer", partial(self._insert, figure))
            insert.setAccessibleName(f"Insérer : {figure.label}")
            line.addWidget(insert)
            column.addLayout(line)

    @Slot()
    def _take_example(self) -> None:
        self.example_wanted.emit(self._example)

    def _insert(self, figure: FigurePart, _checked: bool = False) -> None:
        self.figure_wanted.emit(figure)
