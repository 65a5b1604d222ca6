# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration is a school that an inspector would believe."""

from datetime import date

from sqlalchemy import text

from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import drills
from egn_desktop.plans.consistency import doubts
from egn_desktop.plans.missing import Weight
from egn_desktop.plans.queries import missing, sections, summary, version_content, versions
from egn_desktop.school.queries import calendar


def test_nothing_in_its_plan_contradicts_its_figures(demo: Dossier) -> None:
    assert not [want.what for want in missing(demo) if want.weight is Weight.QUESTIONED]
    for version in versions(demo):
        found = doubts(version_content(demo, version.number))
        assert not [missing.what for missing in found], version.number


def test_its_version_in_force_was_sent_and_annexed_on_days_that_somebody_noted(
    demo: Dossier,
) -> None:
    found = summary(demo)
    assert found.annexed is not None
    assert found.adopted_on is not None
    assert [milestone.kind.value for milestone in found.milestones] == ["team", "sent", "annexed"]
    assert found.adopted_on < found.annexed.done_on <= demo.today()


def test_nobody_drills_or_brings_back_a_device_on_a_closed_day(demo: Dossier) -> None:
    known = calendar(demo)
    days = [row.day for row in drills(demo) if row.day]
    assert len(days) >= 3
    assert [day for day in days if not known.is_open(day)] == []
    due = [row[0] for row in demo.rows(text("SELECT due_on FROM loan WHERE state = 'open'"))]
    assert len(due) > 10
    late = [day for day in due if str(day) < demo.today().isoformat()]
    coming = [day for day in due if day not in late]
    closed = [day for day in coming if not known.is_open(date.fromisoformat(str(day)))]
    assert closed == []


def test_it_keeps_no_practice_that_a_data_protection_officer_forbids(demo: Dossier) -> None:
    said = "\n".join(row.text for row in sections(demo)).lower()
    for forbidden in ("disque gardé", "cahier de texte ", "whatsapp", "adresse personnelle est"):
        assert forbidden not in said
    assert "chiffrée" in said
