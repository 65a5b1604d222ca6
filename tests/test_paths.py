# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the profile stands: a program that runs from a stick leaves nothing on the computer."""

import sys
from pathlib import Path

import pytest

from egn_desktop import paths


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_portable_program_keeps_its_profile_beside_itself(
    is_marked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, home = tmp_path / "clé é’", tmp_path / "home"
    stick.mkdir()
    monkeypatch.delenv(paths.BASE_DIR_VARIABLE)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(stick / "egn-desktop"))
    if is_marked:
        (stick / paths.PORTABLE).touch()
    folder = paths.user_data()
    assert folder.is_dir()
    assert (folder == stick / "profil") is is_marked
    assert home.exists() is not is_marked


def test_what_moves_a_profile_counts_before_the_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / paths.PORTABLE).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "egn-desktop"))
    monkeypatch.setenv(paths.BASE_DIR_VARIABLE, str(tmp_path / "ailleurs"))
    assert paths.user_data() == tmp_path / "ailleurs"
