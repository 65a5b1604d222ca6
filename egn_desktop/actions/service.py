# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with an action: add it, change it, close it, drop it, take it up again."""

from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from egn_desktop.actions.model import Action
from egn_desktop.actions.rules import ActionState, Source
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError

FROM_NOTHING: Final = Source()
CHANGEABLE: Final = ("title", "responsible", "provider", "due_on", "cost", "cost_cents")

_SOURCE: Final = ("source_kind", "source_ref", "source_within")


class ActionService:
    """Use cases of the one list of actions."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def add(
        self,
        *,
        title: str,
        source: Source = FROM_NOTHING,
        responsible: str = "",
        provider: str | None = None,
        due_on: date | None = None,
        cost: str = "",
        cost_cents: int | None = None,
    ) -> int:
        """Add an open action and return its id.

        Args:
            source: what it comes from; one thing may have several actions.
            provider: a ``rules.Provider`` value, or free words.
            cost: as written; ``cost_cents`` when known exactly.

        Raises:
            UserError: it has no title.
        """
        undo = f"ajout de l’action « {_title(title)} »"
        with self._dossier.write(Changed.ACTIONS, undo=undo) as session:
            action = Action(
                title=_title(title),
                source_kind=source.kind,
                source_ref=source.ref,
                source_within=source.within,
                responsible=responsible.strip(),
                provider=provider or None,
                due_on=due_on,
                state=ActionState.OPEN,
                cost=cost.strip(),
                cost_cents=_cost(cost_cents),
                created_at=self._dossier.now(),
            )
            session.add(action)
            session.flush()
            self._record("action.added", action, after=_fields(action))
            return action.id

    def change(self, action_id: int, **fields: Any) -> None:
        """Change some of an action's fields: those of ``CHANGEABLE``.

        Raises:
            UserError: the title would be empty, or there is no such action.
        """
        unknown = set(fields) - set(CHANGEABLE)
        if unknown:
            raise TypeError(f"not fields of an action: {sorted(unknown)}")
        if "title" in fields:
            fields["title"] = _title(fields["title"])
        if "cost_cents" in fields:
            fields["cost_cents"] = _cost(fields["cost_cents"])
        with self._dossier.write(Changed.ACTIONS, undo="modification d’une action") as session:
            action = _find(session, action_id)
            self._dossier.name_act(f"modification de l’action « {action.title} »")
            before = {name: getattr(action, name) for name in fields}
            if before == fields:
                return
            for name, value in fields.items():
                setattr(action, name, value)
            self._record("action.changed", action, before=before, after=fields)

    def close(self, action_id: int, *, on: date | None = None) -> None:
        """Note that an action is done, today unless another day is given.

        Raises:
            UserError: the day is still to come, or there is no such action.
        """
        day = on or self._dossier.today()
        if day > self._dossier.today():
            raise UserError("Une action ne peut pas être faite à une date à venir.")
        self._move(action_id, ActionState.DONE, day, undo="action faite")

    def drop(self, action_id: int) -> None:
        """Give an action up; it stays in the list as dropped."""
        today = self._dossier.today()
        self._move(action_id, ActionState.DROPPED, today, undo="abandon de l’action")

    def reopen(self, action_id: int) -> None:
        """Take up a closed or dropped action again."""
        self._move(action_id, ActionState.OPEN, None, undo="reprise de l’action")

    def _move(
        self, action_id: int, state: ActionState, closed_on: date | None, *, undo: str
    ) -> None:
        with self._dossier.write(Changed.ACTIONS, undo=undo) as session:
            action = _find(session, action_id)
            self._dossier.name_act(f"{undo} « {action.title} »")
            before = {"state": action.state, "closed_on": action.closed_on}
            action.state, action.closed_on = state, closed_on
            after = {"state": state, "closed_on": closed_on}
            self._record("action.moved", action, before=before, after=after)

    def _record(
        self,
        what: str,
        action: Action,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        self._dossier.record(what, f"action:{action.id}", before=before, after=after)


def _title(title: str) -> str:
    if not title.strip():
        raise UserError("Une action a besoin d’un intitulé.", todo="Dites ce qu’il faut faire.")
    return title.strip()


def _cost(cents: int | None) -> int | None:
    if cents is not None and cents < 0:
        raise UserError("Un coût ne peut pas être négatif.")
    return cents


def _fields(action: Action) -> dict[str, Any]:
    return {name: getattr(action, name) for name in (*CHANGEABLE, *_SOURCE)}


def _find(session: Session, action_id: int) -> Action:
    action = session.get(Action, action_id)
    if action is None:
        raise UserError(f"Il n’y a pas d’action n° {action_id} dans ce dossier.")
    return action
