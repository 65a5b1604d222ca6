# SPDX-License-Identifier: GPL-3.0-or-later
"""No text says to a kind of school what only another has: resources/school/not_said.toml."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import pytest

from egn_desktop import content, exports
from egn_desktop.audit import catalogue as audit
from egn_desktop.audit.letters import letters
from egn_desktop.audit.providers import authority_of
from egn_desktop.documents.blocks import Document
from egn_desktop.dossier import Dossier
from egn_desktop.drills import rules as drills
from egn_desktop.features import resolve
from egn_desktop.inventory.lending import reminders
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.privacy import notices
from egn_desktop.inventory.register import retention, wiping
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.plans import catalogue as plans
from egn_desktop.plans.rules import facts_of
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level, uai_letter
from egn_desktop.school.who import Contract, EquipmentOwner
from egn_desktop.school.words import Owner, Services
from egn_desktop.services import Services as UseCases

ROOT = Path(__file__).resolve().parents[2]
To = Literal["first-degree", "second-degree", "public", "private", "overseas", "nobody-knows"]


class NotSaid(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may not be said to a school that is all of ``to``, but for the phrases of ``but``."""

    to: tuple[To, ...]
    pattern: str
    but: tuple[str, ...]

    def found(self, text: str) -> list[str]:
        """Return what a text says that it may not."""
        for phrase in self.but:
            text = re.sub(re.escape(phrase), "", text, flags=re.IGNORECASE)
        return [match.group(0) for match in re.finditer(self.pattern, text, re.IGNORECASE)]


@cache
def not_said() -> content.Catalogue[NotSaid]:
    return content.load("school/not_said.toml", NotSaid)


def _school(levels: str, **fields: Any) -> Identity:
    counts = tuple(LevelCount(Level(level), 10, 250) for level in levels)
    return Identity(name="Jules-Verne", town="Vorey", head="Claire Morvan", levels=counts, **fields)


def _uai(digits: str) -> str:
    return digits + uai_letter(digits)


SCHOOLS: Final = {
    "école maternelle": _school("M"),
    "école élémentaire": _school("E"),
    "école privée": _school("ME", contract=Contract.PRIVATE),
    "collège": _school("C"),
    "lycée": _school("L"),
    "lycée professionnel": _school("P"),
    "cité scolaire": _school("CLP"),
    "lycée privé": _school("L", contract=Contract.PRIVATE),
    "école d’outre-mer": _school("ME", uai=_uai("9830002")),
    "lycée d’outre-mer": _school("L", uai=_uai("9840002")),
}


def is_all_of(school: Identity, to: Iterable[To]) -> bool:
    """Tell whether an entry speaks of a school."""
    true = {
        "first-degree" if school.is_first_degree else "second-degree",
        "private" if school.is_private else "public",
        "overseas" if school.kind.services is Services.VICE_RECTORAT else "",
    }
    return true.issuperset(to)


@cache
def cited() -> tuple[str, ...]:
    """How a line begins that cites a source: a law's title speaks to whom it wants."""
    return tuple(source.citation for source in content.sources().values())


_FILLED = re.compile(r"\{[^{}]*\}")  # {école}: the school's own name stands there
_UNSHOWN = frozenset({"id", "source"})


def words(value: Any) -> Iterator[str]:
    """Yield every text of a struct, a document or a list of them."""
    if isinstance(value, str):
        yield _FILLED.sub("", value)
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(words, value.values()))  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, msgspec.Struct):
        shown = msgspec.structs.asdict(value)
        yield from words({name: text for name, text in shown.items() if name not in _UNSHOWN})
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from words(getattr(value, name))
    elif isinstance(value, Iterable):
        yield from chain.from_iterable(map(words, value))  # pyright: ignore[reportUnknownArgumentType]


def said_wrongly(school: Identity, texts: Iterable[str]) -> list[str]:
    """Return what the texts say to a school that they may not, each with where."""
    rules = [entry for entry in not_said() if is_all_of(school, entry.to)]
    return [
        f"{', '.join(found)}: {text[:120]}"
        for text in texts
        for rule in rules
        if (found := rule.found(text))
    ]


def catalogues(school: Identity) -> dict[str, Iterable[Any]]:
    """Return the content's texts by file, as that school reads them."""
    kind = school.kind
    levels = [count.level for count in school.levels]
    frame = audit.shipped_frame(levels, kind)
    return {
        "plans/sections.toml": [_section(section, levels) for section in plans.sections(kind)],
        "plans/scenarios.toml": [_scenario(scenario, levels) for scenario in plans.scenarios(kind)],
        "plans/risks.toml": [_risk(risk, levels) for risk in plans.risks(kind)],
        "plans/roles.toml": [role for role in plans.roles(kind) if role.holds_for(kind)],
        "plans/facts.toml": facts_of(kind),
        "plans/figures.toml": plans.figure_entries(kind),
        "plans/channels.toml": plans.channels(kind),
        "plans/scale.toml": plans.steps(kind),
        "plans/priorities.toml": plans.priorities(kind),
        "audit/criteria": frame.asked,
        "audit/domains.toml": frame.domains,
        "audit/letters.toml": _letters(levels, kind),
        "drills/kinds.toml": drills.kinds(kind),
        "drills/measures.toml": drills.measures(kind),
        "drills/scripts.toml": drills.scripts(kind),
        "drills/debrief.toml": drills.questions(kind),
        "drills/ppms.toml": drills.due_exercises(kind),
        "loans/clauses.toml": clauses.clauses(),
        "loans/summary.toml": clauses.summary(),
        "loans/notice.toml": notices.notice(),
        "loans/notice_staff.toml": notices.staff_notice(),
        "loans/processing.toml": notices.processing(),
        "loans/processing_crisis.toml": notices.crisis_processing(),
        "loans/breach.toml": notices.breach_steps(),
        "loans/reminders.toml": reminders.texts(),
        "loans/retention.toml": retention.limits(),
        "loans/wiping.toml": wiping.steps(),
    }


