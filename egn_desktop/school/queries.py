# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's identity and its calendar, as screens and documents read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from egn_desktop.documents.blocks import JournalMark
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Kept
from egn_desktop.school.calendar import Period, SchoolCalendar, known_holidays
from egn_desktop.school.model import CalendarCorrection, School
from egn_desktop.school.public_holidays import territory_of
from egn_desktop.school.rules import Level
from egn_desktop.school.words import SchoolKind, usual_owner


@dataclass(frozen=True, slots=True)
class LevelCount:
    """The classes and pupils of one level; None where the head has not said."""

    level: Level
    classes: int | None = None
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the school is; empty strings and None where the head has not said.

    Attributes:
        district: circonscription of the first degree (the IEN's).
        holiday_zone: "A", "B", "C", or the name of a zone of its own (Corse, overseas).
        teachers: number of teachers.
        risk_register_owner: who answers for the DUERP (IA-DASEN in the first degree, chef
            d'établissement in the second).
    """

    uai: str = ""
    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    academie: str = ""
    district: str = ""
    holiday_zone: str = ""
    phone: str = ""
    email: str = ""
    teachers: int | None = None
    head: str = ""
    risk_register_owner: str = ""
    levels: tuple[LevelCount, ...] = ()

    @property
    def public(self) -> tuple[str, ...]:
        """What anyone knows of the school: the first things tried as its passphrase."""
        return tuple(
            filter(None, (self.name, self.town, self.uai, self.head, self.street, self.academie))
        )

    @property
    def classes(self) -> int:
        """Number of classes, all levels together."""
        return sum(count.classes or 0 for count in self.levels)

    @property
    def pupils(self) -> int:
        """Number of pupils, all levels together."""
        return sum(count.pupils or 0 for count in self.levels)

    @property
    def is_first_degree(self) -> bool:
        """Tell a school from an establishment; a school until levels are known."""
        return all(count.level.is_first_degree for count in self.levels)

    @property
    def kind(self) -> SchoolKind:
        """What decides the words that a text says to it and of it."""
        levels = [count.level for count in self.levels]
        owner = usual_owner(levels, uai=self.uai, postcode=self.postcode)
        return SchoolKind(self.is_first_degree, owner=owner)

    @property
    def words(self) -> Mapping[str, str]:
        """What each ``{word}`` of the content's texts is for it, in French."""
        return self.kind.words

    @property
    def the_school(self) -> str:
        """What it is called within a sentence, in French."""
        return self.words["the_school"]

    @property
    def head_role(self) -> str:
        """Who signs for the school, in French."""
        if self.is_first_degree:
            return "Le directeur ou la directrice"
        return "Le chef d’établissement"

    @property
    def footer(self) -> str:
        """The line at the foot of every document."""
        return " · ".join(part for part in (self.name, self.town, self.uai) if part)

    @property
    def address(self) -> str:
        """The postal address on one line."""
        return ", ".join(
            part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part
        )


@Kept
def identity(dossier: Dossier) -> Identity:
    """Return the school's identity, an empty one until it is filled in."""
    with dossier.read() as session:
        school = session.scalar(select(School))
        if school is None:
            return Identity()
        return Identity(
            uai=school.uai,
            name=school.name,
            street=school.street,
            postcode=school.postcode,
            town=school.town,
            academie=school.academie,
            district=school.district,
            holiday_zone=school.holiday_zone,
            phone=school.phone,
            email=school.email,
            teachers=school.teachers,
            head=school.head,
            risk_register_owner=school.risk_register_owner,
            levels=tuple(
                LevelCount(Level(row.level), row.classes, row.pupils) for row in school.levels
            ),
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """What the head said of the calendar: a closed period, or an open one when ``is_open``."""

    id: int
    period: Period
    is_open: bool


def journal_mark(dossier: Dossier) -> JournalMark:
    """Return how far the journal has come, for the documents that are to prove it later."""
    stamp = dossier.journal_stamp()
    return JournalMark(stamp.entries, stamp.head, stamp.fingerprint)


def corrections(dossier: Dossier) -> Sequence[Correction]:
    """Return what the head said of the calendar, oldest day first."""
    wanted = select(
        CalendarCorrection.id,
        CalendarCorrection.name,
        CalendarCorrection.first_day,
        CalendarCorrection.last_day,
        CalendarCorrection.is_open,
    ).order_by(CalendarCorrection.first_day, CalendarCorrection.id)
    return [
        Correction(row.id, Period(row.name, row.first_day, row.last_day), row.is_open)
        for row in dossier.rows(wanted)
    ]


def calendar(dossier: Dossier) -> SchoolCalendar:
    """Return when the school is closed: its zone's holidays, its territory's, its own words."""
    said = corrections(dossier)
    with dossier.read() as session:
        row = session.execute(select(School.holiday_zone, School.uai, School.postcode)).first()
    zone, uai, postcode = row or ("", "", "")
    return SchoolCalendar(
        zone=zone,
        territory=territory_of(uai, postcode),
        holidays=known_holidays(zone),
        closed=tuple(one.period for one in said if not one.is_open),
        opened=tuple(one.period for one in said if one.is_open),
    )
