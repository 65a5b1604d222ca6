# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking into the draft what the yearly review found, and out of it again."""

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans.model import PlanSection, PlanTakenUp
from egn_desktop.plans.queries import review_lines
from egn_desktop.plans.service.part import Part


class Review(Part):
    """The yearly review."""

    def take_up(self, key: str) -> int:
        """Add a line of the review to its section, and note that it is taken up.

        Returns:
            The id of what is taken up, for ``leave_out``.

        Raises:
            UserError: there is no such line any more.
        """
        with self._dossier.write(Changed.PLAN, undo="ligne reprise dans le projet") as session:
            line = next((line for line in review_lines(self._dossier) if line.key == key), None)
            if line is None:
                raise UserError("Cette ligne n’est plus à reprendre.")
            row = session.get(PlanSection, line.section)
            if row is None:
                row = PlanSection(section=line.section, text="", done=False)
                session.add(row)
            if line.words not in row.text.splitlines():
                row.text = f"{row.text.rstrip()}\n{line.words}".lstrip("\n")
            row.looked_at = self._dossier.today()
            taken = PlanTakenUp(
                kind=line.kind,
                action_id=line.action_id,
                section=line.section,
                words=line.words,
                taken_on=self._dossier.today(),
            )
            session.add(taken)
            session.flush()
            self._dossier.record(
                "plan.taken_up",
                "plan:draft",
                after={
                    "taken_up": taken.id,
                    "line": taken.kind,
                    "action": taken.action_id,
                    "section": taken.section,
                    "words": taken.words,
                },
            )
            return taken.id

    def leave_out(self, taken_id: int) -> None:
        """Take a line out of the draft again: the review asks for it anew.

        Its words leave the section too, unless they were rewritten there: then what the head wrote
        stays.

        Raises:
            UserError: there is no such line, or it was adopted.
        """
        with self._dossier.write(Changed.PLAN, undo="ligne retirée du projet") as session:
            taken = session.get(PlanTakenUp, taken_id)
            if taken is None:
                raise UserError(f"Il n’y a pas de reprise n° {taken_id} dans ce dossier.")
            if taken.version is not None:
                raise UserError(
                    f"La version {taken.version} du plan, qui a repris cette ligne, est figée.",
                    todo="Une version figée ne change plus : écrivez la suite dans le projet.",
                )
            row = session.get(PlanSection, taken.section)
            lines = row.text.split("\n") if row else []
            if row is not None and taken.words in lines:
                lines.reverse()
                lines.remove(taken.words)
                row.text = "\n".join(reversed(lines))
                row.looked_at = self._dossier.today()
            self._dossier.record("plan.left_out", "plan:draft", before={"taken_up": taken_id})
            session.delete(taken)
