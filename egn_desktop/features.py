# SPDX-License-Identifier: GPL-3.0-or-later
"""One table: what each feature brings. Names are dotted strings, loaded when used."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Feature:
    """One row: a page of the rail and what belongs to it.

    Attributes:
        id: names the page; its place in the table is its place in the rail and its Ctrl+digit.
        title: shown in the rail.
        icon: file name, without suffix, in ``resources/icons``.
        page: the page's class.
        offers: tables of the documents that it offers.
        todos: functions from a dossier to what the home page should list.
        checks: functions from a dossier to what ``verify`` found of its records and files.
        models: modules that map its tables.
        joined: tuples of what is said of its tables, for comparing two copies of a dossier.
        commands: modules whose ``register(subparsers)`` adds subcommands.
    """

    id: str
    title: str
    icon: str
    page: str
    offers: tuple[str, ...] = ()
    todos: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


FEATURES = (
    Feature("home", "Accueil", "home", "egn_desktop.ui.pages.home:HomePage"),
    Feature(
        "audit",
        "État des lieux",
        "audit",
        "egn_desktop.ui.pages.audit:AuditPage",
        offers=("egn_desktop.audit.offers:OFFERS",),
        todos=("egn_desktop.audit.queries:todos",),
        checks=("egn_desktop.audit.proofs:checks",),
        models=("egn_desktop.audit.model",),
        joined=("egn_desktop.audit.joining:SUBJECTS",),
        commands=("egn_desktop.cli.audit",),
    ),
    Feature(
        "loans",
        "Prêts",
        "loans",
        "egn_desktop.ui.pages.loans:LoansPage",
        offers=(
            "egn_desktop.inventory.papers.offers:OFFERS",
            "egn_desktop.inventory.lending.offers:OFFERS",
            "egn_desktop.inventory.privacy.offers:OFFERS",
            "egn_desktop.inventory.stock.offers:OFFERS",
        ),
        todos=(
            "egn_desktop.inventory.lending.queries.todos:todos",
            "egn_desktop.inventory.papers.queries:todos",
        ),
        checks=("egn_desktop.inventory.proofs:checks",),
        models=("egn_desktop.inventory.register.model",),
        joined=("egn_desktop.inventory.joining:SUBJECTS",),
        commands=(
            "egn_desktop.cli.imports",
            "egn_desktop.cli.people",
            "egn_desktop.cli.stock",
            "egn_desktop.cli.lending",
            "egn_desktop.cli.papers",
            "egn_desktop.cli.tables",
        ),
    ),
    Feature(
        "plan",
        "Plan de continuité",
        "plan",
        "egn_desktop.ui.pages.plan:PlanPage",
        offers=("egn_desktop.plans.offers:OFFERS",),
        todos=("egn_desktop.plans.queries:todos",),
        checks=("egn_desktop.plans.proofs:checks",),
        models=("egn_desktop.plans.model",),
        joined=("egn_desktop.plans.joining:SUBJECTS",),
        commands=("egn_desktop.cli.plans",),
    ),
    Feature(
        "drills",
        "Exercices",
        "drills",
        "egn_desktop.ui.pages.drills:DrillsPage",
        offers=(
            "egn_desktop.drills.offers:OFFERS",
            "egn_desktop.actions.offers:OFFERS",
        ),
        todos=("egn_desktop.actions.queries:todos", "egn_desktop.drills.queries:todos"),
        checks=("egn_desktop.drills.proofs:checks", "egn_desktop.actions.proofs:checks"),
        models=("egn_desktop.drills.model", "egn_desktop.actions.model"),
        joined=("egn_desktop.drills.joining:SUBJECTS", "egn_desktop.actions.joining:SUBJECTS"),
        commands=("egn_desktop.cli.drills", "egn_desktop.cli.actions"),
    ),
    Feature(
        "documents",
        "Documents",
        "documents",
        "egn_desktop.ui.pages.documents:DocumentsPage",
        commands=(
            "egn_desktop.cli.attachments",
            "egn_desktop.cli.elsewhere",
            "egn_desktop.cli.verify",
        ),
    ),
    Feature(
        "settings",
        "Réglages",
        "settings",
        "egn_desktop.ui.pages.settings:SettingsPage",
        offers=("egn_desktop.school.offers:OFFERS",),
        todos=(
            "egn_desktop.dossier.todos:todos",
            "egn_desktop.inventory.privacy.queries.erasures:todos",
        ),
        models=("egn_desktop.school.model",),
        joined=("egn_desktop.school.joining:SUBJECTS",),
        commands=(
            "egn_desktop.cli.school",
            "egn_desktop.cli.calendar",
            "egn_desktop.cli.privacy",
            "egn_desktop.cli.dossiers",
            "egn_desktop.cli.copies",
            "egn_desktop.cli.printing",
            "egn_desktop.cli.support",
        ),
    ),
)


def resolve(name: str) -> Any:
    """Import and return what a dotted name of the table means (``package.module:attribute``)."""
    module, _, attribute = name.partition(":")
    loaded = import_module(module)
    return getattr(loaded, attribute) if attribute else loaded


def import_models() -> None:
    """Import every feature's model, so that ``Base`` knows all the tables."""
    for feature in FEATURES:
        for name in feature.models:
            resolve(name)
