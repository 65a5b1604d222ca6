# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from egn_desktop.drills.rules import DrillKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Cancelled, Progress
from egn_desktop.ui.pages.home import HomePage
from egn_desktop.ui.pages.home.inspection import print_all
from egn_desktop.ui.pages.home.todo_card import all_todos
from egn_desktop.ui.widgets.charts import RangeBars


@pytest.fixture
def page(qtbot, context: Context) -> Iterator[HomePage]:
    made = HomePage(context)
    qtbot.addWidget(made)
    made.resize(1064, 720)
    made.show()
    return made


def page_count(file: Path) -> int:
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def shown_text(parent) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def test_an_empty_dossier_is_invited_to_each_first_step(page: HomePage, context: Context) -> None:
    asked: list[str] = []
    context.page_wanted.connect(lambda page_id, _: asked.append(page_id))
    for card in page._cards:
        card.findChildren(QPushButton)[-1].click()
    assert asked == ["audit", "plan", "loans", "drills"]
    assert "aucune sauvegarde pour l’instant" in shown_text(page)
    assert "Bonjour, voici où en est l’école" in shown_text(page)
    assert "Mardi 24 novembre 2026" in shown_text(page)


def test_a_college_is_an_establishment(page: HomePage, context: Context) -> None:
    context.services.school.save(Identity(levels=(LevelCount(Level.COLLEGE),)))
    assert "où en est l’établissement" in shown_text(page)


def test_what_is_late_comes_first_and_its_button_goes_there(
    page: HomePage, context: Context
) -> None:
    services, today = context.services, context.services.dossier.today()
    action = services.actions.add(title="Changer la borne", due_on=today.replace(day=1))
    assert action
    first = all_todos(services.dossier)[0]
    assert first.tag == "En retard"
    assert "Changer la borne" in first.text
    asked: list[tuple[str, object]] = []
    context.page_wanted.connect(lambda *wanted: asked.append(wanted))
    button = next(
        button for button in page.findChildren(QPushButton) if first.text in button.accessibleName()
    )
    button.click()
    assert asked == [("drills", "actions")]


def test_the_last_drill_shows_its_measure(page: HomePage, context: Context) -> None:
    drills, today = context.services.drills, context.services.dossier.today()
    drill = drills.plan(kind=DrillKind.ALERT, planned_on=today)
    drills.record(drill, held_on=today, measures={"families_2h": 94})
    text = shown_text(page)
    assert "94\u202f%" in text
    assert "24 novembre 2026" in text


def test_an_audit_under_way_shows_its_ranges(page: HomePage, context: Context) -> None:
    levels = (LevelCount(Level.ELEMENTAIRE, 6, 142),)
    context.services.school.save(Identity(levels=levels))
    context.services.audit.start()
    bars = page.findChild(RangeBars)
    assert bars is not None
    assert bars.isVisible()
    assert "0–100\u202f%" in bars.accessibleDescription()


def test_the_inspection_folder_holds_every_document(
    qtbot, page: HomePage, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "ask_folder", lambda _: tmp_path)
    page._print.click()
    qtbot.waitUntil(page._result.isVisible)
    [folder] = [path for path in tmp_path.iterdir() if path.name.startswith("Dossier d’inspection")]
    assert folder.name == "Dossier d’inspection 2026-11-24"
    names = sorted(path.name for path in folder.iterdir())
    assert "programme-des-exercices.pdf" in names
    assert not any("fiche-de-secours" in name for name in names)
    assert all(page_count(folder / name) for name in names)
    assert f"{len(names)} documents" in shown_text(page._result)
    assert page._print.isEnabled()


def test_a_second_folder_of_the_day_replaces_nothing(context: Context, tmp_path: Path) -> None:
    first = print_all(context.services.dossier, tmp_path)(Progress(lambda *_: None))
    second = print_all(context.services.dossier, tmp_path)(Progress(lambda *_: None))
    assert second.folder.name == "Dossier d’inspection 2026-11-24 (2)"
    assert first.documents == second.documents == len(list(first.folder.iterdir()))


def test_stopped_it_leaves_no_half_of_a_folder(context: Context, tmp_path: Path) -> None:
    progress = Progress(lambda done, _: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        print_all(context.services.dossier, tmp_path)(progress)
    assert [
        path.name for path in tmp_path.iterdir() if path.is_dir() and "Dossier" in path.name
    ] == []


def test_a_place_that_cannot_be_written_is_told(
    qtbot, page: HomePage, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    context.failed.connect(told.append)
    blocked = tmp_path / "fichier"
    blocked.write_text("pas un répertoire")
    monkeypatch.setattr(context, "ask_folder", lambda _: blocked)
    page._print.click()
    qtbot.waitUntil(lambda: bool(told))
    assert page._print.isEnabled()
    assert not page._result.isVisible()
