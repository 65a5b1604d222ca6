# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import Condition, DeviceKind
from egn_desktop.plans.capacity import (
    Capacity,
    Circumstances,
    ClassNeeds,
    Equipment,
    Means,
    capacity,
)
from egn_desktop.plans.queries import changes, classes, content, scenario, scenario_capacity
from egn_desktop.plans.report.plan import plan_annex, reflex_card
from egn_desktop.plans.rules import ToolStatus
from egn_desktop.plans.service import PlanService
from egn_desktop.services import Services
from tests.plans.test_plan_report import printed

NAMES = ("CP", "CE1", "CE2")
known_or_not = st.none() | st.integers(0, 12)
equipment = st.builds(
    Equipment,
    id=st.integers(1, 30),
    means=st.sampled_from(Means),
    pupil=st.none() | st.integers(1, 8),
    school_class=st.sampled_from(NAMES),
)
needs = st.lists(
    st.builds(
        ClassNeeds,
        name=st.sampled_from(NAMES),
        school_class=st.sampled_from((*NAMES, "")),
        pupils=known_or_not,
        without_device=known_or_not,
        without_connection=known_or_not,
        packs=known_or_not,
    ),
    max_size=5,
)
circumstances = st.builds(Circumstances, stock=st.booleans(), network=st.booleans())


def used(found: Capacity) -> list[int]:
    covers = [
        cover
        for school_class in found.classes
        for cover in (school_class.devices, school_class.connections)
        if cover
    ]
    return [piece for cover in covers for piece in (*cover.held, *cover.given)]


@given(needs, st.lists(equipment, max_size=20), circumstances)
def test_no_device_is_ever_counted_twice(
    classes_: list[ClassNeeds], pieces: list[Equipment], works: Circumstances
) -> None:
    found = capacity(classes_, pieces, works)
    counted = used(found)
    assert len(counted) == len(set(counted))
    assert set(counted) <= {piece.id for piece in pieces}


@given(needs, st.lists(equipment, max_size=20), circumstances)
def test_an_unknown_need_is_never_guessed(
    classes_: list[ClassNeeds], pieces: list[Equipment], works: Circumstances
) -> None:
    found = capacity(classes_, pieces, works)
    for asked, school_class in zip(classes_, found.classes, strict=True):
        for needed, cover in (
            (asked.without_device, school_class.devices),
            (asked.without_connection, school_class.connections),
        ):
            if cover and needed is None:
                assert cover.short is None
                assert not cover.given
        if asked.packs is None and school_class.packs_needed != 0:
            assert school_class.packs_short is None
            assert school_class.name in found.unknown


@given(needs, st.lists(equipment, max_size=20))
def test_nothing_stays_in_stock_while_a_known_need_is_not_met(
    classes_: list[ClassNeeds], pieces: list[Equipment]
) -> None:
    found = capacity(classes_, pieces, Circumstances())
    free = {
        piece.id
        for piece in {p.id: p for p in pieces}.values()
        if piece.means is Means.DEVICE and piece.pupil is None
    }
    if found.devices_short:
        assert free <= set(used(found))


@given(needs, st.lists(equipment, max_size=20))
def test_without_a_network_only_paper_counts(
    classes_: list[ClassNeeds], pieces: list[Equipment]
) -> None:
    found = capacity(classes_, pieces, Circumstances(network=False))
    assert not used(found)
    assert [school_class.packs_needed for school_class in found.classes] == [
        school_class.pupils for school_class in classes_
    ]


def test_the_stock_is_dealt_out_evenly_and_the_rest_asks_for_paper() -> None:
    classes_ = [
        ClassNeeds("CP", "CP", 20, without_device=3, without_connection=0, packs=1),
        ClassNeeds("CE1", "CE1", 20, without_device=3, without_connection=0, packs=0),
    ]
    pieces = [Equipment(1, Means.DEVICE, 7, "CP"), Equipment(2, Means.DEVICE, 7, "CP")]
    pieces += [Equipment(number, Means.DEVICE) for number in (3, 4, 5)]
    found = capacity(classes_, pieces, Circumstances())
    first, second = (school_class.devices for school_class in found.classes)
    assert first is not None
    assert second is not None
    assert (first.held, first.given, first.short) == ((1,), (3, 5), 0)
    assert (second.given, second.short) == ((4,), 2)
    assert found.verdict == "Il manque 2 appareils et 2 pochettes papier."
    assert found.tone == "bad"
    assert found.classes[0].packs_text == "aucun besoin"


@pytest.fixture
def stocked(dossier: Dossier, service: PlanService) -> Dossier:
    """Two classes of two pupils; one pupil has a loan, one tablet is free, one is broken."""
    services = Services.of(dossier)
    listed = [
        services.pupils.add_pupil(PupilInput(last_name=last, first_name="Léa", school_class=name))
        for last, name in (("Arnaud", "CP"), ("Bonnet", "CP"), ("Cros", "CE1"), ("Duval", "CE1"))
    ]
    for number, condition in (
        ("T1", Condition.GOOD),
        ("T2", Condition.GOOD),
        ("T3", Condition.BROKEN),
    ):
        device = services.devices.add_device(
            DeviceInput(asset_number=number, kind=DeviceKind.TABLET, condition=condition)
        )
        if number == "T1":
            services.loans.lend(device_id=device, borrower_id=listed[0], due_on=date(2026, 12, 18))
    return dossier


