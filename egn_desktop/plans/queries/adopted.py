# SPDX-License-Identifier: GPL-3.0-or-later
"""The adopted versions of the plan, and how far the draft has moved from the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import select

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Kept
from egn_desktop.errors import UserError
from egn_desktop.plans import rules
from egn_desktop.plans.comparison import ChangeGroup, readable
from egn_desktop.plans.consistency import doubts
from egn_desktop.plans.milestones import (
    MilestoneKind,
    MilestoneRow,
    SettlingWords,
    settling_words,
)
from egn_desktop.plans.missing import Missing, Weight
from egn_desktop.plans.model import PlanSubmission, PlanVersion, PlanVersionAction
from egn_desktop.plans.queries.draft import contacts, content, risk_lines, sections
from egn_desktop.plans.queries.milestones import milestones
from egn_desktop.plans.queries.scenarios import scenarios
from egn_desktop.plans.rules import SectionState, VersionState
from egn_desktop.plans.snapshot import Difference, PlanContent, decoded, differences
from egn_desktop.school.queries import identity
from egn_desktop.todo import Todo, Urgency

TIME_TO_ANNEX = timedelta(days=30)
"""How long the authority may take before the home page asks whether a version was annexed."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One adopted version: in force, or superseded by a later one."""

    number: int
    adopted_on: date
    body: str
    participants: str
    recorded_at: datetime
    sha256: str
    state: VersionState


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What the home page says of the plan.

    Attributes:
        version: number of the last adopted version, or None.
        empty_sections: sections of the draft without a text.
        changes_since: sections, scenarios, risk lines and contacts changed since that version.
        milestones: what was noted of that version.
    """

    version: int | None
    adopted_on: date | None
    body: str
    empty_sections: int
    changes_since: int
    milestones: tuple[MilestoneRow, ...] = ()

    @property
    def annexed(self) -> MilestoneRow | None:
        """The annexing of that version to the DUERP, once somebody noted it."""
        found = [
            milestone for milestone in self.milestones if milestone.kind is MilestoneKind.ANNEXED
        ]
        return found[-1] if found else None


def versions(dossier: Dossier) -> Sequence[VersionRow]:
    """Return the adopted versions, the latest first."""
    rows = dossier.rows(
        select(
            PlanVersion.number,
            PlanVersion.adopted_on,
            PlanVersion.body,
            PlanVersion.participants,
            PlanVersion.recorded_at,
            PlanVersion.sha256,
        ).order_by(PlanVersion.number.desc())
    )
    return [
        VersionRow(*row, state=VersionState.SUPERSEDED if at else VersionState.ADOPTED)
        for at, row in enumerate(rows)
    ]


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """The draft as it was submitted; ``changes`` says how far it has moved since."""

    submitted_on: date
    body: str
    changes: int


def submission(dossier: Dossier) -> SubmissionRow | None:
    """Return to whom the draft is submitted, or None when it is not."""
    rows = dossier.rows(
        select(PlanSubmission.submitted_on, PlanSubmission.body, PlanSubmission.snapshot)
        .where(PlanSubmission.adopted_as.is_(None), PlanSubmission.withdrawn_at.is_(None))
        .order_by(PlanSubmission.id.desc())
    )
    for row in rows:
        moved = differences(decoded(row.snapshot), content(dossier))
        return SubmissionRow(row.submitted_on, row.body, len(moved))
    return None


def version_on(dossier: Dossier, day: date) -> int | None:
    """Return the number of the version that was in force on a day, or None."""
    found = [row.number for row in versions(dossier) if row.adopted_on <= day]
    return max(found, default=None)


def version_pdf(dossier: Dossier, number: int) -> bytes:
    """Return the bytes that were printed when a version was adopted.

    Raises:
        UserError: there is no such version.
    """
    for row in dossier.rows(select(PlanVersion.pdf).where(PlanVersion.number == number)):
        return row.pdf
    raise UserError(f"Il n’y a pas de version {number} du plan dans ce dossier.")


def version_content(dossier: Dossier, number: int) -> PlanContent:
    """Return what a version said on the day it was adopted.

    Raises:
        UserError: there is no such version.
    """
    for row in dossier.rows(select(PlanVersion.snapshot).where(PlanVersion.number == number)):
        return _tied(dossier, number, decoded(row.snapshot))
    raise UserError(f"Il n’y a pas de version {number} du plan dans ce dossier.")


def _tied(dossier: Dossier, number: int, frozen: PlanContent) -> PlanContent:
    """Return a version's content with the ids of its actions, where an old snapshot has none."""
    if all(action.id is not None for action in frozen.actions):
        return frozen
    wanted = select(PlanVersionAction.place, PlanVersionAction.action_id)
    rows = dossier.rows(wanted.where(PlanVersionAction.version == number))
    # Several actions of one title may stand for one line of the list: the first is shown.
    known = {row.place: row.action_id for row in sorted(rows, key=lambda row: -row.action_id)}
    return msgspec.structs.replace(
        frozen,
        actions=tuple(
            msgspec.structs.replace(action, id=known.get(place)) if action.id is None else action
            for place, action in enumerate(frozen.actions)
        ),
    )


