# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves an audit: its answers as a table, and indicators that name nobody.

The indicators hold no name, no number of the school, no note and no count from which a pupil
could be told: scores, shares and states only. ``docs/guide/indicateurs.schema.json``, which
describes them, is made from the structs below, which is why their words are French.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from egn_desktop import content
from egn_desktop.audit import rules
from egn_desktop.audit.answers import (
    Answer,
    Choice,
    Counts,
    Standing,
    answer_text,
    figure,
)
from egn_desktop.audit.catalogue import Kind, Question
from egn_desktop.audit.rules import Line, Range

if TYPE_CHECKING:
    from egn_desktop.audit.queries import AuditView

FORMAT = "egn-desktop/indicateurs-socle"

Cell = str | int | float | date | None
Share = Annotated[float, Meta(ge=0, le=1)]
State = Literal["atteint", "ecart", "a_trouver", "sans_reponse", "sans_objet", "pour_information"]

TITLES = (
    "Identifiant",
    "Domaine",
    "Niveau",
    "Question",
    "Réponse",
    "Valeur",
    "Unité",
    "Compte",
    "Sur",
    "Pourquoi sans objet",
    "Note",
    "Repère",
    "Ce que vaut le repère",
    "Bilan",
    "Source",
    "Répondu le",
)
STATES: dict[State, str] = {
    "atteint": "Atteint",
    "ecart": "Écart",
    "a_trouver": "À trouver",
    "sans_reponse": "Sans réponse",
    "sans_objet": "Sans objet",
    "pour_information": "Pour information",
}


class DomainIndicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Score d’un domaine : part des repères atteints, entre 0 et 1."""

    domaine: Annotated[str, Meta(description="Identifiant stable du domaine.")]
    titre: str
    bas: Annotated[Share, Meta(description="Si tout ce qui n’est pas connu manquait.")]
    haut: Annotated[Share, Meta(description="Si tout ce qui n’est pas connu était atteint.")]


class CriterionIndicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bilan d’une question ; « niveau » est vide quand elle porte sur tous les niveaux."""

    critere: Annotated[str, Meta(description="Identifiant stable du critère, par exemple res-01.")]
    niveau: Literal["", "M", "E", "C", "L", "P"]
    titre: str
    bilan: Annotated[
        State,
        Meta(description="« ecart » : la réponse connue est en dessous d’un de ses repères."),
    ]
    choix: Annotated[
        Literal["oui", "en_partie", "non"] | None,
        Meta(description="La réponse à une question fermée, sinon null."),
    ]
    valeur: Annotated[
        float | None,
        Meta(description="La réponse chiffrée, arrondie au dixième, sinon null."),
    ]
    unite: Annotated[str, Meta(description="L’unité de « valeur » ; vide sans valeur.")]
    obligation: Annotated[
        bool, Meta(description="Vrai si l’un des repères est une obligation légale.")
    ]


