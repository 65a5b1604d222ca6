# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: the documents, by the part of the product that makes them."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import exports, features, french
from egn_desktop.changes import Changed
from egn_desktop.documents.offers import Offer
from egn_desktop.plans.attachments import AttachmentRow
from egn_desktop.plans.queries import attachments
from egn_desktop.plans.recognition import Recognition, read, recognised
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.documents.attachment_desk import AttachmentDesk
from egn_desktop.ui.pages.documents.attachment_panel import AttachmentPanel
from egn_desktop.ui.pages.documents.attachments_card import AttachmentsCard
from egn_desktop.ui.pages.documents.elsewhere import ElsewhereCard, ElsewherePanel
from egn_desktop.ui.pages.documents.offer_card import OfferCard
from egn_desktop.ui.pages.documents.verify_card import VerifyCard, VerifyPanel
from egn_desktop.ui.widgets.beside import Beside
from egn_desktop.ui.widgets.labels import muted, section
from egn_desktop.ui.widgets.scroll import scrolled
from egn_desktop.ui.widgets.search import SearchField

SHOWN_ON_ITS_OWN = "document-joint"
OWN_TITLES = {"settings": "Le dossier"}


class DocumentsPage(Page):
    """Every document, what it is for, and how to have it."""

    shows = frozenset(Changed) - {Changed.BACKUPS}

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._search = SearchField("Chercher un document…")
        self._search.text_changed.connect(self._filter)
        self._nothing = muted("Aucun document ne porte ces mots.")
        self._nothing.hide()
        self._asked = ""
        self._cards: list[OfferCard] = []
        context.printed.connect(self._printed)
        self._parts: list[tuple[QWidget, list[OfferCard]]] = []
        self._desk = AttachmentDesk(context, self)
        self.attachments = AttachmentsCard()
        self.verify = VerifyCard()
        self.elsewhere = ElsewhereCard()
        self._connect()
        self.body.addWidget(self._search)
        self.body.addWidget(scrolled(self._list()))

    def reload(self) -> None:
        dossier = self.services.dossier
        with dossier.read():  # one transaction for all that the cards ask
            ready = sum(card.show_subjects(dossier) for card in self._cards)
        missing = len(self._cards) - ready
        kept = attachments(dossier)
        self.attachments.show_rows(kept, attachments(dossier, removed=True))
        panel = self.panel
        if isinstance(panel, AttachmentPanel) and all(row.id != panel.row_id for row in kept):
            self.close_panel()
        parts = [french.count(ready, "document disponible", "documents disponibles")]
        if missing:
            parts.append(f"{missing} à préparer")
        if kept:
            parts.append(french.count(len(kept), "document joint", "documents joints"))
        self.set_heading("Documents", " · ".join(parts))

    def find(self) -> None:
        self._search.setFocus()

    def arrive(self, target: object) -> None:
        self._search.setFocus()

    def _connect(self) -> None:
        card, desk = self.attachments, self._desk
        card.add_wanted.connect(desk.choose)
        card.dropped.connect(desk.keep)
        card.open_wanted.connect(desk.open)
        card.remove_wanted.connect(desk.remove)
        card.restore_wanted.connect(desk.restore)
        card.erase_wanted.connect(desk.erase)
        card.change_wanted.connect(self._change)
        desk.added.connect(self._change)
        self.verify.wanted.connect(self._choose_to_verify)
        self.verify.dropped.connect(self._verify)
        self.elsewhere.wanted.connect(self._take_elsewhere)

    def _list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._nothing)
        column.addWidget(Beside(self.attachments, self.verify))
        column.addWidget(self.elsewhere)
        column.addSpacing(12)
        for feature in features.FEATURES:
            offers = exports.offers_of(feature)
            own = [offer for offer in offers if offer.id != SHOWN_ON_ITS_OWN]
            if own:
                heading = section(OWN_TITLES.get(feature.id, feature.title))
                column.addWidget(heading)
                cards = [self._card(offer, feature.id) for offer in own]
                for card in cards:
                    column.addWidget(card)
                column.addSpacing(12)
                self._parts.append((heading, cards))
        column.addStretch()
        return inside

    def _card(self, offer: Offer, page: str) -> OfferCard:
        card = OfferCard(offer, page)
        card.print_asked.connect(self._print)
        card.page_asked.connect(self._go)
        self._cards.append(card)
        return card

    @Slot(str)
    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for heading, cards in self._parts:
            for card in cards:
                card.setVisible(card.matches(words))
            heading.setVisible(any(card.matches(words) for card in cards))
        attached = self.attachments.filter(words)
        found = any(card.matches(words) for card in self._cards)
        self.verify.setVisible(not words)
        elsewhere = self.elsewhere.matches(words)
        self.elsewhere.setVisible(elsewhere)
        self._nothing.setVisible(not (found or attached or elsewhere))

    @Slot(str, str)
    def _print(self, document: str, key: str) -> None:
        self._asked = document
        self.context.print_document(document, key)

    @Slot(object)
    def _printed(self, file: Path) -> None:
        for card in self._cards:
            if card.offer.id == self._asked:
                card.show_saved(file)
        self._asked = ""

    @Slot(object)
    def _change(self, row: AttachmentRow) -> None:
        self.open_panel(AttachmentPanel(self.context, row), "Document joint")

    @Slot(object)
    def _take_elsewhere(self, panel: type[ElsewherePanel]) -> None:
        self.open_panel(panel(self.context), panel.heading)

    @Slot()
    def _choose_to_verify(self) -> None:
        file = self.context.ask_open_file(
            "Vérifier un PDF", "Documents PDF (*.pdf);;Tous les fichiers (*)"
        )
        if file is not None:
            self._verify(file)

    @Slot(object)
    def _verify(self, file: Path) -> None:
        dossier = self.services.dossier

        def work(_: Progress) -> Recognition:
            return recognised(read(file), file.name, dossier)

        def done(found: Recognition) -> None:
            self.open_panel(VerifyPanel(file, found), "Vérifier un PDF")

        label = f"Vérification de {file.name}"
        self.context.jobs.run(work, done=done, failed=self.context.fail, label=label)

    @Slot(str)
    def _go(self, page: str) -> None:
        self.context.go(page)
