# SPDX-License-Identifier: GPL-3.0-or-later
"""``audit``, ``audit-answer``, ``audit-action``: the baseline audit without a window."""

import argparse
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli import audit_evidence, audit_results
from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.errors import UserError
from egn_desktop.sandbox import given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from egn_desktop.audit.catalogue import Question
    from egn_desktop.audit.proposals import Proposal
    from egn_desktop.audit.queries import AuditView, GapRow
    from egn_desktop.services import Services

LARGEST_ANSWERS = 1024 * 1024
"""How many bytes a file of answers may have: a hundred times all answers."""


def register(subcommands: SubCommands) -> None:
    """Add the commands of the audit."""
    state = subcommands.add("audit", help="affiche l’état des lieux et ses écarts", run=_state)
    state.add_argument(
        "--questions",
        action="store_true",
        help="affiche plutôt les questions, leur identifiant et la réponse attendue",
    )
    reply = subcommands.add(
        "audit-answer", help="répond à l’état des lieux de l’année, commencé au besoin", run=_answer
    )
    reply.add_argument(
        "--set",
        type=_pair,
        action="append",
        default=[],
        metavar="ID=RÉPONSE",
        help="une réponse : ens-01=12/15, res-01=30, res-07=oui, gov-02=12/10/2026, "
        "« ? » si vous ne savez pas, « sans objet: raison » ; peut être répété",
    )
    reply.add_argument(
        "--file",
        type=Path,
        metavar="FICHIER",
        help="un fichier csv dont les colonnes sont identifiant, réponse et, au besoin, note",
    )
    reply.add_argument(
        "--note",
        type=_pair,
        action="append",
        default=[],
        metavar="ID=TEXTE",
        help="une note gardée avec une réponse : pourquoi elle diffère de l’inventaire",
    )
    reply.add_argument(
        "--take-known",
        action="store_true",
        help="prend ensuite, pour les questions sans réponse, ce que dit l’inventaire",
    )
    reply.add_argument(
        "--new-questions",
        action="store_true",
        help="pose d’abord les questions ajoutées par le logiciel depuis que l’état des lieux est "
        "commencé ; les réponses sont gardées",
    )
    end = reply.add_mutually_exclusive_group()
    end.add_argument("--close", action="store_true", help="clôt ensuite l’état des lieux")
    end.add_argument("--reopen", action="store_true", help="le rouvre d’abord s’il est clos")

    action = subcommands.add("audit-action", help="fait d’un écart une action", run=_action)
    action.add_argument("--criterion", required=True, metavar="ID", help="le critère, res-01")
    action.add_argument("--title", default="", metavar="TEXTE", help="sinon, l’action proposée")
    action.add_argument("--responsible", default="", metavar="NOM", help="qui s’en occupe")
    action.add_argument("--on", type=day, metavar="JJ/MM/AAAA", help="pour quand")
    audit_results.register(subcommands)
    audit_evidence.register(subcommands)


