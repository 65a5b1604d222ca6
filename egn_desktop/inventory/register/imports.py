# SPDX-License-Identifier: GPL-3.0-or-later
"""What every import of a list tells: what it did, and that one of its rows cannot be kept.

What is known already is brought up to date and nobody is doubled: an empty cell of the list
never erases what the dossier knows. One journal entry says what an import did.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did.

    Attributes:
        unmatched: representatives none of whose children is in the list of pupils.
        left: pupils marked as gone, whom the list did not name.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    unmatched: int = 0
    left: int = 0


def noted(dossier: Dossier, what: str, counts: ImportCounts) -> ImportCounts:
    """Write one journal entry about an import of ``what``, and return its counts."""
    dossier.record(f"{what}.imported", f"import:{what}", after=asdict(counts))
    return counts


def refuse(problems: Sequence[str | None]) -> None:
    """Refuse a list one of whose rows has a problem.

    Raises:
        UserError: the first row that cannot be kept; nothing was imported.
    """
    for number, problem in enumerate(problems, start=1):
        if problem:
            raise UserError(
                f"La ligne {number} ne peut pas être importée. {problem}",
                kept="Rien n’a été importé.",
            )
