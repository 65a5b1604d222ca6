# SPDX-License-Identifier: GPL-3.0-or-later
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop import french
from egn_desktop.documents.blocks import Document
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exports import offer_of, pdf_bytes, subject_of
from egn_desktop.inventory.lending.offers import register_periods
from egn_desktop.inventory.lending.report.counts import loans_counted
from egn_desktop.inventory.lending.report.grouping import (
    OTHERS,
    SMALLEST_GROUP,
    Grouping,
    class_without_names,
    delays,
    grouped,
    without_names,
)
from egn_desktop.inventory.lending.report.registers import (
    loan_register,
    register_by_borrower,
    register_by_device,
    register_without_names,
)
from egn_desktop.inventory.register import periods
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind, LoanState, Standing
from egn_desktop.services import Services

TODAY = date(2026, 11, 24)
PUPILS = (
    ("Benali", "Inès", "CM2 M. Colin"),
    ("Traoré", "Noé", "CM2 M. Colin"),
    ("Haddad", "Rose", "CM2 M. Colin"),
    ("Roy", "Max", "CE1 Mme Petit"),
    ("Moreau", "Lou", "GS Mme Joly"),
)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Five pupils of three classes and a teacher with a laptop each, and two older loans."""
    made = Services.of(dossier)
    for number in range(1, 7):
        kind = DeviceKind.TABLET if number == 5 else DeviceKind.LAPTOP
        made.devices.add_device(DeviceInput(f"YSS-{number:04}", kind, "HP", "ProBook"))
    ids = [
        made.pupils.add_pupil(PupilInput(last, first, school_class=c)) for last, first, c in PUPILS
    ]
    ids.append(made.staff.add_staff(StaffFields("Lambert", "Hélène", "Enseignante, CE1")))
    old = made.loans.lend(
        device_id=1, borrower_id=ids[4], lent_on=date(2026, 3, 2), due_on=date(2026, 4, 3)
    )
    made.loans.return_device(old, returned_on=date(2026, 4, 2))
    for device_id, borrower_id in enumerate(ids, 1):
        made.loans.lend(
            device_id=device_id,
            borrower_id=borrower_id,
            lent_on=date(2026, 9, 7) if device_id < 4 else date(2026, 11, 23),
            due_on=date(2026, 11, 13) if device_id == 1 else date(2027, 7, 2),
        )
    made.loans.return_device(3, returned_on=date(2026, 10, 5))
    return made


def printed(document: Document, folder: Path) -> str:
    """Return a document's text as a reader sees it, lines joined."""
    file = folder / "lu.pdf"
    file.write_bytes(render(document))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    return " ".join(done.stdout.replace("\u202f", " ").split())


