# SPDX-License-Identifier: GPL-3.0-or-later
"""The registers of loans and incidents, what is said of devices, and reminders."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from egn_desktop.documents.offers import WHOLE_SCHOOL, Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Kept
from egn_desktop.inventory.lending.queries.incidents import incidents
from egn_desktop.inventory.lending.queries.reminders import late_loans
from egn_desktop.inventory.register import periods
from egn_desktop.inventory.register.loans import lending_months
from egn_desktop.inventory.stock.queries.devices import devices, stock
from egn_desktop.lists import Asked
from egn_desktop.school.calendar import loan_year

REGISTER_TITLE = "Registre des prêts"

_NO_DEVICE = "Importez la liste du matériel, ou ajoutez un appareil."


@Kept
def register_periods(dossier: Dossier) -> Sequence[Subject]:
    """Return what a register is offered for: this school year first, then shorter and older ones.

    All four registers ask, and each answer goes through all loans for their months. Any other
    period can be asked for by its key; see ``periods.period_of``.
    """
    today = dossier.today()
    first = loan_year(today)
    months = lending_months(dossier, date(first - 1, 9, 1))
    last_year = [periods.school_year(first - 1, f"{first - 1}-{first}")]
    offered = [
        periods.school_year(first),
        periods.day(today),
        *(last_year if any(month < (first, 9) for month in months) else ()),
        *(periods.month(*month) for month in months),
    ]
    return tuple(Subject(period.key, period.label) for period in offered)


def find_period(dossier: Dossier, key: str) -> Subject | None:
    """Return the period that a key names, or None."""
    period = periods.period_of(key, dossier.today())
    return period and Subject(period.key, period.label)


def _if_any_incident(dossier: Dossier) -> Sequence[Subject]:
    return WHOLE_SCHOOL if incidents(dossier) else ()


def _every_device(dossier: Dossier, *, limit: int | None = None) -> Sequence[Subject]:
    found = devices(dossier, Asked(limit=limit))
    return [Subject(str(row.id), f"{row.code}, {row.name}") for row in found]


def _if_any_device(dossier: Dossier) -> Sequence[Subject]:
    figures = stock(dossier)
    return WHOLE_SCHOOL if figures.total + figures.retired else ()


def _late_loans(dossier: Dossier) -> Sequence[Subject]:
    late = late_loans(dossier)
    due = sum(loan.is_due for loan in late)
    merged = [Subject("", f"Toutes les relances du jour ({due})")] if due else []
    return merged + [
        Subject(str(loan.id), f"{loan.row.borrower_name}, {loan.row.device_label}") for loan in late
    ]


OFFERS: Final = (
    Offer(
        "registre-des-prets",
        title=REGISTER_TITLE,
        purpose="Montre l’état du parc et tous les prêts, par classe : à joindre au plan, ou à "
        "présenter à qui a le droit de voir les noms.",
        maker="egn_desktop.inventory.lending.report.registers:loan_register",
        subjects=register_periods,
        find=find_period,
        names_people=True,
        first_holds_all=True,
    ),
    Offer(
        "registre-par-materiel",
        title="Registre des prêts, par matériel",
        purpose="Dit pour chaque appareil à qui il a été prêté, et quand : pour l’inventaire et "
        "pour qui l’entretient.",
        maker="egn_desktop.inventory.lending.report.registers:register_by_device",
        subjects=register_periods,
        find=find_period,
        names_people=True,
        first_holds_all=True,
    ),
    Offer(
        "registre-par-emprunteur",
        title="Registre des prêts, par emprunteur",
        purpose="Dit pour chaque élève et chaque membre du personnel ce qui lui a été prêté, de A "
        "à Z.",
        maker="egn_desktop.inventory.lending.report.registers:register_by_borrower",
        subjects=register_periods,
        find=find_period,
        names_people=True,
        first_holds_all=True,
    ),
    Offer(
        "registre-sans-noms",
        title="Registre des prêts, sans les noms",
        purpose="Compte les prêts, les retards et les incidents sans nommer personne : pour "
        "l’inspection, la collectivité ou le conseil.",
        maker="egn_desktop.inventory.lending.report.registers:register_without_names",
        subjects=register_periods,
        find=find_period,
        first_holds_all=True,
    ),
    Offer(
        "registre-des-incidents",
        title="Registre des incidents",
        purpose="Réunit les casses, pertes et vols, ce qui reste à régler et ce que cela a coûté "
        ": pour la collectivité propriétaire, l’assurance ou la direction.",
        missing="Notez un premier incident, ou le retour d’un appareil cassé.",
        maker="egn_desktop.inventory.lending.report.incidents:incident_register",
        subjects=_if_any_incident,
        names_people=True,
    ),
    Offer(
        "fiche-de-materiel",
        title="Fiche de matériel",
        purpose="Dit tout d’un appareil : identité, photo, accessoires, prêts, incidents et coûts "
        "; pour le réparateur, l’assurance ou la collectivité qui en est propriétaire.",
        missing=_NO_DEVICE,
        maker="egn_desktop.inventory.lending.report.devices:device_record",
        subjects=_every_device,
        first=partial(_every_device, limit=2),
        names_people=True,
        together=False,
    ),
    Offer(
        "inventaire-du-materiel",
        title="Inventaire du matériel",
        purpose="Énumère le parc par type et par emplacement, sans nom de personne : à remettre à "
        "la collectivité, ou à cocher lors d’un récolement.",
        missing=_NO_DEVICE,
        maker="egn_desktop.inventory.lending.report.devices:stock_list",
        subjects=_if_any_device,
    ),
    Offer(
        "courriers-de-relance",
        title="Courriers de relance",
        purpose="Rappelle à chaque famille, ou au membre du personnel, ce qui est à rendre : une "
        "page par prêt, plus ferme à chaque fois.",
        missing="Aucun prêt n’est en retard : il n’y a personne à relancer.",
        maker="egn_desktop.inventory.lending.report.reminders:reminder_letters",
        subjects=_late_loans,
        names_people=True,
    ),
)
