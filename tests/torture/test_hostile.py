# SPDX-License-Identifier: GPL-3.0-or-later
"""Files made to hurt: the short form reads a few, ``python -m tests.torture.hostile`` all."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from hostile import run
from hostile_files import FILES, short

pytestmark = pytest.mark.child


def test_a_few_hostile_files_hurt_nobody(qapp: object) -> None:
    outcomes = run(short(), lambda line: None)
    assert not [
        (outcome.file.name, outcome.wrong, outcome.verdict) for outcome in outcomes if outcome.wrong
    ]


@pytest.mark.torture
def test_no_hostile_file_hurts_anybody(qapp: object) -> None:
    outcomes = run(FILES, lambda line: None)
    assert len(outcomes) > 60
    assert not [
        (outcome.file.name, outcome.wrong, outcome.verdict) for outcome in outcomes if outcome.wrong
    ]
