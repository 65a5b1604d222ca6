# SPDX-License-Identifier: GPL-3.0-or-later
"""``audit-export``, ``audit-compare``: what comes out of the baseline audit, as files and words."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.spreadsheet_files import add_files, wants_files, write_files
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.audit.comparison import ComparedRow
    from egn_desktop.audit.queries import AuditView
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands of the audit's results."""
    export = subcommands.add(
        "audit-export", help="écrit les réponses, ou des indicateurs anonymes", run=_export
    )
    add_files(export, "les réponses")
    export.add_argument(
        "--indicators",
        type=Path,
        metavar="FICHIER",
        help="écrit les indicateurs anonymes en JSON, à transmettre",
    )
    _add_campaign(export, "--campaign", "l’état des lieux de cette année ; sinon, le dernier")
    compare = subcommands.add(
        "audit-compare", help="compare deux états des lieux, question par question", run=_compare
    )
    _add_campaign(compare, "--before", "le premier ; sinon, celui d’avant")
    _add_campaign(compare, "--after", "le second ; sinon, le dernier")


def _add_campaign(parser: argparse.ArgumentParser, option: str, words: str) -> None:
    parser.add_argument(option, default="", metavar="2026-2027", help=words)


def _audit(services: "Services", school_year: str) -> "AuditView":
    from egn_desktop.audit.comparison import campaign_of_year
    from egn_desktop.audit.queries import view

    row = campaign_of_year(services.dossier, school_year) if school_year else None
    audit = view(services.dossier, row.id if row else None)
    if audit is None:
        raise UserError("Aucun état des lieux n’a été commencé dans ce dossier.")
    return audit


def _export(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.audit import exports
    from egn_desktop.exchange import spreadsheets

    if not (wants_files(options) or options.indicators):
        raise UserError(
            "Indiquez au moins un fichier à écrire.",
            todo="Au choix : --csv, --ods, --xlsx, --indicators.",
        )
    audit = _audit(services, options.campaign)
    rows = exports.answer_rows(audit)
    written = [*write_files(options, rows, f"Réponses {audit.campaign.school_year}")]
    if options.indicators:
        spreadsheets.write_file(options.indicators, exports.indicators_json(audit))
        written.append(options.indicators)
    for path in written:
        print(f"« {path} » est écrit.")


def _compare(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.audit.comparison import Verdict, compare, with_previous
    from egn_desktop.audit.rules import score_text

    after = _audit(services, options.after)
    if options.before:
        before = _audit(services, options.before)
        if before.campaign.first_year >= after.campaign.first_year:
            raise UserError("Le premier état des lieux doit être plus ancien que le second.")
        found = compare(before, after)
    else:
        found = with_previous(services.dossier, after)
    if found is None:
        raise UserError("Il n’y a pas d’état des lieux plus ancien à comparer.")
    for audit in (found.before, found.after):
        print(f"{audit.campaign.school_year} : {score_text(audit.result.score)}")
    counted = (Verdict.SAME, Verdict.UNCLEAR)
    for verdict in Verdict:
        rows = found.judged(verdict)
        if rows and verdict not in counted:
            print(f"\n{verdict.label} ({len(rows)})")
            for row in rows:
                print(f"  {_line(row)}")
    words = (f"{verdict.label} : {len(found.judged(verdict))}" for verdict in counted)
    print("\n" + " · ".join(words))


def _line(row: "ComparedRow") -> str:
    gap = f" · {row.gap.label.lower()}" if row.gap.label else ""
    return f"{row.key} {row.title} : {row.before or '–'} → {row.after or '–'}{gap}"
