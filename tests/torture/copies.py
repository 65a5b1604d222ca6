# SPDX-License-Identifier: GPL-3.0-or-later
"""Two copies of one dossier that diverge in every order, then are joined.

``python -m tests.torture.copies [ROUNDS]`` runs the long form; the suite runs a short one.
"""

import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from egn_desktop import joining
from egn_desktop.audit.answers import Choice
from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.copies import Kind, Relation
from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.ids import told_apart
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.reminders import Channel
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    IncidentFields,
    PupilInput,
)
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    IncidentKind,
    IncidentOutcome,
)
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.services import Services

KEY = bytes(range(32))
BASE = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
Step = tuple[int, int, int, int]
"""Which copy, which act, and two numbers that choose what it is about."""


class Clock:
    """A clock that goes on by itself, so that no two writes are of one second."""

    def __init__(self, start: datetime) -> None:
        self._at = start

    def __call__(self) -> datetime:
        self._at += timedelta(seconds=7)
        return self._at


def one_of(ids: Sequence[Any], number: int) -> Any:
    return ids[number % len(ids)] if ids else 0


def ids(dossier: Dossier, table: str) -> list[int]:
    with dossier.locked:
        return [row[0] for row in dossier.raw.execute(f"SELECT id FROM {table} ORDER BY id")]


def lend(s: Services, x: int, y: int) -> None:
    s.loans.lend(
        device_id=one_of(ids(s.dossier, "device"), x),
        borrower_id=one_of(ids(s.dossier, "borrower"), y),
    )


def give_back(s: Services, x: int, y: int) -> None:
    condition = Condition.BROKEN if y % 3 == 0 else Condition.GOOD
    s.loans.return_device(one_of(ids(s.dossier, "loan"), x), condition=condition)


def renew(s: Services, x: int, y: int) -> None:
    due = date(2027, 7, 1) + timedelta(days=y % 20)
    s.loans.renew(one_of(ids(s.dossier, "loan"), x), due_on=due)


def lose(s: Services, x: int, y: int) -> None:
    s.loans.declare_missing(one_of(ids(s.dossier, "loan"), x), stolen=bool(y % 2))


def add_pupil(s: Services, x: int, y: int) -> None:
    s.pupils.add_pupil(
        PupilInput(last_name=f"Nouveau{x % 9}", first_name="Zoé", school_class=f"CM{y % 2 + 1}")
    )


def change_pupil(s: Services, x: int, y: int) -> None:
    pupil = one_of(ids(s.dossier, "borrower"), x)
    s.pupils.change_pupil(pupil, school_class=f"CE{y % 4}")


def remove_pupil(s: Services, x: int, _: int) -> None:
    s.pupils.remove_pupil(one_of(ids(s.dossier, "borrower"), x))


def erase_pupil(s: Services, x: int, _: int) -> None:
    s.privacy.erase_pupil(one_of(ids(s.dossier, "borrower"), x))


def add_device(s: Services, x: int, y: int) -> None:
    number = f"PC-{100 + x % 12}"
    s.devices.add_device(
        DeviceInput(number, DeviceKind.TABLET, notes=f"n{y % 3}", accessories=("chargeur",))
    )


def change_device(s: Services, x: int, y: int) -> None:
    device = one_of(ids(s.dossier, "device"), x)
    if y % 4 == 0:
        s.devices.change_device(device, accessories=("chargeur", f"housse {y % 3}"))
    else:
        s.devices.change_device(device, place=f"Salle {y % 5}")


def remove_device(s: Services, x: int, _: int) -> None:
    s.devices.remove_device(one_of(ids(s.dossier, "device"), x))


def note_incident(s: Services, x: int, y: int) -> None:
    given = IncidentFields(
        kind=IncidentKind.BREAKAGE, happened_on=s.dossier.today(), description=f"Écran {y % 4}"
    )
    s.incidents.add_incident(one_of(ids(s.dossier, "device"), x), given)


def close_incident(s: Services, x: int, _: int) -> None:
    s.incidents.close_incident(one_of(ids(s.dossier, "incident"), x), IncidentOutcome.REPAIRED)


def remind(s: Services, x: int, y: int) -> None:
    s.reminders.record_reminders([one_of(ids(s.dossier, "loan"), x)], one_of(list(Channel), y))


def add_guardian(s: Services, x: int, y: int) -> None:
    s.pupils.add_guardian(
        one_of(ids(s.dossier, "borrower"), x), GuardianFields(last_name=f"Parent{y % 5}")
    )