def test_the_register_by_class_has_the_staff_last(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    text = printed(loan_register(dossier, ""), tmp_path)
    assert "Année scolaire 2026-2027, au 24 novembre 2026" in text
    assert "3 prêts, dont 2 en cours et 1 en retard" in text
    places = [text.index(name) for name in ("GS Mme Joly", "CE1 Mme", "CM2 M. Colin", "Personnel")]
    assert places == sorted(places)
    assert "Lambert Hélène" in text
    assert "02/03/2026" not in text


def test_the_other_registers_put_first_what_they_are_named_after(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    by_device = printed(register_by_device(dossier, ""), tmp_path)
    assert "Ordinateur portable 5 prêts" in by_device
    assert re.search(r"HP ProBook · YSS-0005 +Moreau Lou", by_device)
    by_borrower = printed(register_by_borrower(dossier, ""), tmp_path)
    assert re.search(r"Benali Inès, CM2", by_borrower)
    assert by_borrower.index("Traoré Noé") < by_borrower.index("Lambert Hélène")


@pytest.mark.parametrize(
    ("key", "names", "without"),
    [
        ("2025-2026", ("Moreau",), ("Benali", "parc")),
        ("2026-03", ("Moreau",), ("Benali",)),
        ("2026-09-07", ("Benali", "Traoré", "Haddad"), ("Roy", "Moreau")),
        ("2026-10-06", ("Benali",), ("Traoré",)),
        ("23/11/2026..24/11/2026", ("Roy", "Lambert"), ("Traoré",)),
        ("2024-2025", ("Aucun prêt dans cette période",), ("Moreau",)),
    ],
)
def test_a_period_holds_the_loans_that_ran_in_it(
    dossier: Dossier,
    services: Services,
    tmp_path: Path,
    key: str,
    names: tuple[str, ...],
    without: tuple[str, ...],
) -> None:
    text = printed(loan_register(dossier, key), tmp_path)
    assert all(name in text for name in names)
    assert not any(name in text for name in without)


def test_periods_are_offered_and_any_other_can_be_asked_for(
    dossier: Dossier, services: Services
) -> None:
    offered = {period.key: period.label for period in register_periods(dossier)}
    assert offered == {
        "": "Année scolaire 2026-2027",
        "2026-11-24": "Le 24 novembre 2026",
        "2025-2026": "Année scolaire 2025-2026",
        "2026-11": "Novembre 2026",
        "2026-09": "Septembre 2026",
        "2026-03": "Mars 2026",
    }
    offer = offer_of("registre-des-prets")
    assert subject_of(offer, dossier, None).label == "Année scolaire 2026-2027"
    asked = subject_of(offer, dossier, "24/11/2026..01/09/2026")
    assert asked.key == "2026-09-01..2026-11-24"
    assert asked.label == "Du 1er septembre 2026 au 24 novembre 2026"
    assert pdf_bytes(dossier, offer.id, asked.key).startswith(b"%PDF")
    with pytest.raises(UserError):
        pdf_bytes(dossier, offer.id, "2026-13")


@pytest.mark.parametrize("key", ["2026-13", "2026-2028", "hier", "2026-02-30", "2026-09-01.."])
def test_what_is_no_period_is_refused(dossier: Dossier, key: str) -> None:
    assert periods.period_of(key, TODAY) is None
    with pytest.raises(UserError) as refused:
        loan_register(dossier, key)
    assert "2026-09-01..2026-11-24" in refused.value.todo


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_period_is_found_again_by_its_key(first: date, last: date) -> None:
    for period in (
        periods.between(first, last),
        periods.month(first.year, first.month),
        periods.school_year(first.year, f"{first.year}-{first.year + 1}"),
    ):
        assert period.first <= period.last
        assert periods.period_of(period.key, TODAY) == period


def test_the_register_without_names_counts_and_hides_small_classes(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    text = printed(register_without_names(dossier, ""), tmp_path)
    assert "6 prêts, dont 5 en cours et 1 en retard" in text
    assert "CM2 3 2" in text
    assert f"{OTHERS} 3 3" in text
    assert "En retard de 8 à 30 jours 1" in text
    for name in ("Colin", "Joly", "Petit", "GS", "CE1", *(n for p in PUPILS for n in p[:2])):
        assert name not in text.split(), name
    assert "Personnel" not in text


NAMES = (
    st.text("ABCÉbcdéèlmnor'- ", min_size=4, max_size=14)
    .map(str.strip)
    .filter(lambda name: len(name.replace(" ", "")) > 3)
)
CLASSES = st.tuples(
    st.sampled_from(["CP", "CE1", "CM2", "6e B", "2de GT3", "Terminale", "Classe de", ""]),
    st.sampled_from([" ", " M. ", " Mme ", "-", " - Mme "]),
    NAMES,
)


def row(number: int, name: str, school_class: str, *, staff: bool = False) -> LoanRow:
    return LoanRow(
        id=number,
        device_id=number,
        borrower_id=number,
        device_name="HP ProBook",
        kind=DeviceKind.LAPTOP,
        code=f"N{number}",
        borrower_name=name,
        borrower_kind=BorrowerKind.STAFF if staff else BorrowerKind.PUPIL,
        school_class="" if staff else school_class,
        lent_on=date(2026, 9, 1),
        due_on=date(2026, 11, 1),
        ended_on=None,
        state=LoanState.OPEN,
        standing=Standing.LATE,
        days_late=23,
        state_label="En retard de 23 j",
    )


ROWS = st.lists(st.tuples(NAMES, CLASSES, st.booleans()), max_size=25).map(
    lambda found: [
        row(number, name, "".join(parts), staff=staff)
        for number, (name, parts, staff) in enumerate(found)
    ]
)


@given(ROWS)
def test_no_count_of_a_class_points_at_anybody(rows: list[LoanRow]) -> None:
    counts = without_names(rows)
    if not counts:
        assert len(rows) < 2 * SMALLEST_GROUP
        return
    assert sum(count.loans for count in counts) == len(rows)
    assert all(count.loans >= SMALLEST_GROUP for count in counts)
    assert sum(minutes for _, minutes in delays(rows)) == len(rows)


WHOEVER = st.text("zqxwkéï", min_size=4, max_size=12)


@given(
    st.lists(
        st.tuples(WHOEVER, WHOEVER, st.sampled_from(["CP", "CM2", "6e B", ""]), st.booleans()),
        max_size=20,
    )
)
def test_the_register_without_names_names_nobody(
    people: list[tuple[str, str, str, bool]],
) -> None:
    rows = [
        row(number, f"{name} {name}", f"{level} M. {teacher}", staff=staff)
        for number, (name, teacher, level, staff) in enumerate(people)
    ]
    written = " ".join(texts(loans_counted(rows)))
    assert french.count(len(rows), "prêt") in written or not rows
    for name, teacher, _, _ in people:
        assert name not in written
        assert teacher not in written


def texts(part: object) -> Iterator[str]:
    """Yield whatever is written in some blocks."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Sequence):
        for block in part:
            yield from texts(block)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


@given(CLASSES)
def test_a_class_is_said_without_a_name(parts: tuple[str, str, str]) -> None:
    level, between, name = parts
    said = class_without_names(f"{level}{between}{name}")
    for word in name.replace("-", " ").replace("'", " ").split():
        if len(word) > 2:
            assert word not in said.split()
    assert said in (level, "Classes sans niveau") or said.startswith(level)


@given(ROWS)
def test_every_loan_is_in_one_group(rows: list[LoanRow]) -> None:
    for grouping in Grouping:
        groups = grouped(rows, grouping)
        assert sorted(row.id for group in groups for row in group.rows) == [r.id for r in rows]