def comparison(dossier: Dossier, before: int, after: int | None) -> Sequence[ChangeGroup]:
    """Return what a version says differently from another one, or from the draft (None).

    Raises:
        UserError: there is no such version.
    """
    later = content(dossier) if after is None else version_content(dossier, after)
    return readable(version_content(dossier, before), later)


def changes(dossier: Dossier) -> Sequence[Difference]:
    """Return what the draft says differently from the last adopted version; nothing before."""
    adopted = versions(dossier)
    if not adopted:
        return ()
    return differences(version_content(dossier, adopted[0].number), content(dossier))


def missing(dossier: Dossier) -> Sequence[Missing]:
    """Return what the draft lacks, what blocks first, then what would be questioned."""
    risks, school = risk_lines(dossier), identity(dossier)
    rated = sum(risk.rating is not None for risk in risks)
    found = rules.missing_before_adoption(
        texts={row.section.id: row.text for row in sections(dossier)},
        chosen=[row.scenario.id for row in scenarios(dossier, chosen=True)],
        rated_risks=rated,
        unrated_risks=len(risks) - rated,
        reachable_contacts=sum(
            bool(contact.name and contact.phone) for contact in contacts(dossier)
        ),
        school_named=bool(school.name),
        the_school=school.the_school,
    )
    weights = list(Weight)
    return sorted(
        (*found, *doubts(content(dossier))), key=lambda missing: weights.index(missing.weight)
    )


@Kept
def summary(dossier: Dossier) -> PlanSummary:
    """Return the last adopted version and how far the draft has moved from it."""
    last = next(iter(versions(dossier)), None)
    return PlanSummary(
        version=last.number if last else None,
        adopted_on=last.adopted_on if last else None,
        body=last.body if last else "",
        empty_sections=sum(row.state is SectionState.EMPTY for row in sections(dossier)),
        changes_since=len(changes(dossier)),
        milestones=tuple(milestones(dossier, last.number)) if last else (),
    )


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return what the plan asks for: to be begun, finished, adopted, taken up again."""
    found = summary(dossier)
    lacking = [gap for gap in missing(dossier) if gap.blocks]
    if found.version is None:
        written = len(rules.sections()) - found.empty_sections
        if not written:
            text = "Écrire le plan de continuité : chaque partie propose un exemple"
            return (Todo(Urgency.START, "À commencer", text, "plan", "Commencer"),)
        if lacking:
            text = f"Plan de continuité : encore {french.count(len(lacking), 'point')} à compléter"
            return (Todo(Urgency.SOON, "En cours", text, "plan", "Continuer"),)
        words = _words(dossier)
        text = f"Plan de continuité complet : sa version 1 est prête à être {words.done}"
        way = "Arrêter la version" if words.advises else "Faire adopter"
        return (Todo(Urgency.NOW, "Prêt", text, "plan", way, "adoption"),)
    return (
        *_yearly_review(dossier, found),
        *_not_annexed(dossier, found),
        *_stale_contacts(dossier),
    )


def _words(dossier: Dossier) -> SettlingWords:
    return settling_words(identity(dossier).kind)


def _yearly_review(dossier: Dossier, found: PlanSummary) -> Sequence[Todo]:
    adopted_on = found.adopted_on
    if adopted_on is None or not rules.needs_check(adopted_on, dossier.today()):
        return ()
    settled = f"{_words(dossier).masculine} le {french.short_date(adopted_on)}"
    text = f"Plan {settled} : la mise à jour annuelle est due"
    return (Todo(Urgency.LATE, "En retard", text, "plan", "Mettre à jour", "review"),)


def _not_annexed(dossier: Dossier, found: PlanSummary) -> Sequence[Todo]:
    if found.annexed or found.adopted_on is None:
        return ()
    if dossier.today() - found.adopted_on < TIME_TO_ANNEX:
        return ()
    if rules.needs_check(found.adopted_on, dossier.today()):  # the next version is due
        return ()
    text = f"Plan, version {found.version} : son annexion au DUERP n’est pas notée"
    return (Todo(Urgency.SOON, "À noter", text, "plan", "Noter", "milestones"),)


def _stale_contacts(dossier: Dossier) -> Sequence[Todo]:
    today = dossier.today()
    stale = sum(rules.needs_check(contact.checked_on, today) for contact in contacts(dossier))
    if not stale:
        return ()
    text = f"Annuaire de crise : {french.count(stale, 'numéro')} à vérifier"
    return (Todo(Urgency.SOON, "À vérifier", text, "plan", "Vérifier", "contacts"),)
