# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant, from an empty machine to an open dossier, and each way it can go wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from egn_desktop.dossier import Dossier, Protection, elsewhere, keys, life, secret_notes
from egn_desktop.dossier.errors import NoKeyringError
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity
from egn_desktop.school.rules import FIRST_DEGREE_OWNER
from egn_desktop.school.service import SchoolService
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.welcome import WelcomeView

PHRASE = "quatre chevaux gris au bord du lac"


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NoKeyringError

    monkeypatch.setattr(keys, "is_available", lambda: False)
    for name in ("keep", "find", "forget"):
        monkeypatch.setattr(keys, name, refuse)


@pytest.fixture
def opened() -> Iterator[list[Dossier]]:
    found: list[Dossier] = []
    yield found
    for dossier in found:
        dossier.close()


@pytest.fixture
def welcome(qtbot, qapp, opened: list[Dossier]) -> Iterator[WelcomeView]:
    jobs = Jobs()
    view = WelcomeView(MachineSettings(), jobs)
    qtbot.addWidget(view)
    view.opened.connect(opened.append)
    view.resize(1280, 720)
    view.show()
    yield view
    jobs.shutdown()


def named(parent: QWidget, kind: type, name: str):
    found = [widget for widget in parent.findChildren(kind) if name in widget.accessibleName()]
    assert len(found) == 1, [widget.accessibleName() for widget in parent.findChildren(kind)]
    return found[0]


def press(parent: QWidget, text: str) -> None:
    [button] = [
        button
        for button in parent.findChildren(QPushButton)
        if button.text() == text and button.isVisible()
    ]
    assert button.isEnabled()
    button.click()


