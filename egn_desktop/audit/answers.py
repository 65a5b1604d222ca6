# SPDX-License-Identifier: GPL-3.0-or-later
"""An answer: what it may be, how it is typed, how it reads in French, how it is kept."""

import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, cast

from egn_desktop import french
from egn_desktop.audit.catalogue import Criterion, Kind, Threshold

NUMBER_WORDS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq"}
LONGEST_DELAY_DAYS = 730
FASTEST_MBIT = 100_000
# Figures are read and retyped with one decimal.
ROUNDING = 0.05


class Choice(StrEnum):
    """An answer by choice; the value is kept in the dossier. For a date, NO means never."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def label(self) -> str:
        """The French word."""
        return {Choice.YES: "Oui", Choice.PARTLY: "En partie", Choice.NO: "Non"}[self]


@dataclass(frozen=True, slots=True)
class Counts:
    """Two counts from which a ratio or a percentage comes."""

    part: float
    whole: float


Value = Choice | tuple[bool, ...] | float | Counts | date


class Standing(StrEnum):
    """Whether an answer is known; the value is kept in the dossier."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Origin(StrEnum):
    """Where an answer comes from; the value is kept in the dossier."""

    TYPED = ""
    INVENTORY = "inventory"
    NEEDS = "needs"
    PLAN = "plan"
    LAST_AUDIT = "last_audit"

    @property
    def label(self) -> str:
        """The French words after an answer; none for what the head answered unaided."""
        return {
            Origin.TYPED: "",
            Origin.INVENTORY: "d’après l’inventaire",
            Origin.NEEDS: "d’après les questionnaires sur les besoins",
            Origin.PLAN: "d’après le plan de continuité et ses exercices",
            Origin.LAST_AUDIT: "repris de l’état des lieux précédent",
        }[self]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question.

    Attributes:
        value: only when it is known.
        reason: why the question is not applicable.
        note: free words kept with the answer.
        origin: where it was taken from, if it was proposed and confirmed.
    """

    standing: Standing
    value: Value | None = None
    reason: str = ""
    note: str = ""
    origin: Origin = Origin.TYPED


def known(value: Value, note: str = "") -> Answer:
    """Return an answer that is known."""
    return Answer(Standing.KNOWN, value, note=note)


def unknown(note: str = "") -> Answer:
    """Return "I do not know"."""
    return Answer(Standing.UNKNOWN, note=note)


def not_applicable(reason: str, note: str = "") -> Answer:
    """Return "does not apply", with its reason."""
    return Answer(Standing.NOT_APPLICABLE, reason=reason, note=note)


def figure(criterion: Criterion, value: Value) -> float | None:
    """Return an answer as a number in its criterion's unit; None for choices and dates."""
    if isinstance(value, Counts):
        per = 100 if criterion.kind is Kind.PERCENT else criterion.per
        return value.part * per / value.whole
    return float(value) if isinstance(value, (int, float)) else None


def is_same(criterion: Criterion, answer: Answer, other: Answer) -> bool:
    """Tell whether two answers say the same, whatever they were typed as or noted with."""
    if answer.value is None or other.value is None:
        return answer.standing is other.standing
    first, second = figure(criterion, answer.value), figure(criterion, other.value)
    if first is None or second is None:
        return answer.value == other.value
    return abs(first - second) < ROUNDING


def problem(criterion: Criterion, answer: Answer, today: date) -> str | None:
    """Return what is wrong with an answer, in French, or None."""
    if answer.standing is Standing.NOT_APPLICABLE:
        missing = "Dites en quelques mots pourquoi la question est sans objet."
        return None if answer.reason.strip() else missing
    if answer.standing is Standing.UNKNOWN:
        return None
    value = answer.value
    if not _fits(criterion, value):
        return f"La réponse attendue est : {wanted(criterion)}."
    if isinstance(value, date):
        late = "La date est encore à venir : indiquez la dernière fois que cela a été fait."
        return late if value > today else None
    if isinstance(value, Counts):
        return _counts_problem(criterion, value)
    return _number_problem(criterion, value) if isinstance(value, float) else None


def _fits(criterion: Criterion, value: Value | None) -> bool:
    match criterion.kind:
        case Kind.YES_NO:
            return value in (Choice.YES, Choice.NO)
        case Kind.YES_PARTLY_NO:
            return isinstance(value, Choice)
        case Kind.CHECKS:
            return isinstance(value, tuple) and len(value) == len(criterion.items)
        case Kind.DATE:
            return isinstance(value, date) or value is Choice.NO
        case Kind.RATIO | Kind.PERCENT:
            return isinstance(value, (Counts, float))
        case Kind.COUNT | Kind.MBIT | Kind.DAYS:
            return isinstance(value, float)


