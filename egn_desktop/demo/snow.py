# SPDX-License-Identifier: GPL-3.0-or-later
"""One morning of snow last winter, lived in crisis mode: its journal is kept."""

from collections.abc import Iterator
from datetime import timedelta

from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story
from egn_desktop.dossier import Dossier
from egn_desktop.plans import rules
from egn_desktop.plans.service import PlanService

SCENARIO = "intemperies"
# minutes after the first: how many acts of the first hour, of the first day, or what was noted.
_ACTS = ((0, "first_hour", 0), (4, "first_hour", 1), (9, "first_hour", 2), (21, "first_hour", 4))
_NOTES = (
    (12, "Le car de la vallée ne monte pas : 31 élèves absents prévus."),
    (35, "Mme Aubry est là à pied ; les 74 élèves présents sont au préau."),
    (95, "La mairie confirme : cantine assurée, retour des cars à 15 h."),
)
_END = 420


def stories(dossier: Dossier, calendar: Calendar) -> Iterator[Story]:
    """Return the story of that morning."""
    yield _snow(dossier, calendar)


def _snow(dossier: Dossier, calendar: Calendar) -> Story:
    service, card = PlanService(dossier), rules.scenarios()[SCENARIO]
    yield calendar.on(calendar.year, 1, 15)
    clock = dossier.clock
    morning = clock()
    acts = [(after, field, getattr(card, field)[at]) for after, field, at in _ACTS]
    lines = sorted([*acts, *((after, "note", text) for after, text in _NOTES)])
    try:
        for after, field, text in lines:
            dossier.clock = lambda after=after: morning + timedelta(minutes=after)
            service.tick(SCENARIO, field=field, text=text)
        dossier.clock = lambda: morning + timedelta(minutes=_END)
        service.end_crisis(SCENARIO)
    finally:
        dossier.clock = clock
