# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.pages import MAC, MAC_SALT_MASK, PAGE, SALT
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.privacy.queries.erasures import erasures, todos
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.limits import retention_limits
from egn_desktop.inventory.register.loans import loan, loans
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.stock.queries.devices import stock
from egn_desktop.school.calendar import loan_year
from egn_desktop.services import Services

KEY = bytes(range(32))


class Years:
    """A dossier whose clock is moved from one day to another."""

    def __init__(self, path: Path) -> None:
        self.now = datetime(2024, 9, 10, 8, tzinfo=UTC)
        self.dossier = Dossier.create(path, key=KEY, clock=lambda: self.now)
        self.services = Services.of(self.dossier)
        self.devices = 0

    def move(self, year: int, month: int, day: int) -> None:
        self.now = datetime(year, month, day, 8, tzinfo=UTC)

    def pupil(self, last: str, first: str) -> int:
        guardian = GuardianFields("Mme", last, "Nadège", "nadege@zorglub.example", "06 39 98 00 01")
        return self.services.pupils.add_pupil(
            PupilInput(last, first, born_on=date(2015, 3, 2), ine="123456789AB",
                       school_class="CM2", guardians=(guardian,))
        )  # fmt: skip

    def loan(self, pupil_id: int, lent: date, ended: date | None, note: str = "") -> int:
        self.devices += 1
        number = f"YSS-{self.devices:04}"
        device = self.services.devices.add_device(DeviceInput(number, DeviceKind.LAPTOP, "HP"))
        made = self.services.loans.lend(
            device_id=device, borrower_id=pupil_id, lent_on=lent,
            due_on=lent + timedelta(days=30), note=note,
        )  # fmt: skip
        if ended:
            self.services.loans.return_device(made, returned_on=ended, note=note)
        return made


@pytest.fixture
def years(tmp_path: Path) -> Iterator[Years]:
    made = Years(tmp_path / "ecole.egn")
    yield made
    made.dossier.close()


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.integers(0, 5), st.integers(0, 2500))
def test_what_is_past_its_term_is_what_the_two_rules_agree_on(
    day: date, limit: int, later: int
) -> None:
    today = day + timedelta(days=later)
    until = retention.kept_until(day, limit)
    assert (day < retention.due_before(today, limit)) == (today > until)
    assert (until.month, until.day) == (8, 31)
    assert loan_year(until) == loan_year(day) + limit


def test_a_loan_keeps_its_name_until_the_end_of_the_next_school_year(years: Years) -> None:
    ines = years.pupil("Zorglub", "Inès")
    years.move(2025, 6, 30)
    old = years.loan(ines, date(2025, 6, 1), date(2025, 6, 20), "rayure au coin de Zorglub")
    years.move(2025, 9, 2)
    recent = years.loan(ines, date(2025, 9, 1), date(2025, 9, 2))
    years.move(2026, 8, 31)
    assert not erasures(years.dossier)
    years.move(2026, 9, 1)
    (due,) = erasures(years.dossier)
    assert (due.name, due.whole, due.loan_ids) == ("Zorglub Inès", False, (old,))
    assert due.since == date(2026, 8, 31)
    assert "1 prêt terminé" in due.what
    assert years.services.privacy.erase_due() == 1
    assert loan(years.dossier, old).row.borrower_name == "Personne effacée"
    assert loan(years.dossier, old).note_in == ""
    assert loan(years.dossier, recent).row.borrower_name == "Zorglub Inès"
    assert [row.name for row in pupils(years.dossier)] == ["Zorglub Inès"]
    assert not erasures(years.dossier)
    assert verify(years.dossier).ok


def test_a_pupil_who_left_goes_whole_once_every_term_is_past(years: Years) -> None:
    ines, noe = years.pupil("Zorglub", "Inès"), years.pupil("Traoré", "Noé")
    years.move(2025, 9, 20)
    years.loan(ines, date(2025, 9, 10), date(2025, 9, 20))
    years.move(2026, 6, 30)
    years.services.pupils.remove_pupil(ines)
    years.services.pupils.remove_pupil(noe)
    years.move(2026, 9, 1)
    assert [(erasure.name, erasure.whole) for erasure in erasures(years.dossier)] == [
        ("Traoré Noé", True)
    ]
    years.move(2027, 9, 1)
    gone = erasures(years.dossier)
    assert [erasure.name for erasure in gone] == ["Traoré Noé", "Zorglub Inès"]
    assert gone[1].since == date(2027, 8, 31)
    assert (gone[1].guardians, len(gone[1].loan_ids)) == (1, 1)
    assert "1 représentant légal" in gone[1].what


def test_who_still_holds_a_device_is_never_proposed(years: Years) -> None:
    ines = years.pupil("Zorglub", "Inès")
    years.loan(ines, date(2024, 9, 10), None)
    years.move(2040, 9, 1)
    assert not erasures(years.dossier)
    assert not todos(years.dossier)


