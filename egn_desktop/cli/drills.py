# SPDX-License-Identifier: GPL-3.0-or-later
"""``drill``, ``drill-plan``, ``drill-record``: drills planned, held and learnt from."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands of drills."""
    subcommands.add("drill", help="affiche les exercices prévus et tenus", run=_list)
    plan = subcommands.add("drill-plan", help="prévoit un exercice", run=_plan)
    plan.add_argument(
        "--kind",
        required=True,
        metavar="TYPE",
        help="alert (alerte), tabletop (sur table), functional (fonctionnel) ou full_scale "
        "(grandeur nature)",
    )
    plan.add_argument("--scenario", default="", metavar="ID", help="scénario du plan")
    plan.add_argument("--script", default="", metavar="ID", help="déroulé prêt à jouer")
    plan.add_argument("--on", type=day, metavar="JJ/MM/AAAA", help="date prévue")
    plan.add_argument("--aim", default="", metavar="TEXTE", help="objectif")

    record = subcommands.add("drill-record", help="note comment s’est passé un exercice", run=_note)
    record.add_argument("--id", type=int, required=True, metavar="N", help="numéro de l’exercice")
    record.add_argument("--on", type=day, metavar="JJ/MM/AAAA", help="date où il s’est tenu")
    record.add_argument(
        "--course",
        metavar="TEXTE|@FICHIER",
        help="déroulement, ou le fichier texte qui le contient",
    )
    for option, metavar, help_text in (
        ("--measure", "ID=VALEUR", "une mesure ; peut être répété"),
        ("--participants", "FONCTION=PERSONNES", "les participants ; peut être répété"),
        ("--debrief", "ID=TEXTE", "bilan à chaud : worked, failed ou surprise ; peut être répété"),
    ):
        record.add_argument(
            option, type=_pair, action="append", default=[], metavar=metavar, help=help_text
        )
    record.add_argument(
        "--lesson",
        action="append",
        default=[],
        metavar="TEXTE|RESPONSABLE|DATE",
        help="un enseignement et son action ; peut être répété",
    )


def _list(services: "Services", _options: argparse.Namespace) -> None:
    from egn_desktop.drills.queries import drills
    from egn_desktop.french import short_date

    rows = drills(services.dossier)
    if not rows:
        print("Aucun exercice. Pour en prévoir un : egn-desktop drill-plan --help")
    for row in rows:
        parts = (short_date(row.day) or "sans date", row.title, row.state.label, row.headline)
        print(f"{row.id} : " + " · ".join(part for part in parts if part))


def _plan(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.school.queries import calendar

    drill_id = services.drills.plan(
        kind=options.kind,
        scenario=options.scenario,
        script=options.script,
        planned_on=options.on,
        aim=options.aim,
    )
    print(f"Exercice n° {drill_id} prévu.")
    if options.on is not None:
        known = calendar(services.dossier)
        for words in (known.closed_note(options.on), known.ignorance(options.on)):
            if words:
                print(f"À noter : {words}")


def _note(services: "Services", options: argparse.Namespace) -> None:
    lessons = [_lesson(text) for text in options.lesson]
    with services.dossier.write():
        services.drills.record(
            options.id,
            held_on=options.on,
            course=None if options.course is None else _text(options.course),
            measures={name: _figure(value) for name, value in options.measure},
            participants=dict(options.participants),
            debrief=dict(options.debrief),
        )
        for text, responsible, due_on in lessons:
            services.drills.add_lesson(
                options.id, text=text, responsible=responsible, due_on=due_on
            )
    print(f"Exercice n° {options.id} noté.")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"« {text} » s’écrit NOM=VALEUR")
    return name.strip(), value.strip()


def _figure(text: str) -> float:
    try:
        return float(text.replace(",", ".").removesuffix("%").strip())
    except ValueError:
        raise UserError(f"« {text} » n’est pas un nombre.") from None


def _text(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Le fichier « {text[1:]} » ne peut pas être lu.") from error


def _lesson(text: str) -> tuple[str, str, date | None]:
    what, responsible, due, *_ = [*text.split("|"), "", ""]
    try:
        return what.strip(), responsible.strip(), day(due) if due.strip() else None
    except argparse.ArgumentTypeError as error:
        raise UserError(f"Enseignement « {text} » : {error}.") from None
