# SPDX-License-Identifier: GPL-3.0-or-later
"""Last year's audit, closed, and this year's, nearly answered, with actions drawn from its gaps."""

from collections.abc import Iterator
from datetime import timedelta

from egn_desktop.actions.service import ActionService
from egn_desktop.audit.service import AuditService
from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story
from egn_desktop.demo.school import HEAD
from egn_desktop.dossier import Dossier

_LAST_YEAR = {
    "elv-01:M": "4/48",
    "elv-01:E": "38/142",
    "elv-02": "en partie",
    "elv-03": "18/42",
    "elv-04": "33/40",
    "elv-05": "10/38",
    "elv-06": "3/190",
    "ens-01": "6/10",
    "ens-02": "6/10",
    "ens-03": "OOO",
    "ens-04": "10/10",
    "sal-01": "5/6",
    "sal-02": "4/6",
    "sal-03": "5/6",
    "sal-04": "2/6",
    "sal-05": "1/6",
    "sal-06": "non",
    "sal-07": "2/4",
    "res-01": "11",
    "res-02": "11/190",
    "res-03": "1,4",
    "res-04": "7/8",
    "res-05": "jamais",
    "res-06": "oui",
    "res-07": "oui",
    "res-08": "oui",
    "res-09": "oui",
    "ent-01": "oui",
    "ent-02": "104/168",
    "ent-03": "5/10",
    "ent-04": "oui",
    "ent-05": "non",
    "ent-06": "en partie",
    "mnt-01": "non",
    "mnt-02": "21",
    "mnt-03": "5/42",
    "mnt-05": "oui",
    "acc-01": "3/4",
    "acc-02": "en partie",
    "acc-03": "non",
    "acc-04": "0/3",
    "acc-05": "non",
    "cmp-01": "3/10",
    "cmp-02": "?",
    "cmp-04": "oui",
    "cmp-05": "non",
    "dat-01": "jamais",
    "dat-02": "oui",
    "dat-03": "jamais",
    "dat-04": "?",
    "dat-05": "non",
    "dat-06": "oui",
    "ecr-01": "8/42",
    "ecr-02": "en partie",
    "ecr-03": "oui",
    "fam-01": "121/190",
    "fam-02": "non",
    "fam-03": "en partie",
    "gov-01": "oui",
    "gov-03": "2",
    "gov-04": "en partie",
    "gov-05": "NN",
    "gov-06": "non",
    "elv-07": "oui",
    "ens-05": "en partie",
    "ent-07": "en partie",
    "ent-08": "98/190",
    "ent-09": "en partie",
    "acc-06": "?",
    "cmp-06": "non",
    "cmp-07": "non",
    "dat-07": "en partie",
    "dat-08": "en partie",
}
# What changed since: better here, still missing there.
_THIS_YEAR = _LAST_YEAR | {
    "elv-01:M": "6/48",
    "elv-01:E": "44/142",
    "elv-02": "oui",
    "elv-03": "34/58",
    "elv-04": "46/44",
    "elv-05": "24/46",
    "elv-06": "5/190",
    "ens-01": "9/10",
    "ens-02": "9/10",
    "sal-02": "6/6",
    "sal-04": "4/6",
    "sal-05": "2/6",
    "res-01": "12",
    "res-02": "12/190",
    "ent-02": "151/168",
    "ent-03": "9/10",
    "ent-06": "oui",
    "mnt-01": "oui",
    "mnt-02": "8",
    "mnt-03": "3/58",
    "acc-01": "4/4",
    "acc-02": "oui",
    "acc-03": "oui",
    "acc-04": "1/3",
    "cmp-01": "6/10",
    "cmp-05": "oui",
    "dat-05": "oui",
    "ecr-02": "oui",
    "fam-01": "183/190",
    "fam-02": "oui",
    "gov-03": "3",
    "gov-04": "oui",
    "gov-05": "NO",
    "gov-06": "oui",
    "ens-05": "oui",
    "ent-07": "oui",
    "ent-08": "176/190",
    "acc-06": "non",
    "cmp-06": "oui",
    "dat-07": "oui",
    "dat-08": "oui",
}
_LEFT_FOR_LATER = ("ecr-01", "gov-01", "sal-07")


def stories(dossier: Dossier, calendar: Calendar) -> Iterator[Story]:
    """Return the stories of both audits."""
    yield _last_year(dossier, calendar)
    yield _this_year(dossier, calendar)


def _last_year(dossier: Dossier, calendar: Calendar) -> Story:
    service, year = AuditService(dossier), calendar.year - 1
    yield calendar.on(year, 11, 12)
    campaign = service.start()
    service.answer_many(campaign, _LAST_YEAR)
    service.answer_many(
        campaign, {"mnt-04": f"10/10/{year}", "gov-02": f"16/06/{year}"}, notes=None
    )
    yield calendar.on(year, 12, 4)
    posted = service.create_action(
        campaign, "mnt-01", title="Afficher qui appeler en cas de panne", responsible="M. Colin"
    )
    service.close(campaign)
    yield calendar.on(calendar.year, 1, 8)
    ActionService(dossier).close(posted)


def _this_year(dossier: Dossier, calendar: Calendar) -> Story:
    service = AuditService(dossier)
    started_on = calendar.this_year(41)
    yield started_on
    campaign = service.start()
    known = {name: text for name, text in _THIS_YEAR.items() if name not in _LEFT_FOR_LATER}
    dates = {
        "mnt-04": started_on,
        "gov-02": calendar.on(calendar.year, 6, 16),
        "dat-01": calendar.on(calendar.year, 6, 23),
        "dat-03": started_on - timedelta(days=1),
    }
    known |= {name: day.strftime("%d/%m/%Y") for name, day in dates.items()}
    notes = {
        "res-01": "Mesuré à 10 h, un mardi, sur le poste de direction.",
        "cmp-02": "À demander en conseil des maîtres.",
        "elv-03": "Tout le parc est compté, pas seulement les ordinateurs et les tablettes.",
        "elv-05": "Les casques achetés par la coopérative ne sont pas dans l’inventaire.",
        "mnt-03": "L’appareil perdu est encore compté.",
    }
    service.answer_many(campaign, known, notes=notes)
    yield calendar.this_year(30)
    service.create_action(
        campaign,
        "res-05",
        title="Demander à la mairie une connexion de secours",
        responsible=HEAD,
        due_on=calendar.ahead(60),
        cost="environ 15 € par mois",
    )
    service.create_action(
        campaign,
        "ent-05",
        title="Imprimer et remettre les identifiants de tous les élèves",
        responsible="Mme Roussel",
        due_on=calendar.ahead(17),
    )
    service.create_action(
        campaign,
        "sal-06",
        title="Équiper la salle des maîtres pour la visioconférence",
        responsible=HEAD,
        due_on=calendar.ahead(150),
        cost="environ 900 €",
    )
