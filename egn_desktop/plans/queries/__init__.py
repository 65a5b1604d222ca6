# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan as screens and documents read it: the draft, its adopted versions, a crisis."""

from egn_desktop.plans.queries.adopted import (
    PlanSummary,
    SubmissionRow,
    VersionRow,
    changes,
    comparison,
    missing,
    submission,
    summary,
    todos,
    version_content,
    version_on,
    version_pdf,
    versions,
)
from egn_desktop.plans.queries.attachments import attachment, attachment_file, attachments
from egn_desktop.plans.queries.capacity import capacity_part, scenario_capacity
from egn_desktop.plans.queries.classes import classes
from egn_desktop.plans.queries.crisis import (
    NOTE,
    CrisisEntryRow,
    CrisisLog,
    crises,
    open_crisis,
)
from egn_desktop.plans.queries.draft import (
    SectionRow,
    contacts,
    content,
    proposed_risks_taken,
    risk_lines,
    sections,
)
from egn_desktop.plans.queries.milestones import milestones
from egn_desktop.plans.queries.review import TakenUpRow, review_lines, taken_up, versions_listing
from egn_desktop.plans.queries.risk_rows import risk_fields, risk_rows
from egn_desktop.plans.queries.scenarios import ScenarioRow, own_scenarios, scenario, scenarios

__all__ = [
    "NOTE",
    "CrisisEntryRow",
    "CrisisLog",
    "PlanSummary",
    "ScenarioRow",
    "SectionRow",
    "SubmissionRow",
    "TakenUpRow",
    "VersionRow",
    "attachment",
    "attachment_file",
    "attachments",
    "capacity_part",
    "changes",
    "classes",
    "comparison",
    "contacts",
    "content",
    "crises",
    "milestones",
    "missing",
    "open_crisis",
    "own_scenarios",
    "proposed_risks_taken",
    "review_lines",
    "risk_fields",
    "risk_lines",
    "risk_rows",
    "scenario",
    "scenario_capacity",
    "scenarios",
    "sections",
    "submission",
    "summary",
    "taken_up",
    "todos",
    "version_content",
    "version_on",
    "version_pdf",
    "versions",
    "versions_listing",
]
