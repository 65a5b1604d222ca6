# SPDX-License-Identifier: GPL-3.0-or-later
"""What two copies of a dossier may differ in: the plan, its versions, risks, crises."""

from typing import Final

from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.subjects import Row, Subject
from egn_desktop.dossier.copies.words import day, quoted, short, yes
from egn_desktop.plans.catalogue import roles, scenarios, sections
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.wording import OWN_PREFIX
from egn_desktop.school.joining import kind_in

_HEADING: Final = "Plan de continuité"
_OWN: Final = {OWN_PREFIX: "own_scenario"}
_REMOVED: Final = {"deleted_at": "retiré le"}


def _section(book: Book, row: Row, other: Row | None) -> str:
    del other
    section = sections(kind_in(book)).get(row["section"])
    done = "terminée" if row["done"] else "en cours"
    return f"Rubrique {quoted(section.title if section else row['section'])} : {done}"


def _class(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Classe {quoted(row['name'])}"


def _scenario_name(book: Book, scenario: str) -> str:
    number = scenario.removeprefix(OWN_PREFIX)
    if number != scenario and number.isdecimal():
        own = book.get("own_scenario", int(number))
        return own["title"] if own else scenario
    known = scenarios(kind_in(book)).get(scenario)
    return known.title if known else scenario


def _scenario(book: Book, row: Row, other: Row | None) -> str:
    del other
    chosen = "retenu" if row["chosen"] else "non retenu"
    return f"Scénario {quoted(_scenario_name(book, row['scenario']))} : {chosen}"


def _own_scenario(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Scénario ajouté {quoted(row['title'])}"


def _scenario_text(book: Book, row: Row, other: Row | None) -> str:
    del other
    name = quoted(_scenario_name(book, row["scenario"]))
    return f"Texte du scénario {name} : {short(row['text'], 40)}"


def _risk(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Risque {quoted(row['title'])}"


def _contact(book: Book, row: Row, other: Row | None) -> str:
    del other
    role = roles(kind_in(book)).get(row["role"])
    name = row["name"] or "à désigner"
    return f"Contact de crise : {role.title if role else row['role']}, {name}"


def _version(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Version {row['number']} du plan, du {day(row['adopted_on'])}"


def _milestone(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    kind = MilestoneKind(row["kind"])
    return f"Version {row['version']} du plan, {kind.label.lower()} le {day(row['done_on'])}"


def _taken_up(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Repris dans le plan : {short(row['words'].removeprefix('- '))}"


def _submission(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Plan soumis le {day(row['submitted_on'])} ({row['body']})"


def _attachment(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Document joint {quoted(row['title'])}"


def _crisis(book: Book, row: Row, other: Row | None) -> str:
    del other
    name = quoted(_scenario_name(book, row["scenario"]))
    ended = f", terminée le {day(row['ended_at'])}" if row["ended_at"] else ", en cours"
    return f"Crise {name} du {day(row['started_at'])}{ended}"


def _entry(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Journal de crise, {day(row['at'])} : {short(row['text'])}"


SUBJECTS: Final = (
    Subject(
        table="plan_section",
        heading=_HEADING,
        tell=_section,
        fields={"text": "texte", "done": "terminée"},
        values={"text": short, "done": yes},
    ),
    Subject(
        table="plan_class",
        heading=_HEADING,
        tell=_class,
        fields={
            "name": "nom",
            "teacher": "enseignant",
            "tool": "outil",
            "rhythm": "rythme",
            "pupils": "élèves",
            "without_device": "sans appareil",
            "without_connection": "sans connexion",
            "packs": "pochettes",
            **_REMOVED,
        },
        values={"deleted_at": day},
        same_by=(("name",),),
    ),
    Subject(
        table="own_scenario",
        heading=_HEADING,
        tell=_own_scenario,
        fields={"title": "titre", "summary": "résumé", **_REMOVED},
        values={"deleted_at": day},
        kinds=("scenario",),
        key_prefix=OWN_PREFIX,
    ),
    Subject(
        table="plan_scenario",
        heading=_HEADING,
        tell=_scenario,
        fields={"chosen": "retenu"},
        values={"chosen": yes},
        texts={"scenario": _OWN},
    ),
    Subject(
        table="plan_scenario_text",
        heading=_HEADING,
        tell=_scenario_text,
        fields={"text": "texte"},
        values={"text": short},
        texts={"scenario": _OWN},
    ),
    Subject(
        table="risk_line",
        heading=_HEADING,
        tell=_risk,
        fields={
            "title": "risque",
            "work_units": "unités de travail",
            "in_place": "en place",
            "to_take": "à prendre",
            "severity": "gravité",
            "likelihood": "probabilité",
            "control": "maîtrise",
            **_REMOVED,
        },
        values={"deleted_at": day, "in_place": short, "to_take": short, "work_units": short},
        kinds=("risk",),
    ),
    Subject(
        table="crisis_contact",
        heading=_HEADING,
        tell=_contact,
        fields={
            "name": "nom",
            "deputy": "suppléant",
            "phone": "téléphone",
            "deputy_phone": "téléphone du suppléant",
            "checked_on": "vérifié le",
            **_REMOVED,
        },
        values={"deleted_at": day, "checked_on": day},
    ),
    Subject(
        table="plan_version",
        heading=_HEADING,
        tell=_version,
        is_numbered=False,
        is_frozen=True,
        parts={"plan_version_action": "version"},
        kinds=("plan",),
        journal_refs={"listed": "action"},
    ),
    Subject(
        table="plan_milestone",
        heading=_HEADING,
        tell=_milestone,
        fields={"done_on": "jour", "body": "instance", **_REMOVED},
        values={"done_on": day, "deleted_at": day},
        same_by=(("version", "kind", "done_on", "body"),),
        kinds=("plan_milestone",),
    ),
    Subject(
        table="plan_taken_up",
        heading=_HEADING,
        tell=_taken_up,
        fields={"version": "version", "words": "ligne"},
        values={"words": short},
        changes=("plan.taken_up", "plan.left_out"),
        numbered_in="taken_up",
        journal_refs={"taken_up": "plan_taken_up"},
    ),
    Subject(
        table="plan_submission",
        heading=_HEADING,
        tell=_submission,
        fields={"adopted_as": "devenu la version", "withdrawn_at": "retiré le"},
        values={"withdrawn_at": day},
    ),
    Subject(
        table="attachment",
        heading=_HEADING,
        tell=_attachment,
        fields={"title": "titre", "kind": "nature", "dated_on": "daté du", **_REMOVED},
        values={"dated_on": day, "deleted_at": day},
        same_by=(("sha256",),),
        kinds=("attachment",),
    ),
    Subject(
        table="crisis",
        heading="Crises",
        tell=_crisis,
        fields={"ended_at": "terminée le"},
        values={"ended_at": day},
        texts={"scenario": _OWN},
        kinds=("crisis",),
    ),
    Subject(
        table="crisis_entry",
        heading="Crises",
        tell=_entry,
        fields={"undone_at": "retiré le"},
        values={"undone_at": day},
        changes=("crisis.ticked", "crisis.unticked"),
        under=("crisis_id", "crisis"),
    ),
)
