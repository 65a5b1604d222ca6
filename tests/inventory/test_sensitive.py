# SPDX-License-Identifier: GPL-3.0-or-later
"""That adapted equipment was notified is a health datum: noted or left out, as a school wishes."""

from pathlib import Path

import pytest
from sqlalchemy import text

from egn_desktop import exports, joining
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.needs import asked, need, notes_sensitive
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.services import Services
from tests.conftest import KEY
from tests.inventory.test_privacy_report import text_of

SPECIAL = "special-need"


@pytest.fixture
def services(dossier: Dossier) -> Services:
    made = Services.of(dossier)
    pupil = made.pupils.add_pupil(PupilInput("Martin", "Léa"))
    made.needs.note_need(pupil, ["no-device", SPECIAL])
    return made


def test_left_out_it_is_erased_asked_no_more_and_refused(services: Services) -> None:
    dossier = services.dossier
    assert notes_sensitive(dossier)
    assert services.privacy.leave_out(SPECIAL) == 1
    found = need(dossier, 1)
    assert found is not None
    assert found.answers == {"no-device"}
    assert SPECIAL not in {criterion.id for criterion in asked(dossier)}
    told = dossier.rows(text("SELECT details FROM journal WHERE subject LIKE 'need:%'"))
    assert told
    assert not any(SPECIAL in (words.details or "") for words in told)
    with pytest.raises(UserError, match="écarté"):
        services.needs.note_need(1, [SPECIAL])
    assert services.privacy.leave_out(SPECIAL) == 0


def test_nothing_brings_the_answers_back(services: Services) -> None:
    services.privacy.leave_out(SPECIAL)
    stack = services.dossier.undo_stack
    while stack.last is not None:
        stack.undo()
    found = need(services.dossier, 1)
    assert found is None or SPECIAL not in found.answers


def test_taken_in_it_is_asked_again(services: Services) -> None:
    services.privacy.leave_out(SPECIAL)
    services.privacy.take_in(SPECIAL)
    services.needs.note_need(1, [SPECIAL])
    assert notes_sensitive(services.dossier)


def test_only_what_is_sensitive_can_be_left_out(services: Services) -> None:
    with pytest.raises(UserError, match="special-need"):
        services.privacy.leave_out("no-device")


def test_register_and_notice_follow(services: Services, tmp_path: Path) -> None:
    def printed(document: str) -> str:
        return text_of(exports.pdf_bytes(services.dossier, document), tmp_path)[0]

    assert "donnée de santé" in printed("registre-rgpd")
    assert "Donnée de santé" in printed("notice-familles")
    assert "Annuaire de crise" in printed("registre-rgpd")
    services.privacy.leave_out(SPECIAL)
    assert "a choisi de ne pas noter" in printed("registre-rgpd")
    assert "Donnée de santé" not in printed("notice-familles")


def test_a_copy_that_still_notes_it_brings_nothing_back(copies: tuple[Path, Path]) -> None:
    here, there = copies
    with Dossier.open(there, key=KEY) as other:
        Services.of(other).needs.note_need(1, ["no-connection", SPECIAL])
    with Dossier.open(here, key=KEY) as dossier:
        Services.of(dossier).privacy.leave_out(SPECIAL)
        with joining.side_by_side(dossier, there) as found:
            found.join(found.comparison.proposed)
        [kept] = dossier.rows(text("SELECT answers FROM pupil_need"))
        assert kept.answers == "no-connection"


def test_the_breach_sheet_says_who_decides_and_when(services: Services, tmp_path: Path) -> None:
    words, pages = text_of(
        exports.pdf_bytes(services.dossier, "fiche-violation-de-donnees"), tmp_path
    )
    assert pages <= 2
    for said in ("72 heures", "CNIL", "article 33", "article 34", "17Cyber", "À remplir"):
        assert said in words
