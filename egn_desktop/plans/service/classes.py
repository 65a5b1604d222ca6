# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plan says of each class."""

from typing import Any, Final

from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans.model import PlanClass
from egn_desktop.plans.queries import classes
from egn_desktop.plans.rules import ToolStatus
from egn_desktop.plans.service.part import Part

NUMBERS: Final = ("pupils", "without_device", "without_connection", "packs")
CHANGEABLE: Final = ("name", "teacher", "tool", "tool_status", "rhythm", "rota", *NUMBERS)


class ClassArrangements(Part):
    """Classes, each with its teacher, its tool, its packs, its rhythm and who calls."""

    def add_class(self, *, name: str, school_class: str = "", **fields: Any) -> int:
        """Add a class and return its id.

        Args:
            school_class: the name by which the inventory lists its pupils, where it does.
            fields: any other of ``CHANGEABLE``.

        Raises:
            UserError: it has no name, a number makes no sense, or it is there already.
        """
        taken = {(part.name, part.school_class) for part in classes(self._dossier) if part.id}
        if any(name.strip() == known or (school_class == of and of) for known, of in taken):
            raise UserError(f"La classe « {name.strip()} » est déjà décrite.")
        with self._dossier.write(
            Changed.PLAN, undo=f"ajout de la classe « {name.strip()} »"
        ) as session:
            row = PlanClass(school_class=school_class, **_checked({"name": name, **fields}))
            session.add(row)
            session.flush()
            return row.id

    def change_class(self, class_id: int, **fields: Any) -> None:
        """Change some of ``CHANGEABLE``; a number may be None: it is not known.

        Raises:
            UserError: there is no such class, its name would be empty, or a number makes no sense.
        """
        values = _checked(fields)
        with self._dossier.write(Changed.PLAN, undo="modification d’une classe") as session:
            row = _find(session, class_id)
            self._dossier.name_act(f"modification de la classe « {row.name} »")
            for name, value in values.items():
                setattr(row, name, value)

    def write_class(self, key: str, **fields: Any) -> int:
        """Change a class by its key, that of a class that only the inventory knows included."""
        for school_class in classes(self._dossier):
            if school_class.key == key:
                if school_class.id:
                    self.change_class(int(school_class.id), **fields)
                    return int(school_class.id)
                return self.add_class(
                    **{
                        "name": school_class.name,
                        "school_class": school_class.school_class,
                        **fields,
                    }
                )
        raise UserError("Cette classe n’est plus dans le dossier.")

    def remove_class(self, key: str) -> None:
        """Take a class out of the plan."""
        with self._dossier.write(Changed.PLAN, undo="retrait d’une classe") as session:
            row = _find(session, self.write_class(key))
            self._dossier.name_act(f"retrait de la classe « {row.name} »")
            row.deleted_at = self._dossier.now()


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not fields of a class: {sorted(unknown)}")
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in fields.items()
    }
    if not values.get("name", "-"):
        raise UserError("Une classe a besoin d’un nom.")
    numbers = [values[name] for name in NUMBERS if values.get(name) is not None]
    if any(int(number) < 0 for number in numbers):
        raise UserError("Un nombre d’élèves ou de pochettes ne peut pas être négatif.")
    if "tool_status" in values:
        values["tool_status"] = ToolStatus(values["tool_status"]).value
    return values


def _find(session: Session, class_id: int) -> PlanClass:
    row = session.get(PlanClass, class_id)
    if row is None:
        raise UserError(f"Il n’y a pas de classe n° {class_id} dans ce plan.")
    return row
