# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration school: what is told is true, the same each time, and can be printed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import MetaData, select

from egn_desktop import features
from egn_desktop.actions.queries import summary as actions_summary
from egn_desktop.audit.queries import summary as audit_summary
from egn_desktop.demo import PASSPHRASE, create_demonstration
from egn_desktop.demo.diary import school_day, tell
from egn_desktop.demo.lending import LATE_SINCE, OPEN_LOANS
from egn_desktop.demo.staff import LOANS as STAFF_LOANS
from egn_desktop.dossier import Dossier, journal
from egn_desktop.dossier.life import open_dossier
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.drills.queries import summary as drill_summary
from egn_desktop.exports import available, pdf_bytes
from egn_desktop.inventory.people.queries.leavers import leaver_summary
from egn_desktop.inventory.people.queries.pupils import pupils, school_classes
from egn_desktop.inventory.people.queries.staff import staff_members
from egn_desktop.inventory.register.loans import loan_summary
from egn_desktop.inventory.register.terms import Acquisition, DeviceState, Retirement
from egn_desktop.inventory.stock.queries.devices import devices, stock
from egn_desktop.plans.queries import summary as plan_summary
from egn_desktop.school.queries import identity
from egn_desktop.todo import Todo, Urgency

TODAY = date(2026, 11, 24)
KEY = bytes(range(32))


def built(path: Path, today: date) -> Dossier:
    made = create_demonstration(path, key=KEY, today=today)
    made.clock = lambda: datetime.combine(today, time(8, 12), UTC)
    return made


def dump(dossier: Dossier) -> dict[str, list[tuple[object, ...]]]:
    """Return every row but the names of states, which are drawn at random."""
    tables = MetaData()
    tables.reflect(dossier.engine)
    with dossier.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in tables.sorted_tables
            if table.name not in ("meta", "state", "writes")
        }


def test_the_same_day_tells_the_same_story(demo: Dossier, tmp_path: Path) -> None:
    with built(tmp_path / "again.egn", TODAY) as again:
        first, second = dump(demo), dump(again)
    assert set(first) == set(second)
    for name in first:
        assert first[name] == second[name], name


def test_the_school_is_as_large_as_it_says(demo: Dossier) -> None:
    school = identity(demo)
    assert (school.pupils, school.classes) == (190, 8)
    assert len(pupils(demo)) == 190
    assert len(school_classes(demo)) == 8
    borrowed = {row.name: row.open_loans for row in staff_members(demo)}
    assert len(borrowed) == 10
    assert (borrowed["Vidal Élodie"], borrowed["Colin Mehdi"]) == (1, 1)
    found = stock(demo)
    assert found.total + found.retired == 60
    assert found.lent == OPEN_LOANS + len(STAFF_LOANS)
    assert (found.in_repair, found.lost, found.retired, found.reserved) == (3, 1, 2, 1)
    (waits,) = devices(demo, state=DeviceState.RESERVED)
    assert waits.reserved_name
    given = next(row for row in devices(demo) if row.acquired_by is Acquisition.DONATED)
    assert given.refurbished
    assert given.warranty_until is not None
    assert {row.retired_as for row in devices(demo, state=DeviceState.RETIRED)} == {
        Retirement.RECYCLED,
        Retirement.DONATED,
    }


def test_there_is_something_to_do_on_every_page(demo: Dossier) -> None:
    loans = loan_summary(demo)
    assert (loans.open, loans.late, loans.oldest_late_days) == (
        OPEN_LOANS + len(STAFF_LOANS),
        len(LATE_SINCE),
        max(LATE_SINCE),
    )
    assert loans.this_week >= 3
    left = leaver_summary(demo)
    assert (left.with_device, left.with_nothing) == (1, 0)
    audit = audit_summary(demo)
    assert audit is not None
    assert not audit.closed
    assert 0 < audit.total - audit.answered < 10
    assert audit.low < audit.high
    assert audit.gaps > 5
    plan = plan_summary(demo)
    assert plan.version == 2
    assert plan.changes_since
    drills = drill_summary(demo)
    assert drills.last is not None
    assert drills.next is not None
    assert actions_summary(demo).late == 1


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2026, 8, 15), date(2028, 2, 29)])
def test_each_thing_to_do_makes_sense_on_any_day(today: date, tmp_path: Path) -> None:
    with built(tmp_path / "demo.egn", today) as made:
        make_sense(todos(made))


def test_each_thing_to_do_makes_sense(demo: Dossier) -> None:
    make_sense(todos(demo))


