# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages to families, one for each way of reaching them, to be adapted and copied."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QWidget

from egn_desktop import french
from egn_desktop.plans.messages import Channel, Message, sms_count, sms_said, sms_text
from egn_desktop.school.languages import FRENCH, languages
from egn_desktop.ui import theme
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import Chip, muted

HEIGHT = 116
TRANSLATED: Final = (
    "Traduction proposée, à faire relire par une personne qui lit la langue. Les « … » sont dans "
    "l’ordre du français."
)
IN_OWN_WORDS: Final = (
    "Ce message est dans vos mots\u202f: le logiciel n’en a pas de traduction. Faites-la faire par "
    "une personne qui lit la langue."
)


class MessageCard(Card):
    """One channel and one language at a time; what is adapted stays when another is looked at.

    ``messages`` are those of each language by its code, French first.
    """

    copied = Signal()
    sheet_wanted = Signal(str)

    def __init__(self, messages: Mapping[str, Sequence[Message]], families: str) -> None:
        super().__init__()
        self.set_title("Message aux familles")
        self._channels = [message.channel for message in messages[FRENCH]]
        self._texts = {
            (code, message.channel): message.text
            for code, said in messages.items()
            for message in said
        }
        self._length = Chip("")
        self.sheet = quiet_button("Imprimer", self._ask_sheet, "print")
        self.sheet.setAccessibleName("Imprimer le message en plusieurs langues")
        self.add_action(self.sheet)
        self.add_action(plain_button("Copier", self._copy, "copy"))
        self.channels = QComboBox()
        self.channels.setAccessibleName("Canal")
        self.channels.addItems([channel.label for channel in self._channels])
        self.languages = QComboBox()
        self.languages.setAccessibleName("Langue du message")
        self.languages.addItem("Français", FRENCH)
        for code in messages:
            if code != FRENCH:
                self.languages.addItem(french.capital(languages()[code].french), code)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Message aux familles")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.pixels(HEIGHT))
        self._hint = muted("")
        line = QWidget()
        flow = Flow(line, spacing=12)
        for widget in (self.channels, self.languages, self._length):
            flow.addWidget(widget)
        self.body.addWidget(line)
        self.body.addWidget(self.text)
        self.body.addWidget(self._hint)
        if len(messages) == 1:
            self.languages.hide()
            self.body.addWidget(muted(IN_OWN_WORDS))
        if families.strip():
            self.body.addWidget(muted(f"Votre plan\u202f: {families.strip()}"))
        self.channels.currentIndexChanged.connect(self._show)
        self.languages.currentIndexChanged.connect(self._show)
        self.text.textChanged.connect(self._typed)
        self._show()

    @property
    def channel(self) -> Channel:
        """The channel whose message is shown."""
        return self._channels[self.channels.currentIndex()]

    @property
    def language(self) -> str:
        """The code of the language that is shown."""
        return str(self.languages.currentData())

    @Slot()
    def _show(self) -> None:
        in_french = self.language == FRENCH
        self._hint.setText(self.channel.hint if in_french else TRANSLATED)
        self.text.setPlainText(self._texts[self.language, self.channel])

    @Slot()
    def _typed(self) -> None:
        text = self.text.toPlainText()
        self._texts[self.language, self.channel] = text
        self._length.setVisible(self.channel is Channel.SMS)
        tone = "good" if sms_count(text) == 1 else "attention"
        self._length.set_state(sms_said(text), tone)

    @Slot()
    def _ask_sheet(self) -> None:
        self.sheet_wanted.emit("" if self.language == FRENCH else self.language)

    @Slot()
    def _copy(self) -> None:
        text = self.text.toPlainText()
        # Curly quotes would make three text messages of one.
        wanted = sms_text(text) if self.channel is Channel.SMS else text
        QApplication.clipboard().setText(wanted)
        self.copied.emit()
