# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from types import SimpleNamespace

import pytest

from egn_desktop.actions.rules import Source, SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.cli import plans as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.report import Finding
from egn_desktop.drills.queries import lesson_links
from egn_desktop.drills.rules import DrillKind
from egn_desktop.drills.service import DrillService
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.plans.proofs import checks
from egn_desktop.plans.queries import (
    review_lines,
    sections,
    taken_up,
    version_content,
    versions_listing,
)
from egn_desktop.plans.service import PlanService
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services


def texts(dossier: Dossier) -> list[str]:
    return [line.what.replace("\u202f", " ") for line in review_lines(dossier)]


def section(dossier: Dossier, section_id: str) -> str:
    text = next(row.text for row in sections(dossier) if row.section.id == section_id)
    return text.replace("\u202f", " ")


@pytest.fixture
def adopted(complete: Dossier, service: PlanService) -> Dossier:
    """A plan adopted today, with one class of one pupil."""
    Services.of(complete).pupils.add_pupil(
        PupilInput(last_name="Arnaud", first_name="Léa", school_class="CP")
    )
    ActionService(complete).add(title="Leçon déjà connue", source=Source(SourceKind.DRILL))
    service.adopt(body="conseil d’école")
    return complete


def test_nothing_is_to_be_reviewed_before_and_right_after_an_adoption(
    complete: Dossier, service: PlanService
) -> None:
    assert not texts(complete)
    service.adopt(body="conseil d’école")
    assert not texts(complete)


def test_what_has_changed_is_listed(adopted: Dossier, service: PlanService) -> None:
    SchoolService(adopted).save(Identity(name="École Jules-Verne", head="Hugo Lenoir"))
    services, actions = Services.of(adopted), ActionService(adopted)
    services.pupils.add_pupil(PupilInput(last_name="Bonnet", first_name="Ali", school_class="CP"))
    services.pupils.add_pupil(PupilInput(last_name="Cros", first_name="Zoé", school_class="CE1"))
    service.add_contact(role="mairie", name="M. Roux", phone="04 65 71 00 00")
    service.add_contact(
        role="ien", name="Mme Viala", phone="04 65 71 00 01", checked_on=date(2025, 9, 1)
    )
    gap = actions.add(title="Poser une borne Wi-Fi", source=Source(SourceKind.AUDIT))
    actions.add(title="Un écart encore ouvert", source=Source(SourceKind.AUDIT))
    actions.close(gap)
    actions.add(title="Afficher le numéro de secours", source=Source(SourceKind.DRILL))
    assert texts(adopted) == [
        "La direction a changé : Hugo Lenoir (avant : Claire Morvan).",
        "« CP » est passée de 1 à 2 élèves.",
        "La classe « CE1 » est nouvelle.",
        "Numéro de M. Roux (La mairie (astreinte)) jamais vérifié.",
        "Numéro de Mme Viala (IEN (circonscription)) non vérifié depuis le 01/09/2025.",
        "Écart comblé le 24/11/2026 : Poser une borne Wi-Fi.",
        "Leçon à reprendre : Afficher le numéro de secours.",
    ]
    for line in review_lines(adopted):
        service.take_up(line.key)
    assert not texts(adopted)
    assert "- « CP » est passée de 1 à 2 élèves." in section(adopted, "classes")
    assert "- Vérifier le numéro de Mme Viala (IEN (circonscription))" in section(
        adopted, "amelioration"
    )
    assert "- Direction depuis cette mise à jour : Hugo Lenoir." in section(adopted, "identite")
    assert "- Poser une borne Wi-Fi (fait le 24/11/2026)" in section(adopted, "ressources")


def test_a_line_taken_up_is_written_and_leaves_the_list(
    adopted: Dossier, service: PlanService
) -> None:
    ActionService(adopted).add(
        title="Afficher le numéro de secours", source=Source(SourceKind.DRILL)
    )
    (line,) = review_lines(adopted)
    before = section(adopted, "amelioration")
    taken = service.take_up(line.key)
    after = section(adopted, "amelioration")
    assert after.startswith(before.rstrip())
    assert after.endswith("- Afficher le numéro de secours")
    assert not texts(adopted)
    with pytest.raises(UserError, match="plus à reprendre"):
        service.take_up(line.key)
    service.leave_out(taken)
    assert section(adopted, "amelioration") == before
    assert len(texts(adopted)) == 1
    with pytest.raises(UserError, match="n° 1"):
        service.leave_out(taken)


def learnt(dossier: Dossier, title: str) -> int:
    """Have a drill teach something, and return its action's id."""
    drills = DrillService(dossier)
    drill = drills.plan(kind=DrillKind.ALERT)
    drills.record(drill)
    lesson = drills.add_lesson(drill, text="Appris ce jour-là", decision=title)
    return next(link.action_id for link in lesson_links(dossier) if link.id == lesson)


# F2: a title that ends with a full stop, among others that two texts would hold apart.
@pytest.mark.parametrize("title", ["Acheter un sifflet.", "Acheter un sifflet", "Le plan", "…"])
def test_a_lesson_that_an_adopted_plan_lists_is_not_asked_for_again(
    complete: Dossier, service: PlanService, title: str
) -> None:
    service.adopt(body="conseil d’école")
    action = learnt(complete, title)
    assert [line.action_id for line in review_lines(complete)] == [action]
    service.adopt(body="conseil d’école")
    assert not review_lines(complete)
    assert versions_listing(complete) == {action: [2]}
    assert [action.id for action in version_content(complete, 2).actions] == [action]


