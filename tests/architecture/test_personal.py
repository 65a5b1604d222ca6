# SPDX-License-Identifier: GPL-3.0-or-later
"""Every column of the dossier says whose data it holds, for how long, and in which line."""

from dataclasses import dataclass

import pytest
from sqlalchemy import Column, Table, Text

from egn_desktop import features, personal
from egn_desktop.dossier import Base
from egn_desktop.fields import columns_of, described, fields_of
from egn_desktop.inventory.privacy.notices import processing
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.nouns import NOUNS, personal_columns
from egn_desktop.personal import NOBODY, OF_PUPIL

features.import_models()
TABLES = Base.metadata.tables


def unclassified(table: Table) -> set[str]:
    return set(table.columns.keys()) - set(personal_columns(table.name))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_says_whose_data_it_holds(name: str) -> None:
    left = unclassified(TABLES[name])
    assert not left, f"{name}: describe it in nouns.py, or classify it in personal.py: {left}"
    assert set(personal_columns(name)) <= set(TABLES[name].columns.keys()), "no such column"


def test_a_column_that_is_added_is_named() -> None:
    device = Table("device", Base.metadata.__class__(), Column("colour", Text), Column("id", Text))
    assert unclassified(device) == {"colour"}


@pytest.mark.parametrize("table", personal.COLUMNS)
def test_no_column_is_said_twice(table: str) -> None:
    names = " ".join(personal.COLUMNS[table].values()).split()
    names += [column for noun in NOUNS.get(table, ()) for column in columns_of(noun)]
    # Pupils and staff share their table and their names.
    assert len(names) == len(set(names)) or table == "borrower"
    assert table in TABLES


def test_every_line_and_limit_is_one_of_the_content_and_none_is_idle() -> None:
    every = {column for name in TABLES for column in personal_columns(name).values()} - {NOBODY}
    lines = {line.id for line in processing()}
    assert {personal.line for personal in every} <= lines
    about = {line.id for line in processing() if line.id.startswith(("donnees-", "autres-"))}
    assert {personal.line for personal in every} >= about
    limits = {limit.id for limit in retention.limits()}
    assert {personal.limit for personal in every} - {""} == limits


def test_the_texts_of_privacy_name_a_field_by_its_description() -> None:
    @dataclass
    class Noun:
        nickname: str = described("", "Surnom", OF_PUPIL)

    (field,) = fields_of(Noun)
    assert (field.name, field.lower_label, field.personal) == ("nickname", "surnom", OF_PUPIL)
    kept = next(limit for limit in retention.limits() if limit.id == "eleves-partis").keeps
    assert "Nom, prénom, nom d’usage, date de naissance, INE, classe" in kept
