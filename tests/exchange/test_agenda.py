# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from egn_desktop.actions.rules import Source, SourceKind
from egn_desktop.cli import elsewhere
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.drills.rules import DrillKind
from egn_desktop.errors import UserError
from egn_desktop.exchange.address_book import write_contacts
from egn_desktop.exchange.agenda import write_agenda
from egn_desktop.exchange.content_lines import LONGEST_LINE, as_bytes, escaped
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.school.queries import Identity
from egn_desktop.services import Services
from tests.examples import examples

DUE = date(2026, 12, 15)


@pytest.fixture
def school(dossier: Dossier) -> Services:
    services = Services.of(dossier)
    services.school.save(Identity(name="École des Sources ; primaire"))
    for number in range(1, 4):
        device = services.devices.add_device(DeviceInput(f"YSS-000{number}", brand="HP"))
        pupil = services.pupils.add_pupil(PupilInput(f"Benali{number}", "Inès", school_class="CP"))
        due = DUE if number < 3 else DUE + timedelta(days=1)
        services.loans.lend(device_id=device, borrower_id=pupil, due_on=due)
    for title in ("Acheter 3 souris, 2 câbles", "Joindre la famille d’Inès Benali1"):
        services.actions.add(
            title=title, source=Source(SourceKind.FREE), responsible="Mme Aubry", due_on=DUE
        )
    services.drills.plan(kind=DrillKind.ALERT, planned_on=date(2027, 1, 14))
    return services


