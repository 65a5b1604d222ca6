# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from egn_desktop.dossier import Dossier, Protection, keys, rekey
from egn_desktop.dossier.backup import list_backups
from egn_desktop.school.queries import Identity, calendar, corrections
from egn_desktop.school.rules import FIRST_DEGREE_OWNER, Level
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.settings import SettingsPage

PHRASE = "quatre chevaux gris au bord du lac"


@pytest.fixture
def page(qtbot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.resize(1064, 720)
    made.show()
    return made


def shown_text(parent: QWidget) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def write(page: SettingsPage, name: str, text: str) -> None:
    field = page._school._form.field(name)
    edit = field.control
    assert isinstance(edit, QLineEdit)
    edit.setText(text)
    edit.editingFinished.emit()


def press(parent: QWidget, text: str) -> None:
    [button] = [button for button in parent.findChildren(QPushButton) if button.text() == text]
    button.click()


def test_what_is_typed_is_saved_and_proposes_the_rest(page: SettingsPage, context: Context) -> None:
    write(page, "name", "École Jules-Verne")
    write(page, "uai", "0430999c")
    page._school._form.field("level:E").control.click()
    write(page, "classes:E", "6")
    write(page, "pupils:E", "142")
    identity = context.services.school.identity()
    assert identity.name == "École Jules-Verne"
    assert identity.uai == "0430999C"
    assert identity.academie == "Clermont-Ferrand"
    assert identity.holiday_zone == "A"
    assert identity.risk_register_owner == FIRST_DEGREE_OWNER
    [count] = identity.levels
    assert (count.level, count.classes, count.pupils) == (Level.ELEMENTAIRE, 6, 142)
    form = page._school._form
    assert form.value("academie") == "Clermont-Ferrand"
    assert "Enregistré à 08:12" in shown_text(page)


def test_a_wrong_uai_is_said_under_the_field_and_not_kept(
    page: SettingsPage, context: Context
) -> None:
    write(page, "uai", "0430999A")
    assert "la lettre attendue est C" in shown_text(page)
    assert context.services.school.identity().uai == ""


def test_the_theme_and_the_text_size_change_at_once_and_are_remembered(
    page: SettingsPage, qapp: QApplication
) -> None:
    page.arrive("look")
    try:
        for name, index in (("theme", 2), ("text_size", 1)):
            box = page._look._form.field(name).control
            assert isinstance(box, QComboBox)
            box.setCurrentIndex(index)
        kept = MachineSettings.load()
        assert (kept.theme, kept.text_size) == (Theme.DARK, TextSize.LARGE)
        assert theme.tokens().name == "dark"
        assert theme.pixels(100) == 115
    finally:
        theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))


