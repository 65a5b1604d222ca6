# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import threading

import pytest

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.ui.bugs import BugError, BugHandler


def fail_on(name: str) -> None:
    raise ValueError(f"cannot lend to {name}")


def caught(name: str = "Inès Benali"):
    try:
        fail_on(name)
    except ValueError:
        return sys.exc_info()


def test_a_fault_is_told_and_logged_with_its_place_but_no_name() -> None:
    told: list[UserError] = []
    BugHandler(told.append).handle(*caught())
    [error] = told
    assert isinstance(error, BugError)
    assert "enregistré" in error.kept
    assert str(paths.technical_log()) in error.todo
    log = paths.technical_log().read_text(encoding="utf-8")
    assert "fail_on" in log
    assert "ValueError" in log
    assert "Benali" not in log


def test_the_same_fault_is_written_once_but_told_each_time() -> None:
    told: list[UserError] = []
    handler = BugHandler(told.append)
    handler.handle(*caught())
    handler.handle(*caught())
    assert len(told) == 2
    assert paths.technical_log().read_text(encoding="utf-8").count("ValueError") == 1


def test_what_the_user_is_meant_to_see_is_told_as_it_is() -> None:
    told: list[UserError] = []
    refusal = UserError("Le disque est plein.")
    BugHandler(told.append).handle(UserError, refusal, None)
    assert told == [refusal]
    assert not paths.technical_log().exists()


def test_a_fault_of_the_telling_does_not_go_round() -> None:
    handler: BugHandler

    def tell(_: UserError) -> None:
        handler.handle(*caught("second"))
        raise RuntimeError

    handler = BugHandler(tell)
    with pytest.raises(RuntimeError):
        handler.handle(*caught())
    assert paths.technical_log().read_text(encoding="utf-8").count("ValueError") == 1


def test_threads_are_answered_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UserError] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    BugHandler(told.append).install()
    worker = threading.Thread(target=fail_on, args=("Adam",))
    worker.start()
    worker.join()
    assert len(told) == 1


def test_a_log_that_has_grown_makes_room() -> None:
    paths.technical_log().write_text("x" * 600_000, encoding="utf-8")
    BugHandler(lambda _: None).handle(*caught())
    assert paths.technical_log().stat().st_size < 10_000
    assert paths.technical_log().with_suffix(".1.log").is_file()
