# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of a version is a fact that somebody noted, with its day and its body."""

from datetime import date
from pathlib import Path

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exports import pdf_bytes
from egn_desktop.plans.milestones import MilestoneKind, settling_words
from egn_desktop.plans.queries import milestones, summary, todos
from egn_desktop.plans.service import PlanService
from egn_desktop.school.words import Owner, SchoolKind, Services

LYCEE = SchoolKind(is_first_degree=False, owner=Owner.REGION)
OVERSEAS = SchoolKind(services=Services.VICE_RECTORAT)
PRIVATE = SchoolKind(is_first_degree=False, is_private=True, owner=Owner.ORGANISME)


def test_a_version_is_annexed_only_once_somebody_noted_it(
    complete: Dossier, service: PlanService
) -> None:
    number = service.adopt(body="conseil d’école", on=date(2026, 11, 20))
    assert summary(complete).annexed is None
    service.note_milestone(number, MilestoneKind.SENT, on=date(2026, 11, 23), body=" IEN  ")
    assert summary(complete).annexed is None
    annexed = service.note_milestone(
        number, MilestoneKind.ANNEXED, on=date(2026, 11, 24), body="IA-DASEN de la Haute-Loire"
    )
    found = summary(complete).annexed
    assert found is not None
    assert found.text == "Annexée au DUERP le 24/11/2026 (IA-DASEN de la Haute-Loire)"
    assert [milestone.text for milestone in milestones(complete, number)] == [
        "Transmise le 23/11/2026 (IEN)",
        found.text,
    ]
    service.remove_milestone(annexed)
    assert summary(complete).annexed is None
    complete.undo_stack.undo()
    assert summary(complete).annexed is not None


def test_a_fact_that_makes_no_sense_is_refused(complete: Dossier, service: PlanService) -> None:
    with pytest.raises(UserError, match="pas de version 1"):
        service.note_milestone(1, MilestoneKind.SENT, body="IEN")
    number = service.adopt(body="conseil d’école", on=date(2026, 11, 20))
    with pytest.raises(UserError, match="à venir"):
        service.note_milestone(number, MilestoneKind.SENT, on=date(2026, 11, 25), body="IEN")
    with pytest.raises(UserError, match="pu être annexée avant"):
        service.note_milestone(number, MilestoneKind.ANNEXED, on=date(2026, 11, 19), body="IA")
    with pytest.raises(UserError, match="instance"):
        service.note_milestone(number, MilestoneKind.SENT, body=" ")
    with pytest.raises(UserError, match="n° 7"):
        service.remove_milestone(7)
    assert not milestones(complete)


def test_the_home_page_asks_for_the_annexing_after_a_month(
    complete: Dossier, service: PlanService
) -> None:
    number = service.adopt(body="conseil d’école", on=date(2026, 10, 1))
    assert [todo.target for todo in todos(complete)] == ["milestones"]
    service.note_milestone(number, MilestoneKind.ANNEXED, body="IA-DASEN")
    assert not todos(complete)


def test_each_school_says_what_its_council_does() -> None:
    school, lycee, private = map(settling_words, (SchoolKind(), LYCEE, PRIVATE))
    day = date(2026, 6, 23)
    assert school.told(day, "conseil d’école") == (
        "arrêtée le 23/06/2026 (avis\u202f: conseil d’école)"
    )
    assert lycee.told(day, lycee.usual_body) == ("adoptée le 23/06/2026 (conseil d’administration)")
    assert private.advises
    assert private.usual_body == "conseil d’établissement"
    assert school.told(day, "") == "arrêtée le 23/06/2026"
    assert MilestoneKind.ANNEXED.usual_body(SchoolKind(), "IA-DASEN du Rhône").endswith("Rhône")
    assert MilestoneKind.SENT.usual_body(LYCEE).startswith("DSDEN")
    assert MilestoneKind.SENT.usual_body(PRIVATE) == "organisme de gestion"
    assert MilestoneKind.SENT.usual_body(OVERSEAS) == "vice-rectorat"
    assert MilestoneKind.PRESENTED.usual_body(OVERSEAS) == "conseil d’école"


@pytest.mark.parametrize("kind", MilestoneKind)
def test_no_usual_body_is_that_of_another_kind_of_school(kind: MilestoneKind) -> None:
    for school in (PRIVATE, OVERSEAS):
        said = kind.usual_body(school)
        assert not {"IEN", "IA-DASEN", "DSDEN"} & set(said.split())
        assert "académie" not in said


def test_the_first_degree_settles_a_version_before_its_council_meets(
    complete: Dossier, service: PlanService
) -> None:
    number = service.adopt(body="")
    service.note_milestone(number, MilestoneKind.PRESENTED, body="conseil d’école")
    assert summary(complete).body == ""


def test_the_follow_up_prints_what_was_noted_and_a_line_for_the_rest(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    from tests.plans.test_plan_report import poppler

    number = service.adopt(body="conseil d’école", on=date(2026, 11, 20))
    service.note_milestone(number, MilestoneKind.SENT, on=date(2026, 11, 23), body="IEN")
    file = tmp_path / "suivi.pdf"
    file.write_bytes(pdf_bytes(complete, "suivi-du-plan", str(number)))
    text = " ".join(poppler("pdftotext", file, "-").split())
    assert "avis : conseil d’école" in text.replace("\u202f", " ")
    assert "Transmission 23/11/2026 IEN" in text
    assert "Annexé au DUERP le …" in text
    assert "Transmis le …" not in text
