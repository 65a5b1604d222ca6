# SPDX-License-Identifier: GPL-3.0-or-later
"""The loan campaign: who is without a device, what is in stock, and the way to lend it out."""

from PySide6.QtCore import Signal, Slot

from egn_desktop import french
from egn_desktop.inventory.lending.queries.campaign import Campaign
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import body, muted


class CampaignCard(Card):
    """Lending in figures, and one button that lends to many."""

    wanted = Signal()

    def __init__(self, found: Campaign) -> None:
        super().__init__()
        self.set_title("Prêts")
        self.add_action(plain_button("Prêter à plusieurs", self._ask, "loans"))
        self.body.addWidget(body(self._figures(found)))
        self.body.addWidget(muted(self._advice(found)))
        self.said = f"Campagne de prêt\u202f: {self._figures(found)}"

    def _figures(self, found: Campaign) -> str:
        pupil, pupils = "élève sans appareil", "élèves sans appareil"
        device, devices = "appareil disponible", "appareils disponibles"
        parts = [
            french.count(found.without_device, pupil, pupils),
            f"{french.number(found.waiting, 0)} en attente d’un prêt",
            french.count(found.available, device, devices),
        ]
        if found.lent:
            singular, more = "prêté depuis le début", "prêtés depuis le début"
            parts.append(french.count(found.lent, singular, more))
        return ", ".join(parts) + "."

    def _advice(self, found: Campaign) -> str:
        if not found.surveyed:
            return (
                "Aucun besoin n’est noté\u202f: prêtez à une classe entière, ou notez les besoins "
                "par téléphone dans la fiche de l’élève."
            )
        if found.waiting > found.servable:
            return (
                "{} à la fois\u202f: les autres reçoivent une pochette papier, ou attendent un "
                "appareil de la collectivité."
            ).format(french.count(found.servable, "prêt possible", "prêts possibles"))
        if found.waiting:
            return "Le stock suffit à tous ceux qui attendent."
        return "Personne n’attend d’appareil."

    @Slot()
    def _ask(self) -> None:
        self.wanted.emit()
