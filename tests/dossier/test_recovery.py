# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery code survives a human hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import recovery

SECRETS = st.binary(min_size=32, max_size=32)
PLACES = st.integers(0, recovery.GROUPS * recovery.GROUP - 1)
SECRET = bytes(range(32))


def plain(secret: bytes) -> str:
    return "".join(recovery.groups_of(secret))


def group_at(place: int) -> int:
    return place // recovery.GROUP + 1


@given(SECRETS)
def test_a_code_gives_its_secret_back(secret: bytes) -> None:
    code = recovery.code_of(secret)
    assert recovery.problem(code) is None
    assert recovery.secret_of(code) == secret
    assert recovery.looks_like_code(code)
    assert not set(code) & set("ILOU")


@given(SECRETS, st.sampled_from(["", " ", "-", "  ", "\n", " – "]), st.booleans())
def test_case_and_separators_do_not_matter(secret: bytes, separator: str, lower: bool) -> None:
    code = separator.join(recovery.groups_of(secret))
    assert recovery.secret_of(code.lower() if lower else code) == secret


@given(SECRETS)
def test_letters_that_look_like_figures_are_read_as_figures(secret: bytes) -> None:
    code = recovery.code_of(secret)
    assert recovery.secret_of(code.replace("0", "O").replace("1", "I")) == secret
    assert recovery.secret_of(code.replace("0", "o").replace("1", "l")) == secret


@given(SECRETS, PLACES, st.sampled_from(recovery.ALPHABET + "U*é"))
def test_one_wrong_character_names_its_group(secret: bytes, place: int, other: str) -> None:
    code = plain(secret)
    typed = code[:place] + other + code[place + 1 :]
    if other != code[place]:
        assert recovery.wrong_groups(typed) == (group_at(place),)
        assert f"Le groupe {group_at(place)} est mal recopié" in (recovery.problem(typed) or "")


@given(SECRETS, st.integers(0, recovery.GROUPS * recovery.GROUP - 2))
def test_two_neighbours_swapped_name_their_groups(secret: bytes, place: int) -> None:
    code = plain(secret)
    left, right = code[place], code[place + 1]
    typed = code[:place] + right + left + code[place + 2 :]
    if left != right:
        expected = sorted({group_at(place), group_at(place + 1)})
        assert list(recovery.wrong_groups(typed)) == expected


@given(SECRETS, st.integers(0, recovery.GROUPS - 1), st.integers(0, recovery.GROUPS - 1))
def test_two_groups_swapped_are_both_named(secret: bytes, place: int, other: int) -> None:
    groups = list(recovery.groups_of(secret))
    groups[place], groups[other] = groups[other], groups[place]
    if place != other:
        assert recovery.wrong_groups("-".join(groups)) == tuple(sorted((place + 1, other + 1)))


def test_a_group_that_lost_a_character_is_named_alone() -> None:
    groups = list(recovery.groups_of(SECRET))
    groups[6] = groups[6][:-1]
    assert recovery.wrong_groups(" ".join(groups)) == (7,)


@pytest.mark.parametrize(("kept", "said"), [(12, "il y en a ici 12"), (0, "il y en a ici aucun")])
def test_missing_groups_are_counted(kept: int, said: str) -> None:
    assert said in (recovery.problem("-".join(recovery.groups_of(SECRET)[:kept])) or "")


def test_a_wrong_code_gives_no_secret() -> None:
    with pytest.raises(ValueError, match="groupe 1"):
        recovery.secret_of("2" + recovery.code_of(SECRET)[1:])


@pytest.mark.parametrize(
    "words",
    ["quatre chevaux gris au bord du lac", "Clé de la réserve 1983, sous le 3e pot", "", "   "],
)
def test_a_passphrase_is_not_taken_for_a_code(words: str) -> None:
    assert not recovery.looks_like_code(words)


def test_a_code_half_typed_still_looks_like_one() -> None:
    assert recovery.looks_like_code("-".join(recovery.groups_of(SECRET)[:5]))