def shown_text(parent: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def name_school(welcome: WelcomeView, *levels: str) -> None:
    step = welcome.show_step("create")
    named(step, QLineEdit, "Nom").setText("École Jules-Verne")
    named(step, QLineEdit, "UAI").setText("0430999c")
    for box in step.findChildren(QCheckBox):
        box.setChecked(box.text() in levels)
    step.go_on()


def place_at(welcome: WelcomeView, path: Path) -> QWidget:
    step = welcome._place
    step._place.set_path(path)
    return step


def create_with_keyring(qtbot, welcome: WelcomeView, path: Path) -> QWidget:
    name_school(welcome, "Maternelle", "Élémentaire")
    step = place_at(welcome, path)
    qtbot.waitUntil(lambda: step._keyring_known)
    press(step, "Créer le dossier")
    sheet = welcome._sheet
    qtbot.waitUntil(sheet.isVisible)
    return sheet


def test_the_check_letter_is_judged_as_soon_as_it_is_typed(welcome: WelcomeView) -> None:
    step = welcome.show_step("create")
    uai = named(step, QLineEdit, "UAI")
    uai.setText("0430999")
    assert "lettre attendue" not in shown_text(step)
    uai.setText("0430999A")
    assert "la lettre attendue est C" in shown_text(step)
    uai.setText("0430999c")
    assert "lettre attendue" not in shown_text(step)
    assert "Clermont-Ferrand" in shown_text(step)


def test_a_wrong_uai_or_no_name_does_not_go_on(welcome: WelcomeView) -> None:
    step = welcome.show_step("create")
    press(step, "Continuer")
    assert step.isVisible()
    assert "Indiquez au moins le nom" in shown_text(step)
    named(step, QLineEdit, "Nom").setText("École")
    named(step, QLineEdit, "UAI").setText("0430999A")
    press(step, "Continuer")
    assert step.isVisible()


def test_create_with_the_keyring_and_prove_the_sheet(
    qtbot, welcome: WelcomeView, opened: list[Dossier], keyring: dict[str, bytes], tmp_path: Path
) -> None:
    sheet = create_with_keyring(qtbot, welcome, tmp_path / "jules-verne.egn")
    assert not opened
    assert len(keyring) == 1
    typed = named(sheet, QLineEdit, "groupe")
    typed.setText("00000")
    press(sheet, "Commencer")
    assert not opened
    assert "Relisez la fiche" in shown_text(sheet)
    typed.setText(sheet._groups[sheet._asked].lower())
    press(sheet, "Commencer")
    [dossier] = opened
    identity = SchoolService(dossier).identity()
    assert identity.uai == "0430999C"
    assert identity.academie == "Clermont-Ferrand"
    assert identity.holiday_zone == "A"
    assert identity.risk_register_owner == FIRST_DEGREE_OWNER
    assert [level.level.label for level in identity.levels] == ["Maternelle", "Élémentaire"]


def test_the_code_shown_is_the_one_that_opens(
    qtbot, welcome: WelcomeView, opened: list[Dossier], keyring: dict[str, bytes], tmp_path: Path
) -> None:
    sheet = create_with_keyring(qtbot, welcome, tmp_path / "jules-verne.egn")
    press(sheet, "Afficher le code")
    code = life.recovery_code(welcome.pending) or ""
    assert all(group in shown_text(sheet) for group in code.split("-"))
    welcome.pending.close()


def test_without_a_keyring_a_passphrase_is_asked(
    qtbot, welcome: WelcomeView, opened: list[Dossier], no_keyring: None, tmp_path: Path
) -> None:
    name_school(welcome, "Élémentaire")
    step = place_at(welcome, tmp_path / "phrase.egn")
    qtbot.waitUntil(lambda: step._keyring_known)
    keyring_choice = next(
        button for button in step.findChildren(QRadioButton) if "trousseau" in button.text()
    )
    assert not keyring_choice.isEnabled()
    first, second = named(step, QLineEdit, "Phrase de passe"), named(step, QLineEdit, "La même")
    first.setText("court")
    assert "trop courte" in shown_text(step)
    first.setText(PHRASE)
    second.setText("autre")
    press(step, "Créer le dossier")
    assert "Les deux saisies diffèrent." in shown_text(step)
    second.setText(PHRASE)
    press(step, "Créer le dossier")
    sheet = welcome._sheet
    qtbot.waitUntil(sheet.isVisible)
    assert "Si la phrase de passe est oubliée" in shown_text(sheet)
    press(sheet, "Plus tard")
    assert opened[0].protection is Protection.PASSPHRASE
    assert secret_notes.is_sheet_missing(opened[0])


def test_a_file_that_exists_is_not_replaced(
    qtbot, welcome: WelcomeView, keyring: dict[str, bytes], tmp_path: Path
) -> None:
    there = tmp_path / "ecole.egn"
    there.write_text("autre chose")
    name_school(welcome)
    step = place_at(welcome, there)
    press(step, "Créer le dossier")
    qtbot.waitUntil(step.problem.isVisible)
    assert "existe déjà" in shown_text(step)
    assert there.read_text() == "autre chose"


def test_the_wrong_group_is_named_while_it_is_typed_then_the_right_code_opens(
    qtbot, welcome: WelcomeView, opened: list[Dossier], keyring: dict[str, bytes], tmp_path: Path
) -> None:
    with life.create_dossier(tmp_path / "ecole.egn") as made:
        code = life.recovery_code(made) or ""
    keyring.clear()
    step = welcome.show_step("open")
    step.open_file(tmp_path / "ecole.egn")
    field = named(step, QLineEdit, "Code de secours")
    qtbot.waitUntil(field.isVisible)
    assert "ne connaît pas ce dossier" in shown_text(step)
    groups = code.split("-")
    wrong = "2" if groups[4][0] != "2" else "3"
    field.setText("-".join([*groups[:4], wrong + groups[4][1:], *groups[5:]]))
    assert "groupe 5" in shown_text(step)
    field.setText(code.lower().replace("-", " "))
    press(step, "Ouvrir")
    qtbot.waitUntil(lambda: bool(opened))
    assert keyring


def failing_open(monkeypatch: pytest.MonkeyPatch, error: UserError) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(life, "open_dossier", refuse)


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 + 100 : 4096 + 200] = bytes(100)
    path.write_bytes(content)


def not_a_dossier(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(9000))


def missing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("spoil", "told", "buttons"),
    [
        (not_a_dossier, "n’est pas un dossier", {"Choisir un autre fichier…", "Réessayer"}),
        (missing, "introuvable", {"Choisir un autre fichier…", "Réessayer"}),
    ],
)
def test_each_trouble_is_told_with_its_next_step(
    qtbot,
    welcome: WelcomeView,
    keyring: dict[str, bytes],
    tmp_path: Path,
    spoil: Callable[[Path], None],
    told: str,
    buttons: set[str],
) -> None:
    path = tmp_path / "ecole.egn"
    life.create_dossier(path).close()
    spoil(path)
    step = welcome.show_step("open")
    step.open_file(path)
    qtbot.waitUntil(step.problem.isVisible)
    assert told in shown_text(step)
    offered = {button.text() for button in step.problem.findChildren(QPushButton)}
    assert offered == buttons


