# SPDX-License-Identifier: GPL-3.0-or-later
"""What two copies of a dossier may differ in: what the school chose to keep, and how long."""

from typing import Any, Final

from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.subjects import Row, Subject
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.register import retention


def _limit(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    limit = retention.limits().get(row["id"])
    what = limit.title if limit else row["id"]
    return f"Durée de conservation, {what} : {retention.in_words(row['years'])}"


def _left_out(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    criterion = needs.criteria().get(str(row["id"]))
    return f"Critère écarté : {criterion.title if criterion else row['id']}"


def _drop_left_out(raw: Any) -> None:
    """Take what the other copy noted of a criterion that this one had left out away again."""
    left_out = {row[0] for row in raw.execute("SELECT id FROM criterion_left_out")}
    for pupil_id, answers in raw.execute("SELECT pupil_id, answers FROM pupil_need").fetchall():
        kept = [part for part in answers.split() if part not in left_out]
        if len(kept) < len(answers.split()):
            raw.execute(
                "UPDATE pupil_need SET answers = ? WHERE pupil_id = ?", (" ".join(kept), pupil_id)
            )


SETTINGS: Final = (
    Subject(table="retention_limit", heading="Réglages", tell=_limit, kinds=("retention",)),
    Subject(
        table="criterion_left_out",
        heading="Réglages",
        tell=_left_out,
        kinds=("need-criterion",),
        tidy=_drop_left_out,
    ),
)
