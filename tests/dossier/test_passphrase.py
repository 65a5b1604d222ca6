# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
import unicodedata
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from egn_desktop import content
from egn_desktop.dossier import Dossier, Protection, guessing, life, passphrase

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
        ("motdepassemotdepasse", "mot de passe que tout le monde"),
        ("M0t de p@sse ! 2026", "mot de passe que tout le monde"),
        ("azertyuiopqsdfgh", "sur le clavier"),
        ("mlkjhgfdsqpoiuytreza", "sur le clavier"),
        ("&é\"'(-è_çà&é\"'(-è_çà", "sur le clavier"),
        ("aqwzsxedcrfvtgbyhn", "sur le clavier"),
        ("EcoleJulesVerne2026", "une année"),
        ("école de démonstration", "mot d’école"),
        ("Le Petit Chaperon Rouge", "phrase que tout le monde connaît"),
        ("Liberté, Égalité, Fraternité !", "phrase que tout le monde connaît"),
        ("bonjour tout le monde", "phrase que tout le monde connaît"),
        ("un deux trois quatre cinq", "se récite"),
        ("ballon ballon ballon ballon", "des répétitions"),
        ("grandes vacances plage", "trop peu"),
    ],
)
def test_what_is_easily_found_is_refused_with_advice(weak: str, why: str) -> None:
    problem = passphrase.problem(weak)
    assert problem
    assert why in problem
    assert "mots sans rapport" in problem


def test_four_words_are_enough() -> None:
    assert passphrase.problem("lampe corbeau tiroir mardi") is None


def test_what_anyone_knows_of_the_school_protects_nothing() -> None:
    known = ("École élémentaire des Ormes", "Plougastel-Daoulas", "0290001A", "Anne Kermarrec")
    for phrase in (
        "Ormes Plougastel Daoulas 2026",
        "anne kermarrec plougastel",
        "0290001A Ormes Anne",
    ):
        problem = passphrase.problem(phrase, known)
        assert problem
        assert "votre nom" in problem
    assert passphrase.problem("lampe corbeau tiroir mardi", known) is None


def test_drawn_words_are_five_differ_and_are_strong() -> None:
    drawn = {passphrase.draw() for _ in range(40)}
    assert len(drawn) == 40
    for phrase in drawn:
        words = phrase.split()
        assert len(set(words)) == 5
        assert passphrase.problem(phrase) is None
        assert guessing.assess(phrase).level >= guessing.Level.GOOD


def test_the_words_drawn_are_plain_and_many() -> None:
    words = content.load("secrets/words.toml", passphrase._Words)["drawn"].words
    assert len(set(words)) == len(words) >= 2048
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert {len(word) for word in words} <= set(range(4, 10))


def test_strength_is_said_with_its_reason_and_as_an_estimate() -> None:
    said = passphrase.said("lampe corbeau tiroir mardi 2026")
    assert said.startswith("Solidité : bonne.")
    assert "notre estimation" in said
    assert "une année" in said


def test_a_no_break_space_is_a_space_and_an_old_dossier_opens_all_the_same(tmp_path: Path) -> None:
    spaced = PHRASE.replace(" ", "\u00a0")
    new, old = tmp_path / "new.egn", tmp_path / "old.egn"
    life.create_dossier(new, new_passphrase=PHRASE).close()
    life.open_dossier(new, secret=spaced).close()
    salt = bytes(range(16))
    before = hashlib.pbkdf2_hmac("sha512", spaced.encode(), salt, passphrase.ITERATIONS, 32)
    Dossier.create(old, key=before, salt=salt).close()
    with life.open_dossier(old, secret=spaced) as dossier:
        assert dossier.protection is Protection.PASSPHRASE
        life.prove(dossier, spaced)


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
