# SPDX-License-Identifier: GPL-3.0-or-later
"""What the settings, the assistant and the backups work out before anything is drawn."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import FIRST_DEGREE_OWNER, SECOND_DEGREE_OWNER, Level
from egn_desktop.ui.backups import last_backup_line, size_text
from egn_desktop.ui.pages.settings.school_tab import with_level_field, with_proposals
from egn_desktop.ui.welcome.files import file_name
from egn_desktop.ui.welcome.sheet import plain_group

TODAY = date(2026, 11, 24)


def test_a_uai_proposes_academie_and_calendar() -> None:
    proposed = with_proposals(Identity(), Identity(uai="0430999C"))
    assert proposed.academie == "Clermont-Ferrand"
    assert proposed.holiday_zone == "A"


def test_what_was_typed_is_never_replaced() -> None:
    typed = Identity(academie="Lyon", holiday_zone="B", risk_register_owner="Mme Aubry")
    new = with_proposals(typed, with_level_field(typed, "level:C", True))
    assert new.risk_register_owner == "Mme Aubry"
    after = with_proposals(new, Identity(uai="0430999C", academie="Lyon", holiday_zone="B"))
    assert (after.academie, after.holiday_zone) == ("Lyon", "B")


def test_a_proposal_follows_what_it_came_from() -> None:
    first = with_proposals(Identity(), Identity(uai="0430999C"))
    moved = with_proposals(
        first, Identity(uai="0750655E", academie=first.academie, holiday_zone=first.holiday_zone)
    )
    assert (moved.academie, moved.holiday_zone) == ("Paris", "C")
    school = with_proposals(Identity(), with_level_field(Identity(), "level:E", True))
    assert school.risk_register_owner == FIRST_DEGREE_OWNER
    college = with_level_field(with_level_field(school, "level:E", False), "level:C", True)
    assert with_proposals(school, college).risk_register_owner == SECOND_DEGREE_OWNER


def test_level_fields_keep_the_order_of_schooling() -> None:
    identity = Identity()
    for name, value in (("pupils:E", 120), ("level:M", True), ("classes:M", 3), ("pupils:E", None)):
        identity = with_level_field(identity, name, value)
    assert identity.levels == (LevelCount(Level.MATERNELLE, 3), LevelCount(Level.ELEMENTAIRE))
    assert with_level_field(identity, "level:M", False).levels == (LevelCount(Level.ELEMENTAIRE),)


@pytest.mark.parametrize(
    ("made_at", "when"),
    [
        ("2026-11-24T08:12", "aujourd’hui à 08:12"),
        ("2026-11-23T17:05", "hier à 17:05"),
        ("2026-11-01T17:05", "le 1er novembre 2026 à 17:05"),
    ],
)
def test_the_last_backup_in_words(made_at: str, when: str) -> None:
    last = SimpleNamespace(made_at=datetime.fromisoformat(made_at))
    assert last_backup_line([last], TODAY) == f"dernière sauvegarde vérifiée {when}"


def test_no_backup_is_said_too() -> None:
    assert last_backup_line([], TODAY) == "aucune sauvegarde pour l’instant"


def test_sizes_in_french() -> None:
    assert size_text(300) == "1\u202fko"
    assert size_text(819_200) == "819\u202fko"
    assert size_text(1_440_000) == "1,4\u202fMo"


def test_a_group_is_read_as_the_sheet_prints_it() -> None:
    assert plain_group(" o1l-8k ") == "0118K"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("École Jules-Verne", "École Jules-Verne.egn"),
        ("Collège / Lycée : A. Dumas ", "Collège Lycée A. Dumas.egn"),
        ("..", "Mon dossier.egn"),
    ],
)
def test_a_file_name_that_any_disk_takes(name: str, file: str) -> None:
    assert file_name(name) == file
    assert Path(file).name == file
