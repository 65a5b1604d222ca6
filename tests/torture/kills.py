# SPDX-License-Identifier: GPL-3.0-or-later
"""Kill a process at random instants while it works through the real services.

Before each commit the driver notes the name of the state that it leads to and a digest of all that
the dossier then holds; after each use case that returned, that it did. So the file that is left
must stand at one of the noted states, with that content and no other, and not before the last that
was acknowledged.
"""

import os
import random
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from egn_desktop.audit import answers
from egn_desktop.audit.queries.audits import current_frame
from egn_desktop.dossier import Dossier, backup, life, open_file, state
from egn_desktop.dossier.compaction import compact
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.model import Borrower, Device, Incident, Loan
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind, IncidentKind, IncidentOutcome
from egn_desktop.plans import catalogue
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.services import Services
from tests.torture.rack import (
    KEY,
    SideLog,
    Tally,
    fork,
    kill,
    lines_of,
    main,
    picture,
    workshop,
)

PUPILS, DEVICES = 12, 12
# A dossier grows from round to round; after so many it starts anew.
RENEWED_AFTER = 60
LONGEST_LIFE_S = 0.4
# How many are killed at work; the others may still be opening the file.
WORKING = 0.8


def make(path: Path) -> None:
    """Make a small school to work on."""
    with Dossier.create(path, key=KEY) as dossier:
        services = Services.of(dossier)
        services.school.save(
            Identity(name="École du Bourg", levels=(LevelCount(Level.ELEMENTAIRE, 5, 120),))
        )
        for number in range(PUPILS):
            services.pupils.add_pupil(PupilInput(f"NOM{number}", "Zoé", school_class="CM1"))
        for number in range(DEVICES):
            services.devices.add_device(DeviceInput(f"PC-{number:03}", DeviceKind.LAPTOP))
        services.audit.start()


class Driver:
    """Works through the services until it is killed."""

    def __init__(self, path: Path, notes: SideLog, chance: random.Random) -> None:
        self._path = path
        self._notes = notes
        self._chance = chance
        self._open()

    def _open(self) -> None:
        self._dossier = Dossier.open(self._path, key=KEY)
        self._services = Services.of(self._dossier)
        self._watch_commits()

    def _watch_commits(self) -> None:
        file, check = self._dossier._file, self._dossier._file.check

        def noted() -> None:
            check()
            if self._dossier.raw.in_transaction:
                present = state.standing(self._dossier.raw)
                self._notes.note("led", present.number, present.token, picture(self._dossier))

        file.check = noted

    @property
    def chores(self) -> list[tuple[Callable[[], None], int]]:
        """The use cases, and how often each is drawn."""
        return [
            (self.lend, 6),
            (self.give_back, 5),
            (self.renew, 3),
            (self.break_something, 3),
            (self.mend, 3),
            (self.answer, 4),
            (self.add_pupil, 3),
            (self.write_plan, 4),
            (self.erase, 1),
            (self.upkeep, 3),
            (self.rewrite, 1),
            (self.back_up, 1),
            (self.reopen, 1),
        ]

    def work(self) -> None:
        """Do one use case after the other."""
        kinds, weights = zip(*self.chores, strict=True)
        while True:
            (chore,) = self._chance.choices(kinds, weights)
            self.do(chore)

    def warm_up(self) -> None:
        """Do each use case once, so that the drivers forked afterwards load nothing more."""
        for chore, _ in self.chores:
            self.do(chore)
        self._dossier.close()

    def do(self, chore: Callable[[], None]) -> None:
        """Do one use case, and note when it returned."""
        self._notes.note("doing", chore.__name__)
        try:
            chore()
        except UserError as error:
            if type(error) is not UserError:  # not a rule of the inventory: the file's own
                raise
        self._notes.note("did", self._dossier.state().number, chore.__name__)

    def lend(self) -> None:
        self._services.loans.lend(device_id=self._any(Device), borrower_id=self._any(Borrower))

    def give_back(self) -> None:
        self._services.loans.return_device(self._any(Loan))

    def renew(self) -> None:
        due = self._dossier.today() + timedelta(days=self._chance.randrange(1, 200))
        self._services.loans.renew(self._any(Loan), due_on=due)

    def break_something(self) -> None:
        given = IncidentFields(IncidentKind.BREAKAGE, self._dossier.today(), "écran " * 40)
        self._services.incidents.add_incident(self._any(Device), given)

    def mend(self) -> None:
        self._services.incidents.close_incident(self._any(Incident), IncidentOutcome.REPAIRED)

    def answer(self) -> None:
        question = self._chance.choice(current_frame(self._dossier).questions)
        note = "vu avec la mairie " * self._chance.randrange(1, 20)
        self._services.audit.answer_many(1, {question.key: answers.unknown(note)})

    def add_pupil(self) -> None:
        pupil = PupilInput(f"NOM{self._chance.randrange(10**6)}", "Léo", school_class="CM2")
        self._services.pupils.add_pupil(pupil)

    def write_plan(self) -> None:
        section = self._chance.choice(list(catalogue.sections()))
        text = f"{self._chance.random()} " * self._chance.choice((3, 100, 1000))
        self._services.plans.write_section(section.id, text)

    def erase(self) -> None:
        self._services.privacy.erase_pupil(self._any(Borrower))

    def upkeep(self) -> None:
        self._dossier.upkeep()

    def rewrite(self) -> None:
        compact(self._dossier)

    def back_up(self) -> None:
        backup.back_up(self._dossier)

    def reopen(self) -> None:
        life.close_dossier(self._dossier)
        self._open()

    def _any(self, kind: type) -> int:
        with self._dossier.read() as session:
            ids = session.scalars(select(kind.__table__.c.id)).all()
        return self._chance.choice(ids) if ids else 0


