# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep what the head says of the school: its identity, and how its calendar differs."""

from datetime import date

from sqlalchemy import select

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.fields import given
from egn_desktop.school import rules
from egn_desktop.school.calendar import period_problem
from egn_desktop.school.model import (
    CalendarCorrection,
    School,
    SchoolLevel,
    SchoolOwner,
    SchoolSite,
)
from egn_desktop.school.queries import Identity, identity


class SchoolService:
    """Use cases of the school's identity and calendar."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def identity(self) -> Identity:
        """Return the school's identity, an empty one until it is filled in."""
        return identity(self._dossier)

    def save(self, new: Identity) -> None:
        """Keep the identity as it now is.

        Raises:
            UserError: the UAI is wrong; nothing is kept of this change.
        """
        for uai in filter(None, (new.uai, *(site.uai for site in new.sites))):
            if problem := rules.uai_problem(uai):
                raise UserError(problem, kept=f"L’identité de {new.the_school} n’a pas changé.")
        undo = "modification de l’identité"
        with self._dossier.write(Changed.SCHOOL, undo=undo) as session:
            school = session.scalar(select(School))
            if school is None:
                school = School(id=1)
                session.add(school)
            for name, value in (given(new) | {"uai": rules.normal_uai(new.uai)}).items():
                setattr(school, name, value)
            school.levels.clear()
            school.sites.clear()
            school.owners.clear()
            session.flush()
            school.levels.extend(
                SchoolLevel(
                    level=count.level, position=place, classes=count.classes, pupils=count.pupils
                )
                for place, count in enumerate(new.levels)
            )
            school.sites.extend(
                SchoolSite(
                    position=place,
                    name=site.name,
                    uai=rules.normal_uai(site.uai),
                    street=site.street,
                    postcode=site.postcode,
                    town=site.town,
                    levels="".join(site.levels),
                    owner=site.owner,
                )
                for place, site in enumerate(new.sites)
            )
            school.owners.extend(
                SchoolOwner(
                    position=place,
                    kind=owner.kind,
                    name=owner.name,
                    representative=owner.representative,
                    accord_on=owner.accord_on,
                    accord_reference=owner.accord_reference,
                )
                for place, owner in enumerate(new.owners)
            )

    def close(self, first: date, last: date, name: str = "") -> int:
        """Add days on which the school is closed; return the id of this correction.

        Raises:
            UserError: the days make no sense.
        """
        return self._correct(first, last, name, is_open=False)

    def reopen(self, first: date, last: date, name: str = "") -> int:
        """Say that the school is open on days of known school holidays; return the id.

        Weekends and public holidays stay closed.

        Raises:
            UserError: the days make no sense.
        """
        return self._correct(first, last, name, is_open=True)

    def remove_correction(self, correction_id: int) -> None:
        """Forget a correction.

        Raises:
            UserError: there is none of that id.
        """
        with self._dossier.write(
            Changed.SCHOOL, undo="correction du calendrier retirée"
        ) as session:
            found = session.get(CalendarCorrection, correction_id)
            if found is None:
                raise UserError(f"Il n’y a pas de correction n° {correction_id} au calendrier.")
            session.delete(found)

    def _correct(self, first: date, last: date, name: str, *, is_open: bool) -> int:
        problem = period_problem(first, last)
        if problem:
            raise UserError(problem, kept="Le calendrier n’a pas été modifié.")
        what = "ouverture ajoutée au calendrier" if is_open else "fermeture ajoutée au calendrier"
        with self._dossier.write(Changed.SCHOOL, undo=what) as session:
            made = CalendarCorrection(
                name=" ".join(name.split()), first_day=first, last_day=last, is_open=is_open
            )
            session.add(made)
            session.flush()
            return made.id