def add_action(s: Services, x: int, y: int) -> None:
    s.actions.add(title=f"Action {x % 7}", responsible=f"M. {y % 3}")


def close_action(s: Services, x: int, _: int) -> None:
    s.actions.close(one_of(ids(s.dossier, "action"), x))


def undo(s: Services, _x: int, _y: int) -> None:
    s.dossier.undo_stack.undo()


def redo(s: Services, _x: int, _y: int) -> None:
    s.dossier.undo_stack.redo()


def write_section(s: Services, x: int, y: int) -> None:
    s.plans.write_section(one_of(SECTIONS, x), f"Texte {y % 5}")


def add_risk(s: Services, x: int, y: int) -> None:
    line = s.plans.add_risk(title=f"Risque {x % 5}")
    if y % 2:
        s.plans.plan_measure(line, title=f"Mesure {y % 3}")


def answer(s: Services, x: int, y: int) -> None:
    started = ids(s.dossier, "audit_campaign")
    campaign = started[0] if started else s.audit.start()
    s.audit.answer(campaign, one_of(QUESTIONS, x), one_of(list(Choice), y))


def close_days(s: Services, x: int, _: int) -> None:
    day = date(2027, 1, 4) + timedelta(days=x % 20)
    s.school.close(day, day, "Pont")


ACTS: tuple[Callable[[Services, int, int], object], ...] = (
    lend, lend, give_back, give_back, renew, lose, add_pupil, change_pupil, remove_pupil,
    erase_pupil, add_device, change_device, remove_device, note_incident, close_incident, remind,
    add_guardian, add_action, close_action, undo, redo, write_section, add_risk, answer,
    close_days,
)  # fmt: skip
SECTIONS = ("objet", "activites", "ressources", "eleves-familles")
QUESTIONS = ("acc-03", "acc-05", "cmp-04")


def make_base(path: Path) -> None:
    """A small school with loans under way, some of them late."""
    with Dossier.create(path, key=KEY, clock=Clock(BASE - timedelta(days=300))) as made:
        s = Services.of(made)
        s.school.save(Identity(name="École", levels=(LevelCount(Level.ELEMENTAIRE, 4, 90),)))
        for number in range(6):
            device = DeviceInput(f"PC-{number:03}", DeviceKind.LAPTOP, accessories=("chargeur",))
            s.devices.add_device(device)
            s.pupils.add_pupil(PupilInput(f"Nom{number}", "Léa", school_class="CM1"))
        for number in (1, 2, 3):
            s.loans.lend(device_id=number, borrower_id=number)
        add_guardian(s, 0, 0)
        add_action(s, 0, 0)
        add_risk(s, 0, 1)
        note_incident(s, 4, 0)


def do(path: Path, steps: Sequence[Step], clock: Clock) -> int:
    """Have the real services do all that they do not refuse, and return how much that was."""
    done = 0
    with Dossier.open(path, key=KEY, clock=clock) as opened:
        s = Services.of(opened)
        for _, act, x, y in steps:
            try:
                ACTS[act % len(ACTS)](s, x, y)
                done += 1
            except UserError:
                pass
    return done


def sit_at(folder: Path, computer: str) -> None:
    """Go to one of two computers: what this one remembers, the other has never seen."""
    os.environ["EGN_DESKTOP_HOME"] = str(folder / computer)


def described(dossier: Dossier, sql: str) -> Counter[tuple[Any, ...]]:
    """Return what a file holds in words of its own, without any number of the file's."""
    with dossier.locked:
        return Counter(tuple(row) for row in dossier.raw.execute(sql))


# What is looked for in each copy, without help from what joins them.
LOANS = """
    SELECT coalesce(nullif(device.asset_number, ''), device.serial_number), borrower.last_name,
        loan.created_at, loan.state, loan.due_on, loan.ended_on, loan.condition_in
    FROM loan JOIN device ON device.id = device_id JOIN borrower ON borrower.id = borrower_id
"""
DESCRIBED = {
    "loan": LOANS,
    "borrower": "SELECT last_name, school_class, created_at, deleted_at FROM borrower "
    "WHERE erased_at IS NULL",
    "device": "SELECT asset_number, place, notes, deleted_at FROM device",
    "incident": "SELECT asset_number, description, incident.created_at, closed_on FROM incident "
    "JOIN device ON device.id = device_id WHERE incident.deleted_at IS NULL",
    "action": "SELECT title, state, created_at FROM action",
    "risk_line": "SELECT title, deleted_at FROM risk_line",
    "plan_section": "SELECT section, text FROM plan_section",
    "calendar_correction": "SELECT first_day FROM calendar_correction",
    "reminder": "SELECT reminder.created_at, channel, loan.created_at FROM reminder "
    "JOIN loan ON loan.id = loan_id",
}


