# SPDX-License-Identifier: GPL-3.0-or-later
"""The open file: one connection, one lock, one file left, and no plain byte."""

import getpass
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier, backup, instants
from egn_desktop.dossier.model import JournalEntry, Meta
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.services import Services

KEY = bytes(range(32))
NAME = "Maëlys Kervadec-Le Bihan"


def test_four_threads_share_the_connection_without_mixing(dossier: Dossier) -> None:
    failures: list[Exception] = []

    def work(thread: int) -> None:
        try:
            for turn in range(40):
                with dossier.write() as session:
                    session.add(Meta(key=f"{thread}.{turn}.a", value="1"))
                    session.flush()
                    session.add(Meta(key=f"{thread}.{turn}.b", value="1"))
                    if turn % 4 == 0:
                        raise LookupError
        except LookupError:
            work_rest(thread)
        except Exception as error:
            failures.append(error)

    def work_rest(thread: int) -> None:
        for turn in range(40, 80):
            with dossier.write() as session:
                session.add(Meta(key=f"{thread}.{turn}.a", value="1"))
                session.add(Meta(key=f"{thread}.{turn}.b", value="1"))
            dossier.rows(select(Meta.key).limit(5))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    keys = {row.key for row in dossier.rows(select(Meta.key))}
    assert keys == {f"{thread}.{turn}.{part}" for thread in range(4) for turn in range(40, 80)
                    for part in "ab"}  # fmt: skip


def test_the_journal_says_who_was_at_the_keyboard(dossier: Dossier) -> None:
    assert dossier.operator == getpass.getuser()
    services = Services.of(dossier)
    services.pupils.add_pupil(PupilInput("Benali", "Inès"))
    dossier.operator = "claire.morvan"
    services.pupils.add_pupil(PupilInput("Perrin", "Hugo"))
    with dossier.read() as session:
        first, second = session.scalars(select(JournalEntry).order_by(JournalEntry.id))
    assert (first.who, second.who) == (getpass.getuser(), "claire.morvan")


def test_a_refused_change_leaves_nothing(dossier: Dossier) -> None:
    heard: list[frozenset[Changed]] = []
    dossier.listen(heard.append)

    def change_and_fail() -> None:
        with dossier.write(Changed.SCHOOL) as session:
            session.add(Meta(key="half", value="done"))
            session.flush()
            dossier.record("test", "test:1", after={"half": "done"})
            raise LookupError

    with pytest.raises(LookupError):
        change_and_fail()
    assert dossier.rows(select(Meta)) == []
    assert dossier.rows(text("SELECT * FROM journal")) == []
    assert heard == []
    assert dossier.writes == 0


def test_a_use_case_within_another_is_told_once_after_the_commit(dossier: Dossier) -> None:
    heard: list[frozenset[Changed]] = []
    dossier.listen(heard.append)
    with dossier.write(Changed.SCHOOL):
        with dossier.write(Changed.LOANS) as session:
            session.add(Meta(key="inner", value="1"))
        assert heard == []
    assert heard == [{Changed.SCHOOL, Changed.LOANS}]
    assert dossier.writes == 1


def test_no_shared_memory_file_while_open_and_one_file_after(
    tmp_path: Path, write_name: Callable[[Dossier], None]
) -> None:
    folder = tmp_path / "clé usb"
    folder.mkdir()
    path = folder / "École n° 1.egn"
    with Dossier.create(path, key=KEY) as dossier:
        write_name(dossier)
    for _ in range(2):
        with Dossier.open(path, key=KEY) as dossier:
            write_name(dossier)
            present = {file.name for file in folder.iterdir()}
            assert present == {path.name, f"{path.name}-wal", f".~{path.name}.verrou"}
        assert [file.name for file in folder.iterdir()] == [path.name]


