# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens at the demonstration school besides loans: identity, drills, actions."""

from collections.abc import Callable
from datetime import date, timedelta

from egn_desktop.actions.rules import SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.demo.people import CLASSES, TEACHERS
from egn_desktop.dossier import Dossier
from egn_desktop.drills.rules import DrillKind
from egn_desktop.drills.service import DrillService
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService

SetDay = Callable[[date], None]
"""Moves the dossier's clock, so that each event bears its own day."""

HEAD = "Claire Morvan"
NURSERY_CLASSES = 2


def introduce_school(dossier: Dossier) -> None:
    """Fill in the identity of a primary school of 8 classes."""
    nursery = CLASSES[:NURSERY_CLASSES]
    SchoolService(dossier).save(
        Identity(
            uai="0430999C",
            name="École Jules-Verne",
            street="12 rue des Écoles",
            postcode="43200",
            town="Yssingeaux",
            academie="Clermont-Ferrand",
            district="Yssingeaux",
            holiday_zone="A",
            phone="04 65 71 00 43",
            email="ecole.jules-verne@exemple.fr",
            teachers=len(TEACHERS) + 2,
            head=HEAD,
            risk_register_owner="IA-DASEN de la Haute-Loire",
            levels=(
                LevelCount(Level.MATERNELLE, len(nursery), sum(one.size for one in nursery)),
                LevelCount(
                    Level.ELEMENTAIRE,
                    len(CLASSES) - len(nursery),
                    sum(one.size for one in CLASSES[NURSERY_CLASSES:]),
                ),
            ),
        )
    )


def hold_drills(dossier: Dossier, set_day: SetDay, today: date) -> None:
    """Hold two drills, the later one with lessons still open, and plan a third."""
    drills = DrillService(dossier)
    set_day(today - timedelta(days=240))
    table = drills.plan(
        kind=DrillKind.TABLETOP,
        scenario="cyberattaque",
        script="table-cyberattaque",
        planned_on=today - timedelta(days=226),
    )
    set_day(today - timedelta(days=226))
    drills.record(
        table,
        participants={"Direction": HEAD, "Enseignants": "6 enseignants, 2 AESH"},
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
    lesson = drills.add_lesson(
        table,
        text="Sans ordinateur, la cellule ne peut joindre personne.",
        decision="Imprimer l’annuaire de crise et le ranger dans la mallette PPMS",
        responsible=HEAD,
        due_on=today - timedelta(days=200),
    )
    _close_action_of(dossier, lesson)
    set_day(today - timedelta(days=60))
    alert = drills.plan(
        kind=DrillKind.ALERT,
        scenario="intemperies",
        script="alerte-chaine",
        planned_on=today - timedelta(days=49),
    )
    set_day(today - timedelta(days=49))
    drills.record(
        alert,
        participants={
            "Direction": HEAD,
            "Cellule de crise": "Mme Aubry, M. Perrin",
            "Chronométrage": "M. Colin",
        },
        course="7 h 02 : appel de la mairie.\n7 h 14 : la cellule est au complet.\n"
        "7 h 25 : message aux familles.\n9 h 25 : 178 familles ont répondu.",
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
    drills.add_lesson(
        alert,
        text="Sept coordonnées étaient fausses.",
        decision="Faire vérifier les coordonnées par les familles à chaque rentrée",
        responsible="Mme Aubry",
        due_on=today - timedelta(days=8),
    )
    drills.add_lesson(
        alert,
        text="Douze familles n’ont pas compris le message.",
        decision="Préparer le message de fermeture en trois langues",
        responsible="M. Perrin",
        due_on=today + timedelta(days=40),
    )
    drills.plan(
        kind=DrillKind.FUNCTIONAL,
        scenario="pandemie",
        planned_on=today + timedelta(days=24),
    )


def add_own_actions(dossier: Dossier, set_day: SetDay, today: date) -> None:
    """Add what the head decided by herself."""
    set_day(today - timedelta(days=30))
    ActionService(dossier).add(
        title="Demander à la mairie une connexion de secours 4G",
        source_kind=SourceKind.AUDIT,
        source_ref="res-05",
        responsible=HEAD,
        due_on=today + timedelta(days=60),
    )


def _close_action_of(dossier: Dossier, lesson_id: int) -> None:
    from egn_desktop.actions.queries import actions

    open_ones = [row for row in actions(dossier) if row.title.startswith("Imprimer l’annuaire")]
    for row in open_ones:
        ActionService(dossier).close(row.id)
