# SPDX-License-Identifier: GPL-3.0-or-later
"""What a place refuses, each with its own words, and how SQLite is told of it."""

import errno
from pathlib import Path, PureWindowsPath

import pytest

from egn_desktop.dossier import Dossier, places
from egn_desktop.dossier import errors as wrong

KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EIO, wrong.PlaceLostError),
        (errno.ENOTCONN, wrong.PlaceLostError),
        (errno.ESTALE, wrong.PlaceLostError),
        (errno.ENODEV, wrong.PlaceLostError),
        (errno.EROFS, wrong.ReadOnlyPlaceError),
        (errno.ENOSPC, wrong.DiskFullError),
        (errno.EDQUOT, wrong.DiskFullError),
        (errno.ENAMETOOLONG, wrong.NameRefusedError),
        (errno.ENOENT, wrong.MissingDossierError),
    ],
)
def test_each_refusal_of_the_system_has_its_own_words(
    number: int, kind: type[Exception], tmp_path: Path
) -> None:
    assert type(places.in_words(OSError(number, "x"), tmp_path / "a.egn")) is kind


def test_what_may_not_be_read_is_told_apart_from_what_may_not_be_written(tmp_path: Path) -> None:
    error = OSError(errno.EACCES, "x")
    assert type(places.in_words(error, tmp_path)) is wrong.ReadOnlyPlaceError
    assert type(places.in_words(error, tmp_path / "nowhere")) is wrong.UnreadableError


@pytest.mark.parametrize(
    "name",
    [
        *("con.egn", "AUX.egn", "com1.egn", "LPT9", "nul .egn"),
        *("a:b.egn", "a?.egn", "a\tb.egn", "fin.", "fin "),
    ],
)
def test_a_name_that_some_system_cannot_bear_is_refused_by_its_reason(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(wrong.NameRefusedError) as told:
        Dossier.create(tmp_path / name, key=KEY)
    assert places.name_problem(name) in told.value.what
    assert not list(tmp_path.iterdir())


def test_a_name_too_long_for_its_neighbours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(wrong.NameRefusedError, match="trop long"):
        Dossier.create(tmp_path / ("é" * 124 + ".egn"), key=KEY)


@pytest.mark.parametrize(
    "name", ["École n° 1.egn", "l’année 50 %.egn", "console.egn", "a#b&c.egn", "communes.egn"]
)
def test_names_that_schools_give_are_borne(name: str, tmp_path: Path) -> None:
    Dossier.create(tmp_path / name, key=KEY).close()
    Dossier.open(tmp_path / name, key=KEY).close()


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (r"S:\école\a.egn", "file:///S:/%C3%A9cole/a.egn?mode=rw"),
        (r"\\srv-ecole\direction\a.egn", "file:////srv-ecole/direction/a.egn?mode=rw"),
    ],
)
def test_a_mapped_drive_and_a_share_keep_their_names_for_sqlite(path: str, uri: str) -> None:
    class Windows(PureWindowsPath):
        def absolute(self) -> "Windows":
            return self

    assert places.uri_of(Windows(path), "mode=rw") == uri


@pytest.mark.parametrize("number", [53, 59, 64, 1167])
def test_windows_own_words_for_a_share_that_is_gone(number: int, tmp_path: Path) -> None:
    error = OSError(22, "x")
    error.winerror = number
    assert type(places.in_words(error, tmp_path / "a.egn")) is wrong.PlaceLostError


def test_this_disk_is_no_share(tmp_path: Path) -> None:
    assert not places.is_shared(tmp_path / "a.egn")


def test_a_quota_that_is_used_up_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure of the place tells it, and SQLite only says that it failed."""

    def refuse(_: Path) -> None:
        raise OSError(errno.EDQUOT, "x")

    path = tmp_path / "a.egn"
    Dossier.create(path, key=KEY).close()
    assert places.trouble(path) is None
    assert [file.name for file in tmp_path.glob("*.egn")] == ["a.egn"]
    assert not list(tmp_path.glob(".~*"))
    monkeypatch.setattr(places, "_write_beside", refuse)
    assert type(places.trouble(path)) is wrong.DiskFullError
