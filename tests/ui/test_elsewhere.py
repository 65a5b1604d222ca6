# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.documents import DocumentsPage
from egn_desktop.ui.pages.documents.elsewhere import ElsewherePanel


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> DocumentsPage:
    services = context.services
    device = services.devices.add_device(DeviceInput("YSS-0001", brand="HP", model="ProBook 11"))
    pupil = services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CP"))
    due = services.dossier.today().replace(month=12, day=4)
    services.loans.lend(device_id=device, borrower_id=pupil, due_on=due)
    made = DocumentsPage(context)
    qtbot.addWidget(made)
    made.resize(1064, 720)
    made.show()
    return made


@pytest.fixture
def proposed(context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that files are proposed under; each is saved under it."""
    names: list[str] = []

    def ask(_title: str, name: str, _filter: str) -> Path:
        names.append(name)
        return tmp_path / Path(name).stem  # as typed, without its ending

    monkeypatch.setattr(context, "ask_save_file", ask)
    return names


def opened(page: DocumentsPage, words: str) -> ElsewherePanel:
    next(button for button in page.elsewhere.buttons if words in button.text()).click()
    assert isinstance(page.panel, ElsewherePanel)
    return page.panel


def saved(qtbot: QtBot, page: DocumentsPage, panel: ElsewherePanel) -> str:
    said: list[str] = []
    page.context.said.connect(lambda text, _undo: said.append(text))
    panel.save.click()
    qtbot.waitUntil(lambda: bool(said))
    return said[0].replace("\u202f", " ")


def test_the_stock_goes_out_without_names_and_with_them_says_who_may_have_it(
    qtbot: QtBot, page: DocumentsPage, proposed: list[str], tmp_path: Path
) -> None:
    panel = opened(page, "Inventaire")
    assert not panel.warning.isVisible()
    said = saved(qtbot, page, panel)
    assert proposed == ["inventaire-snipe-it-sans-noms-2026-11-24.csv"]
    assert "1 appareil" in said
    assert "effacez-le" not in said
    assert "Benali" not in (tmp_path / proposed[0]).read_text(encoding="utf-8")
    panel.form.set_value("names", True)
    panel.form.edited.emit("names", True)
    assert panel.warning.isVisible()
    said = saved(qtbot, page, panel)
    assert proposed[1] == "inventaire-snipe-it-nominatif-2026-11-24.csv"
    assert "effacez-le" in said
    assert "Benali" in (tmp_path / proposed[1]).read_text(encoding="utf-8")


def test_the_agenda_names_nobody_unless_it_is_asked_to(
    qtbot: QtBot, page: DocumentsPage, proposed: list[str], tmp_path: Path
) -> None:
    panel = opened(page, "agenda")
    assert "1 échéance" in saved(qtbot, page, panel)
    panel.form.set_value("names", True)
    saved(qtbot, page, panel)
    assert proposed == ["echeances-2026-11-24.ics", "echeances-nominatif-2026-11-24.ics"]
    without, named = ((tmp_path / name).read_text(encoding="utf-8") for name in proposed)
    assert ("Benali" in without, "Benali" in named) == (False, True)


def test_the_directory_always_names_people_and_says_so(
    qtbot: QtBot, page: DocumentsPage, proposed: list[str], tmp_path: Path
) -> None:
    page.services.plans.add_contact(role="mairie", name="M. Roux", phone="04 00 00 00 21")
    panel = opened(page, "Annuaire")
    assert panel.warning.isVisible()
    assert "effacez-le" in saved(qtbot, page, panel)
    assert "TEL;TYPE=WORK,VOICE:0400000021" in (tmp_path / proposed[0]).read_text(encoding="utf-8")


def test_a_refusal_is_told(
    qtbot: QtBot, page: DocumentsPage, proposed: list[str], tmp_path: Path
) -> None:
    panel = opened(page, "Annuaire")
    with qtbot.waitSignal(page.context.failed) as failed:
        panel.save.click()
    assert "aucun numéro" in (failed.args or [None])[0].what
    assert not list(tmp_path.glob("*.vcf"))


def test_the_card_is_found_by_what_it_offers(page: DocumentsPage) -> None:
    page._filter("collectivité inventaire")
    assert page.elsewhere.isVisible()
    page._filter("registre des prêts")
    assert not page.elsewhere.isVisible()
