# SPDX-License-Identifier: GPL-3.0-or-later
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egn_desktop import paths
from egn_desktop.settings import LabelHabit, MachineSettings, TextSize, Theme
from tests.examples import examples


def file() -> Path:
    return paths.user_data() / "reglages.toml"


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    kept = MachineSettings.load()
    assert kept.theme is Theme.SYSTEM
    kept.theme = Theme.DARK
    kept.text_size = TextSize.LARGE
    kept.window = "AdnQywADAAA="
    kept.remember(tmp_path / 'L’école "du bout" \\ 2.egn')
    assert MachineSettings.load() == kept


def test_the_columns_of_thirty_files_and_the_last_labels_are_kept() -> None:
    kept = MachineSettings()
    for number in range(35):
        kept.remember_import(f"{number}", ["last_name", "", "born_on"])
    kept.remember_import("20", ["", 'l’"é\\'])
    kept.remember_labels(LabelHabit(format_id="40", code="qr", first=7, right=-1.5, down=0.5))
    read = MachineSettings.load()
    assert read == kept
    assert list(read.imports) == [*map(str, range(5, 20)), *map(str, range(21, 35)), "20"]
    read.forget_import("20")
    read.forget_import("never")
    assert "20" not in MachineSettings.load().imports


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_written_as_toml(text: str) -> None:
    MachineSettings(window=text).save()
    assert tomllib.loads(file().read_text(encoding="utf-8"))["window"] == text


@pytest.mark.parametrize(
    "broken", [b"theme = ", b'theme = "mauve"', b"\xff\xfe", b'recent = "un"'], ids=range(4)
)
def test_a_broken_file_is_set_aside_and_the_defaults_serve(broken: bytes) -> None:
    file().write_bytes(broken)
    assert MachineSettings.load() == MachineSettings()
    assert file().with_suffix(".illisible").read_bytes() == broken
    assert not file().exists()


def test_a_setting_of_another_version_is_ignored() -> None:
    file().write_text('theme = "dark"\nfuture = 3\n')
    assert MachineSettings.load().theme is Theme.DARK


def test_the_last_files_come_first_once_and_eight_at_most(tmp_path: Path) -> None:
    kept = MachineSettings()
    for number in range(10):
        kept.remember(tmp_path / f"{number}.egn")
    kept.remember(tmp_path / "5.egn")
    names = [path.name for path in MachineSettings.load().recent_files]
    assert names == [f"{number}.egn" for number in (5, 9, 8, 7, 6, 4, 3, 2)]
    kept.forget(tmp_path / "9.egn")
    assert len(MachineSettings.load().recent_files) == 7


def test_a_name_that_is_no_text_is_left_out() -> None:
    kept = MachineSettings()
    kept.remember(Path(os.fsdecode(b"/tmp/\xff.egn")))
    assert kept.recent == []


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "file" / "profile"))
    MachineSettings.load().save()