class Indicators(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indicateurs anonymes d’un état des lieux numérique, écrits par EGN Desktop.

    Ils ne contiennent ni le nom, ni le numéro, ni la commune, ni aucune personne, ni
    aucune note, ni aucun effectif.
    """

    format: Literal["egn-desktop/indicateurs-socle"]
    version: Annotated[Literal[1], Meta(description="Version de ce format.")]
    annee_scolaire: Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{4}$")]
    clos: Annotated[bool, Meta(description="Vrai si l’état des lieux ne change plus.")]
    criteres_version: Annotated[str, Meta(description="Version des critères qui ont jugé.")]
    niveaux: Annotated[
        tuple[Literal["M", "E", "C", "L", "P"], ...],
        Meta(description="Maternelle, élémentaire, collège, lycée (LGT), lycée professionnel."),
    ]
    questions: Annotated[int, Meta(ge=0)]
    reponses: Annotated[int, Meta(ge=0, description="Réponses connues, ou sans objet.")]
    bas: Annotated[Share, Meta(description="Part des repères atteints au moins.")]
    haut: Annotated[Share, Meta(description="Part des repères atteints au plus.")]
    domaines: tuple[DomainIndicator, ...]
    criteres: tuple[CriterionIndicator, ...]


def answer_rows(audit: "AuditView") -> list[list[Cell]]:
    """Return the answers as a table for a spreadsheet, its titles first, a question a row."""
    return [list(TITLES), *(_answer_row(audit, question) for question in audit.questions)]


def indicators(audit: "AuditView") -> Indicators:
    """Return what an audit says without saying of whom."""
    overall = audit.result.score or rules.ANYTHING
    return Indicators(
        format=FORMAT,
        version=1,
        annee_scolaire=audit.campaign.school_year,
        clos=audit.is_closed,
        criteres_version=audit.frame.version,
        niveaux=tuple(level.value for level in audit.frame.levels),
        questions=len(audit.questions),
        reponses=audit.answered,
        bas=round(overall.low, 4),
        haut=round(overall.high, 4),
        domaines=tuple(
            _domain(domain.domain.id, domain.domain.title, domain.score)
            for domain in audit.result.domains
            if domain.score
        ),
        criteres=tuple(_criterion(audit, question) for question in audit.questions),
    )


def indicators_json(audit: "AuditView") -> bytes:
    """Return the indicators as the text of a JSON file."""
    return _readable(msgspec.to_builtins(indicators(audit)))


def schema_json() -> bytes:
    """Return the JSON schema of the indicators: what ``docs`` holds."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema.update(msgspec.json.schema(Indicators))
    for definition in schema["$defs"].values():
        definition["description"] = " ".join(definition["description"].split())
    return _readable(schema)


def export_name(audit: "AuditView", suffix: str, *, anonymous: bool = False) -> str:
    """Return the name proposed for an exported file."""
    what = "indicateurs" if anonymous else "reponses"
    return f"etat-des-lieux-{what}-{audit.campaign.school_year}.{suffix}"


def _readable(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _domain(domain: str, title: str, score: Range) -> DomainIndicator:
    low, high = round(score.low, 4), round(score.high, 4)
    return DomainIndicator(domaine=domain, titre=title, bas=low, haut=high)


def _lines(audit: "AuditView", question: Question) -> list[Line]:
    return [line for line in audit.result.lines if line.question == question]


def _state(audit: "AuditView", question: Question) -> State:
    answer = audit.answers.get(question.key)
    if answer is None:
        return "sans_reponse"
    if answer.standing is not Standing.KNOWN:
        return "a_trouver" if answer.standing is Standing.UNKNOWN else "sans_objet"
    lines = _lines(audit, question)
    if not lines:
        return "pour_information"
    return "atteint" if all(rules.is_met(line) for line in lines) else "ecart"


def _criterion(audit: "AuditView", question: Question) -> CriterionIndicator:
    answer = audit.answers.get(question.key)
    number = _number(question, answer)
    words: dict[Choice, Literal["oui", "en_partie", "non"]] = {
        Choice.YES: "oui",
        Choice.PARTLY: "en_partie",
        Choice.NO: "non",
    }
    choice = answer.value if answer and isinstance(answer.value, Choice) else None
    # A bare count may tell a small school from another: its verdict is enough.
    if question.criterion.kind is Kind.COUNT:
        number = None
    return CriterionIndicator(
        critere=question.criterion.id,
        niveau=question.level.value if question.level else "",
        titre=question.criterion.title,
        bilan=_state(audit, question),
        choix=words[choice] if choice else None,
        valeur=None if number is None else round(number, 1),
        unite="" if number is None else _unit(question),
        obligation=any(
            line.threshold.nature is rules.Nature.DUTY for line in _lines(audit, question)
        ),
    )


def _number(question: Question, answer: Answer | None) -> float | None:
    if answer is None or answer.value is None or isinstance(answer.value, date):
        return None
    return figure(question.criterion, answer.value)


def _unit(question: Question) -> str:
    fixed = {Kind.PERCENT: "%", Kind.MBIT: "Mbit/s", Kind.DAYS: "jours"}
    return fixed.get(question.criterion.kind, question.criterion.unit)


def _answer_row(audit: "AuditView", question: Question) -> list[Cell]:
    criterion, answer = question.criterion, audit.answers.get(question.key)
    domain = next(domain.title for domain in audit.frame.domains if domain.id == criterion.domain)
    value = answer.value if answer else None
    counts = value if isinstance(value, Counts) else None
    answered = audit.answered_at.get(question.key)
    number = _number(question, answer)
    lines = _lines(audit, question)
    return [
        question.key,
        domain,
        question.level.label if question.level else "",
        criterion.question,
        answer_text(criterion, answer) if answer else "",
        value if isinstance(value, date) else None if number is None else round(number, 4),
        "" if number is None else _unit(question),
        counts.part if counts else None,
        counts.whole if counts else None,
        answer.reason if answer and answer.standing is Standing.NOT_APPLICABLE else "",
        answer.note if answer else "",
        _by_level(audit, lines, [rules.expected(line) for line in lines]),
        _by_level(audit, lines, [rules.ground(line) for line in lines]),
        STATES[_state(audit, question)],
        content.source(criterion).reference,
        answered.astimezone().date() if answered else None,
    ]


def _by_level(audit: "AuditView", lines: Sequence[Line], texts: Sequence[str]) -> str:
    """Say a text once, or level by level where it differs."""
    if len(set(texts)) < 2:
        return texts[0] if texts else ""
    named = (rules.levels_text(line.levels, audit.frame.levels) for line in lines)
    return " ; ".join(f"{level} : {text}" for level, text in zip(named, texts, strict=True))
