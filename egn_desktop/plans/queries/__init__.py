# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan as screens and documents read it: the draft, its adopted versions, a crisis."""

from egn_desktop.plans.queries.adopted import (
    PlanSummary,
    VersionRow,
    changes,
    missing,
    summary,
    todos,
    version_content,
    version_pdf,
    versions,
)
from egn_desktop.plans.queries.crisis import (
    NOTE,
    CrisisEntryRow,
    CrisisLog,
    crises,
    open_crisis,
)
from egn_desktop.plans.queries.draft import (
    ScenarioRow,
    SectionRow,
    contacts,
    content,
    proposed_risks_taken,
    risk_lines,
    scenario,
    scenarios,
    sections,
)

__all__ = [
    "NOTE",
    "CrisisEntryRow",
    "CrisisLog",
    "PlanSummary",
    "ScenarioRow",
    "SectionRow",
    "VersionRow",
    "changes",
    "contacts",
    "content",
    "crises",
    "missing",
    "open_crisis",
    "proposed_risks_taken",
    "risk_lines",
    "scenario",
    "scenarios",
    "sections",
    "summary",
    "todos",
    "version_content",
    "version_pdf",
    "versions",
]
