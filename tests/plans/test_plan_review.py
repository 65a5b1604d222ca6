# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from types import SimpleNamespace

import pytest

from egn_desktop.actions.rules import SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.cli import plans as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.rules import PupilInput
from egn_desktop.plans.queries import review_lines, sections
from egn_desktop.plans.service import PlanService
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services


def texts(dossier: Dossier) -> list[str]:
    return [one.what.replace("\u202f", " ") for one in review_lines(dossier)]


def section(dossier: Dossier, section_id: str) -> str:
    text = next(row.text for row in sections(dossier) if row.section.id == section_id)
    return text.replace("\u202f", " ")


@pytest.fixture
def adopted(complete: Dossier, service: PlanService) -> Dossier:
    """A plan adopted today, with one class of one pupil."""
    Services.of(complete).pupils.add_pupil(
        PupilInput(last_name="Arnaud", first_name="Léa", school_class="CP")
    )
    ActionService(complete).add(title="Leçon déjà connue", source_kind=SourceKind.DRILL)
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
    gap = actions.add(title="Poser une borne Wi-Fi", source_kind=SourceKind.AUDIT)
    actions.add(title="Un écart encore ouvert", source_kind=SourceKind.AUDIT)
    actions.close(gap)
    actions.add(title="Afficher le numéro de secours", source_kind=SourceKind.DRILL)
    assert texts(adopted) == [
        "La direction a changé : Hugo Lenoir (avant : Claire Morvan).",
        "« CP » est passée de 1 à 2 élèves.",
        "La classe « CE1 » est nouvelle.",
        "Numéro de M. Roux (Mairie ou collectivité (astreinte)) jamais vérifié.",
        "Numéro de Mme Viala (IEN ou DASEN) non vérifié depuis le 01/09/2025.",
        "Écart comblé le 24/11/2026 : Poser une borne Wi-Fi.",
        "Leçon à reprendre : Afficher le numéro de secours.",
    ]
    for line in review_lines(adopted):
        service.take_up(line.key)
    assert not texts(adopted)
    assert "- « CP » est passée de 1 à 2 élèves." in section(adopted, "classes")
    assert "- Vérifier le numéro de Mme Viala (IEN ou DASEN)" in section(adopted, "amelioration")
    assert "- Direction depuis cette mise à jour : Hugo Lenoir." in section(adopted, "identite")
    assert "- Poser une borne Wi-Fi (fait le 24/11/2026)" in section(adopted, "ressources")


def test_a_line_taken_up_is_written_and_leaves_the_list(
    adopted: Dossier, service: PlanService
) -> None:
    ActionService(adopted).add(title="Afficher le numéro de secours", source_kind=SourceKind.DRILL)
    (line,) = review_lines(adopted)
    before = section(adopted, "amelioration")
    assert service.take_up(line.key) == ("amelioration", before)
    after = section(adopted, "amelioration")
    assert after.startswith(before.rstrip())
    assert after.endswith("- Afficher le numéro de secours")
    assert not texts(adopted)
    with pytest.raises(UserError, match="plus à reprendre"):
        service.take_up(line.key)
    service.write_section("amelioration", before)
    assert len(texts(adopted)) == 1


def test_the_review_is_shown_and_taken_from_the_command_line(
    adopted: Dossier, service: PlanService, capsys: pytest.CaptureFixture[str]
) -> None:
    service.add_contact(role="mairie", name="M. Roux", phone="04 65 71 00 00")
    ActionService(adopted).add(title="Afficher le numéro", source_kind=SourceKind.DRILL)
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))
    services = SimpleNamespace(dossier=adopted, plans=service)

    def cli(*arguments: str) -> str:
        parsed = parser.parse_args(["plan-review", "ecole.egn", *arguments])
        parsed.run(services, parsed)
        return capsys.readouterr().out

    contact, lesson = cli().splitlines()
    assert "M. Roux" in contact
    assert "amelioration" in cli("--take", lesson.split("\t")[0])
    assert "Afficher le numéro" not in cli()
    cli("--take", contact.split("\t")[0])
    assert "M. Roux" not in cli()
    with pytest.raises(UserError, match="plus à reprendre"):
        cli("--take", contact.split("\t")[0])