def test_back_up_now_then_restore_beside(
    qtbot, page: SettingsPage, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.arrive("backups")
    assert "Aucune sauvegarde pour l’instant." in shown_text(page)
    press(page._backups, "Sauvegarder maintenant")
    qtbot.waitUntil(lambda: "vérifiée aujourd’hui à 08:12" in shown_text(page))
    [backup] = list_backups(context.services.dossier.dossier_id)
    page._backups._table.select(lambda row: row == backup)
    target = tmp_path / "restauré.egn"
    monkeypatch.setattr(context, "ask_save_file", lambda *_: target)
    said: list[str] = []
    context.said.connect(lambda text, _: said.append(text))
    press(page._backups, "Restaurer à côté…")
    qtbot.waitUntil(lambda: any("restauré.egn" in text for text in said))
    Dossier.open(target, key=context.services.dossier.key).close()


def test_the_second_place_is_chosen_once_and_written_at_once(
    qtbot, page: SettingsPage, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.arrive("backups")
    card = page._backups._second
    assert "Toutes les sauvegardes sont sur cet ordinateur" in shown_text(card)
    stick = tmp_path / "clé"
    stick.mkdir()
    monkeypatch.setattr(context, "ask_folder", lambda _: stick)
    press(card, "Choisir une clé ou un répertoire…")
    qtbot.waitUntil(lambda: "à jour le 24 novembre 2026, 1 sauvegarde" in shown_text(card))
    [there] = stick.rglob("*.egn")
    Dossier.open(there, key=context.services.dossier.key).close()
    press(card, "Ne plus l’utiliser")
    assert "Toutes les sauvegardes sont sur cet ordinateur" in shown_text(card)


def test_a_verified_copy_goes_on_a_stick(
    qtbot, page: SettingsPage, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.arrive("backups")
    asked: list[str] = []

    def ask(_: str, name: str, __: str) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(context, "ask_save_file", ask)
    said: list[str] = []
    context.said.connect(lambda text, _: said.append(text))
    press(page._backups, "Copier sur une clé…")
    qtbot.waitUntil(lambda: any("Copie faite et vérifiée" in text for text in said))
    Dossier.open(tmp_path / asked[0], key=context.services.dossier.key).close()


def test_backups_that_did_not_follow_are_counted_beside_the_secret(
    qtbot, page: SettingsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = context.services.dossier
    monkeypatch.setattr(keys, "forget", lambda _: None)
    monkeypatch.setattr(rekey, "_follow", lambda *_: None)
    rekey.change_secret(dossier, new_passphrase=PHRASE)
    page.arrive("security")
    page.reload()
    qtbot.waitUntil(
        lambda: "Une sauvegarde s’ouvre encore avec l’ancien secret" in shown_text(page._security)
    )
    monkeypatch.undo()
    monkeypatch.setattr(keys, "forget", lambda _: None)
    rekey.go_on(dossier)
    page.reload()
    assert "ancien secret" not in shown_text(page._security)


def test_verify_tells_what_was_checked(qtbot, page: SettingsPage) -> None:
    page.arrive("security")
    press(page._security, "Vérifier maintenant")
    qtbot.waitUntil(lambda: "Le dossier est sain." in shown_text(page))
    assert "Journal" in shown_text(page)


def test_change_to_a_passphrase(
    qtbot, page: SettingsPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "forget", lambda _: None)
    page.arrive("security")
    press(page._security, "Changer le secret")
    form = page._security._form
    form._by_passphrase.setChecked(True)
    form._passphrase._first.set_text("court")
    form._apply.click()
    assert "trop courte" in shown_text(form)
    form._passphrase._first.set_text(PHRASE)
    form._passphrase._second.set_text(PHRASE)
    form._apply.click()
    dossier = context.services.dossier
    qtbot.waitUntil(lambda: not form.isVisible())
    assert dossier.protection is Protection.PASSPHRASE
    assert page._security._sheet.isVisible()
    assert "n’a pas encore été imprimée" in shown_text(page._security)
    press(page._security, "Elle est déjà en lieu sûr")
    assert "n’a pas encore été imprimée" not in shown_text(page._security)
    context.services.school.save(context.services.school.identity())


def test_where_the_content_comes_from_can_be_read(page: SettingsPage) -> None:
    from PySide6.QtWidgets import QTextBrowser

    page.arrive("about")
    browser = page.findChild(QTextBrowser)
    assert browser is not None
    assert "Code de l’éducation" in browser.toPlainText().replace("'", "’")


def test_the_calendar_is_corrected_and_each_correction_undone(
    page: SettingsPage, context: Context
) -> None:
    school = context.services.school
    school.save(Identity(holiday_zone="A"))
    card = page._school._calendar
    rows = card._table.rows()
    assert (rows[0].period.name, rows[0].words) == ("Vacances de Noël", "Congé")
    assert "inconnu au-delà du 31/08/2028" in shown_text(card)
    card._form.set_value("name", "Travaux")
    press(card, "Ajouter une fermeture")
    assert "Indiquez au moins le premier jour." in shown_text(card)
    card._form.set_value("first", date(2026, 12, 7))
    press(card, "Ajouter une fermeture")
    assert [row.words for row in card._table.rows()[:2]] == ["Fermé, par vous", "Congé"]
    assert card._form.value("first") is None
    card._table.select(lambda row: row.period.first == date(2026, 12, 19))
    press(card, "Retirer la période choisie")
    assert calendar(context.services.dossier).is_open(date(2026, 12, 21))
    [removed] = [row for row in card._table.rows() if row.words == "Retiré"]
    assert removed.period.name == "Vacances de Noël"
    card._table.select(lambda row: row.words == "Fermé, par vous")
    press(card, "Retirer la période choisie")
    assert calendar(context.services.dossier).is_open(date(2026, 12, 7))
    context.undo()
    assert not calendar(context.services.dossier).is_open(date(2026, 12, 7))
    context.undo()
    assert [correction.is_open for correction in corrections(context.services.dossier)] == [False]


def test_a_school_of_unknown_holidays_is_told_so(page: SettingsPage, context: Context) -> None:
    context.services.school.save(Identity(holiday_zone="Corse"))
    card = page._school._calendar
    assert card._table.rows() == []
    assert "inconnu pour cette zone (Corse)" in shown_text(card)
