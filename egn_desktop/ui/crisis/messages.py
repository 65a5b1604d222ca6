# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages to families, one for each way of reaching them, to be adapted and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QPlainTextEdit

from egn_desktop.plans.messages import ONE_SMS, Channel, Message, sms_length, sms_said, sms_text
from egn_desktop.ui import theme
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import Chip, muted

HEIGHT = 116


class MessageCard(Card):
    """One channel at a time; what is adapted stays when another is looked at."""

    copied = Signal()

    def __init__(self, messages: Sequence[Message], families: str) -> None:
        super().__init__()
        self.set_title("Message aux familles")
        self._channels = [message.channel for message in messages]
        self._texts = [message.text for message in messages]
        self._length = Chip("")
        self.add_action(plain_button("Copier", self._copy, "copy"))
        self.channels = QComboBox()
        self.channels.setAccessibleName("Canal")
        self.channels.addItems([channel.label for channel in self._channels])
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Message aux familles")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.pixels(HEIGHT))
        self._hint = muted("")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.channels)
        line.addWidget(self._length)
        line.addStretch()
        self.body.addLayout(line)
        self.body.addWidget(self.text)
        self.body.addWidget(self._hint)
        if families.strip():
            self.body.addWidget(muted(f"Votre plan\u202f: {families.strip()}"))
        self.channels.currentIndexChanged.connect(self._show)
        self.text.textChanged.connect(self._typed)
        self._show(0)

    @property
    def channel(self) -> Channel:
        """The channel whose message is shown."""
        return self._channels[self.channels.currentIndex()]

    @Slot(int)
    def _show(self, index: int) -> None:
        self._hint.setText(self._channels[index].hint)
        self.text.setPlainText(self._texts[index])

    @Slot()
    def _typed(self) -> None:
        text = self.text.toPlainText()
        self._texts[self.channels.currentIndex()] = text
        self._length.setVisible(self.channel is Channel.SMS)
        tone = "good" if sms_length(text) <= ONE_SMS else "attention"
        self._length.set_state(sms_said(text), tone)

    @Slot()
    def _copy(self) -> None:
        text = self.text.toPlainText()
        # Curly quotes would make three text messages of one.
        wanted = sms_text(text) if self.channel is Channel.SMS else text
        QApplication.clipboard().setText(wanted)
        self.copied.emit()
