# SPDX-License-Identifier: GPL-3.0-or-later
"""A criterion added to a content file is asked, judged, printed and exported, with no code."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop import paths
from egn_desktop.audit import catalogue
from egn_desktop.audit.exports import answer_rows, indicators_json
from egn_desktop.audit.queries import AuditView, gaps, view
from egn_desktop.dossier import Dossier
from egn_desktop.exports import pdf_bytes
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.audit import AuditPage

TITLE = "Accueil équipé d’une tablette"
QUESTION = "Combien de tablettes l’accueil de l’école a-t-il\u202f?"
CRITERION = f"""
version = "2026.1"

[[entry]]
id = "sal-90"
source = "egn-desktop"
domain = "salles"
title = "{TITLE}"
question = "{QUESTION}"
help = "Celles qui restent à l’accueil."
kind = "ratio"
known_from = "reused_devices"
part = "Tablettes"
whole = "Accueils"
per = 1
unit = "par accueil"
thresholds = [{{ value = 1, nature = "proposal" }}]
providers = ["authority"]
impact = 3
effort = 1
action = "Demander une tablette pour l’accueil"
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shipped content with one criterion more in a file of its own."""
    shipped, folder = paths.resources(), tmp_path / "resources"
    folder.mkdir()
    for path in shipped.iterdir():
        if path.name != "audit":
            (folder / path.name).symlink_to(path, target_is_directory=path.is_dir())
    shutil.copytree(shipped / "audit", folder / "audit")
    (folder / "audit" / "criteria" / "accueil.toml").write_text(CRITERION, encoding="utf-8")
    caches = (catalogue.criteria, catalogue.domains)
    with monkeypatch.context() as patched:
        patched.setattr(paths, "resources", lambda: folder)
        for cached in caches:
            cached.cache_clear()
        yield
    for cached in caches:
        cached.cache_clear()


@pytest.fixture
def page(content: None, context: Context, show: Callable[[QWidget], None]) -> AuditPage:
    """The page of a school whose audit has just been started."""
    SchoolService(context.services.dossier).save(
        Identity(name="École Jules-Verne", levels=(LevelCount(Level.ELEMENTAIRE, 6, 140),))
    )
    context.services.audit.start()
    made = AuditPage(context)
    show(made)
    made.arrive(None)
    return made


def read(dossier: Dossier) -> AuditView:
    found = view(dossier)
    assert found is not None
    return found


def test_it_is_asked_judged_printed_and_exported(
    qtbot: QtBot, page: AuditPage, tmp_path: Path
) -> None:
    dossier = page.services.dossier
    assert "sal-90" in [question.key for question in read(dossier).questions]
    # The window asks it in its domain, and answers it as any other.
    page.arrive("sal-90")
    card = page._questions.current
    assert card is not None
    assert card.accessibleName() == QUESTION
    for keys in ("2", "\r", "4", "\r"):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClicks(focus, keys)
    answered = read(dossier)
    assert "sal-90" in answered.answers
    # The score counts it, and its gap names who must provide.
    (rooms,) = [domain for domain in answered.result.domains if domain.domain.id == "salles"]
    assert rooms.score is not None
    assert rooms.score.high < 1
    (gap,) = gaps(dossier)
    assert (gap.title, gap.found, gap.provider) == (
        *(TITLE, "0,5 par accueil (2 sur 4)", "Commune ou intercommunalité"),
    )
    # The document prints it.
    printed = tmp_path / "etat.pdf"
    printed.write_bytes(pdf_bytes(dossier, "etat-des-lieux", None))
    done = subprocess.run(["pdftotext", printed, "-"], capture_output=True, text=True, check=True)
    text = " ".join(done.stdout.split())
    assert TITLE in text
    assert "Demander une tablette pour l’accueil" in text
    # Both exports hold it.
    (row,) = [row for row in answer_rows(answered) if row[0] == "sal-90"]
    assert QUESTION in row
    criteria = json.loads(indicators_json(answered))["criteres"]
    (indicator,) = [criterion for criterion in criteria if criterion["critere"] == "sal-90"]
    assert (indicator["titre"], indicator["bilan"]) == (TITLE, "ecart")


def test_it_is_proposed_from_what_the_inventory_knows(page: AuditPage) -> None:
    page.services.devices.add_device(DeviceInput("T-1", DeviceKind.TABLET, refurbished=True))
    page.arrive("sal-90")
    (proposal,) = page._questions._beside.proposals["sal-90"]
    assert "1 par accueil (1 sur 1)" in proposal.words
