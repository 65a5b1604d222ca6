# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing the draft, section by section."""

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans import rules
from egn_desktop.plans.model import PlanSection
from egn_desktop.plans.service.part import Part


class Writing(Part):
    """Sections of the draft."""

    def write_section(self, section_id: str, text: str, *, done: bool | None = None) -> None:
        """Keep a section's text as it is typed.

        Args:
            done: that its author holds it finished, or no longer; left as it was if None.

        Raises:
            UserError: there is no such section.
        """
        _check_section(section_id)
        undo = f"texte de la partie « {rules.sections()[section_id].title} »"
        with self._dossier.write(Changed.PLAN, undo=undo, typed=True) as session:
            row = session.get(PlanSection, section_id)
            if row is None:
                row = PlanSection(section=section_id, text="", done=False)
                session.add(row)
            row.text = text
            row.looked_at = self._dossier.today()
            row.done = bool(text.strip()) and (row.done if done is None else done)

    def finish_section(self, section_id: str, *, done: bool = True) -> None:
        """Mark a section finished (or no longer), as it stands; it is looked at anew today.

        Raises:
            UserError: there is no such section, or it is empty.
        """
        _check_section(section_id)
        title = rules.sections()[section_id].title
        undo = f"partie « {title} » {'terminée' if done else 'à reprendre'}"
        with self._dossier.write(Changed.PLAN, undo=undo) as session:
            row = session.get(PlanSection, section_id)
            if done and (row is None or not row.text.strip()):
                raise UserError(
                    f"La partie « {title} » est vide.",
                    todo="Écrivez-la avant de la marquer terminée.",
                )
            if row is not None:
                row.done, row.looked_at = done, self._dossier.today()


def _check_section(section_id: str) -> None:
    if section_id not in rules.sections():
        known = ", ".join(section.id for section in rules.sections())
        raise UserError(f"Partie inconnue : {section_id}.", todo=f"Au choix : {known}.")