def _counts_problem(criterion: Criterion, value: Counts) -> str | None:
    whole, part = criterion.whole.lower(), criterion.part.lower()
    if value.part < 0 or value.whole < 0:
        return "Un nombre ne peut pas être négatif."
    if value.whole == 0:
        return f"« {criterion.whole} » vaut zéro : répondez plutôt « sans objet »."
    if criterion.kind is Kind.PERCENT and value.part > value.whole:
        return f"« {part} » ne peut pas dépasser « {whole} »."
    return None


def _number_problem(criterion: Criterion, value: float) -> str | None:
    if value < 0:
        return "Un nombre ne peut pas être négatif."
    if criterion.kind is Kind.PERCENT and value > 100:
        return "Un pourcentage ne dépasse pas 100."
    if criterion.kind is Kind.COUNT and value != int(value):
        return "Indiquez un nombre entier."
    if criterion.kind is Kind.DAYS and value > LONGEST_DELAY_DAYS:
        return "Ce délai dépasse deux ans : indiquez un nombre de jours."
    if criterion.kind is Kind.MBIT and value > FASTEST_MBIT:
        return "Ce débit semble trop élevé : indiquez des Mbit/s."
    return None


def wanted(criterion: Criterion) -> str:
    """Say in French how an answer is written, for the command line and for a refusal."""
    match criterion.kind:
        case Kind.YES_NO:
            return "oui ou non"
        case Kind.YES_PARTLY_NO:
            return "oui, partie ou non"
        case Kind.CHECKS:
            return f"{len(criterion.items)} fois O ou N, par exemple {'O' * len(criterion.items)}"
        case Kind.DATE:
            return "une date JJ/MM/AAAA, ou jamais"
        case Kind.PERCENT:
            return "deux nombres (12/15) ou un pourcentage"
        case Kind.RATIO:
            return "deux nombres (27/190) ou un rapport"
        case Kind.COUNT:
            return "un nombre entier"
        case Kind.MBIT:
            return "un nombre de Mbit/s"
        case Kind.DAYS:
            return "un nombre de jours"


def parse(criterion: Criterion, text: str) -> Answer | str:
    """Return the answer that a text means, or what is wrong with it, in French.

    "?" is "I do not know"; "sans objet: raison" says why the question does not apply.
    """
    plain = " ".join(text.split())
    low = plain.lower()
    if low in ("?", "ne sait pas", "je ne sais pas"):
        return unknown()
    if match := re.match(r"(?:sans objet|so)\b\s*[:,]?\s*(.*)", plain, re.IGNORECASE):
        return not_applicable(match[1] or criterion.not_applicable_when)
    value = _value(criterion, low)
    if value is None:
        return f"« {plain} » n’est pas une réponse possible ; attendu : {wanted(criterion)}."
    return known(value)


def _value(criterion: Criterion, low: str) -> Value | None:
    if criterion.kind is Kind.CHECKS:
        return _checks(criterion, low)
    if criterion.kind is Kind.DATE:
        return Choice.NO if low in ("jamais", "non", "n") else _date(low)
    if criterion.kind.is_choice:
        return _choice(low)
    if criterion.kind.has_counts:
        part, slash, whole = re.sub(r"\s+sur\s+", "/", low).partition("/")
        if slash:
            first, second = _number(part), _number(whole)
            return None if first is None or second is None else Counts(first, second)
    return _number(re.sub(r"\s*(%|mbit/s|jours?|j)$", "", low))


def _choice(low: str) -> Choice | None:
    for choice, words in (
        (Choice.YES, ("o", "oui", "yes")),
        (Choice.PARTLY, ("p", "partie", "en partie", "partly")),
        (Choice.NO, ("n", "non", "no")),
    ):
        if low in words:
            return choice
    return None


def _checks(criterion: Criterion, low: str) -> tuple[bool, ...] | None:
    if low in ("oui", "non"):
        return (low == "oui",) * len(criterion.items)
    letters = re.findall(r"[a-z]+", low) if re.search(r"[ ,;]", low) else list(low)
    found = [_choice(letter) for letter in letters]
    if len(found) != len(criterion.items) or not set(found) <= {Choice.YES, Choice.NO}:
        return None
    return tuple(choice is Choice.YES for choice in found)


def _date(low: str) -> date | None:
    day_first = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", low)
    year_first = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", low)
    if day_first:
        day, month, year = day_first.groups()
    elif year_first:
        year, month, day = year_first.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _number(text: str) -> float | None:
    digits = re.sub(r"[\s\u00a0\u202f]", "", text).replace(",", ".")
    return float(digits) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", digits) else None


