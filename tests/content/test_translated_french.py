# SPDX-License-Identifier: GPL-3.0-or-later
"""A French sentence that changes is translated anew: nobody reads eight languages by chance."""

import json
from pathlib import Path

from egn_desktop.inventory.papers import clauses
from egn_desktop.plans import rules
from egn_desktop.school.words import ANY_SCHOOL, Owner, SchoolKind

RECORD = Path(__file__).parent / "french_as_translated.json"
KINDS = {"": ANY_SCHOOL, "-second-degree": SchoolKind(False, False, Owner.DEPARTEMENT)}


def french() -> dict[str, str]:
    """Return every French sentence that is translated, by what names it; plain spaces."""
    said = {
        entry.id: entry.text
        for catalogue in (clauses.wording("fr"), clauses.clauses(), clauses.summary())
        for entry in catalogue
    }
    for end, kind in KINDS.items():
        for scenario in rules.scenarios(kind):
            said[f"{scenario.id}{end}"] = scenario.message
            said[f"{scenario.id}{end}, sms"] = scenario.sms
    return {name: " ".join(words.split()) for name, words in said.items()}


def test_the_french_is_what_was_translated() -> None:
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    changed = [name for name, words in french().items() if record.get(name) != words]
    assert not changed, (
        "Translate these anew in every file of loans/languages and plans/languages, or take them "
        "out there; then write their French in french_as_translated.json."
    )
