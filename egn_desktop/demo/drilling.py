# SPDX-License-Identifier: GPL-3.0-or-later
"""Two drills held, the later one with lessons still open, a third one planned, and an idea."""

from collections.abc import Iterator
from datetime import timedelta

from egn_desktop.actions.service import ActionService
from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story, school_day
from egn_desktop.demo.school import HEAD
from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import drill
from egn_desktop.drills.rules import DrillKind, kinds
from egn_desktop.drills.service import DrillService


def stories(dossier: Dossier, calendar: Calendar) -> Iterator[Story]:
    """Return the stories of drills and of actions that come from nowhere else."""
    yield _table(dossier, calendar)
    yield _alert(dossier, calendar)
    yield _own_action(dossier, calendar)


def _table(dossier: Dossier, calendar: Calendar) -> Story:
    service = DrillService(dossier)
    held_on = calendar.held(calendar.last(4, 2))
    yield held_on - timedelta(days=14)
    table = service.plan(
        kind=DrillKind.TABLETOP,
        scenario="cyberattaque",
        script="table-cyberattaque",
        planned_on=held_on,
    )
    yield school_day(held_on - timedelta(days=1))
    _prepare(service, table, DrillKind.TABLETOP)
    yield held_on
    service.record(
        table,
        participants={
            "Direction": HEAD,
            "Enseignants": "6 enseignants, 2 AESH",
            "Collectivité": "Mme Sabatier, service scolaire de la mairie",
            "Animation": "M. Delmas, ERUN",
        },
        course="8 h 05 : l’équipe découvre la demande de rançon et débranche le réseau.\n"
        "8 h 20 : personne n’a l’annuaire sur papier ; le numéro de la mairie est retrouvé sur "
        "une affiche.\n8 h 40 : le message aux familles est prêt.",
        measures={"cell_minutes": 22, "satisfaction": 3.4},
        debrief={
            "worked": "Tout le monde a parlé ; le réseau a été débranché sans éteindre les postes.",
            "failed": "L’annuaire n’existait que dans l’ordinateur.",
            "surprise": "Trois enseignants ignoraient qui prévenir à la circonscription.",
        },
    )
    service.add_lesson(
        table,
        text="Sans ordinateur, la cellule ne peut joindre personne.",
        decision="Imprimer l’annuaire de crise et le ranger dans la mallette PPMS",
        responsible=HEAD,
        due_on=held_on + timedelta(days=30),
    )
    yield held_on + timedelta(days=20)
    (lesson,) = drill(dossier, table).lessons
    ActionService(dossier).close(lesson.action.id)


def _alert(dossier: Dossier, calendar: Calendar) -> Story:
    service = DrillService(dossier)
    held_on = calendar.held(calendar.ago(49))
    yield calendar.ago(60)
    alert = service.plan(
        kind=DrillKind.ALERT,
        scenario="intemperies",
        script="alerte-chaine",
        planned_on=held_on,
    )
    yield school_day(held_on - timedelta(days=1))
    _prepare(service, alert, DrillKind.ALERT)
    yield held_on
    service.record(
        alert,
        participants={
            "Direction": HEAD,
            "Cellule de crise": "Mme Aubry, M. Perrin",
            "Chronométrage": "M. Colin",
        },
        course="7 h 02 : appel de la mairie.\n7 h 14 : la cellule est au complet.\n"
        "7 h 25 : message aux familles.\n9 h 25 : 94 % des familles ont répondu.",
        measures={
            "cell_minutes": 12,
            "families_2h": 94,
            "families_24h": 99,
            "wrong_contacts": 7,
        },
        debrief={
            "worked": "Le message est parti en moins d’une demi-heure.",
            "failed": "Sept numéros de téléphone étaient faux.",
            "surprise": "Douze familles ne lisent pas les SMS en français.",
        },
    )
    service.add_lesson(
        alert,
        text="Sept coordonnées étaient fausses.",
        decision="Faire vérifier les coordonnées à chaque rentrée",
        responsible="Mme Aubry",
        due_on=calendar.ago(8),
    )
    service.add_lesson(
        alert,
        text="Douze familles n’ont pas compris le message.",
        decision="Préparer le message de fermeture en trois langues",
        responsible="M. Perrin",
        due_on=calendar.ahead(40),
    )
    yield calendar.ago(20)
    lending = service.plan(
        kind=DrillKind.FUNCTIONAL,
        scenario="pandemie",
        planned_on=calendar.ahead(24),
        aim="Prêter vingt appareils en une heure et ouvrir une classe virtuelle par classe.",
    )
    yield calendar.ago(5)
    _prepare(service, lending, DrillKind.FUNCTIONAL, how_many=2)


def _prepare(service: DrillService, drill_id: int, kind: DrillKind, how_many: int = 99) -> None:
    for item in kinds()[kind].preparation[:how_many]:
        service.prepare(drill_id, item.id)


def _own_action(dossier: Dossier, calendar: Calendar) -> Story:
    yield calendar.ago(15)
    ActionService(dossier).add(
        title="Présenter le registre des prêts au conseil d’école",
        responsible=HEAD,
        due_on=calendar.ahead(10),
    )
    dropped = ActionService(dossier).add(title="Acheter une seconde armoire de rechargement")
    yield calendar.ago(6)
    ActionService(dossier).drop(dropped)
