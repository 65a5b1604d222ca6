# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, date, datetime
from typing import Any

from egn_desktop.audit.catalogue import criteria
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.figures import facts
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import Condition, DeviceKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services

OLD, NEW = date(2019, 9, 2), date(2024, 9, 2)


def add(dossier: Dossier, how_many: int, kind: DeviceKind, **fields: Any) -> list[int]:
    services, place = Services.of(dossier), fields.get("place", "")
    return [
        services.devices.add_device(DeviceInput(f"{kind}-{place}{at}", kind, **fields))
        for at in range(how_many)
    ]


def stocked(dossier: Dossier) -> None:
    """Fill a school: 6 laptops (2 old, 1 broken), 4 tablets, 3 headsets, and what stands around."""
    SchoolService(dossier).save(
        Identity(levels=(LevelCount(Level.ELEMENTAIRE, 2, 18),), teachers=3)
    )
    add(dossier, 3, DeviceKind.LAPTOP, acquired_on=NEW, accessories=("Chargeur", "Casque audio"))
    add(dossier, 2, DeviceKind.LAPTOP, acquired_on=OLD, place="B", refurbished=True)
    add(dossier, 1, DeviceKind.LAPTOP, place="C", condition=Condition.BROKEN)
    add(dossier, 4, DeviceKind.TABLET, acquired_on=NEW)
    add(dossier, 2, DeviceKind.HEADSET)
    add(dossier, 2, DeviceKind.HOTSPOT)
    add(dossier, 1, DeviceKind.PROJECTOR)
    add(dossier, 1, DeviceKind.INTERACTIVE_SCREEN)


def test_an_empty_inventory_knows_nothing(dossier: Dossier) -> None:
    assert facts(dossier) == {}


def test_figures_count_what_works_and_say_what_they_leave_out(dossier: Dossier) -> None:
    stocked(dossier)
    found = facts(dossier)
    counts = {
        name: (fact.part, fact.whole) for name, fact in found.items() if fact.part is not None
    }
    assert counts == {
        "pupil_devices": (9, None),
        "recent_devices": (7, 9),
        "loan_stock": (9, None),
        "headsets": (5, 10),
        "hotspots": (2, None),
        "projection": (2, None),
        "broken_devices": (1, 16),
        "reused_devices": (2, 16),
    }
    assert found["mobile_pack"].answer == "oui"
    assert "faute de date\u202f: 1 appareil" in found["recent_devices"].words
    assert "1 vidéoprojecteur et 1 écran ou tableau" in found["projection"].words
    # None is listed, so nothing is said of them.
    assert "visualisers" not in found
    assert "24/11/2026" in found["last_listed"].words


def test_what_is_gone_or_removed_no_longer_counts(dossier: Dossier) -> None:
    services = Services.of(dossier)
    first, second, third = add(dossier, 3, DeviceKind.TABLET)
    pupil = services.pupils.add_pupil(PupilInput("Faure", "Lina"))
    services.loans.lend(device_id=first, borrower_id=pupil, due_on=date(2027, 7, 2))
    services.devices.remove_device(second)
    assert facts(dossier)["pupil_devices"].part == 2
    assert "dont 1 prêté en ce moment" in facts(dossier)["pupil_devices"].words
    services.devices.remove_device(third)
    assert facts(dossier)["broken_devices"].whole == 1


def test_a_mobile_pack_too_small_for_a_class_is_one_in_part(dossier: Dossier) -> None:
    add(dossier, 5, DeviceKind.TABLET)
    assert facts(dossier)["mobile_pack"].answer == ""
    SchoolService(dossier).save(Identity(levels=(LevelCount(Level.ELEMENTAIRE, 2, 50),)))
    assert facts(dossier)["mobile_pack"].answer == "en partie"
    assert "25 élèves en moyenne" in facts(dossier)["mobile_pack"].words


def test_a_mobile_pack_that_is_lent_is_left_to_the_head(dossier: Dossier) -> None:
    SchoolService(dossier).save(Identity(levels=(LevelCount(Level.ELEMENTAIRE, 2, 4),)))
    first, _ = add(dossier, 2, DeviceKind.TABLET)
    assert facts(dossier)["mobile_pack"].answer == "oui"
    services = Services.of(dossier)
    pupil = services.pupils.add_pupil(PupilInput("Faure", "Lina"))
    services.loans.lend(device_id=first, borrower_id=pupil, due_on=date(2027, 7, 2))
    assert facts(dossier)["mobile_pack"].answer == ""


def test_five_years_are_counted_on_a_leap_day_too(dossier: Dossier) -> None:
    dossier.clock = lambda: datetime(2028, 2, 29, 8, tzinfo=UTC)
    add(dossier, 1, DeviceKind.TABLET, acquired_on=date(2023, 3, 1))
    assert facts(dossier)["recent_devices"].part == 1


def test_each_criterion_names_a_fact_that_the_inventory_can_know(dossier: Dossier) -> None:
    stocked(dossier)
    add(dossier, 1, DeviceKind.VISUALISER)
    services = Services.of(dossier)
    services.needs.note_need(
        services.pupils.add_pupil(PupilInput("Faure", "Lina")), {"special-need"}
    )
    of_the_plan = {"written_plan", "tried_plan"}  # drills/known.py
    named = {criterion.known_from for criterion in criteria() if criterion.known_from}
    assert named - of_the_plan == set(facts(dossier))


def test_questionnaires_say_how_many_lack_a_device_once_all_are_filled(dossier: Dossier) -> None:
    services = Services.of(dossier)
    add(dossier, 2, DeviceKind.TABLET)
    lina, adam, zoe = (
        services.pupils.add_pupil(PupilInput("Faure", name)) for name in ("Lina", "Adam", "Zoé")
    )
    assert "surveyed_pupils" not in facts(dossier)
    services.needs.note_need(lina, {"no-device", "special-need"})
    services.needs.note_need(adam, {"shared-device"})
    assert facts(dossier)["surveyed_pupils"].part == 2
    assert facts(dossier)["adapted_equipment"].words.startswith("1 élève avec")
    assert facts(dossier)["loan_stock"].whole is None
    services.needs.note_need(zoe, set())
    assert (facts(dossier)["loan_stock"].part, facts(dossier)["loan_stock"].whole) == (2, 1)
    services.needs.note_need(lina, set())
    assert facts(dossier)["loan_stock"].answer == "sans objet"
    assert "adapted_equipment" not in facts(dossier)
