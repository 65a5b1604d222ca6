# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole product through its real window, from nothing to the printed documents and back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.audit import queries as audit
from egn_desktop.checkup import looked_over
from egn_desktop.cli import run_command
from egn_desktop.dossier import keys
from egn_desktop.dossier.backup import list_backups
from egn_desktop.dossier.errors import NoKeyringError
from egn_desktop.drills import queries as drills
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.inventory.stock.queries.devices import stock
from egn_desktop.plans import queries as plans
from egn_desktop.plans import rules as plan_rules
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.forms import Form
from egn_desktop.ui.imports import ImportPanel
from egn_desktop.ui.pages.audit import AuditPage
from egn_desktop.ui.pages.drills import DrillsPage
from egn_desktop.ui.pages.drills.drill_view import RESULTS, DrillView
from egn_desktop.ui.pages.drills.results import MeasureLine
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.chooser import Chooser
from egn_desktop.ui.pages.loans.targets import Import, Loan
from egn_desktop.ui.pages.plan import PlanPage
from egn_desktop.ui.pages.plan.page import RISKS, SCENARIOS
from egn_desktop.ui.shell.view import ShellView
from egn_desktop.ui.welcome import WelcomeView
from egn_desktop.ui.window import AppWindow

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PHRASE = "quatre chevaux gris au bord du lac"
SLOW = 30_000

P = TypeVar("P")


