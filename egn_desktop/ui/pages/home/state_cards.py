# SPDX-License-Identifier: GPL-3.0-or-later
"""The four cards that say how each feature stands, or invite to its first step."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.audit import queries as audit
from egn_desktop.dossier import Dossier
from egn_desktop.drills import queries as drills
from egn_desktop.inventory.register.loans import loan_summary
from egn_desktop.inventory.stock.queries.devices import stock
from egn_desktop.plans import queries as plans
from egn_desktop.plans.milestones import settling_words
from egn_desktop.school.queries import identity
from egn_desktop.ui.pages.home.bar_halves import BarHalves
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import Chip, figure, muted

QUIET_INSET = 9


class StateCard(Card):
    """One card: a figure, a sentence, perhaps a chip, and the way to the page."""

    page_asked = Signal(str)

    def __init__(self, title: str, page: str) -> None:
        super().__init__(title)
        self._page = page
        self._inside: QWidget | None = None

    def show_state(self, dossier: Dossier) -> None:
        """Show what the dossier now says."""
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.fill(column, dossier)
        self.body.addWidget(self._inside)
        self._inside.setVisible(True)

    def fill(self, column: QVBoxLayout, dossier: Dossier) -> None:
        raise NotImplementedError

    def add_chip(self, column: QVBoxLayout, text: str, tone: str) -> None:
        """Add one chip, no wider than its words."""
        column.addWidget(Chip(text, tone), 0, Qt.AlignmentFlag.AlignLeft)

    def add_way(self, column: QVBoxLayout, action: str) -> None:
        """Add the button that goes to the page."""
        row = QHBoxLayout()
        # A quiet button has room around its words; they line up with the text above.
        row.setContentsMargins(-QUIET_INSET, 0, 0, 0)
        row.addWidget(quiet_button(action, self._ask))
        row.addStretch()
        column.addLayout(row)

    def invite(self, column: QVBoxLayout, text: str, action: str) -> None:
        """Say why the first step helps, and offer it."""
        column.addWidget(muted(text))
        self.add_way(column, action)

    @Slot()
    def _ask(self) -> None:
        self.page_asked.emit(self._page)


class PlanCard(StateCard):
    """The version in force, and whether the plan has moved since."""

    def __init__(self) -> None:
        super().__init__("Plan de continuité", "plan")

    def fill(self, column: QVBoxLayout, dossier: Dossier) -> None:
        found = plans.summary(dossier)
        if found.version is None:
            self.invite(
                column,
                "Aucune version pour l’instant. Le plan dit qui fait quoi les jours de fermeture ; "
                "il est destiné à être annexé au DUERP.",
                "Écrire le plan",
            )
            return
        column.addWidget(figure(f"Version {found.version}"))
        words = settling_words(identity(dossier).kind)
        column.addWidget(muted(words.told(found.adopted_on, found.body)))
        annexed = found.annexed
        column.addWidget(muted(annexed.text if annexed else "Annexion au DUERP non notée"))
        if found.changes_since:
            changes = french.count(found.changes_since, "changement")
            self.add_chip(column, f"{changes} depuis", "attention")
        elif found.empty_sections:
            empty = french.count(found.empty_sections, "rubrique vide", "rubriques vides")
            self.add_chip(column, empty, "attention")
        else:
            self.add_chip(column, "À jour", "good")


class AuditCard(StateCard):
    """The score of each domain, as a range while answers are missing."""

    def __init__(self) -> None:
        super().__init__("État des lieux", "audit")

    def fill(self, column: QVBoxLayout, dossier: Dossier) -> None:
        found = audit.summary(dossier)
        if found is None:
            self.set_title("État des lieux")
            self.invite(
                column,
                "L’état des lieux dit ce que vous avez, ce qui vous manque pour tenir à "
                "distance, et à qui le demander. Une demi-heure suffit pour commencer.",
                "Commencer l’état des lieux",
            )
            return
        self.set_title(f"État des lieux {found.school_year}")
        rows = [
            (domain.short, domain.low, domain.high, _range(domain.low, domain.high))
            for domain in found.domains
        ]
        column.addWidget(BarHalves("Repères atteints, par domaine", rows))
        parts = [
            f"{found.answered} réponses sur {found.total}",
            french.count(found.gaps, "écart"),
        ]
        column.addWidget(muted(" · ".join(parts)))


class LoansCard(StateCard):
    """How many devices are lent, and where the others are."""

    def __init__(self) -> None:
        super().__init__("Prêts", "loans")

    def fill(self, column: QVBoxLayout, dossier: Dossier) -> None:
        devices = stock(dossier)
        if not devices.total:
            self.invite(
                column,
                "Aucun appareil enregistré. La liste du matériel permet de prêter vite le "
                "jour d’une fermeture.",
                "Enregistrer le matériel",
            )
            return
        column.addWidget(figure(f"{devices.lent} / {devices.total}"))
        parts = [
            french.count(devices.available, "disponible"),
            f"{devices.in_repair} en réparation" if devices.in_repair else "",
            french.count(devices.lost, "perdu ou volé", "perdus ou volés") if devices.lost else "",
        ]
        text = "appareils prêtés" if devices.lent > 1 else "appareil prêté"
        column.addWidget(muted(" · ".join([text, *filter(None, parts)])))
        loans = loan_summary(dossier)
        if loans.late:
            self.add_chip(column, f"{loans.late} en retard", "bad")
        elif loans.this_week:
            text = french.count(loans.this_week, "retour prévu", "retours prévus")
            self.add_chip(column, f"{text} cette semaine", "attention")
        elif loans.open:
            self.add_chip(column, "Aucun retard", "good")


class DrillCard(StateCard):
    """What the last drill measured."""

    def __init__(self) -> None:
        super().__init__("Dernier exercice", "drills")

    def fill(self, column: QVBoxLayout, dossier: Dossier) -> None:
        last = drills.summary(dossier).last
        if last is None:
            self.invite(
                column,
                "Aucun exercice tenu. Un exercice d’alerte dure un quart d’heure et montre si "
                "les numéros sont bons.",
                "Préparer un exercice",
            )
            return
        day = french.long_date(last.held_on) if last.held_on else ""
        if last.result is None:
            column.addWidget(figure(french.short_date(last.held_on)))
            column.addWidget(muted(f"{last.title}, sans mesure notée"))
            return
        column.addWidget(figure(last.result.text))
        told = f"{last.result.measure.headline}, exercice du {day}"
        column.addWidget(muted(told))
        if last.result.met:
            self.add_chip(column, "Objectif tenu", "good")
        elif last.result.met is False:
            self.add_chip(column, "Objectif non tenu", "attention")


def _range(low: float, high: float) -> str:
    """Return "72 %", or "41–55 %" while answers are missing."""
    least, most = french.percent(low), french.percent(high)
    if least == most:
        return most
    return f"{least.removesuffix(f'{french.NARROW_SPACE}%')}–{most}"
