# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing of a teacher is left once erased: not what was signed, photographed or told."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import verify
from egn_desktop.inventory.people.queries.staff import staff_members
from egn_desktop.inventory.privacy.queries.erasures import erasures, todos
from egn_desktop.inventory.register.loans import loan, loans
from egn_desktop.inventory.register.model import Incident, LoanPaper, Photo, SignedPaper
from egn_desktop.inventory.register.nouns import StaffFields
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.inventory.stock.queries.devices import stock
from egn_desktop.services import Services
from tests.inventory.test_retention import KEY, Years, decrypted

ZOE = StaffFields(
    "Zorglub", "Zoé", duty="Enseignante itinérante", email="zoe@zorglub.example", phone="0639980001"
)
SIGNED = b"%PDF-1.7 vu et signe par Zoe Zorglub " * 400
PICTURE = b"\xff\xd8\xff photo prise chez Zorglub " * 400
TOLD = "tombé du vélo de Zorglub, constat 4711-ZOR"
TRACES = (
    *("Zorglub", "zorglub", "Enseignante itinérante", "0639980001"),
    *("vu et signe", "photo prise", "tombé du vélo", "4711-ZOR", "rayure"),
)


@pytest.fixture
def years(tmp_path: Path) -> Iterator[Years]:
    made = Years(tmp_path / "ecole.egn")
    yield made
    made.dossier.close()


def keep_beside(years: Years, loan_id: int, *others: int, closed: bool = True) -> None:
    """Keep a signed paper, an incident and two photos about a loan, as their services do."""
    dossier, day = years.dossier, date(2024, 9, 10)
    with dossier.write(Changed.LOANS) as session:
        row = loan(dossier, loan_id).row
        incident = Incident(
            device_id=row.device_id, loan_id=loan_id, kind="breakage", happened_on=day,
            description=TOLD, report_number="4711-ZOR", closed_on=day if closed else None,
            created_at=dossier.now(),
        )  # fmt: skip
        paper = SignedPaper(
            borrower_id=row.borrower_id, document="convention-de-pret", title="Convention",
            signed_on=day, signed_by="Zoé Zorglub", pdf=SIGNED,
            digest=hashlib.sha256(SIGNED).hexdigest(), created_at=dossier.now(),
        )  # fmt: skip
        session.add_all((incident, paper))
        session.flush()
        session.add_all(LoanPaper(paper_id=paper.id, loan_id=other) for other in (loan_id, *others))
        for where in ({"loan_id": loan_id}, {"incident_id": incident.id}):
            session.add(
                Photo(
                    device_id=row.device_id, taken_on=day, caption="Chez Zorglub", image=PICTURE,
                    created_at=dossier.now(), **where,
                )
            )  # fmt: skip
        dossier.record("incident.noted", f"incident:{incident.id}", after={"description": TOLD})
        dossier.record("paper.signed", f"paper:{paper.id}", after={"signed_by": "Zoé Zorglub"})


def traces(content: bytes) -> list[str]:
    return [trace for trace in TRACES if trace.encode() in content]


@pytest.mark.parametrize("at_the_term", [True, False], ids=["at the term", "on request"])
def test_no_page_of_the_file_holds_a_trace_of_a_teacher(years: Years, at_the_term: bool) -> None:
    path, day = years.dossier.path, date(2024, 9, 1)
    zoe = years.services.staff.add_staff(ZOE)
    others = [
        years.services.staff.add_staff(StaffFields(f"Durand{n}", "Paul" * 20)) for n in range(40)
    ]
    for n in range(9):
        mine = n % 3 > 0
        note = "rayure, dit Zorglub " * 20 * mine
        made = years.loan(zoe if mine else others[n], day, day, note)
        if mine:
            keep_beside(years, made)
    for n in others[::2]:
        years.services.staff.change_staff(n, first_name="Jo")
    before = stock(years.dossier), len(loans(years.dossier))
    years.dossier.close()
    assert traces(decrypted(path.read_bytes(), KEY)) == list(TRACES)
    years.dossier = Dossier.open(path, key=KEY, clock=lambda: years.now)
    years.services = Services.of(years.dossier)
    if at_the_term:
        years.services.staff.remove_staff(zoe)
        years.move(2027, 9, 1)
        due = erasures(years.dossier)
        mine = next(erasure for erasure in due if erasure.id == zoe)
        assert mine.whole
        assert mine.what == (
            "Nom, prénom, fonction, courriel, téléphone, le nom sur 6 prêts terminés, "
            "6 documents signés, 12 photos, 6 récits d’incident, et ce que le journal en disait"
        )
        assert years.services.privacy.erase_due() == len(due)
    else:
        years.services.privacy.erase_staff(zoe)
    assert (stock(years.dossier), len(loans(years.dossier))) == before
    assert {row.borrower_kind for row in loans(years.dossier)} == {BorrowerKind.STAFF}
    assert verify(years.dossier).ok
    plain = path.with_name("plain.db")
    with years.dossier.locked:
        years.dossier.raw.execute(f"ATTACH '{plain}' AS plain KEY ''")
        years.dossier.raw.execute("SELECT sqlcipher_export('plain')").fetchall()
        years.dossier.raw.execute("DETACH plain")
    years.dossier.close()
    for content in (decrypted(path.read_bytes(), KEY), plain.read_bytes()):
        assert b"staff.erased" in content
        assert traces(content) == []


def test_a_paper_that_a_running_loan_needs_outlives_the_older_loan(years: Years) -> None:
    zoe = years.services.staff.add_staff(ZOE)
    old = years.loan(zoe, date(2024, 9, 1), date(2024, 9, 10))
    running = years.loan(zoe, date(2024, 9, 1), None)
    keep_beside(years, old, running)
    years.move(2026, 9, 1)
    (due,) = erasures(years.dossier)
    assert (due.whole, due.loan_ids, due.kept_things.papers) == (False, (old,), 0)
    assert due.what == (
        "Le nom sur 1 prêt terminé, 2 photos, 1 récit d’incident, les remarques et le journal "
        "de ces prêts"
    )
    years.services.privacy.erase_due()
    assert loan(years.dossier, old).row.borrower_name == "Personne effacée"
    assert loan(years.dossier, old).row.borrower_kind is BorrowerKind.STAFF
    assert [row.name for row in staff_members(years.dossier)] == ["Zorglub Zoé"]
    with years.dossier.read() as session:
        links = session.query(LoanPaper.loan_id, SignedPaper.pdf).join(SignedPaper).all()
    assert [tuple(link) for link in links] == [(running, SIGNED)]


def test_a_loan_whose_incident_is_open_keeps_its_name(years: Years) -> None:
    zoe = years.services.staff.add_staff(ZOE)
    old = years.loan(zoe, date(2024, 9, 1), date(2024, 9, 10))
    keep_beside(years, old, closed=False)
    years.services.staff.remove_staff(zoe)
    years.move(2030, 9, 1)
    assert not erasures(years.dossier)
    assert not todos(years.dossier)


def test_the_staffs_own_limit_is_the_schools_to_set(years: Years) -> None:
    years.services.staff.remove_staff(years.services.staff.add_staff(ZOE))
    years.move(2025, 8, 31)
    assert not erasures(years.dossier)
    years.move(2025, 9, 1)
    (due,) = erasures(years.dossier)
    assert (due.name, due.detail, due.kind) == (
        "Zorglub Zoé", "Enseignante itinérante", BorrowerKind.STAFF,
    )  # fmt: skip
    assert [todo.tag for todo in todos(years.dossier)] == ["RGPD"]
    years.services.privacy.set_retention("personnel-parti", 1)
    assert not erasures(years.dossier)
