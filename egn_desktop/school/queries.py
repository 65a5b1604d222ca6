# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's identity and its calendar, as screens and documents read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from egn_desktop.documents.blocks import JournalMark
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Kept
from egn_desktop.fields import kept_of
from egn_desktop.school.calendar import Period, SchoolCalendar, known_holidays
from egn_desktop.school.identity import SchoolFields
from egn_desktop.school.model import CalendarCorrection, School, SchoolSite
from egn_desktop.school.public_holidays import territory_of
from egn_desktop.school.rules import Level
from egn_desktop.school.who import Contract, EquipmentOwner, HeadGender, Site, Who, usual
from egn_desktop.school.words import Owner, SchoolKind, head_title, services_of, usual_owner


@dataclass(frozen=True, slots=True)
class LevelCount:
    """The classes and pupils of one level; None where the head has not said."""

    level: Level
    classes: int | None = None
    pupils: int | None = None


@dataclass(frozen=True, slots=True)
class Identity(SchoolFields):
    """Who the school is.

    Attributes:
        sites: its other places.
        owners: of its premises and devices, the first being the one that texts mean.
    """

    levels: tuple[LevelCount, ...] = ()
    sites: tuple[Site, ...] = ()
    owners: tuple[EquipmentOwner, ...] = ()

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
        gender, private = self.head_gender, self.is_private
        feminine = None if gender is HeadGender.UNSAID else gender is HeadGender.FEMININE
        return SchoolKind(
            self.is_first_degree,
            private,
            self.owners[0].kind if self.owners else self.usual_owner,
            services_of(self.uai, self.postcode),
            head_title(levels, is_private=private, feminine=feminine),
        )

    @property
    def is_private(self) -> bool:
        """Tell a private school under contract."""
        return self.contract is Contract.PRIVATE

    @property
    def usual_owner(self) -> Owner:
        """Who usually owns the equipment of such a school."""
        levels = [count.level for count in self.levels]
        place = {"uai": self.uai, "postcode": self.postcode}
        return usual_owner(levels, is_private=self.is_private, **place)

    @property
    def is_eple(self) -> bool:
        """Tell a public establishment, which has a council that authorises what it signs."""
        return not self.is_first_degree and not self.is_private

    @property
    def usual_who(self) -> Who:
        """Who is who, as follows from what the school is."""
        managed_by = next(
            (owner.name for owner in self.owners if owner.kind is Owner.ORGANISME), ""
        )
        return usual(
            self.kind,
            [count.level for count in self.levels],
            name=self.name,
            academie=self.academie,
            district=self.district,
            risk_register_owner=self.risk_register_owner,
            managed_by=managed_by,
        )

    @property
    def who(self) -> Who:
        """Who is who: as the head said, else as follows from what the school is."""
        follows = self.usual_who
        return Who(
            authority=self.authority or follows.authority,
            controller=self.controller or follows.controller,
            dpo=self.dpo or follows.dpo,
            employer=self.employer or follows.employer,
            risk_register_owner=follows.risk_register_owner,
        )

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
        return self.words["The_signer"]

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
            **kept_of(SchoolFields, school),
            levels=tuple(
                LevelCount(Level(row.level), row.classes, row.pupils) for row in school.levels
            ),
            sites=tuple(_site(row) for row in school.sites),
            owners=tuple(
                EquipmentOwner(
                    Owner(row.kind),
                    row.name,
                    row.representative,
                    row.accord_on,
                    row.accord_reference,
                )
                for row in school.owners
            ),
        )


def _site(row: SchoolSite) -> Site:
    levels = tuple(Level(code) for code in row.levels)
    return Site(row.name, row.uai, row.street, row.postcode, row.town, levels, row.owner)


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
        closed=tuple(part.period for part in said if not part.is_open),
        opened=tuple(part.period for part in said if part.is_open),
    )
