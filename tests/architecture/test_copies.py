# SPDX-License-Identifier: GPL-3.0-or-later
"""Every table is known to whoever compares and joins two copies of a dossier."""

import pytest

from egn_desktop.dossier import Base
from egn_desktop.dossier.copies import OWN_BOOKS, Subject, Subjects
from egn_desktop.joining import subjects
from egn_desktop.services import Services

assert Services  # its import has every feature lay its tables
ALL = subjects().all


def test_every_table_is_compared_or_named_as_the_dossiers_own() -> None:
    left_out = Subjects.left_out(ALL)
    assert not left_out, f"say in a feature's joining.py what these are: {sorted(left_out)}"
    assert set(Base.metadata.tables) >= OWN_BOOKS


@pytest.mark.parametrize("subject", ALL, ids=lambda subject: subject.table)
def test_what_a_subject_names_is_there(subject: Subject) -> None:
    tables = Base.metadata.tables
    columns = set(tables[subject.table].columns.keys())
    named = {*subject.fields, *subject.values, *subject.texts, *subject.of_person}
    named |= {column for columns in subject.same_by for column in columns}
    assert named <= columns
    for part, column in subject.parts.items():
        assert tables[part].columns[column].foreign_keys, f"{part} is no part"
    if subject.changes:
        assert subject.numbered_in or subject.under, "say which row a journalled change is about"