class Head:
    """Someone who sees the window: presses what is shown, types where the keyboard is."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = AppWindow(MachineSettings.load())
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def shell(self) -> ShellView:
        assert isinstance(self.window.view, ShellView)
        return self.window.view

    def page(self, kind: type[P]) -> P:
        found = self.shell.page
        assert isinstance(found, kind)
        return found

    def press(self, words: str, within: QWidget | None = None, *, ends: str = "") -> None:
        """Press the button with these words, or that starts and ends so."""

        def says(text: str) -> bool:
            return text.startswith(words) and text.endswith(ends) if ends else text == words

        def shown() -> list[QAbstractButton]:
            parent = within or self.window
            return [
                button
                for button in parent.findChildren(QAbstractButton)
                if (says(button.text().strip()) and button.isVisible() and button.isEnabled())
            ]

        self.qtbot.waitUntil(lambda: len(shown()) >= 1, timeout=SLOW)
        shown()[0].click()

    def sees(self, words: str) -> None:
        def text() -> str:
            labels = self.window.findChildren(QLabel)
            return "\n".join(label.text() for label in labels if label.isVisible())

        try:
            self.qtbot.waitUntil(lambda: words in text(), timeout=SLOW)
        except Exception:
            pytest.fail(f"« {words} » is not shown; this is:\n{text()}")

    def go(self, digit: int) -> None:
        key = Qt.Key(Qt.Key.Key_0.value + digit)
        self.qtbot.keyClick(self.window, key, Qt.KeyboardModifier.ControlModifier)

    def fill(self, label: str, text: str) -> None:
        [field] = [
            edit
            for edit in self.window.findChildren(QLineEdit)
            if edit.isVisible() and edit.accessibleName() == label
        ]
        field.setText(text)
        field.editingFinished.emit()

    def keys(self, *pressed: str | Qt.Key) -> None:
        for key in pressed:
            where = QApplication.focusWidget()
            assert where is not None
            if isinstance(key, str):
                self.qtbot.keyClicks(where, key)
            else:
                self.qtbot.keyClick(where, key)

    def idle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.is_busy, timeout=SLOW)

    def leave(self) -> None:
        self.window.close()
        self.qtbot.waitUntil(lambda: not self.window.isVisible(), timeout=SLOW)


@pytest.fixture
def sit_down(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Head]]:
    """A machine without a keyring, at which one sits down, now and again."""

    def refuse(*_: object) -> None:
        raise NoKeyringError

    monkeypatch.setattr(keys, "is_available", lambda: False)
    for name in ("keep", "find", "forget"):
        monkeypatch.setattr(keys, name, refuse)
    heads: list[Head] = []

    def sit() -> Head:
        heads.append(Head(qtbot))
        return heads[-1]

    yield sit
    for head in heads:
        if head.window.isVisible():
            head.leave()


def test_from_nothing_to_the_printed_documents_and_back(
    sit_down: Callable[[], Head], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, printed = tmp_path / "École Jules-Verne.egn", tmp_path / "imprimé"
    printed.mkdir()
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: True)
    head = sit_down()
    create(head, path)
    settle_school(head)
    answer_audit(head)
    import_lists(head)
    lend_and_return(head)
    adopt(head)
    hold_drill(head)
    export(head, printed, monkeypatch)
    head.leave()

    assert [path.name for path in tmp_path.glob("*.egn*")] == [path.name]
    content = path.read_bytes()
    assert not any(name.encode() in content for name in ("Maëlys", "Yssingeaux", "Morvan"))
    again = sit_down()
    reopen(again)
    again.leave()


def test_a_plan_is_adopted_twice_and_its_prints_are_told_apart(
    sit_down: Callable[[], Head],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "École Jules-Verne.egn"
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: True)
    head = sit_down()
    create(head, path)
    settle_school(head)
    head.go(4)
    page = head.page(PlanPage)
    be_led_to_what_is_missing(head, page)
    adopt(head)
    dossier = page.services.dossier
    first = plans.version_pdf(dossier, 1)
    write_otherwise_and_adopt_again(head, page)
    assert plans.version_pdf(dossier, 1) == first
    prints = {
        "v1": reprint(head, page, 1, tmp_path / "v1.pdf", monkeypatch),
        "v2": reprint(head, page, 2, tmp_path / "v2.pdf", monkeypatch),
        "copie": tmp_path / "copie.pdf",
    }
    assert prints["v1"].read_bytes() == first
    prints["copie"].write_bytes(first[:-40] + b"x" + first[-39:])
    told = {
        "v1": "version 1, arrêtée le",
        "v2": "version 2, arrêtée le",
        "copie": "modifié ou réenregistré",
    }
    verify_in_window(head, prints, told, monkeypatch)
    head.leave()
    monkeypatch.setenv("EGN_DESKTOP_SECRET", PHRASE)
    for name, file in prints.items():
        for more in ([], [str(path)]):
            code = run_command(["verify-pdf", str(file), *more])
            said = " ".join(capsys.readouterr())
            assert code == (1 if name == "copie" else 0), said
            number = "2" if name == "v2" else "1"
            assert f"ersion {number}" in said, said
            assert ("modifié" in said) == (name == "copie"), said


def be_led_to_what_is_missing(head: Head, page: PlanPage) -> None:
    head.press("Arrêter une version")
    head.sees("Objet et champ du plan")
    assert plans.summary(page.services.dossier).version is None
    head.press("Y aller", page.panel)
    assert page.writing._title.text() == "Objet et champ du plan"
    assert page.writing.editor.hasFocus()


def write_otherwise_and_adopt_again(head: Head, page: PlanPage) -> None:
    page.go_to("section:annexes")
    head.press("Tableau", page)
    head.keys("Annuaire")
    page.writing.editor.flush()
    head.sees("1 changement depuis")
    head.press("Arrêter une version")
    head.press("Arrêter la version 2", page.panel)
    head.sees("La version 2 du plan est arrêtée.")
    head.idle()
    comparison = page.versions.comparison
    comparison.before.setCurrentIndex(comparison.before.findData(1))
    comparison.after.setCurrentIndex(comparison.after.findData(2))
    assert "+  | Annuaire |  |  |" in comparison.text()
    assert [row.number for row in page.versions.table.rows()] == [2, 1]


def reprint(
    head: Head, page: PlanPage, number: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setattr(
        "egn_desktop.ui.context.QFileDialog.getSaveFileName", lambda *_: (str(file), "")
    )
    row = next(row for row in page.versions.table.rows() if row.number == number)
    page.versions.table.opened.emit(row)
    head.press("Réimprimer cette version", page.panel)
    head.qtbot.waitUntil(file.exists, timeout=SLOW)
    head.idle()
    return file


def verify_in_window(
    head: Head, prints: dict[str, Path], told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    head.go(6)
    for name, file in prints.items():
        monkeypatch.setattr(
            "egn_desktop.ui.context.QFileDialog.getOpenFileName",
            lambda *_, chosen=file: (str(chosen), ""),
        )
        head.shell.page.close_panel()
        head.press("Choisir un PDF…", head.shell.page)
        head.sees(told[name])
        head.idle()


def create(head: Head, path: Path) -> None:
    head.sees("Par quoi voulez-vous commencer")
    welcome = head.window.view
    assert isinstance(welcome, WelcomeView)
    step = welcome.show_step("create")
    head.fill("Nom", "École Jules-Verne")
    head.fill("UAI", "0430999C")
    for box in step.findChildren(QCheckBox):
        box.setChecked(box.text() in ("Maternelle", "Élémentaire"))
    head.press("Continuer")
    place = welcome._place
    head.qtbot.waitUntil(lambda: place._keyring_known)
    place._place.set_path(path)
    head.fill("Phrase de passe", PHRASE)
    head.fill("La même, une seconde fois", PHRASE)
    head.press("Créer le dossier")
    head.sees("La fiche de secours")
    head.press("Plus tard")
    head.sees("voici où en est l’école")
    head.sees("École Jules-Verne")
    head.idle()


def settle_school(head: Head) -> None:
    head.go(7)
    for label, text in (("Classes", "6"), ("Élèves", "140")):
        fields = [
            edit
            for edit in head.shell.page.findChildren(QLineEdit)
            if edit.isVisibleTo(head.shell.page) and edit.accessibleName() == label
        ]
        # One for the maternelle, one for the élémentaire; the other levels show none.
        assert len(fields) == 2
        fields[1].setText(text)
        fields[1].editingFinished.emit()
    head.fill("Direction : prénom et nom", "Claire Morvan")
    head.fill("Enseignants", "10")
    assert head.shell._context.services.school.identity().pupils == 140


def answer_audit(head: Head) -> None:
    head.go(2)
    page = head.page(AuditPage)
    page.new()
    enter = Qt.Key.Key_Return
    head.keys("?", enter, "22", enter, "p", enter)
    found = audit.summary(head.shell._context.services.dossier)
    assert found is not None
    assert found.answered >= 2
    head.go(1)
    head.sees("2 réponses sur")


def import_lists(head: Head) -> None:
    head.go(3)
    page = head.page(LoansPage)
    for kind, file, words in (
        ("devices", "materiel.csv", "appareils"),
        ("pupils", "onde_eleves.csv", "élèves"),
    ):
        page._opening.go(Import(kind))
        panel = page.panel
        assert isinstance(panel, ImportPanel)
        panel.load(SAMPLES / file)
        head.idle()
        head.press("Importer ", panel, ends=words)
        head.idle()
        head.press("Terminé", panel)
    dossier = page.services.dossier
    assert len(pupils(dossier)) == 190
    assert stock(dossier).total > 0


def lend_and_return(head: Head) -> None:
    page = head.page(LoansPage)
    for _ in range(2):
        head.qtbot.keyClick(head.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        panel = page.panel
        assert panel is not None
        pupil, device = panel.findChildren(Chooser)
        for chooser in (pupil, device):
            free = next(
                action for action in chooser._find("") if not getattr(action, "open_loans", 0)
            )
            chooser.choose(free)
        head.press("Prêter", panel)
    dossier = page.services.dossier
    open_loans = loans(dossier, state=LoanState.OPEN)
    assert len(open_loans) == 2
    page._opening.go(Loan(open_loans[0].id))
    head.press("Noter le retour", page.panel)
    assert len(loans(dossier, state=LoanState.OPEN)) == 1
    assert page.panel is None


def adopt(head: Head) -> None:
    head.go(4)
    page = head.page(PlanPage)
    for section in plan_rules.sections():
        if section.obligatory:
            page.go_to(f"section:{section.id}")
            head.press("Reprendre l’exemple", page)
    page._segments.set_index(SCENARIOS)
    for scenario in ("inondation", "cyberattaque", "coupure"):
        page.scenarios._list.choose(scenario)
        page.scenarios.editor._chosen.click()
    page._segments.set_index(RISKS)
    page.new()
    head.press("Ajouter", page.panel)
    rating = next(form for form in page.panel.findChildren(Form) if "severity" in form.values())
    for axis in ("severity", "likelihood", "control"):
        box = rating.field(axis).control
        box.setCurrentIndex(box.count() - 1)
    head.press("Arrêter une version")
    head.press("Arrêter la version 1", page.panel)
    head.sees("La version 1 du plan est arrêtée.")
    head.idle()
    assert plans.summary(page.services.dossier).version == 1


def hold_drill(head: Head) -> None:
    head.go(5)
    page = head.page(DrillsPage)
    head.press("Préparer un exercice")
    head.press("Prévoir cet exercice", page.panel)
    head.press("Noter l’exercice")
    [view] = page.findChildren(DrillView)
    view.show_step(RESULTS)
    line = next(line for line in page.findChildren(MeasureLine) if line.measure.id == "families_2h")
    field = line.findChild(QLineEdit)
    assert field is not None
    field.setText("94")
    field.editingFinished.emit()
    last = drills.summary(page.services.dossier).last
    assert last is not None
    assert last.headline.startswith("94")


def export(head: Head, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head.go(1)
    head.sees("94\u202f%")
    monkeypatch.setattr(
        "egn_desktop.ui.context.QFileDialog.getExistingDirectory", lambda *_: str(folder)
    )
    head.press("Dossier d’inspection")
    head.sees("documents dans «")
    [made] = folder.iterdir()
    names = {path.name for path in made.iterdir()}
    for start in (
        "etat-des-lieux",
        "registre-des-prets",
        "convention-de-pret",
        "plan-de-continuite",
        "compte-rendu-exercice",
    ):
        assert any(name.startswith(start) for name in names), (start, names)
    for file in made.iterdir():
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages) >= 1


def reopen(head: Head) -> None:
    head.window.start()
    head.sees("n’a pas de trousseau")
    head.fill("Code de secours ou phrase de passe", PHRASE)
    head.press("Ouvrir")
    head.sees("voici où en est l’école")
    head.sees("Version 1")
    head.sees("94\u202f%")
    head.idle()
    dossier = head.window.dossier
    assert dossier is not None
    assert looked_over(dossier).ok
    assert list_backups(dossier.dossier_id)
    assert len(loans(dossier, state=LoanState.OPEN)) == 1