def answer_text(criterion: Criterion, answer: Answer) -> str:
    """Return an answer in French, as screens and documents show it."""
    if answer.standing is Standing.UNKNOWN:
        return "Je ne sais pas"
    if answer.standing is Standing.NOT_APPLICABLE:
        return "Sans objet"
    value = answer.value
    if isinstance(value, Choice):
        return "Jamais" if criterion.kind is Kind.DATE else value.label
    if isinstance(value, tuple):
        return _checks_text(criterion, value)
    if isinstance(value, date):
        return french.short_date(value)
    if isinstance(value, Counts):
        counts = f"{french.number(value.part)} sur {french.number(value.whole)}"
        return f"{_with_unit(criterion, figure(criterion, value) or 0)} ({counts})"
    return "" if value is None else _with_unit(criterion, value)


def _checks_text(criterion: Criterion, value: tuple[bool, ...]) -> str:
    missing = [item for item, there in zip(criterion.items, value, strict=True) if not there]
    if not missing:
        return "Oui, tout"
    if len(missing) == len(value):
        return "Non, rien"
    return "Manque : " + ", ".join(item[0].lower() + item[1:] for item in missing)


def _with_unit(criterion: Criterion, number: float) -> str:
    if criterion.kind is Kind.COUNT:
        return french.count(int(number), criterion.unit)
    unit = {
        Kind.PERCENT: "%",
        Kind.MBIT: "Mbit/s",
        Kind.DAYS: "jours" if number >= 2 else "jour",
    }.get(criterion.kind)
    if unit:
        return f"{french.number(number)}{french.NARROW_SPACE}{unit}"
    return f"{french.number(number)} {criterion.unit}"


def expected_text(criterion: Criterion, threshold: Threshold) -> str:
    """Return a minimum in French: "au moins 30 Mbit/s", "depuis moins de 12 mois"."""
    if criterion.kind is Kind.CHECKS:
        how_many = len(criterion.items)
        return f"les {NUMBER_WORDS.get(how_many, str(how_many))}"
    if criterion.kind.is_choice:
        return "oui"
    if criterion.kind is Kind.DATE:
        return f"depuis moins de {french.number(threshold.value, 0)}{french.NARROW_SPACE}mois"
    if criterion.kind is Kind.PERCENT and criterion.better == "high" and threshold.value == 100:
        return f"100{french.NARROW_SPACE}%"
    side = "au moins" if criterion.better == "high" else "au plus"
    return f"{side} {_with_unit(criterion, threshold.value)}"


def brief_text(criterion: Criterion, answer: Answer) -> str:
    """Return an answer in as few words as a table's cell has room for."""
    value = answer.value
    if isinstance(value, tuple):
        return f"{sum(value)} sur {len(value)}"
    number = None if value is None else figure(criterion, value)
    return answer_text(criterion, answer) if number is None else _brief(criterion, number)


def brief_minimum(criterion: Criterion, threshold: Threshold) -> str:
    """Return a minimum in as few words as a table's cell has room for."""
    if criterion.kind is Kind.CHECKS:
        return f"{len(criterion.items)} sur {len(criterion.items)}"
    if criterion.kind.is_choice or criterion.kind is Kind.DATE:
        text = expected_text(criterion, threshold).removeprefix("depuis ")
        return text[0].upper() + text[1:]
    side = "≥" if criterion.better == "high" else "≤"
    brief = _brief(criterion, threshold.value)
    full = criterion.kind is Kind.PERCENT and threshold.value == 100
    return brief if full else f"{side}{french.NARROW_SPACE}{brief}"


def _brief(criterion: Criterion, number: float) -> str:
    if criterion.kind is Kind.RATIO:
        measured = criterion.unit.partition("pour ")[0]  # empty where devices are counted
        return f"{french.number(number)} {measured}pour {french.number(criterion.per)}"
    if criterion.kind is Kind.COUNT:
        return french.number(number)
    return _with_unit(criterion, number)


def comparison_text(criterion: Criterion, value: float) -> str:
    """Return a national average in French with its unit."""
    return _with_unit(criterion, value)


def encode(value: Value | None) -> str:
    """Return a value as it is kept in the dossier: a small JSON text, empty for none."""
    if value is None:
        return ""
    kept: Any = value
    if isinstance(value, Counts):
        kept = {"part": value.part, "whole": value.whole}
    elif isinstance(value, date):
        kept = {"on": value.isoformat()}
    return json.dumps(kept)


def decode(text: str) -> Value | None:
    """Return the value that the dossier kept."""
    if not text:
        return None
    kept = json.loads(text)
    if isinstance(kept, str):
        return Choice(kept)
    if isinstance(kept, (int, float)):
        return float(kept)
    if isinstance(kept, list):
        return tuple(bool(value) for value in cast("list[Any]", kept))
    fields: dict[str, Any] = kept
    if "on" in fields:
        return date.fromisoformat(fields["on"])
    return Counts(fields["part"], fields["whole"])
