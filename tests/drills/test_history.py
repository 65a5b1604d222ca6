# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole loop on a real dossier: criterion, gap, action, plan, drill, lesson, action."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from egn_desktop.actions.queries import actions
from egn_desktop.cli import actions as command
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.drills.history import Histories
from egn_desktop.drills.queries import drill, drills
from egn_desktop.drills.rules import DrillKind
from egn_desktop.exports import available, pdf_bytes
from egn_desktop.plans import rules
from egn_desktop.plans.queries import review_lines
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.services import Services

BODY = "conseil d’école"
Move = Callable[[int, int], None]


def told(dossier: Dossier, action_id: int) -> str:
    return plain(Histories(dossier).of(action_id))


def text_of(pdf: bytes) -> str:
    command = ("pdftotext", "-", "-")
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(plain(done.stdout.decode()).split())


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def move(dossier: Dossier) -> Move:
    def to(month: int, day: int) -> None:
        dossier.clock = lambda: datetime(2027, month, day, 8, tzinfo=UTC)

    return to


@pytest.fixture
def services(dossier: Dossier, move: Move) -> Services:
    """A school with a plan that lacks nothing, on 5 January 2027."""
    move(1, 5)
    made = Services.of(dossier)
    levels = (LevelCount(Level.ELEMENTAIRE, 5, 122),)
    made.school.save(Identity(name="École Jules-Verne", town="Yssingeaux", levels=levels))
    for section in rules.sections():
        if section.obligatory:
            made.plans.write_section(section.id, section.example, done=True)
    for scenario in ("inondation", "cyberattaque", "coupure"):
        made.plans.choose_scenario(scenario)
    risk = made.plans.add_risk(risk="surcharge")
    made.plans.rate_risk(risk, severity=3, likelihood=3, control=3)
    made.plans.add_contact(
        role="direction", name="Claire Morvan", phone="06 39 98 01 02", checked_on=dossier.today()
    )
    return made


def test_the_whole_loop_is_followed_by_ids(
    dossier: Dossier, services: Services, move: Move, capsys: pytest.CaptureFixture[str]
) -> None:
    move(1, 12)
    campaign = services.audit.start()
    services.audit.answer_many(campaign, {"res-01": "12"})
    move(1, 15)
    gap = services.audit.create_action(campaign, "res-01", title="Demander la fibre.")
    assert told(dossier, gap) == (
        "Critère res-01 « Débit descendant à l’heure de pointe » (état des lieux du 12/01/2027) → "
        "action n° 1"
    )
    move(2, 2)
    services.plans.adopt(body=BODY)  # lists it as still to be done
    assert told(dossier, gap).endswith("action n° 1 → plan, version 1 (« Programme d’actions »)")
    move(3, 3)
    services.actions.close(gap)
    (line,) = review_lines(dossier)
    services.plans.take_up(line.key)
    assert told(dossier, gap).endswith("faite le 03/03/2027 → projet de plan (« Ressources »)")
    move(3, 10)
    services.plans.adopt(body=BODY)
    move(4, 7)
    alert = services.drills.plan(kind=DrillKind.ALERT)
    services.drills.record(alert)
    assert drill(dossier, alert).row.plan_version == 2
    assert told(dossier, gap).endswith("plan, version 2 (« Ressources ») → exercice du 07/04/2027")
    services.drills.add_lesson(alert, text="Personne n’a entendu", decision="Acheter un sifflet.")
    (lesson,) = drill(dossier, alert).lessons
    move(4, 8)
    (line,) = review_lines(dossier)
    services.plans.take_up(line.key)
    services.plans.adopt(body=BODY)

    whole = (
        "Critère res-01 « Débit descendant à l’heure de pointe » (état des lieux du 12/01/2027) → "
        "action n° 1, faite le 03/03/2027 → plan, version 2 (« Ressources ») → "
        "exercice du 07/04/2027 → leçon n° 1 → action n° 2"
    )
    onwards = (
        "Plan, version 2 → exercice du 07/04/2027 → leçon n° 1 → action n° 2 → "
        "plan, version 3 (« Amélioration »)"
    )
    assert told(dossier, gap) == whole
    assert told(dossier, lesson.action.id) == onwards
    assert [plain(text) for text in Histories(dossier).through(alert)] == [whole, onwards]

    # No title ties anything: with others, the numbers tell the same.
    for row in actions(dossier):
        services.actions.change(row.id, title="Toutes du même titre")
    assert told(dossier, gap) == whole
    assert not review_lines(dossier)

    parser = FrenchParser(prog="egn-desktop")
    command.register(SubCommands(parser))
    parsed = parser.parse_args(["actions", "ecole.egn", "--history"])
    parsed.run(SimpleNamespace(dossier=dossier), parsed)
    assert f"    {whole}\n" in plain(capsys.readouterr().out)
    for document, subject in (("compte-rendu-exercice", str(alert)), ("revue-annuelle", "")):
        printed = text_of(pdf_bytes(dossier, document, subject))
        for words in ("action n° 1", "version 2", "leçon n° 1", "action n° 2", "version 3"):
            assert words in printed, document


def test_a_later_drill_on_a_later_version_says_which(
    dossier: Dossier, services: Services, move: Move
) -> None:
    risk = services.plans.plan_measure(1, title="Répartir les tâches")
    services.plans.adopt(body=BODY)
    move(2, 2)
    services.plans.adopt(body=BODY)
    for day in (3, 4):
        move(2, day)
        services.drills.record(services.drills.plan(kind=DrillKind.ALERT))
    assert told(dossier, risk) == (
        "Risque n° 1 « Surcharge de travail en crise » du DUERP → "
        "action n° 1 → plan, version 1 (« Programme d’actions ») → "
        "exercices du 03/02/2027 et du 04/02/2027 (version 2)"
    )


def test_a_drill_tries_the_version_of_its_day(
    dossier: Dossier, services: Services, move: Move
) -> None:
    early = services.drills.plan(kind=DrillKind.ALERT)
    services.drills.record(early)
    services.plans.adopt(body=BODY)
    move(2, 2)
    late = services.drills.plan(kind=DrillKind.ALERT)
    services.drills.record(late)
    assert {row.id: row.plan_version for row in drills(dossier)} == {early: None, late: 1}
    services.drills.record(late, held_on=datetime(2027, 1, 2, tzinfo=UTC).date())
    assert drill(dossier, late).row.plan_version is None
    services.drills.record(late, held_on=dossier.today())
    for _ in range(3):
        dossier.undo_stack.undo()
    assert drill(dossier, late).row.plan_version is None


def test_an_action_of_nothing_has_its_own_link_alone(dossier: Dossier, services: Services) -> None:
    action = services.actions.add(title="Ranger")
    assert told(dossier, action) == "Action n° 1"
    assert Histories(dossier).of(99) == ""


def test_the_review_is_printed_once_a_plan_is_adopted(dossier: Dossier, services: Services) -> None:
    (offer,) = [offer for offer in available() if offer.id == "revue-annuelle"]
    assert not offer.subjects(dossier)
    services.plans.adopt(body=BODY)
    printed = text_of(pdf_bytes(dossier, "revue-annuelle", ""))
    assert "Rien à reprendre" in printed
