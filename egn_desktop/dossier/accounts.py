# SPDX-License-Identifier: GPL-3.0-or-later
"""What the journal tells of each record, held against the record as it stands.

A feature names, for one kind of subject (``loan:12``), the fields that each of its use cases
journals; the rest is told here once for all. Files are held against their digests the same way.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.dossier import journal
from egn_desktop.dossier.kept import Kept
from egn_desktop.dossier.model import JournalEntry
from egn_desktop.dossier.report import Check
from egn_desktop.dossier.store import Dossier

UNKNOWN: Final = object()
"""As a field that a change implies: the journal says no more what it holds from there."""

SHOWN: Final = 4
_ERASED: Final[dict[str, dict[str, Any]]] = {"before": {}, "after": {}}
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One kind of subject of the journal, and the records that it is about.

    Attributes:
        kind: what stands before the colon of its subjects.
        number: the field that holds a record's id, where the subject is not its own but that of
            what it belongs to; all its ``changes`` write it, before or after.
        name: what one of them is called in French, before its number ("Prêt n°").
        rows: gives each record's id and its fields, under the journal's names for them.
        fields: what is held against the journal → its French name.
        implied: what a change says without writing it, by its name: fields → values.
        counted: fields that count changes: what each change adds to them.
        ends: changes after which the record is there no more.
        is_whole: whether each record was journalled when it was made.
    """

    kind: str = ""
    name: str
    rows: Callable[[Session], Iterable[tuple[int, Mapping[str, Any]]]]
    fields: Mapping[str, str]
    implied: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    counted: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Mapping[str, int]])
    ends: frozenset[str] = frozenset()
    number: str = ""
    changes: tuple[str, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that the dossier keeps: what to call it, its digest, and how to read its bytes."""

    name: str
    digest: str
    read: Callable[[], bytes]


@Kept
def undone_entries(dossier: Dossier) -> frozenset[int]:
    """Return the entries of the journal that count no more, read once for all who ask."""
    with dossier.read() as session:
        return journal.undone(session)


_Entry = tuple[int, str, str, str | None]


@dataclass(slots=True)
class _Told:
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    counts: Counter[str] = field(default_factory=Counter[str])
    is_gone: bool = False
    is_erased: bool = False


def held_against_journal(
    dossier: Dossier, title: str, accounts: Sequence[Account], files: Iterable[KeptFile] = ()
) -> Check:
    """Hold records and files against what the journal and their digests say."""
    records, kept, problems = 0, 0, list[str]()
    for account in accounts:
        # What is held against each other is read in one go, and compared while the dossier is free.
        with dossier.read() as session:
            undone = undone_entries(dossier)
            entries, rows = _entries(session, account), list(account.rows(session))
        records += len(rows)
        problems += _differences(account, _told(account, entries, undone), rows)
    for file in files:
        kept += 1
        if hashlib.sha256(file.read()).hexdigest() != file.digest:
            problems.append(f"{file.name} : le fichier gardé n’est plus celui de l’empreinte.")
    if problems:
        return Check.altered(title, summed_up(problems))
    said = f"Fiches conformes au journal : {records}."
    return Check.good(
        title, f"{said} Fichiers conformes à leur empreinte : {kept}." if kept else said
    )


def summed_up(problems: Sequence[str]) -> str:
    """Return the first problems, and how many more there are."""
    more = len(problems) - SHOWN
    return " ".join(problems[:SHOWN]) + (f" Et {more} de plus." if more > 0 else "")


def _differences(
    account: Account, told: dict[int, _Told], rows: Iterable[tuple[int, Mapping[str, Any]]]
) -> list[str]:
    problems: list[str] = []
    for row_id, row in rows:
        name = f"{account.name} {row_id}"
        story = told.pop(row_id, None)
        if story is None or story.is_gone:
            if not account.is_whole:
                continue
            problems.append(f"{name} : aucune écriture du journal n’en parle.")
            continue
        for field_name, label in account.fields.items():
            said = (
                story.counts[field_name]
                if field_name in account.counted
                else story.fields.get(field_name, UNKNOWN)
            )
            stands = _plain(row[field_name])
            if said is not UNKNOWN and said != stands:
                problems.append(
                    f"{name}, {label} : {_shown(stands)} ; le journal dit {_shown(said)}."
                )
    for row_id, story in told.items():
        if not story.is_gone and not story.is_erased:
            problems.append(
                f"{account.name} {row_id} : la fiche manque, alors que le journal la connaît."
            )
    return problems


def _entries(session: Session, account: Account) -> Sequence[_Entry]:
    """Read what the journal says of a kind of record: number, subject, change, details."""
    about = (
        JournalEntry.what.in_(account.changes)
        if account.number
        else JournalEntry.subject.startswith(f"{account.kind}:")
    )
    entries = (
        select(JournalEntry.id, JournalEntry.subject, JournalEntry.what, JournalEntry.details)
        .where(about)
        .order_by(JournalEntry.id)
    )
    return [
        (number, subject, what, details)
        for number, subject, what, details in session.execute(entries)
    ]


def _told(account: Account, entries: Iterable[_Entry], undone: frozenset[int]) -> dict[int, _Told]:
    """Return what the journal says of each record of a kind, its last word on each field.

    Args:
        undone: the entries that were taken back, and say nothing any more.
    """
    stories: dict[int, _Told] = {}
    for entry, subject, what, details in entries:
        if entry in undone:
            continue
        said: dict[str, dict[str, Any]] = json.loads(details) if details else _ERASED
        number = _number(account, subject, said)
        if number is None:
            continue
        story = stories.get(number)
        if story is None or story.is_gone:
            story = stories[number] = _Told()
        for field_name, steps in account.counted.items():
            story.counts[field_name] += steps.get(what, 0)
        if what in account.ends:
            story.is_gone = True
        elif details is None:
            # Erased with a person; whether rightly so, the check of the journal says.
            story.fields, story.is_erased = {}, True
        else:
            after = said["after"]
            story.fields |= {name: after[name] for name in account.fields if name in after}
            story.fields |= {
                name: _plain(value) for name, value in account.implied.get(what, {}).items()
            }
    return stories


def _number(account: Account, subject: str, said: Mapping[str, Mapping[str, Any]]) -> int | None:
    if account.number:
        return (said["before"] | said["after"]).get(account.number)  # pyright: ignore
    number = subject.partition(":")[2]
    return int(number) if number.isdecimal() else None


def _plain(value: Any) -> Any:
    """Return a value as the journal's JSON gives it back."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return list[Any](value) if isinstance(value, tuple) else value  # pyright: ignore


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "rien"  # pyright: ignore
    text = str(value)
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    except ValueError:
        return f"« {text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''} »"