def _letters(levels: Sequence[Level], kind: Any) -> list[Any]:
    asked = {authority_of(level) for level in levels}
    return [letter for letter in letters(kind) if letter.provider in asked]


def _section(plan: plans.Section, levels: Sequence[Level]) -> list[str]:
    from egn_desktop.plans.rules import pedagogy_for

    return [plan.title, plan.why, *plan.guidance, plan.example_for(pedagogy_for(levels))]


def _scenario(plan: plans.Scenario, levels: Sequence[Level]) -> list[str]:
    from egn_desktop.plans.rules import pedagogy_for

    texts = msgspec.to_builtins(plan)
    pedagogy = texts.pop("pedagogy")
    return [*words(texts), *(pedagogy[group] for group in pedagogy_for(levels))]


def _risk(plan: plans.Risk, levels: Sequence[Level]) -> list[str]:
    from egn_desktop.plans.rules import work_units_for

    texts = msgspec.to_builtins(plan)
    return [*words(texts | {"work_units": ()}), *work_units_for(plan.work_units, levels)]


@pytest.mark.parametrize("name", SCHOOLS)
def test_no_content_says_what_this_school_has_not(name: str) -> None:
    school = SCHOOLS[name]
    wrong = {
        file: said_wrongly(school, words(list(entries)))
        for file, entries in catalogues(school).items()
    }
    assert not {file: texts for file, texts in wrong.items() if texts}


KNOWS: Final = frozenset(
    {
        # Columns and words of lists from elsewhere, read whoever imports them.
        *("inventory/register/rules.py", "exchange/siecle.py", "exchange/annuaire.py"),
        "exchange/nameless.py",
        # Names, shown or used in the first degree alone, and ids of roles.
        *("school/words.py", "school/who.py", "school/joining.py", "plans/rules.py"),
        *("ui/pages/settings/school_tab.py", "cli/school.py", "school/identity.py"),
        *("cli/plans/draft.py", "cli/plans/versions.py"),
        *("inventory/privacy/report/notices.py", "audit/report/letter.py"),
        # What a message names between braces; the title of a call for projects.
        *("plans/messages.py", "plans/wording.py", "audit/report/detail.py"),
        # The articles of what names begin with, whoever bears them.
        "french.py",
        # Whom a version of the plan is shown or sent to, by degree.
        "plans/milestones.py",
        # The demonstration is an école.
        *("ui/welcome/demo.py", "ui/shots.py", "support/self_test.py"),
    }
)
"""Modules whose words are no text that another kind of school reads."""


def strings_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module with their lines, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def test_the_program_itself_speaks_to_every_kind_of_school() -> None:
    package = ROOT / "egn_desktop"
    (rule,) = (entry for entry in not_said() if "nobody-knows" in entry.to)
    found: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if name.startswith(("demo/", "dossier/migrations/")) or name in KNOWS:
            continue
        said = [f"{line}: {text}" for line, text in strings_of(path) if rule.found(text)]
        if said:
            found[name] = said
    assert not found


@pytest.fixture(params=SCHOOLS)
def living(request: pytest.FixtureRequest, dossier: Dossier) -> tuple[Identity, Dossier]:
    """A school of one kind with a loan, an audit, a plan and a drill, all of it as proposed."""
    school = SCHOOLS[request.param]
    owner = EquipmentOwner(school.usual_owner, "Propriétaire", "Mme Roux", date(2026, 9, 1))
    school = replace(school, owners=(owner,) if school.usual_owner is not Owner.ETAT else ())
    use = UseCases.of(dossier)
    use.school.save(school)
    pupil = use.pupils.add_pupil(PupilInput("Roy", "Zoé", school_class="1 A"))
    device = use.devices.add_device(DeviceInput("PC-1", DeviceKind.LAPTOP))
    use.loans.lend(
        device_id=device, borrower_id=pupil, lent_on=date(2026, 9, 10), due_on=date(2026, 11, 2)
    )
    use.audit.start()
    for scenario in plans.scenarios(school.kind):
        use.plans.choose_scenario(scenario.id)
    for risk in plans.risks(school.kind):
        line = use.plans.add_risk(risk=risk.id)
        use.plans.rate_risk(line, severity=3, likelihood=3, control=3)
    for script in drills.scripts(school.kind):
        played = use.drills.plan(kind=script.kind, script=script.id)
        use.drills.record(
            played, held_on=date(2026, 10, 6), course="Bien.", measures={}, debrief={}
        )
    for role in (role for role in plans.roles(school.kind) if role.holds_for(school.kind)):
        use.plans.add_contact(role=role.id, name="Claire Morvan", phone="06 39 98 01 02")
    return school, dossier


def test_no_document_says_what_this_school_has_not(living: tuple[Identity, Dossier]) -> None:
    school, dossier = living
    wrong: dict[str, list[str]] = {}
    printed = 0
    for offer in exports.available():
        for subject in offer.subjects(dossier)[:2]:
            made = resolve(offer.maker)(dossier, subject.key)
            if isinstance(made, Document):
                printed += 1
                own = (text for text in words(made) if not text.startswith(cited()))
                if texts := said_wrongly(school, own):
                    wrong[offer.id] = texts
    assert printed > 10
    assert not wrong
