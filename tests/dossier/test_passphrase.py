# SPDX-License-Identifier: GPL-3.0-or-later
import unicodedata
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from egn_desktop.dossier import life, passphrase

PHRASE = "Été : quatre chevaux gris au lac"


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("", "Choisissez"),
        ("   ", "Choisissez"),
        ("école2026", "trop courte"),
        ("a" * 40, "se devine"),
        ("abababababababababab", "se devine"),
        ("1234567890123456789", "se devine"),
        ("abcdefghijklmnopqrstuvwxyz", "se devine"),
    ],
)
def test_what_is_easily_found_is_refused_with_advice(weak: str, why: str) -> None:
    problem = passphrase.problem(weak)
    assert problem
    assert why in problem
    assert "mots sans rapport" in problem


def test_four_words_are_enough() -> None:
    assert passphrase.problem("lampe corbeau tiroir mardi") is None


def test_accents_typed_on_another_system_give_the_same_key() -> None:
    salt = bytes(16)
    decomposed = unicodedata.normalize("NFD", PHRASE)
    assert decomposed != PHRASE
    assert passphrase.key_of(f" {decomposed} ", salt) == passphrase.key_of(PHRASE, salt)


def test_any_sqlcipher_tool_opens_the_file_with_the_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "ecole.egn"
    life.create_dossier(path, new_passphrase=PHRASE).close()
    plain = sqlcipher.connect(str(path))
    plain.execute(f"PRAGMA key = '{PHRASE}'")
    assert plain.execute("SELECT count(*) FROM school").fetchone() == (0,)
    plain.close()
