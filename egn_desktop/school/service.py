# SPDX-License-Identifier: GPL-3.0-or-later
"""The one use case of the school's identity: keep what the head says of it."""

from sqlalchemy import select

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school import rules
from egn_desktop.school.model import School, SchoolLevel
from egn_desktop.school.queries import Identity, identity


class SchoolService:
    """Use cases of the school's identity."""

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
        problem = rules.uai_problem(new.uai) if new.uai else None
        if problem:
            raise UserError(problem, kept="L’identité de l’école n’a pas été modifiée.")
        with self._dossier.write(Changed.SCHOOL) as session:
            school = session.scalar(select(School))
            if school is None:
                school = School(id=1)
                session.add(school)
            school.uai = rules.normal_uai(new.uai)
            for field in (
                "name",
                "street",
                "postcode",
                "town",
                "academie",
                "district",
                "holiday_zone",
                "phone",
                "email",
                "teachers",
                "head",
                "risk_register_owner",
            ):
                setattr(school, field, getattr(new, field))
            school.levels.clear()
            session.flush()
            school.levels.extend(
                SchoolLevel(
                    level=count.level, position=place, classes=count.classes, pupils=count.pupils
                )
                for place, count in enumerate(new.levels)
            )