def _state(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.audit.queries import gaps_of, view

    if options.questions:
        _questions(services)
        return
    audit = view(services.dossier)
    if audit is None:
        print("Aucun état des lieux. Pour commencer : egn-desktop audit-answer --help")
        return
    _print_scores(audit)
    rows = gaps_of(services.dossier, audit)
    print(f"\n{len(rows)} écart{'s' if len(rows) > 1 else ''}" + ("\u202f:" if rows else "."))
    for row in rows:
        print(f"  {_gap_line(row)}")
    if audit.to_find_out:
        print("\nÀ trouver : " + ", ".join(question.key for question in audit.to_find_out))


def _print_scores(audit: "AuditView") -> None:
    from egn_desktop.audit.rules import score_text
    from egn_desktop.french import short_date

    closed = audit.campaign.closed_on
    state = f"clos le {short_date(closed)}" if closed else "en cours"
    print(
        f"État des lieux {audit.campaign.school_year}, {state} : "
        f"{audit.answered} réponses sur {len(audit.questions)}"
    )
    print(f"Ensemble : {score_text(audit.result.score)}")
    for domain in audit.result.domains:
        dealt, asked = audit.progress(domain.domain.id)
        if asked:
            score = score_text(domain.score)
            print(f"  {domain.domain.title} : {score} ({dealt} questions traitées sur {asked})")


def _gap_line(row: "GapRow") -> str:
    parts = [
        f"{row.criterion_id} {row.title}",
        row.level,
        f"attendu : {row.expected}",
        f"constaté : {row.found}",
        row.provider,
        row.gap.priority.label,
        "action prévue" if row.action else "",
    ]
    return " · ".join(part for part in parts if part)


def _questions(services: "Services") -> None:
    from egn_desktop.audit.answers import answer_text, wanted
    from egn_desktop.audit.queries import current_frame, view

    audit = view(services.dossier)
    proposed: Mapping[str, Sequence[Proposal]] = {}
    if audit:
        proposed = services.audit.proposals(audit.campaign.id)
    for question in (audit.frame if audit else current_frame(services.dossier)).questions:
        print(f"{question.key} : {question.text} [{wanted(question.criterion)}]")
        answer = audit.answers.get(question.key) if audit else None
        if answer is not None:
            print(f"    {answer_text(question.criterion, answer)}")
        for proposal in proposed.get(question.key, ()):
            print(f"    → {proposal.words}")


def _answer(services: "Services", options: argparse.Namespace) -> None:
    given = [(key, text, "") for key, text in options.set]
    if options.file:
        given = [*_rows(options.file), *given]
    asked = options.take_known or options.close or options.reopen or options.new_questions
    if not (given or asked):
        raise UserError("Indiquez des réponses avec --set ou --file, ou --take-known.")
    audit = services.audit
    taken: list[Proposal] = []
    gained: list[Question] = []
    with services.dossier.write():
        campaign = _campaign(services, reopen=options.reopen)
        if options.new_questions:
            gained.extend(audit.take_new_questions(campaign))
        audit.answer_many(
            campaign,
            {key: text for key, text, _ in given},
            notes={key: note for key, _, note in given if note} | dict(options.note),
        )
        if options.take_known:
            taken.extend(audit.take_known(campaign))
        if options.close:
            audit.close(campaign)
    for question in gained:
        print(f"Nouvelle question : {question.key} · {question.title}")
    if given or not (options.take_known or gained):
        many = f"{len(given)} réponses enregistrées."
        print("1 réponse enregistrée." if len(given) == 1 else many)
    if options.take_known:
        _tell_taken(taken)
    if options.close:
        print("L’état des lieux est clos.")


def _tell_taken(taken: "Sequence[Proposal]") -> None:
    print(f"Réponses prises dans l’inventaire : {len(taken)}")
    for proposal in taken:
        print(f"  {proposal.question.key} · {proposal.words}")


def _campaign(services: "Services", *, reopen: bool) -> int:
    """Return the audit to answer: the latest, or this year's, started if it does not exist."""
    from egn_desktop.audit.queries import campaigns
    from egn_desktop.school.calendar import audit_year

    latest = next(iter(campaigns(services.dossier)), None)
    this_year = audit_year(services.dossier.today())
    if latest is None or (latest.closed_on and latest.first_year < this_year and not reopen):
        return services.audit.start()
    if latest.closed_on and reopen:
        services.audit.reopen(latest.id)
    return latest.id


def _action(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.audit.queries import campaigns

    latest = next(iter(campaigns(services.dossier)), None)
    if latest is None:
        raise UserError("Aucun état des lieux n’a été commencé dans ce dossier.")
    action_id = services.audit.create_action(
        latest.id,
        options.criterion,
        title=options.title,
        responsible=options.responsible,
        due_on=options.on,
    )
    print(f"Action n° {action_id} ajoutée.")


def _rows(path: Path) -> list[tuple[str, str, str]]:
    """Return identifier, answer and note of each line; a line of titles is skipped."""
    try:
        raw = given.read(path, LARGEST_ANSWERS)
    except given.TooLarge as error:
        raise UserError(f"Le fichier « {path} » est trop grand pour des réponses.") from error
    except OSError as error:
        raise UserError(f"Le fichier « {path} » ne peut pas être lu.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    separator = max(";\t,", key=first.count)
    found: list[tuple[str, str, str]] = []
    for number, line in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
        cells = [cell.strip() for cell in line]
        if not any(cells) or (number == 1 and "-" not in cells[0]):
            continue
        key, answer, note, *_ = [*cells, "", ""]
        if not answer:
            raise UserError(f"Ligne {number} : « {key} » n’a pas de réponse.")
        found.append((key, answer, note))
    return found


def _pair(text: str) -> tuple[str, str]:
    key, equals, answer = text.partition("=")
    if not equals or not answer.strip():
        raise argparse.ArgumentTypeError(f"« {text} » s’écrit ID=RÉPONSE")
    return key.strip(), answer.strip()
