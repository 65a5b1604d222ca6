# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands between braces in a content file is known to whoever fills it."""

import re
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import pytest

from egn_desktop import paths
from egn_desktop.audit import letters
from egn_desktop.inventory.lending import reminders
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.privacy import notices
from egn_desktop.plans import wording
from egn_desktop.school.rules import Level
from egn_desktop.school.words import ANY_SCHOOL, WORDS, Owner, SchoolKind, owners, usual_owner

FILLED: Final = {
    "plans/scenarios.toml": WORDS | wording.OF_MESSAGES,
    "plans/languages/*.toml": wording.OF_MESSAGES - {"lieu"},
    "plans/phrases.toml": {"école", "subject", "day"},
    "plans/*.toml": WORDS,
    "audit/criteria/*.toml": WORDS,
    "audit/domains.toml": WORDS,
    "audit/letters.toml": WORDS | letters.PLACEHOLDERS,
    "drills/*.toml": WORDS,
    "loans/reminders.toml": reminders.PLACEHOLDERS,
    "loans/processing*.toml": notices.PLACEHOLDERS,
    "loans/breach.toml": notices.PLACEHOLDERS,
    "loans/notice*.toml": notices.PLACEHOLDERS,
    "loans/clauses.toml": clauses.PLACEHOLDERS,
    "loans/summary.toml": clauses.PLACEHOLDERS,
    "loans/acts.toml": WORDS,
    "loans/retention.toml": {"fields"},
    "loans/languages/*.toml": clauses.OF_TRANSLATIONS,
}
"""Files → what may stand between braces in them; the first that matches counts, else nothing."""


def filled_in(file: Path) -> AbstractSet[str]:
    """Return what may stand between braces in a content file."""
    matching = (names for pattern, names in FILLED.items() if file.match(pattern))
    return next(matching, frozenset[str]())


def unknown_in(file: Path) -> list[str]:
    """Return what stands between braces in a file and nobody fills."""
    lines = file.read_text(encoding="utf-8").splitlines()
    said = "\n".join(line for line in lines if not line.startswith("#"))
    return sorted(set(re.findall(r"\{(\w+)\}", said)) - filled_in(file))


def test_every_word_between_braces_is_one_that_is_filled() -> None:
    files = sorted(paths.resources().rglob("*.toml"))
    assert len(files) > 30
    assert not {file.name: names for file in files if (names := unknown_in(file))}


def test_a_misspelt_word_is_found(tmp_path: Path) -> None:
    file = tmp_path / "resources" / "audit" / "domains.toml"
    file.parent.mkdir(parents=True)
    file.write_text('intro = "Ce que {the_owner} et {the_onwer} doivent"\n', encoding="utf-8")
    assert unknown_in(file) == ["the_onwer"]


@pytest.mark.parametrize("owner", Owner)
def test_every_kind_of_school_has_every_word(owner: Owner) -> None:
    assert [owner.id for owner in owners()] == list(Owner)
    for first_degree in (True, False):
        for private in (True, False):
            said = SchoolKind(first_degree, private, owner).words
            assert said.keys() == WORDS
            assert all(said.values())
            assert said["The_owner"][0].isupper()
    assert ANY_SCHOOL.words["of_the_owner"] == "de la mairie"


@pytest.mark.parametrize(
    ("levels", "place", "owner"),
    [
        ("ME", {}, Owner.COMMUNE),
        ("", {}, Owner.COMMUNE),
        ("C", {"uai": "0430001A"}, Owner.DEPARTEMENT),
        ("LP", {"uai": "0430001A"}, Owner.REGION),
        ("CL", {}, Owner.COLLECTIVITE),
        ("EC", {}, Owner.COLLECTIVITE),
        ("E", {"is_private": True}, Owner.ORGANISME),
        ("L", {"is_private": True}, Owner.ORGANISME),
        ("C", {"uai": "0670001A"}, Owner.COLLECTIVITE),
        ("L", {"uai": "0670001A"}, Owner.REGION),
        ("L", {"uai": "6200001A"}, Owner.COLLECTIVITE),
        ("E", {"uai": "6200001A"}, Owner.COMMUNE),
        ("C", {"postcode": "20000"}, Owner.COLLECTIVITE),
        ("C", {"postcode": "69001"}, Owner.DEPARTEMENT),
        ("E", {"uai": "9710001A", "postcode": "97150"}, Owner.COLLECTIVITE),
        ("L", {"uai": "9740001A"}, Owner.REGION),
        ("L", {"uai": "9830001A"}, Owner.COLLECTIVITE),
        ("L", {"postcode": "98800"}, Owner.COLLECTIVITE),
        ("E", {"postcode": "98800"}, Owner.COMMUNE),
        ("E", {"uai": "9860001A"}, Owner.COLLECTIVITE),
    ],
)
def test_who_owns_is_proposed_from_levels_and_place(
    levels: str, place: dict[str, str], owner: Owner
) -> None:
    assert usual_owner(map(Level, levels), **place) is owner  # pyright: ignore[reportArgumentType]
