# SPDX-License-Identifier: GPL-3.0-or-later
"""Read, work, write: while something is made of a dossier, its lock is free."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from egn_desktop import exports
from egn_desktop.changes import Changed
from egn_desktop.documents import render
from egn_desktop.dossier import Dossier, backup, connection
from egn_desktop.dossier.apart import read_work_write
from egn_desktop.dossier.errors import WrittenMeanwhileError
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.people import matching
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.plans.queries import version_pdf, versions
from egn_desktop.school.queries import Identity, identity
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services


@pytest.fixture
def school(demonstration: Path, tmp_path: Path, demo: Dossier) -> Iterator[Dossier]:
    """A copy of the demonstration school that a test may write to."""
    path = Path(shutil.copy(demonstration, tmp_path / "ecole.egn"))
    with Dossier.open(path, key=demo.key, clock=demo.clock) as opened:
        yield opened


def elsewhere(act: Callable[[], object]) -> None:
    """Do something on another thread, as the window's does, and wait for it."""
    done = threading.Thread(target=act)
    done.start()
    done.join()


def is_free(dossier: Dossier) -> bool:
    """Tell whether another thread gets the lock."""
    got: list[bool] = []

    def ask() -> None:
        got.append(dossier.locked.acquire(blocking=False))
        if got[0]:
            dossier.locked.release()

    elsewhere(ask)
    return got[0]


@pytest.fixture
def watched(school: Dossier, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], list[bool]]:
    """Note at each call of a function whether the dossier's lock is free."""

    def watch(module: Any, name: str) -> list[bool]:
        really, free = getattr(module, name), []

        def noting(*given: Any, **named: Any) -> Any:
            free.append(is_free(school))
            return really(*given, **named)

        monkeypatch.setattr(module, name, noting)
        return free

    return watch


def adopt(services: Services) -> object:
    return services.plans.adopt(body="conseil d’école")


def sign(services: Services) -> object:
    lent = next(row for row in loans(services.dossier, state=LoanState.OPEN) if row.school_class)
    by = Signature("Le représentant légal", "Nadia Benali")
    return services.papers.sign(
        document_id=AGREEMENT, loan_ids=[lent.id], signatures=[by], again=True
    )


def print_register(services: Services) -> object:
    year = exports.offer_of("registre-des-prets").subjects(services.dossier)[0].key
    return exports.pdf_bytes(services.dossier, "registre-des-prets", year)


@pytest.mark.parametrize("act", [adopt, sign, print_register])
def test_nothing_is_rendered_while_the_lock_is_held(
    school: Dossier,
    watched: Callable[[Any, str], list[bool]],
    act: Callable[[Services], object],
) -> None:
    free = watched(render, "rendered")
    act(Services.of(school))
    assert free == [True]


def test_a_list_is_matched_while_the_lock_is_free(
    school: Dossier, watched: Callable[[Any, str], list[bool]]
) -> None:
    free = watched(matching, "match")
    Services.of(school).pupils.import_pupils([PupilInput("Nouveau", "Léon")])
    assert free == [True]


def test_a_copy_lets_others_in_between_its_steps_and_its_name_tells_what_it_holds(
    school: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PAGES_A_STEP", 8)
    passes: list[threading.Thread] = []
    really = backup.pour

    def pour(*given: Any, between: Callable[[], None], **named: Any) -> None:
        new = Identity(name=f"École renommée {len(passes)}")
        writer = threading.Thread(target=lambda: SchoolService(school).save(new))
        passes.append(writer)

        def write_between() -> None:
            if writer.ident is None:
                writer.start()
            between()
            while len(passes) == 1 and writer.is_alive():
                between()

        really(*given, between=write_between, **named)

    monkeypatch.setattr(backup, "pour", pour)
    made = backup.back_up(school)
    # The first copy was good, but holds more than its name would tell; the next lets nobody in.
    assert len(passes) == 2
    passes[1].join()
    with Dossier.open(made.path, key=school.key, clock=school.clock) as copy:
        assert identity(copy).name == "École renommée 0"
        assert copy.written() == made.number
    assert school.written() == (made.number or 0) + 1
    assert school.writes == 1


def test_a_copy_holds_whole_what_is_written_and_rolled_back_between_its_steps(
    school: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PAGES_A_STEP", 8)
    turns = 0
    really = backup.pour

    def save_and_fail() -> None:
        with suppress(LookupError), school.write(*Changed) as session:
            session.execute(text("DELETE FROM loan_accessory"))
            session.flush()
            raise LookupError

    def pour(*given: Any, between: Callable[[], None], **named: Any) -> None:
        def write_between() -> None:
            nonlocal turns
            turns += 1
            writer = threading.Thread(target=save_and_fail)
            writer.start()
            while writer.is_alive():
                between()

        really(*given, between=write_between, **named)

    monkeypatch.setattr(backup, "pour", pour)
    target = backup.copy_to(school, tmp_path / "copie.egn")
    # What is rolled back has SQLite begin again, each time; the last pass lets nobody in.
    pages = school.raw.execute("PRAGMA page_count").fetchone()[0]
    assert 0 < turns <= connection.MOST_PASSES * pages / 8
    counted = text("SELECT count(*) FROM loan_accessory")
    with Dossier.open(target, key=school.key, clock=school.clock) as copy:
        assert copy.rows(counted) == school.rows(counted) != [(0,)]


def test_each_step_of_a_copy_writes_its_pages_and_leaves_none_to_the_last(
    school: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PAGES_A_STEP", 8)
    page_size = int(school.raw.execute("PRAGMA page_size").fetchone()[0])
    left: list[int] = []
    target = tmp_path / "copie.egn"
    with connection.new_copy(target, school.key, salt=bytes.fromhex(school.dossier_id)) as copy:
        connection.pour(
            school.raw, copy, between=lambda: left.append(target.stat().st_size // page_size)
        )
    pages = target.stat().st_size // page_size
    assert len(left) == pages // 8
    assert all(8 * step - written < 16 for step, written in enumerate(left, 1))


def test_what_was_made_of_an_older_state_is_made_again(school: Dossier) -> None:
    service = SchoolService(school)
    seen: list[str] = []

    def work() -> str:
        seen.append(identity(school).name)
        if len(seen) == 1:
            elsewhere(lambda: service.save(Identity(name="École Renommée")))
            raise LookupError("two reads saw two states")
        return seen[-1]

    kept = read_work_write(school, Changed.SCHOOL, work=work, keep=lambda _, made: made)
    assert kept == "École Renommée"
    assert len(seen) == 2


def test_a_plan_adopted_while_somebody_writes_says_what_was_written(
    school: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, times = render.render, []

    def rendering(document: Any) -> bytes:
        times.append(document)
        if len(times) == 1:
            elsewhere(lambda: SchoolService(school).save(Identity(name="École Renommée")))
        return really(document)

    monkeypatch.setattr(render, "render", rendering)
    number = Services.of(school).plans.adopt(body="conseil d’école")
    assert len(times) == 2
    assert "École Renommée" in times[1].school
    assert version_pdf(school, number)


def test_who_never_stops_writing_is_told_and_nothing_is_kept(
    school: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, before = render.render, versions(school)

    def rendering(document: Any) -> bytes:
        def write() -> None:
            with school.write():
                pass

        elsewhere(write)
        return really(document)

    monkeypatch.setattr(render, "render", rendering)
    with pytest.raises(WrittenMeanwhileError, match="a changé"):
        Services.of(school).plans.adopt(body="conseil d’école")
    assert versions(school) == before
