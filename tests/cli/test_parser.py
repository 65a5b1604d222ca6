# SPDX-License-Identifier: GPL-3.0-or-later
"""How the words of a command are read."""

from datetime import date
from pathlib import Path

import pytest

from egn_desktop.cli.parser import day, file_to_write, spelt
from egn_desktop.errors import UserError
from egn_desktop.spelling import PHONE


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("fiche", "fiche.pdf"),
        ("fiche v1.2", "fiche v1.2.pdf"),
        ("fiche.PDF", "fiche.PDF"),
        ("dossier/fiche.pdf", "dossier/fiche.pdf"),
    ],
)
def test_a_file_to_write_gets_its_ending(given: str, written: str) -> None:
    assert file_to_write(".pdf")(given) == Path(written)


@pytest.mark.parametrize("written", ["30/11/2026", "2026-11-30", " 30/11/2026 "])
def test_a_day_is_read_as_people_and_as_scripts_write_it(written: str) -> None:
    assert day(written) == date(2026, 11, 30)


def test_an_option_says_what_is_wrong_with_a_number() -> None:
    assert spelt(PHONE, "0471590000") == "04 71 59 00 00"
    with pytest.raises(UserError, match=r"« pas de tel » ne va pas. .* en chiffres"):
        spelt(PHONE, "pas de tel")