def test_no_plain_byte_in_the_file_its_log_or_its_backup(dossier: Dossier) -> None:
    services = Services.of(dossier)
    pupil = PupilInput("Kervadec-Le Bihan", "Maëlys", born_on=date(2017, 3, 9), ine="061234567AB")
    pupil_id = services.pupils.add_pupil(pupil)
    copy = backup.back_up(dossier).path
    services.pupils.change_pupil(pupil_id, usual_name="Kervadec")
    log = dossier.path.with_name(f"{dossier.path.name}-wal")
    assert log.stat().st_size > 0
    contents = [log.read_bytes(), copy.read_bytes()]
    dossier.close()
    for content in (*contents, dossier.path.read_bytes()):
        for word in ("Kervadec", "Maëlys", "061234567AB", "2017-03-09", "school", "SQLite format"):
            for encoding in ("utf-8", "utf-16-le", "cp1252"):
                assert word.encode(encoding) not in content


def test_what_was_written_is_read_after_closing(
    tmp_path: Path, write_name: Callable[[Dossier], None]
) -> None:
    path = tmp_path / "a.egn"
    with Dossier.create(path, key=KEY) as dossier:
        write_name(dossier)
        first = dossier.dossier_id
    with Dossier.open(path, key=KEY) as dossier:
        assert dossier.rows(text("SELECT name FROM school"))[0].name == NAME
        assert dossier.dossier_id == first


def test_an_up_to_date_dossier_opens_without_alembic_or_keyring(
    tmp_path: Path, python: Callable
) -> None:
    Dossier.create(tmp_path / "a.egn", key=KEY).close()
    done = python(
        "import sys\nfrom pathlib import Path\nfrom egn_desktop.dossier import Dossier\n"
        "from egn_desktop.dossier import life\n"
        "Dossier.open(Path(sys.argv[1]), key=bytes(range(32))).close()\n"
        "loaded = sorted(set(sys.modules) & {'alembic', 'keyring', 'reportlab', 'PySide6'})\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)",
        tmp_path / "a.egn",
    )
    assert done.returncode == 0, done.stderr


def test_an_instant_is_read_as_the_clock_showed_it(dossier: Dossier) -> None:
    at = datetime(2026, 7, 1, 8, 12, tzinfo=timezone(timedelta(hours=4)))
    with dossier.write():
        dossier.clock = lambda: at
        dossier.record("test", "test:1")
    with dossier.read() as session:
        (kept,) = session.scalars(select(JournalEntry.at))
    assert f"{kept:%d/%m/%Y %H:%M}" == "01/07/2026 08:12"
    assert kept == at
    assert dossier.raw.execute("SELECT at FROM journal").fetchone() == (
        "2026-07-01T04:12:00+00:00[+04:00]",
    )


@pytest.mark.tampers
def test_an_instant_of_before_is_shown_in_local_time(dossier: Dossier) -> None:
    with dossier.write() as session:
        dossier.record("test", "test:1")
        session.flush()
        session.execute(text("UPDATE journal SET at = '2026-07-01T04:12:00+00:00'"))
    with dossier.read() as session:
        (kept,) = session.scalars(select(JournalEntry.at))
    assert kept == datetime(2026, 7, 1, 4, 12, tzinfo=UTC)
    assert kept.utcoffset() == kept.replace(tzinfo=None).astimezone().utcoffset()


MOMENTS = st.builds(
    lambda moment, minutes: moment.replace(tzinfo=timezone(timedelta(minutes=minutes))),
    st.datetimes(datetime(1999, 1, 1), datetime(2101, 1, 1)),  # noqa: DTZ001 - the zone is added
    st.integers(-12 * 60, 14 * 60),
)


@given(MOMENTS, MOMENTS)
def test_instants_kept_as_text_sort_as_they_came(first: datetime, other: datetime) -> None:
    first, other = first.replace(microsecond=0), other.replace(microsecond=0)
    assert instants.read(instants.written(first)).isoformat() == first.isoformat()
    if first != other:
        assert (instants.written(first) < instants.written(other)) == (first < other)