def test_the_limits_are_the_schools_to_set(years: Years) -> None:
    noe = years.pupil("Traoré", "Noé")
    years.services.pupils.remove_pupil(noe)
    years.move(2025, 9, 1)
    assert len(erasures(years.dossier)) == 1
    (todo,) = todos(years.dossier)
    assert todo.page == "settings"
    assert "une personne" in todo.text
    years.services.privacy.set_retention("eleves-partis", 2)
    assert not erasures(years.dossier)
    row = retention_limits(years.dossier)[1]
    assert (row.years, row.is_default) == (2, False)
    years.services.privacy.set_retention("eleves-partis", 0)
    assert retention_limits(years.dossier)[1].is_default
    for limit, wrong in (("eleves-partis", 6), ("eleves-partis", -1), ("besoins-de-tous", 1)):
        with pytest.raises(UserError):
            years.services.privacy.set_retention(limit, wrong)


def decrypted(file: bytes, key: bytes) -> bytes:
    """Return every page of a dossier, free space and all, decrypted without SQLCipher."""
    ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
    salt = file[:SALT]
    masked = bytes(byte ^ MAC_SALT_MASK for byte in salt)
    mac_key = hashlib.pbkdf2_hmac("sha512", key, masked, 2, len(key))
    plain = bytearray()
    for number in range(1, len(file) // PAGE + 1):
        page = file[(number - 1) * PAGE : number * PAGE][SALT if number == 1 else 0 :]
        body, vector, mac = page[:-80], page[-80:-MAC], page[-MAC:]
        expected = hmac.digest(mac_key, body + vector + number.to_bytes(4, "little"), "sha512")
        assert hmac.compare_digest(mac, expected), "the page is not authentic"
        decryptor = ciphers.Cipher(
            ciphers.algorithms.AES(key), ciphers.modes.CBC(vector)
        ).decryptor()
        plain += decryptor.update(body) + decryptor.finalize()
    return bytes(plain)


TRACES = ("Zorglub", "zorglub", "Nadège", "06 39 98 00 01", "123456789AB", "2015-03-02", "rayure")
Erase = Callable[[Years, int], object]


def erase_at_the_term(years: Years, pupil_id: int) -> None:
    years.services.pupils.remove_pupil(pupil_id)
    years.move(2030, 9, 1)
    assert "Zorglub-Martin" in "".join(erasure.name for erasure in erasures(years.dossier))
    assert years.services.privacy.erase_due()


def erase_on_request(years: Years, pupil_id: int) -> None:
    years.services.privacy.erase_pupil(pupil_id)


def traces(content: bytes) -> list[str]:
    return [trace for trace in TRACES if trace.encode() in content]


@pytest.mark.parametrize("erase", [erase_at_the_term, erase_on_request])
def test_no_page_of_the_file_holds_a_trace_after_erasure(years: Years, erase: Erase) -> None:
    path = years.dossier.path
    ines = years.pupil("Zorglub", "Inès")
    # Enough around it for rows to move between pages.
    others = [
        years.services.pupils.add_pupil(PupilInput(f"Durand{n}", "Paul" * 20)) for n in range(60)
    ]
    years.services.pupils.change_pupil(ines, usual_name="Zorglub-Martin" * 10)
    for n in range(12):
        day = date(2024, 9, 1)
        mine = n % 3 > 0
        years.loan(ines if mine else others[n], day, day, "rayure, dit Zorglub " * 20 * mine)
    for n in others[::2]:
        years.services.pupils.change_pupil(n, first_name="Jo")
    before = stock(years.dossier), len(loans(years.dossier))
    years.dossier.close()
    assert traces(decrypted(path.read_bytes(), KEY)) == list(TRACES)
    years.dossier = Dossier.open(path, key=KEY, clock=lambda: years.now)
    years.services = Services.of(years.dossier)
    erase(years, ines)
    assert (stock(years.dossier), len(loans(years.dossier))) == before
    assert verify(years.dossier).ok
    # Read while it is open: the log was emptied, not only folded in on closing.
    assert Path(f"{path}-wal").stat().st_size == 0
    plain = path.with_name("plain.db")
    with years.dossier.locked:
        years.dossier.raw.execute(f"ATTACH '{plain}' AS plain KEY ''")
        years.dossier.raw.execute("SELECT sqlcipher_export('plain')").fetchall()
        years.dossier.raw.execute("DETACH plain")
    years.dossier.close()
    pages = decrypted(path.read_bytes(), KEY)
    for content in (pages, plain.read_bytes()):
        assert b"pupil.erased" in content
        assert traces(content) == []


def test_a_pupil_who_left_is_not_kept_for_being_in_the_list_still(years: Years) -> None:
    ines = years.pupil("Zorglub", "Inès")
    years.move(2025, 6, 30)
    years.services.pupils.mark_left(ines)
    years.move(2025, 8, 31)
    assert not erasures(years.dossier)
    years.move(2025, 9, 1)
    (due,) = erasures(years.dossier)
    assert (due.name, due.whole, due.since) == ("Zorglub Inès", True, date(2025, 8, 31))
    years.services.privacy.erase_due()
    assert not pupils(years.dossier)