def make_sense(found: list[Todo]) -> None:
    pages = {feature.id for feature in features.FEATURES}
    assert {todo.page for todo in found} <= pages
    assert all(todo.text and todo.action and todo.tag for todo in found)
    assert not any(todo.urgency is Urgency.START for todo in found)
    assert sum(todo.urgency is Urgency.LATE for todo in found) == 3
    assert {"audit", "loans", "drills"} <= {todo.page for todo in found}


def todos(dossier: Dossier) -> list[Todo]:
    asked = [features.resolve(name) for feature in features.FEATURES for name in feature.todos]
    return [todo for ask in asked for todo in ask(dossier)]


def test_the_journal_is_whole_and_bears_true_days_in_order(demo: Dossier) -> None:
    with demo.read() as session:
        assert first_broken_link(demo) is None
        days = [row.at for row in session.scalars(select(journal.JournalEntry))]
    assert days == sorted(days)
    assert days[0].date() < date(2024, 9, 10)
    assert days[-1].date() <= TODAY
    assert len({day.date() for day in days}) > 60
    assert all(day.weekday() < 5 for day in days)


def test_every_document_prints_and_reads_back(demo: Dossier) -> None:
    printed = set()
    for offer in available():
        if not offer.together:
            continue
        subjects = offer.subjects(demo)
        assert subjects, f"{offer.id} has nothing to print"
        for subject in (subjects[0], subjects[-1]):
            content = pdf_bytes(demo, offer.id, subject.key)
            with pikepdf.open(BytesIO(content)) as pdf:
                assert bool(pdf.Root.MarkInfo.Marked), offer.id
                assert str(pdf.Root.Lang) == "fr-FR"
                assert pdf.check_pdf_syntax() == []
        printed.add(offer.id)
    assert {"convention-de-pret", "registre-des-prets", "compte-rendu-exercice"} <= printed


def test_the_command_says_how_to_open_it_again_without_a_keyring(tmp_path: Path) -> None:
    file = tmp_path / "demo.egn"
    done = subprocess.run(
        [sys.executable, "-m", "egn_desktop", "demo", str(file)],
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/no-bus"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert PASSPHRASE in done.stdout
    with open_dossier(file, secret=PASSPHRASE) as again:
        assert identity(again).name == "École Jules-Verne"


# The foot of the first bears the hash of the whole journal; the second tells hours.
PRINTS = """
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from egn_desktop.app import main
from egn_desktop.dossier.life import open_dossier
from egn_desktop.demo import PASSPHRASE
from egn_desktop.exports import pdf_bytes
file = Path(sys.argv[1])
file.exists() or main(["demo", str(file), "--on", "2026-11-30"])
with open_dossier(file, secret=PASSPHRASE) as again:
    again.clock = lambda: datetime(2026, 11, 30, 12, tzinfo=UTC)
    for document in ("registre-des-prets", "journal-de-crise"):
        print(sha256(pdf_bytes(again, document)).hexdigest())
"""


def test_the_same_day_prints_the_same_bytes_whatever_the_computer(tmp_path: Path) -> None:
    printed: list[list[str]] = []
    for name, zone, language in (
        ("made.egn", "Europe/Paris", "fr_FR.UTF-8"),
        ("carried.egn", "Pacific/Tahiti", "C"),
        ("made.egn", "Indian/Reunion", "C"),
    ):
        environment = {
            **os.environ,
            "DBUS_SESSION_BUS_ADDRESS": "unix:path=/no-bus",
            "EGN_DESKTOP_HOME": str(tmp_path),
            "LC_ALL": language,
            "PYTHONHASHSEED": str(len(printed)),
            "TZ": zone,
        }
        done = subprocess.run(
            [sys.executable, "-c", PRINTS, str(tmp_path / name)],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        printed.append(done.stdout.splitlines()[-2:])
    assert printed[0] == printed[1] == printed[2]


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 22), date(2026, 11, 20)),
        (date(2026, 8, 12), date(2026, 7, 3)),
        (date(2027, 1, 2), date(2026, 12, 18)),
    ],
)
def test_a_school_day_is_no_holiday(day: date, moved: date) -> None:
    assert school_day(day) == moved


def test_stories_are_told_in_the_order_of_their_days(dossier: Dossier) -> None:
    told: list[tuple[str, date]] = []

    def story(name: str, *days: date) -> Iterator[date]:
        for day in days:
            yield day
            told.append((name, dossier.today()))

    first, second, third = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7)
    tell(dossier, [story("a", second, first, third), story("b", first, date(2027, 1, 1))], third)
    assert told == [("b", first), ("a", second), ("a", second), ("a", third)]
    assert dossier.today() == TODAY