def test_a_dossier_open_elsewhere_can_be_tried_again(
    qtbot, welcome: WelcomeView, opened: list[Dossier], keyring: dict[str, bytes], tmp_path: Path
) -> None:
    other = life.create_dossier(tmp_path / "ecole.egn")
    step = welcome.show_step("open")
    step.open_file(tmp_path / "ecole.egn")
    qtbot.waitUntil(step.problem.isVisible)
    assert "déjà ouvert" in shown_text(step)
    other.close()
    press(step.problem, "Réessayer")
    qtbot.waitUntil(lambda: bool(opened))


def test_restore_lists_the_backups_and_opens_a_new_file(
    qtbot, welcome: WelcomeView, opened: list[Dossier], keyring: dict[str, bytes], tmp_path: Path
) -> None:
    from egn_desktop.dossier.backup import back_up

    path = tmp_path / "ecole.egn"
    with life.create_dossier(path) as made:
        back_up(made)
    before = path.read_bytes()
    step = welcome.show_step("restore")
    qtbot.waitUntil(lambda: step._place.path is not None)
    target = tmp_path / "restauré.egn"
    step._place.set_path(target)
    press(step, "Restaurer et ouvrir")
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].path == target
    assert path.read_bytes() == before


def test_a_damaged_file_leads_to_its_own_backup_beside_it(
    qtbot, welcome: WelcomeView, opened: list[Dossier], keyring: dict[str, bytes], tmp_path: Path
) -> None:
    from egn_desktop.dossier.backup import back_up
    from egn_desktop.dossier.errors import DamagedError

    damaged = tmp_path / "a" / "ecole.egn"
    for path in (damaged, tmp_path / "b" / "autre.egn"):
        path.parent.mkdir()
        with life.create_dossier(path) as made:
            back_up(made)
    damaged.write_bytes(bytes(4096) + damaged.read_bytes()[4096:])
    welcome.show_error(damaged, DamagedError(damaged))
    press(welcome._choices.problem, "Restaurer une sauvegarde")
    step = welcome._restore
    qtbot.waitUntil(lambda: "La dernière sauvegarde de « ecole.egn »" in shown_text(step))
    assert step._choice.currentText().startswith("ecole.egn")
    assert step._place.path.parent == damaged.parent
    press(step, "Restaurer et ouvrir")
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].path.name.startswith("ecole (restauré")


def test_after_a_theft_the_stick_and_the_sheet_are_enough(
    qtbot,
    welcome: WelcomeView,
    opened: list[Dossier],
    keyring: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A new profile, an empty keyring, the folder of the stick, and the code typed."""
    stick = tmp_path / "clé"
    stick.mkdir()
    made = life.create_dossier(tmp_path / "ecole.egn")
    SchoolService(made).save(Identity(name="École Jules-Verne"))
    code = life.recovery_code(made)
    elsewhere.choose(made, stick)
    assert life.close_dossier(made) is None
    (tmp_path / "ecole.egn").unlink()
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "new computer"))
    keyring.clear()

    step = welcome.show_step("restore")
    qtbot.waitUntil(lambda: "pas encore de sauvegarde" in shown_text(step))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    press(step, "Chercher sur une clé ou un partage…")
    qtbot.waitUntil(lambda: step._place.path is not None)
    assert step._place.path.name == "ecole.egn"
    target = tmp_path / "Documents" / "ecole.egn"
    target.parent.mkdir()
    step._place.set_path(target)
    press(step, "Restaurer et ouvrir")
    opening = welcome._open
    qtbot.waitUntil(lambda: opening._line.isVisible())
    opening._line.setText(code.lower())
    press(opening, "Ouvrir")
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].path == target
    assert SchoolService(opened[0]).identity().name == "École Jules-Verne"


def test_with_no_backup_restore_says_so(qtbot, welcome: WelcomeView) -> None:
    step = welcome.show_step("restore")
    qtbot.waitUntil(lambda: "pas encore de sauvegarde" in shown_text(step))
    assert not step.main.isVisible()