# F3: a title that stands somewhere in the plan's own text, by chance.
def test_a_lesson_is_offered_whatever_the_plan_says(
    complete: Dossier, service: PlanService
) -> None:
    service.adopt(body="conseil d’école")
    chance = section(complete, "objet").split()[0]
    found = {learnt(complete, title) for title in (chance, "Acheter un mégaphone", "e")}
    assert {line.action_id for line in review_lines(complete)} == found


def test_two_lessons_of_one_title_are_two(adopted: Dossier, service: PlanService) -> None:
    first, second = learnt(adopted, "Acheter un sifflet"), learnt(adopted, "Acheter un sifflet")
    service.take_up(f"lesson:{first}")
    assert [line.action_id for line in review_lines(adopted)] == [second]
    service.take_up(f"lesson:{second}")
    assert not review_lines(adopted)


def test_what_is_taken_up_stays_so_whatever_it_is_called(
    adopted: Dossier, service: PlanService
) -> None:
    action = learnt(adopted, "Acheter un sifflet")
    service.take_up(f"lesson:{action}")
    ActionService(adopted).change(action, title="Acheter dix sifflets")
    assert not review_lines(adopted)
    (row,) = taken_up(adopted, waiting=True)
    assert (row.action_id, row.section, row.version) == (action, "amelioration", None)
    assert not row.is_rewritten
    service.write_section("amelioration", "Des sifflets sont dans chaque mallette.")
    assert not review_lines(adopted)
    (row,) = taken_up(adopted)
    assert row.is_rewritten
    assert row.line.replace("\u202f", " ") == (
        "Acheter un sifflet (réécrit ou supprimé depuis) · projet de plan (« Amélioration ») · "
        "le 24/11/2026"
    )
    service.leave_out(row.id)
    assert section(adopted, "amelioration") == "Des sifflets sont dans chaque mallette."
    assert [line.action_id for line in review_lines(adopted)] == [action]


def test_a_line_is_adopted_with_its_version(adopted: Dossier, service: PlanService) -> None:
    action = learnt(adopted, "Acheter un sifflet")
    taken = service.take_up(f"lesson:{action}")
    service.adopt(body="conseil d’école")
    (row,) = taken_up(adopted)
    assert (row.id, row.version, row.taken_on) == (taken, 2, adopted.today())
    assert row.where.replace("\u202f", " ") == "plan, version 2 (« Amélioration »)"
    assert not taken_up(adopted, waiting=True)
    with pytest.raises(UserError, match="version 2") as refused:
        service.leave_out(taken)
    assert "projet" in refused.value.todo


def test_a_number_to_check_is_asked_for_once_until_the_next_version(
    adopted: Dossier, service: PlanService
) -> None:
    contact = service.add_contact(role="mairie", name="M. Roux", phone="04 65 71 00 00")
    key = f"contact:{contact}"
    service.take_up(key)
    service.adopt(body="conseil d’école")
    assert not review_lines(adopted)  # the version in force says to check it
    service.adopt(body="conseil d’école")
    assert [line.key for line in review_lines(adopted)] == [key]
    service.take_up(key)
    assert section(adopted, "amelioration").count("Vérifier le numéro de M. Roux") == 1


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("UPDATE plan_taken_up SET action_id = 1", "Ligne reprise n° 1, action"),
        ("UPDATE plan_taken_up SET words = '- Rien'", "Ligne reprise n° 1, texte"),
        ("UPDATE plan_taken_up SET version = 1", "lignes reprises"),
        ("DELETE FROM plan_version_action WHERE version = 2", "actions au programme"),
    ],
)
def test_a_link_that_was_changed_is_told(
    adopted: Dossier, service: PlanService, tampering: str, told: str
) -> None:
    action = learnt(adopted, "Acheter un sifflet")
    service.take_up(f"lesson:{action}")
    service.adopt(body="conseil d’école")
    assert all(check.finding is Finding.GOOD for check in checks(adopted))
    with adopted.write():
        adopted.raw.execute(tampering)
    assert told in " ".join(check.detail for check in checks(adopted))


def test_the_review_is_shown_and_taken_from_the_command_line(
    adopted: Dossier, service: PlanService, capsys: pytest.CaptureFixture[str]
) -> None:
    service.add_contact(role="mairie", name="M. Roux", phone="04 65 71 00 00")
    ActionService(adopted).add(title="Afficher le numéro", source=Source(SourceKind.DRILL))
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))
    services = SimpleNamespace(dossier=adopted, plans=service)

    def cli(*arguments: str) -> str:
        parsed = parser.parse_args(["plan-review", "ecole.egn", *arguments])
        parsed.run(services, parsed)
        return capsys.readouterr().out

    contact, lesson, history = cli().splitlines()
    assert "M. Roux" in contact
    assert history.replace("\u00a0", " ") == "\tAction n° 2"
    assert "amelioration" in cli("--take", lesson.split("\t")[0])
    assert "Afficher le numéro" not in cli()
    taken, history = cli("--taken").splitlines()
    assert "Afficher le numéro · projet de plan" in taken
    assert history.endswith("→ projet de plan («\u202fAmélioration\u202f»)")
    cli("--leave", taken.split("\t")[0])
    assert "Afficher le numéro" in cli()
    cli("--take", lesson.split("\t")[0])
    cli("--take", contact.split("\t")[0])
    assert "M. Roux" not in cli()
    with pytest.raises(UserError, match="plus à reprendre"):
        cli("--take", contact.split("\t")[0])
