# SPDX-License-Identifier: GPL-3.0-or-later
"""What the dossier sorts and narrows is what a French reader would, of what the window shows."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from egn_desktop.collation import class_key, fold
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.listing import Listing
from egn_desktop.inventory.lending.queries.incidents import IncidentColumn, incident_list
from egn_desktop.inventory.people.queries.pupils import PupilColumn, pupil_list
from egn_desktop.inventory.people.queries.staff import StaffColumn, staff_list
from egn_desktop.inventory.register import finding
from egn_desktop.inventory.register.loans import LoanColumn, loan_list
from egn_desktop.inventory.register.model import Device, Incident, Loan, Pupil, Staff
from egn_desktop.inventory.register.terms import (
    Acquisition,
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
    LoanState,
    OwnerKind,
    Standing,
)
from egn_desktop.inventory.stock.queries.devices import DeviceColumn, device_list
from egn_desktop.lists import Asked, Order
from egn_desktop.ui.pages.loans.views.devices import device_columns
from egn_desktop.ui.pages.loans.views.incidents import incident_columns
from egn_desktop.ui.pages.loans.views.loans import loan_columns
from egn_desktop.ui.pages.loans.views.pupils import pupil_columns
from egn_desktop.ui.pages.loans.views.staff import staff_columns
from egn_desktop.ui.tables import ChipText, ColumnSpec
from tests.examples import examples

TODAY = date(2026, 11, 24)
WORDS = ("", "", "Éole", "eole", "Zoé", "œuvre", "Oedipe", "a10", "A9", "a9", "L’Île-9", "lile 10")
CLASSES = ("", "6e A", "CM2 B", "CE1 10", "CE1 9", "Tle 1", "PS", "ULIS")

LISTS: dict[str, tuple[Callable[[Dossier], Listing[Any]], Sequence[ColumnSpec]]] = {
    "loans": (loan_list, loan_columns()),
    "devices": (device_list, device_columns()),
    "pupils": (pupil_list, pupil_columns()),
    "staff": (staff_list, staff_columns()),
    "incidents": (incident_list, incident_columns()),
}
COLUMNS = [
    pytest.param(name, spec, id=f"{name}-{spec.title}")
    for name, (_, specs) in LISTS.items()
    for spec in specs
]

# What sorts a column by more than its words; the rest sorts by these, or by ``sort``.
KEYS: dict[str, Callable[[Any], Any]] = {
    LoanColumn.GROUP: lambda row: class_key(row.group),
    LoanColumn.STATE: lambda row: (row.standing is not Standing.LATE, row.due_on),
    DeviceColumn.AGE: lambda row: -row.acquired_on.toordinal() if row.acquired_on else None,
    PupilColumn.SCHOOL_CLASS: lambda row: class_key(row.school_class) if row.school_class else None,
    PupilColumn.HELD: lambda row: -row.open_loans,
    "cost_cents": lambda row: row.cost_cents,
}
KEYS_OF_LIST: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("staff", StaffColumn.HELD): KEYS[PupilColumn.HELD],
    ("incidents", IncidentColumn.STATE): lambda row: (not row.is_open, row.happened_on),
    ("devices", DeviceColumn.STATE): lambda row: reader_key(row.state_label),
}


def reader_key(text: str) -> list[tuple[int, int]] | None:
    """Return what sorts a text as a reader does, sign by sign, a number being one sign."""
    signs = re.findall("[0-9]+|.", fold(text))
    keys = [(ord("0"), int(sign)) if sign[0] in "0123456789" else (ord(sign), 0) for sign in signs]
    return keys or None


def shown(spec: ColumnSpec, row: Any) -> str:
    found = spec.text(row)
    return found.text if isinstance(found, ChipText) else found


def key_of(name: str, spec: ColumnSpec) -> Callable[[Any], Any]:
    assert spec.by is not None
    found = KEYS_OF_LIST.get((name, spec.by)) or spec.sort or KEYS.get(spec.by)
    return found or (lambda row: reader_key(shown(spec, row)))


@pytest.fixture
def school(dossier: Dossier) -> Dossier:
    """Devices, people, loans and incidents in every state, of words that are hard to sort."""
    chance = Random(11)  # noqa: S311 - no secret is drawn

    def day(first: int, last: int) -> date:
        return TODAY + timedelta(days=chance.randint(first, last))

    def word() -> str:
        return chance.choice(WORDS)

    with dossier.write() as session:
        people: list[Pupil | Staff] = []
        for _ in range(30):
            pupil = Pupil(
                last_name=word(),
                usual_name=word(),
                first_name=word(),
                born_on=chance.choice((None, day(-6000, -3000))),
                school_class=chance.choice(CLASSES),
                left_on=chance.choice((None, None, day(-30, 0))),
                created_at=dossier.now(),
            )
            finding.index_pupil(pupil)
            people.append(pupil)
        for _ in range(15):
            member = Staff(
                last_name=word(),
                first_name=word(),
                duty=word(),
                email=word(),
                phone=word(),
                created_at=dossier.now(),
            )
            finding.index_staff(member)
            people.append(member)
        session.add_all(people)
        session.flush()
        devices: list[Device] = []
        for number in range(60):
            device = Device(
                asset_number=chance.choice(("", f"YSS-{number}", f"yss {number}00")),
                serial_number=f"{chance.choice(WORDS)}{number}{'7' * chance.randint(0, 14)}",
                asset_key="",
                kind=chance.choice(list(DeviceKind)),
                brand=chance.choice(("", "HP", "Écho")),
                model=chance.choice(("", "ProBook 11", "ProBook 9")),
                owner=word(),
                owner_kind=chance.choice((None, *OwnerKind)),
                funding=word(),
                acquired_on=chance.choice((None, day(-4000, 0))),
                acquired_by=chance.choice((None, *Acquisition)),
                refurbished=chance.random() > 0.5,
                warranty_until=chance.choice((None, day(-400, 400))),
                maintained_by=word(),
                value_cents=chance.choice((None, chance.randint(0, 200_000))),
                data_until=chance.choice((None, day(-400, 400))),
                condition=chance.choice(list(Condition)),
                state=chance.choice(
                    [state for state in DeviceState if state is not DeviceState.LENT]
                ),
                reserved_for=chance.choice((None, None, chance.choice(people).id)),
                reserved_note=word(),
                place=word(),
                created_at=dossier.now(),
            )
            finding.index_device(device)
            devices.append(device)
        session.add_all(devices)
        session.flush()
        for place, device in enumerate(devices[:40]):
            state = LoanState.OPEN if place < 25 else chance.choice(list(LoanState))
            session.add(
                Loan(
                    device_id=device.id,
                    borrower_id=chance.choice(people).id,
                    school_class=chance.choice(CLASSES),
                    lent_on=day(-300, 0),
                    due_on=day(-20, 20),
                    ended_on=None if state is LoanState.OPEN else day(-10, 0),
                    state=state,
                    condition_out=Condition.GOOD,
                    created_at=dossier.now(),
                )
            )
        session.flush()
        for _ in range(30):
            closed = chance.choice((None, day(-5, 0)))
            session.add(
                Incident(
                    device_id=chance.choice(devices).id,
                    loan_id=chance.choice((None, chance.randint(1, 40))),
                    kind=chance.choice(list(IncidentKind)),
                    happened_on=day(-60, 0),
                    repairer=word(),
                    report_number=word(),
                    sent_on=chance.choice((None, None, day(-4, 0))),
                    cost_cents=chance.choice((None, chance.randint(0, 90_000))),
                    closed_on=closed,
                    outcome=chance.choice(list(IncidentOutcome)) if closed else None,
                    created_at=dossier.now(),
                )
            )
    return dossier


@pytest.mark.tampers
@pytest.mark.parametrize(("name", "spec"), COLUMNS)
def test_each_column_is_sorted_and_narrowed_as_it_is_read(
    school: Dossier, name: str, spec: ColumnSpec
) -> None:
    listed = LISTS[name][0](school)
    assert spec.by is not None
    own = listed.rows()
    assert len(own) >= 15
    key = key_of(name, spec)
    known = [row for row in own if key(row) is not None]
    unknown = [row.id for row in own if key(row) is None]
    for descending in (False, True):
        wanted = [row.id for row in sorted(known, key=key, reverse=descending)] + unknown
        found = listed.rows(Asked(order=Order(spec.by, descending)))
        assert [row.id for row in found] == wanted
        first = listed.rows(Asked(order=Order(spec.by, descending), limit=4))
        assert [row.id for row in first] == wanted[:4]
    texts = {shown(spec, row) for row in own}
    if listed.columns()[spec.by].text is None:
        assert spec.title in ("Âge", "Coût", "Valeur")
        return
    assert set(listed.texts(spec.by, Asked(), len(texts))) == texts
    assert listed.texts(spec.by, Asked(), len(texts) - 1) == []
    for text in texts:
        asked = Asked(only={spec.by: text})
        assert [row.id for row in listed.rows(asked)] == [
            row.id for row in own if shown(spec, row) == text
        ]


def test_every_column_of_a_long_list_is_sorted_by_the_dossier(dossier: Dossier) -> None:
    for make, specs in LISTS.values():
        assert {spec.by for spec in specs} == set(make(dossier).columns())


@given(st.lists(st.text(alphabet="aéEœ0129٣ -’ß", max_size=20), max_size=12))
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_sorts_words_and_numbers_as_a_reader_does(dossier: Dossier, texts: list[str]) -> None:
    given_texts = func.json_each(func.json_array(*texts)).table_valued("key", "value")
    key = func.words_order(given_texts.c.value)
    statement = select(given_texts.c.value).order_by(key.asc().nulls_last(), given_texts.c.key)
    empty = [text for text in texts if reader_key(text) is None]
    others = [text for text in texts if reader_key(text) is not None]
    assert [row[0] for row in dossier.rows(statement)] == (
        sorted(others, key=lambda text: reader_key(text) or []) + empty
    )


@pytest.mark.tampers
def test_searches_narrow_and_are_counted_without_reading_rows(school: Dossier) -> None:
    listed = loan_list(school)
    everything = listed.rows()
    asked = Asked(("zoe", "oeuvre"))
    found = listed.rows(asked)
    assert 0 < len(found) < len(everything)
    assert listed.count(asked) == len(found)
    assert listed.count(Asked(limit=3)) == 3
    # What the first search finds comes first, while no other order is asked for.
    first = {row.id for row in listed.rows(Asked(("zoe",)))}
    places = [row.id in first for row in found]
    assert places == sorted(places, reverse=True)
    assert any(places)
    assert not all(places)