def whole(dossier: Dossier) -> dict[tuple[str, Any], Any]:
    """Return all that a file holds of what its user knows."""
    subjects = joining.subjects()
    with dossier.locked:
        book = Book(dossier.raw, subjects)
        return {
            (subject.table, key): told_apart(subjects, thing)
            for subject in subjects.all
            for key in book.keys(subject.table)
            if (thing := book.thing(subject, key)) is not None
        }


def check(folder: Path, base: Path, steps: Sequence[Step]) -> dict[str, int]:
    """Let two copies diverge, join them, and hold the result against what each held."""
    here, there = folder / "a.egn", folder / "b.egn"
    shutil.copy(base, here)
    shutil.copy(base, there)
    clock_here, clock_there = Clock(BASE), Clock(BASE + timedelta(seconds=3))
    sit_at(folder, "A")
    do(here, [step for step in steps if not step[0] % 2], clock_here)
    sit_at(folder, "B")
    do(there, [step for step in steps if step[0] % 2], clock_there)
    with Dossier.open(base, key=KEY, clock=Clock(BASE)) as opened:
        was = {name: described(opened, sql) for name, sql in DESCRIBED.items()}
    with Dossier.open(there, key=KEY, clock=clock_there) as opened:
        theirs = {name: described(opened, sql) for name, sql in DESCRIBED.items()}
    sit_at(folder, "A")
    with Dossier.open(here, key=KEY, clock=clock_here) as opened:
        mine = {name: described(opened, sql) for name, sql in DESCRIBED.items()}
        before = whole(opened)
        with joining.side_by_side(opened, there) as found:
            comparison = found.comparison
            taken = comparison.settled(comparison.proposed)
            assert comparison.relation in Relation
            if comparison.lines:
                outcome = found.join(comparison.proposed)
                assert outcome.before.path.is_file()
                assert outcome.other.path.is_file()
        after = whole(opened)
        is_erased = any(line.kind is Kind.ERASURE for line in comparison.lines)
        replaced = {
            (line.subject.table, line.key_here) for line in comparison.lines if line.id in taken
        }
        if not is_erased:
            for thing, told in before.items():
                if thing not in replaced:
                    assert after.get(thing) == told, f"this copy's own {thing} changed"
        if not is_erased and all(line.id in taken for line in comparison.lines):
            now = {name: described(opened, sql) for name, sql in DESCRIBED.items()}
            for name, rows in theirs.items():
                only_there = rows - was[name]
                missing = only_there - now[name]
                assert not missing, f"{name}: only there, and not joined: {missing}"
                assert not (mine[name] - was[name]) - now[name], f"{name}: lost"
        assert not opened.raw.execute("PRAGMA foreign_key_check").fetchall()
        report = looked_over(opened)
        assert report.ok, report.lines
        with joining.side_by_side(opened, there) as found:
            again = found.comparison
            assert again.relation in (Relation.AHEAD, Relation.EQUAL), again.relation
            assert not again.lines
            if comparison.lines:
                found.join(again.proposed)
        assert whole(opened) == after, "joining twice changed something"
    sit_at(folder, "B")
    with (
        Dossier.open(there, key=KEY, clock=clock_there) as opened,
        joining.side_by_side(opened, here) as found,
    ):
        assert found.comparison.relation in (Relation.BEHIND, Relation.EQUAL)
    return Counter(line.kind.value for line in comparison.lines)


def main(rounds: int) -> int:
    """Run the long form, and print what was met."""
    chance = random.Random(rounds)
    met: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        os.environ["EGN_DESKTOP_HOME"] = str(Path(place) / "profile")
        base = Path(place) / "base.egn"
        make_base(base)
        for number in range(rounds):
            folder = Path(place) / str(number)
            folder.mkdir()
            steps = [
                (
                    chance.randrange(2),
                    chance.randrange(100),
                    chance.randrange(40),
                    chance.randrange(40),
                )
                for _ in range(chance.randrange(1, 40))
            ]
            try:
                met.update(check(folder, base, steps))
            except BaseException:
                print(f"round {number}: {steps}", file=sys.stderr)
                raise
            shutil.rmtree(folder)
            shutil.rmtree(Path(place) / "profile" / "sauvegardes", ignore_errors=True)
    print(f"{rounds} rounds joined, {dict(met)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
