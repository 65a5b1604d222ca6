# SPDX-License-Identifier: GPL-3.0-or-later
"""The difference of two plans: applied to the first it gives the second, and it can be read."""

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from egn_desktop import french
from egn_desktop.plans import wording
from egn_desktop.plans.snapshot import PlanContent

_KEYS: Final[Mapping[str, Callable[[Any], str]]] = {
    "sections": lambda part: part.id,
    "classes": lambda part: part.key,
    "scenarios": lambda part: part.id,
    "capacities": lambda part: part.scenario,
    "risks": lambda part: part.id,
    "contacts": lambda part: part.id,
    "figures": lambda part: part.id,
    # An action of an old version whose id could not be recovered is known by its title alone.
    "actions": lambda part: f"untied:{part.title}" if part.id is None else str(part.id),
    "attachments": lambda part: part.id,
}
_WHOLE: Final = ("taken_on", "content_version", "school")
_TITLES: Final = {
    "sections": "Rédaction",
    "classes": "Classes",
    "scenarios": "Scénarios",
    "risks": "Risques",
    "contacts": "Cellule de crise et partenaires",
    "figures": "Chiffres du dossier",
    "capacities": "Capacité",
    "actions": "Actions ouvertes",
    "attachments": "Documents joints",
}
_LABELS: Final = {
    "text": "Texte",
    "title": "Intitulé",
    "summary": "Résumé",
    "name": "Nom",
    "teacher": "Enseignant",
    "tool": "Outil",
    "tool_status": "Protection des données",
    "rhythm": "Rythme",
    "rota": "Qui appelle, et quand",
    "pupils": "Élèves",
    "without_device": "Sans appareil",
    "without_connection": "Sans connexion",
    "packs": "Pochettes",
    "family": "Famille",
    "work_units": "Unités de travail",
    "situations": "Situations",
    "in_place": "Mesures en place",
    "to_take": "Mesures à prendre",
    "rating": "Cotation",
    "role": "Rôle",
    "deputy": "Suppléance",
    "phone": "Téléphone",
    "deputy_phone": "Téléphone de la suppléance",
    "called_by": "Appelé par",
    "checked_on": "Vérifié le",
    "value": "Valeur",
    "verdict": "Verdict",
    "responsible": "Responsable",
    "due_on": "Échéance",
    "state": "État",
    "cost": "Coût",
    "kind": "Nature",
    "dated_on": "Daté du",
}


@dataclass(frozen=True, slots=True)
class PartsEdit:
    """What changes in one list of a plan.

    Attributes:
        order: keys of the parts afterwards.
        changed: key → the part afterwards, for those that are new or say something else.
    """

    order: tuple[str, ...]
    changed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that turns one plan into another; empty where they say the same."""

    whole: Mapping[str, Any]
    parts: Mapping[str, PartsEdit]

    def __bool__(self) -> bool:
        return bool(self.whole or self.parts)

    def applied_to(self, before: PlanContent) -> PlanContent:
        """Return the second plan, given the first."""
        changes: dict[str, Any] = dict(self.whole)
        for name, edit in self.parts.items():
            known = {**_keyed(before, name), **edit.changed}
            changes[name] = tuple(known[key] for key in edit.order)
        return msgspec.structs.replace(before, **changes)


@dataclass(frozen=True, slots=True)
class TextChange:
    """What one field said, and says: only the lines that differ."""

    label: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of a plan that was added, changed or removed; ``how`` is French."""

    title: str
    how: str
    texts: tuple[TextChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The changes of one kind."""

    title: str
    changes: tuple[PartChange, ...]


def compare(before: PlanContent, after: PlanContent) -> Comparison:
    """Return what turns one plan into another."""
    parts: dict[str, PartsEdit] = {}
    for name in _KEYS:
        old, new = _keyed(before, name), _keyed(after, name)
        changed = {key: part for key, part in new.items() if old.get(key) != part}
        if changed or tuple(old) != tuple(new):
            parts[name] = PartsEdit(tuple(new), changed)
    whole = {
        name: value for name in _WHOLE if (value := getattr(after, name)) != getattr(before, name)
    }
    return Comparison(whole, parts)


def readable(before: PlanContent, after: PlanContent) -> tuple[ChangeGroup, ...]:
    """Return the difference as it is read, kind by kind; an empty section counts for nothing."""
    found: list[ChangeGroup] = []
    for name, edit in compare(before, after).parts.items():
        old = _keyed(before, name)
        names = _names(before, after)
        changes = [
            *(_changed(old.get(key), part, names) for key, part in edit.changed.items()),
            *(
                PartChange(_title(part, names), "retrait")
                for key, part in old.items()
                if key not in edit.order
            ),
        ]
        shown = tuple(change for change in changes if change)
        if shown:
            found.append(ChangeGroup(_TITLES[name], shown))
    order = list(_TITLES.values())
    return tuple(sorted(found, key=lambda group: order.index(group.title)))


def _keyed(plan: PlanContent, name: str) -> dict[str, Any]:
    """Return the parts of a list by key; the second of two alike gets a number."""
    seen: Counter[str] = Counter()
    found: dict[str, Any] = {}
    for part in getattr(plan, name):
        key = _KEYS[name](part)
        found[f"{key}#{seen[key]}"] = part
        seen[key] += 1
    return found


def _names(*plans: PlanContent) -> dict[str, str]:
    return {scenario.id: scenario.title for plan in plans for scenario in plan.scenarios}


def _title(part: Any, names: Mapping[str, str]) -> str:
    if hasattr(part, "scenario"):
        return names.get(part.scenario, part.scenario)
    for name in ("title", "name", "label", "role"):
        if getattr(part, name, ""):
            return str(getattr(part, name))
    return part.id


def _changed(before: Any, after: Any, names: Mapping[str, str]) -> PartChange | None:
    texts = tuple(_texts(before, after))
    if not texts:
        return None
    return PartChange(
        _title(after, names), "modification" if before is not None else "ajout", texts
    )


def _texts(before: Any, after: Any) -> Iterator[TextChange]:
    old = _fields(before) if before is not None else {}
    for label, text in _fields(after).items():
        was = old.get(label, "")
        if was.strip() != text.strip():
            yield _lines(label, was, text)


def _fields(part: Any) -> dict[str, str]:
    found = {
        label: _words(getattr(part, name)) for name, label in _LABELS.items() if hasattr(part, name)
    }
    if hasattr(part, "texts"):
        found |= {field.label: part.texts.get(field.id, "") for field in wording.FIELDS}
    return found


def _words(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "label"):
        return str(value.label)
    if hasattr(value, "score"):
        return f"{value.score} ({value.severity} × {value.likelihood} × {value.control})"
    return french.short_date(value) if hasattr(value, "isoformat") else str(value)


def _lines(label: str, before: str, after: str) -> TextChange:
    old, new = before.splitlines(), after.splitlines()
    removed: list[str] = []
    added: list[str] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for how, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if how != "equal":
            removed += _filled(old[a_from:a_to])
            added += _filled(new[b_from:b_to])
    return TextChange(label, tuple(removed), tuple(added))


def _filled(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