def test_the_inventory_feeds_the_check(stocked: Dossier, service: PlanService) -> None:
    row = scenario(stocked, "pandemie")
    assert scenario_capacity(stocked, row).unknown == ("CP", "CE1")
    assert scenario_capacity(stocked, row).tone == "attention"
    for school_class in classes(stocked):
        service.write_class(school_class.key, without_device=2, without_connection=0, packs=0)
    found = scenario_capacity(stocked, row)
    cp, ce1 = found.classes
    assert cp.devices is not None
    assert ce1.devices is not None
    assert (len(cp.devices.held), len(cp.devices.given), cp.devices.short) == (1, 1, 0)
    assert ce1.devices.short == 2
    service.set_circumstances("pandemie", stock=False)
    assert scenario_capacity(stocked, scenario(stocked, "pandemie")).devices_short == 3
    service.set_circumstances("pandemie", stock=True, network=False)
    assert scenario_capacity(stocked, scenario(stocked, "pandemie")).packs_short == 4


def test_what_all_families_of_a_class_have_answered_counts_until_the_head_says_otherwise(
    stocked: Dossier, service: PlanService
) -> None:
    services = Services.of(stocked)
    first, second = (pupil.id for pupil in pupils(stocked, school_class="CE1"))
    services.needs.note_need(first, ["no-device", "no-connection"])
    ce1 = classes(stocked)[1]
    assert (ce1.answered, ce1.device_need) == (1, None)
    services.needs.note_need(second, ["shared-device"])
    ce1 = classes(stocked)[1]
    assert (ce1.device_need, ce1.connection_need) == (2, 1)
    found = scenario_capacity(stocked, scenario(stocked, "pandemie")).classes[1]
    assert found.devices is not None
    assert found.devices.short == 1
    service.write_class(ce1.key, without_device=0)
    assert classes(stocked)[1].device_need == 0


def test_a_class_of_the_inventory_is_described_removed_and_put_back(
    stocked: Dossier, service: PlanService
) -> None:
    first, _ = classes(stocked)
    assert (first.name, first.id, first.pupils, first.is_listed) == ("CP", "", 2, True)
    service.write_class(first.key, teacher="Mme Aubry", tool="ENT", tool_status="register")
    service.write_class(first.key, packs=2)
    first, _ = classes(stocked)
    assert (first.teacher, first.tool_status) == ("Mme Aubry", ToolStatus.REGISTER)
    assert first.packs_text == "Prêtes pour tous"
    service.remove_class(first.key)
    assert [school_class.name for school_class in classes(stocked)] == ["CE1"]
    stocked.undo_stack.undo()
    assert [school_class.teacher for school_class in classes(stocked)] == ["Mme Aubry", ""]
    service.add_class(name="ULIS", pupils=8)
    assert classes(stocked)[-1].pupils == 8
    for refused in ({"name": "ULIS"}, {"name": " "}, {"name": "CM1", "packs": -1}):
        with pytest.raises(UserError):
            service.add_class(**refused)  # type: ignore[arg-type]


def test_describing_a_class_is_a_change_and_counting_its_pupils_is_none(
    complete: Dossier, service: PlanService
) -> None:
    Services.of(complete).pupils.add_pupil(
        PupilInput(last_name="Arnaud", first_name="Léa", school_class="CP")
    )
    service.adopt(body="conseil d’école")
    key = classes(complete)[0].key
    service.write_class(key, packs=3)
    assert not [change.text for change in changes(complete)]
    service.write_class(key, teacher="Mme Aubry")
    assert [change.text for change in changes(complete)] == ["Classe «\u202fCP\u202f» modifiée"]


def test_the_annex_and_the_card_say_what_is_lacking(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    service.add_class(
        name="CM2",
        teacher="M. Perrin",
        tool="Primot",
        tool_status="register",
        rhythm="Deux rendez-vous par semaine",
        pupils=24,
        without_device=4,
        without_connection=0,
        packs=1,
    )
    service.set_circumstances("inondation", stock=True)
    verdict = "Il manque 4 appareils et 3 pochettes papier."
    text, _ = printed(plan_annex(complete, "projet"), tmp_path)
    for expected in ("Classe par classe", "M. Perrin", "Inscrit au registre", "Deux rendez-vous"):
        assert expected in text, expected
    assert verdict in text
    assert "seul le papier compte" in text
    card, pages = printed(reflex_card(complete, "inondation"), tmp_path)
    assert pages == 1
    assert verdict in card
    frozen = content(complete).capacity("inondation")
    assert frozen is not None
    assert frozen.verdict == verdict


def test_a_school_adds_names_writes_and_removes_its_own_scenario(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    own = service.add_scenario(title="Rupture du barrage", summary="La vallée est évacuée.")
    service.edit_scenario(own, "first_hour", "Monter au stade\nCompter")
    service.edit_scenario(own, "decision", "Le préfet")
    service.set_circumstances(own, network=False)
    service.rename_scenario(own, title="Rupture du barrage de l’Orval")
    row = scenario(complete, own)
    assert (row.chosen, row.is_own, row.circumstances.network) == (True, True, False)
    assert row.scenario.title == "Rupture du barrage de l’Orval"
    service.tick(own, field="first_hour", text="Compter")
    service.end_crisis(own)
    text, pages = printed(reflex_card(complete, own), tmp_path)
    assert pages == 1
    assert "Monter au stade" in text
    service.adopt(body="conseil d’école")
    service.remove_scenario(own)
    assert [change.text for change in changes(complete)] == [
        "Scénario «\u202fRupture du barrage de l’Orval\u202f» retiré"
    ]
    with pytest.raises(UserError, match="Scénario inconnu"):
        scenario(complete, own)
    complete.undo_stack.undo()
    assert scenario(complete, own).texts["decision"] == "Le préfet"
    assert not changes(complete)
    with pytest.raises(UserError, match="pas un scénario ajouté"):
        service.remove_scenario("pandemie")
    with pytest.raises(UserError, match="besoin d’un nom"):
        service.add_scenario(title=" ")
