# SPDX-License-Identifier: GPL-3.0-or-later
import io
import string
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop import exports
from egn_desktop.cli.lending.reminders import register
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import reminders
from egn_desktop.inventory.lending.queries.reminders import late_loan, late_loans, messages
from egn_desktop.inventory.lending.reminders import Channel, ReminderLevel, Sent, mailto
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.school.queries import Identity
from egn_desktop.services import Services

TODAY = date(2026, 11, 24)
LEVELS = tuple(ReminderLevel)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Two late loans (Inès with a family that can be written to, Noé without) and one in time."""
    made = Services.of(dossier)
    made.school.save(
        Identity(name="École des Sources", holiday_zone="A", phone="04 71 00 00 00", head="M. Roux")
    )
    made.devices.import_devices(
        [
            DeviceInput("YSS-0001", DeviceKind.LAPTOP, "HP", "ProBook", accessories=("chargeur",)),
            DeviceInput("YSS-0002", DeviceKind.TABLET, "Samsung", "Tab A7", owner="Mairie"),
            DeviceInput("YSS-0003", DeviceKind.LAPTOP, "Lenovo", "300e"),
        ]
    )
    family = GuardianFields("Mme", "Benali", "Sofia", "sofia@exemple.fr", "06 00 00 00 01", "3 rue")
    made.pupils.import_pupils(
        [
            PupilInput("Benali", "Inès", school_class="CM2", guardians=(family,)),
            PupilInput("Traoré", "Noé", school_class="CP"),
        ]
    )
    for device, pupil, due in (
        (1, 1, date(2026, 11, 13)),
        (2, 2, date(2026, 11, 20)),
        (3, 2, date(2026, 12, 18)),
    ):
        made.loans.lend(device_id=device, borrower_id=pupil, lent_on=date(2026, 9, 2), due_on=due)
    return made


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(Channel)), max_size=8))
def test_reminders_grow_firmer_day_after_day_and_never_within_one(
    sent: list[tuple[int, Channel]],
) -> None:
    history: list[Sent] = []
    for days, channel in sorted(sent, key=lambda channel: channel[0]):
        day = TODAY + timedelta(days=days)
        level = reminders.next_level(history, day)
        if history and history[-1].sent_on == day:
            assert level == history[-1].level
        elif history:
            assert LEVELS.index(level) == min(LEVELS.index(history[-1].level) + 1, 2)
        else:
            assert level is ReminderLevel.COURTEOUS
        history.append(Sent(level, channel, day))
        assert reminders.is_due(history, day), "what was sent today can be printed again"
        assert not reminders.is_due(history, day + timedelta(days=1))
        assert reminders.is_due(history, day + reminders.PATIENCE)


def test_the_texts_name_only_what_is_filled() -> None:
    staff = [f"{level}-staff" for level in LEVELS]
    assert [text.id for text in reminders.texts()] == [*LEVELS, *staff]
    for text in reminders.texts():
        for words in (text.title, *text.paragraphs, text.sms):
            named = {name for _, name, _, _ in string.Formatter().parse(words) if name}
            assert named <= reminders.PLACEHOLDERS
        first = "".join((text.title, *text.paragraphs, text.sms))
        assert text.id.startswith(ReminderLevel.COURTEOUS) != ("{previous}" in first)


def test_a_mail_link_keeps_every_sign() -> None:
    link = mailto(["a@b.fr", "c+d@e.fr"], "Prêt & rappel", "Bonjour ?\n50 % #1")
    assert link.startswith("mailto:a@b.fr,c%2Bd@e.fr?")
    asked = parse_qs(urlsplit(link).query)
    assert asked == {"subject": ["Prêt & rappel"], "body": ["Bonjour ?\r\n50 % #1"]}


def test_a_reminder_is_ready_to_send(services: Services) -> None:
    late = late_loans(services.dossier)
    assert [(loan.id, loan.level, loan.is_due) for loan in late] == [
        (1, ReminderLevel.COURTEOUS, True),
        (2, ReminderLevel.COURTEOUS, True),
    ]
    ines, noe = messages(services.dossier, late)
    assert (ines.recipient, ines.emails) == ("Mme Sofia Benali", ("sofia@exemple.fr",))
    assert noe.recipient == "Aux responsables légaux de Traoré Noé"
    assert "HP ProBook · YSS-0001, avec\u00a0: chargeur" in ines.email
    assert "\u00a0" not in ines.sms, "an SMS with other signs than its alphabet costs twice"
    assert "avant le mardi 1er décembre 2026" in ines.email
    assert ines.email.endswith("M. Roux\nÉcole des Sources")
    assert "04 71 00 00 00" in ines.sms
    assert "{" not in ines.email + ines.sms + ines.title


def test_a_teacher_is_reminded_in_person(services: Services) -> None:
    services, dossier = services, services.dossier
    claire = StaffFields(
        "Roux", "Claire", "Enseignante, CE1", "c.roux@exemple.fr", "06 00 00 00 02"
    )
    services.devices.add_device(DeviceInput("YSS-0004", DeviceKind.LAPTOP, "HP", "ProBook"))
    made = services.loans.lend(
        device_id=4, borrower_id=services.staff.add_staff(claire), due_on=date(2026, 11, 6),
        lent_on=date(2026, 9, 2),
    )  # fmt: skip
    dossier.ask_clock = lambda _: True  # its clock goes back to three days of that month
    for day in (9, 17, 25):
        dossier.clock = lambda day=day: datetime(2026, 11, day, 8, tzinfo=UTC)
        [message] = messages(dossier, [late_loan(dossier, made)])
        assert (message.recipient, message.address) == ("Claire Roux", "Enseignante, CE1")
        assert message.emails == ("c.roux@exemple.fr",)
        assert message.phones == ("06 00 00 00 02",)
        said = message.email + message.sms
        assert "vous" in message.email
        for words in ("élève", "enfant", "famille", "Roux Claire", "{"):
            assert words not in said, words
        services.reminders.record_reminders([made], Channel.EMAIL)
    pdf = exports.pdf_bytes(dossier, "courriers-de-relance", str(made))
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 1


def test_reminders_are_kept_and_undone(services: Services) -> None:
    dossier, services = services.dossier, services
    services.reminders.record_reminders([1, 2], Channel.LETTER)
    assert services.reminders.record_reminders([1], Channel.LETTER) == []
    services.reminders.record_reminders([1], Channel.PHONE)
    history = late_loan(dossier, 1).history
    assert [(reminder.level, reminder.channel) for reminder in history] == [
        (ReminderLevel.COURTEOUS, Channel.LETTER),
        (ReminderLevel.COURTEOUS, Channel.PHONE),
    ]
    dossier.undo_stack.undo()
    assert [sent.channel for sent in late_loan(dossier, 1).history] == [Channel.LETTER]
    dossier.undo_stack.undo()
    assert late_loan(dossier, 1).history == ()
    with pytest.raises(UserError, match="n’est pas en retard"):
        services.reminders.record_reminders([2, 3], Channel.LETTER)
    assert late_loan(dossier, 2).history == ()


def test_each_letter_is_one_page_after_the_list(services: Services) -> None:
    pdf = exports.pdf_bytes(services.dossier, "courriers-de-relance", "")
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 3
    services.reminders.record_reminders([1], Channel.LETTER)
    again = exports.pdf_bytes(services.dossier, "courriers-de-relance", "")
    assert len(pikepdf.open(io.BytesIO(again)).pages) == 3, "printed again on the same day"
    alone = exports.pdf_bytes(services.dossier, "courriers-de-relance", "1")
    assert len(pikepdf.open(io.BytesIO(alone)).pages) == 1


def test_nothing_late_prints_nothing(dossier: Dossier) -> None:
    with pytest.raises(UserError, match="pas encore disponible"):
        exports.pdf_bytes(dossier, "courriers-de-relance", "")


def test_the_command_lists_prints_and_records(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = FrenchParser()
    register(SubCommands(parser))

    def cli(*options: str) -> list[str]:
        parsed = parser.parse_args(["reminders", "ecole.egn", *options])
        parsed.run(services, parsed)
        return capsys.readouterr().out.splitlines()

    first = cli()
    assert len(first) == 2
    assert "pas encore relancé · à envoyer : premier rappel" in first[0]
    letters = tmp_path / "courriers.pdf"
    printed = cli("--print", str(letters), "--record")
    assert printed[2:] == [f"2 courriers dans {letters}.", "2 relances notées."]
    assert letters.read_bytes().startswith(b"%PDF")
    assert "dernière relance le 24/11/2026 (courrier)" in cli()[0]
    services.dossier.clock = lambda: datetime(2026, 11, 26, 8, 12, tzinfo=UTC)
    assert cli("--record")[2:] == [
        "Rien à envoyer aujourd’hui : ces personnes ont été relancées il y a peu."
    ]
    Services.of(services.dossier).loans.return_device(1)
    Services.of(services.dossier).loans.return_device(2)
    assert cli() == ["Aucun prêt en retard."]
