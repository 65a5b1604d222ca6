# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking into the draft what the yearly review found."""

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans.model import PlanSection
from egn_desktop.plans.queries import review_lines
from egn_desktop.plans.service.part import Part


class Review(Part):
    """The yearly review."""

    def take_up(self, key: str) -> tuple[str, str]:
        """Add a line of the review to its section; return the section and its text before.

        Raises:
            UserError: there is no such line any more.
        """
        line = next((one for one in review_lines(self._dossier) if one.key == key), None)
        if line is None:
            raise UserError("Cette ligne n’est plus à reprendre.")
        with self._dossier.write(Changed.PLAN) as session:
            row = session.get(PlanSection, line.section)
            if row is None:
                row = PlanSection(section=line.section, text="", done=False)
                session.add(row)
            before = row.text
            row.text = f"{before.rstrip()}\n{line.words}".lstrip("\n")
            row.looked_at = self._dossier.today()
            return line.section, before