def torture(rounds: int, chance: random.Random) -> Tally:
    """Kill so many drivers, and look at what each left."""
    tally = Tally()
    open_file.IDLE_SECONDS = 0.0  # each upkeep folds
    with workshop() as folder:
        seed = folder / "neuf.egn"
        make(seed)
        path, side = folder / "a.egn", folder / "notes"
        Driver(Path(shutil.copy(seed, path)), SideLog(folder / "essai"), chance).warm_up()
        known: dict[str, str] = {}
        for number in range(rounds):
            if number % RENEWED_AFTER == 0:
                shutil.copy(seed, path)
                shutil.rmtree(os.environ["EGN_DESKTOP_HOME"], ignore_errors=True)
                with Dossier.open(path, key=KEY) as dossier, dossier.locked:
                    present = dossier.state()
                    known = {present.token: picture(dossier)}
                    last = present.number
            side.unlink(missing_ok=True)
            drawn = chance.random()
            child = fork(
                lambda drawn=drawn: Driver(path, SideLog(side), random.Random(drawn)).work()
            )
            if chance.random() < WORKING:
                wait_for_work(side)
            time.sleep(chance.uniform(0.0, LONGEST_LIFE_S))
            kill(child)
            last = look(path, lines_of(side), known, last, tally, number)
    return tally


def wait_for_work(side: Path) -> None:
    """Return when the driver has begun its first use case."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not (side.exists() and side.stat().st_size):
        time.sleep(0.002)


def look(
    path: Path, notes: list[list[str]], known: dict[str, str], last: int, tally: Tally, number: int
) -> int:
    """Hold what a kill left against what the driver noted; return where the dossier stands."""
    doing = "opening"
    for what, *words in notes:
        if what == "led":
            known[words[1]] = words[2]
        elif what == "did":
            if words[1] not in ("upkeep", "back_up", "reopen"):
                tally.counts["use cases acknowledged"] += int(words[0]) > last
            last, doing = int(words[0]), "between two"
        elif what == "doing":
            doing = words[0]
    tally.counts[f"killed: {doing}"] += 1
    if (path.with_name(f"{path.name}-wal")).exists():
        tally.counts["left a log"] += (path.with_name(f"{path.name}-wal")).stat().st_size > 0
    try:
        with Dossier.open(path, key=KEY) as dossier, dossier.locked:
            present = dossier.state()
            tally.expect(present.number >= last, f"{number}: {last - present.number} lost, {doing}")
            tally.expect(
                known.get(present.token) == picture(dossier), f"{number}: half done, {doing}"
            )
            tally.expect(verify(dossier).ok, f"{number}: not sound, {doing}")
            tally.expect(not dossier.remarks, f"{number}: {dossier.remarks}")
            return present.number
    except Exception as error:
        tally.failures.append(f"{number}: does not open after {doing}: {error!r}")
        return last


if __name__ == "__main__":
    main("kills", torture, 1000)
