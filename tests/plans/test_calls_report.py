# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.exports import export_all
from egn_desktop.inventory.lending.queries.campaign import families
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.plans.offers import call_lists
from egn_desktop.plans.report.calls import call_list
from egn_desktop.plans.service import PlanService
from egn_desktop.services import Services
from tests.plans.test_plan_report import printed


@pytest.fixture
def listed(dossier: Dossier) -> Dossier:
    """Three pupils in two classes; one has a device, one waits, one has no number."""
    services = Services.of(dossier)
    mother = GuardianFields("Mme", "Roux", "Anne", phone="06 39 98 02 01")
    father = GuardianFields("M.", "Roux", "Paul", phone="06 39 98 02 02")
    silent = GuardianFields("Mme", "Blanc", "Rose", email="rose@example.org")
    holder = services.pupils.add_pupil(
        PupilInput("Roux", "Zoé", school_class="CM1", guardians=(mother, father))
    )
    waits = services.pupils.add_pupil(
        PupilInput("Blanc", "Luc", school_class="CP", guardians=(silent,))
    )
    services.pupils.add_pupil(PupilInput("Aubry", "Tom", school_class="CP"))
    device = services.devices.add_device(DeviceInput(asset_number="P1", kind=DeviceKind.LAPTOP))
    services.loans.lend(device_id=device, borrower_id=holder, due_on=date(2027, 6, 30))
    services.needs.note_need(waits, ["no-device"])
    return dossier


def test_nobody_listed_nobody_to_call(dossier: Dossier) -> None:
    assert not call_lists(dossier)


def test_each_family_is_listed_by_class_with_whom_to_call(listed: Dossier) -> None:
    found = families(listed)
    assert [(row.school_class, row.name) for row in found] == [
        ("CP", "Aubry Tom"),
        ("CP", "Blanc Luc"),
        ("CM1", "Roux Zoé"),
    ]
    assert found[2].callers == (
        ("Mme Anne Roux", "06 39 98 02 01"),
        ("M. Paul Roux", "06 39 98 02 02"),
    )
    assert [(row.has_loan, row.waits) for row in found] == [
        (False, False),
        (False, True),
        (True, False),
    ]


def test_a_list_says_what_is_known_and_leaves_room_for_the_answer(
    listed: Dossier, tmp_path: Path
) -> None:
    PlanService(listed).add_class(
        name="CM1", school_class="CM1", teacher="M. Perrin", rota="Lundi et jeudi"
    )
    assert [call_list.key for call_list in call_lists(listed)] == ["toutes", "CP", "CM1"]
    text, pages = printed(call_list(listed, "CM1"), tmp_path)
    assert pages == 1
    for expected in (
        "06 39 98 02 01",
        "M. Perrin",
        "Lundi et jeudi",
        "a un prêt",
        "à détruire",
    ):
        assert expected in text, expected
    assert "Blanc" not in text
    pdf = tmp_path / "toutes.pdf"
    pdf.write_bytes(render(call_list(listed, "toutes")))
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    first, second, *_ = done.stdout.split("\f")
    assert "aucun numéro" in first
    assert "attend" in " ".join(first.split())
    assert "Zoé" in second


def test_names_and_numbers_leave_only_when_asked_for(listed: Dossier, tmp_path: Path) -> None:
    written = [exported.path.name for exported in export_all(listed, tmp_path / "inspection")]
    assert not [name for name in written if name.startswith("listes-d-appel")]