def read(path: Path) -> dict[str, Any]:
    """Return the events by their titles, as another library reads them."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(node["SUMMARY"]).replace("\u202f", " "): node for node in calendar.walk("VEVENT")}


def test_what_is_due_is_read_back_by_another_library(school: Services, tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    assert write_agenda(school.dossier, path, names=False) == 5
    found = read(path)
    day = found["Retours attendus : 2 appareils"]
    assert (day["DTSTART"].dt, day["DTEND"].dt) == (DUE, DUE + timedelta(days=1))
    assert type(day["DTSTART"].dt) is date, "a day, which no time zone moves"
    assert "YSS-0001" in str(day["DESCRIPTION"])
    assert day["DTSTAMP"].dt == datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
    assert "Action : Acheter 3 souris, 2 câbles" in found
    assert [title for title in found if title.startswith("Exercice : ")]
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert "X-WR-CALNAME:École des Sources \\; primaire\r\n" in path.read_bytes().decode()
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n"), "no mark: Outlook chokes on it"


def test_no_pupil_is_named_unless_that_is_wanted(school: Services, tmp_path: Path) -> None:
    path = tmp_path / "agenda.ics"
    write_agenda(school.dossier, path, names=False)
    text = path.read_bytes().replace(b"\r\n ", b"").decode()
    assert "Benali" not in text
    assert "Inès" not in text
    assert "Aubry" not in text
    assert [title for title in read(path) if title.startswith("Action : n° ")]
    write_agenda(school.dossier, path, names=True)
    found = read(path)
    assert "Benali1 Inès" in str(found["Retours attendus : 2 appareils"]["DESCRIPTION"])
    action = found["Action : Joindre la famille d’Inès Benali1"]
    assert "Mme Aubry" in str(action["DESCRIPTION"])
    assert action["CLASS"] == "CONFIDENTIAL"


def test_a_later_file_moves_an_event_instead_of_doubling_it(
    school: Services, tmp_path: Path
) -> None:
    title = "Action : Acheter 3 souris, 2 câbles"
    write_agenda(school.dossier, tmp_path / "a.ics", names=False)
    before = read(tmp_path / "a.ics")[title]
    write_agenda(school.dossier, tmp_path / "again.ics", names=False)
    assert read(tmp_path / "again.ics")[title]["UID"] == before["UID"]
    school.actions.change(1, due_on=DUE + timedelta(days=20))
    write_agenda(school.dossier, tmp_path / "b.ics", names=False)
    after = read(tmp_path / "b.ics")[title]
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt == DUE + timedelta(days=20)
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    uids = [str(event["UID"]) for event in read(tmp_path / "b.ics").values()]
    assert len(set(uids)) == len(uids) == 5


def test_reviews_come_a_year_after_what_was_looked_at(school: Services, tmp_path: Path) -> None:
    school.plans.write_section("objet", text="Continuer.", done=True)
    contact = school.plans.add_contact(role="mairie", name="M. Roux", phone="04 00 00 00 21")
    school.plans.check_contact(contact)
    write_agenda(school.dossier, tmp_path / "a.ics", names=False)
    found = read(tmp_path / "a.ics")
    due = date(2027, 11, 25)
    assert found["Plan de continuité : parties à relire"]["DTSTART"].dt == due
    assert found["Annuaire de crise : numéros à vérifier"]["DTSTART"].dt == due


def test_without_anything_due_nothing_is_written(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Rien n’est à venir"):
        write_agenda(dossier, tmp_path / "a.ics", names=False)
    with pytest.raises(UserError, match="aucun numéro"):
        write_contacts(dossier, tmp_path / "a.vcf")
    assert not list(tmp_path.glob("a.*"))


VISIBLE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn", "Cf", "Co"]))
WORDS = st.lists(VISIBLE | st.sampled_from(["\\", ";", ",", ":", '"', "\\n", "é" * 80, "🙂" * 30]))


@settings(max_examples=examples(60))
@given(WORDS)
def test_any_text_is_read_back_and_no_line_is_too_long(parts: list[str]) -> None:
    text = "\n".join(parts).strip()
    file = as_bytes(
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", f"SUMMARY:{escaped(text)}", "END:VEVENT",
         "END:VCALENDAR"]
    )  # fmt: skip
    for line in file.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= LONGEST_LINE
        line.decode()
    (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    # Spaces that no font shows are not ours to keep.
    assert (
        str(event["SUMMARY"]).split()
        == "".join(
            character for character in text if character.isprintable() or character.isspace()
        ).split()
    )


def test_the_directory_is_read_back_as_phones_do(school: Services, tmp_path: Path) -> None:
    plans = school.plans
    plans.add_contact(
        role="direction",
        name="Mme Hélène Démo",
        phone="06 39 98 01 02",
        deputy="M. Paul ; Essai",
        deputy_phone="+33 6 39 98 01 03",
        called_by="la mairie, le soir",
    )
    plans.add_contact(role="Astreinte", phone="04 00 00 00 21 ou 22")
    plans.add_contact(role="mairie", name="Sans numéro")
    path = tmp_path / "annuaire.vcf"
    written = write_contacts(school.dossier, path)
    assert (written.cards, written.without_number) == (3, 1)
    cards = list(vobject.readComponents(path.read_bytes().decode()))
    assert [card.version.value for card in cards] == ["3.0"] * 3
    assert [card.fn.value for card in cards] == [
        "Mme Hélène Démo",
        "M. Paul ; Essai",
        "Astreinte",
    ]
    assert [card.tel.value for card in cards] == [
        "0639980102",
        "+33639980103",
        "04 00 00 00 21 ou 22",
    ]
    assert cards[0].org.value == ["École des Sources ; primaire", "Cellule de crise"]
    assert "la mairie, le soir" in cards[0].note.value
    assert len({card.uid.value for card in cards}) == 3
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_commands_write_both(
    school: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school.plans.add_contact(role="mairie", name="M. Roux", phone="04 00 00 00 21")
    parser = FrenchParser(prog="egn-desktop")
    elsewhere.register(SubCommands(parser))
    for command, name, words in (
        ("agenda-export", "a.ics", "5 échéances"),
        ("contacts-export", "a.vcf", "1 contact"),
    ):
        parsed = parser.parse_args([command, "ecole.egn", "--to", str(tmp_path / name)])
        parsed.run(school, parsed)
        assert words in capsys.readouterr().out.replace("\u202f", " ").replace("\xa0", " ")
        assert (tmp_path / name).stat().st_size > 100
    parsed = parser.parse_args(["agenda-export", "e.egn", "--to", str(tmp_path / "n"), "--names"])
    parsed.run(school, parsed)
    assert "Peuvent le recevoir" in capsys.readouterr().out
