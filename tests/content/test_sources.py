# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source leads to the very text, and every text that the content calls a law is one."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace as changed

from egn_desktop import content, paths
from egn_desktop.audit.catalogue import criteria
from egn_desktop.audit.providers import charges, sources_of
from egn_desktop.content.loader import Source
from egn_desktop.school.rules import Level
from egn_desktop.school.tools import state_tools

OFFICIAL: Final = [source for source in content.sources().values() if not source.is_own_proposal]
WHOLE_CODE: Final = re.compile(r"/(texte_lc|section_lc|affichCode\.do)/?(LEGITEXT\d+)?/?$")
A_LAW: Final = re.compile(r"^(Code|Loi|Décret|Règlement|Circulaire|Arrêté|Note de service)\b")
A_PLACE_OF_LAW: Final = re.compile(
    r"\b(?:articles?|partie|n°) ?[A-Z]?\d|\bNOR\b|\bdu \d{1,2}(?:er)? \w+ \d{4}"
)


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every entry of every content file, with the file's name."""
    for path in sorted(paths.resources().rglob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8"))["entry"]:
            yield path.name, entry


def wrong_with(source: Source) -> str:
    """Say what keeps a reader from finding the text, or nothing."""
    where = urlsplit(source.address)
    if not (where.path.strip("/") or where.query):
        return "the address is a home page"
    if WHOLE_CODE.search(where.path) and not where.query:
        return "the address is a whole code"
    if not source.place:
        return "nothing says where in the text"
    if A_LAW.match(source.title) and not A_PLACE_OF_LAW.search(source.place):
        return "a text of law without its article or number"
    return ""


@pytest.mark.parametrize("source", OFFICIAL, ids=lambda source: source.id)
def test_a_source_says_where_and_when_it_was_read(source: Source) -> None:
    assert not wrong_with(source)
    assert source.checked >= date(2026, 11, 24)
    assert 1800 < source.year <= source.checked.year


def test_what_leads_nowhere_is_found() -> None:
    official = OFFICIAL[0]
    assert "home page" in wrong_with(changed(official, address="https://www.legifrance.gouv.fr/"))
    code = "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006071191/"
    assert "whole code" in wrong_with(changed(official, place="article 7", address=code))
    assert "where" in wrong_with(changed(official, place=""))
    law = changed(official, title="Loi du 9 février 2015", place="au début")
    assert "without its article" in wrong_with(law)


def test_each_source_stands_once() -> None:
    ids = [entry["id"] for name, entry in entries() if name == "sources.toml"]
    assert len(ids) == len(set(ids))


def test_every_law_that_a_question_names_is_among_its_sources() -> None:
    named = re.compile(r"(?:article [LRD]?\d[\d-]*|n° \d{4}-\d+)")
    for criterion in criteria():
        said = f"{criterion.help} {criterion.article}"
        known = " ".join(
            f"{source.title} {source.place}" for source in sources_of(criterion, list(Level))
        )
        for found in named.findall(said):
            number = found.split()[-1]
            assert number in known, (criterion.id, found)


def test_a_year_stands_beside_every_national_figure() -> None:
    for criterion in criteria():
        for sentence in re.split(r"(?<=[.?]) ", criterion.help):
            if re.search(r"\d+(,\d)?\u202f%", sentence) and "proposition" not in sentence:
                assert re.search(r"20[12]\d", sentence), (criterion.id, sentence)
        assert all(re.fullmatch(r"20\d\d-20\d\d", each.period) for each in criterion.comparisons)


def test_charges_and_tools_are_sourced() -> None:
    for charge in charges():
        assert all(name in content.sources() for name in (charge.source, *charge.also))
    assert all(not content.source(tool).is_own_proposal for tool in state_tools())
