# SPDX-License-Identifier: GPL-3.0-or-later
"""The draft of the plan as screens and documents read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from egn_desktop.actions.queries import ActionRow, actions
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Kept
from egn_desktop.plans import rules
from egn_desktop.plans.catalogue import Rating, Role, Section, roles
from egn_desktop.plans.figures import figures
from egn_desktop.plans.model import CrisisContact, PlanSection, RiskLine
from egn_desktop.plans.queries.attachments import attachments
from egn_desktop.plans.queries.capacity import capacity_part
from egn_desktop.plans.queries.classes import classes
from egn_desktop.plans.queries.scenarios import scenarios
from egn_desktop.plans.rules import SectionState
from egn_desktop.plans.snapshot import (
    ActionPart,
    AttachmentPart,
    ContactPart,
    PlanContent,
    RiskPart,
    SchoolPart,
    SectionPart,
)
from egn_desktop.school.queries import identity

OTHER_ROLE = Role(id="", source="egn-desktop", group="partner", title="Autre", duty="")


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section of the draft."""

    section: Section
    text: str
    done: bool
    looked_at: date | None
    state: SectionState


def sections(dossier: Dossier) -> Sequence[SectionRow]:
    """Return every section with its draft text, in the plan's order."""
    found = {
        row.section: row
        for row in dossier.rows(
            select(PlanSection.section, PlanSection.text, PlanSection.done, PlanSection.looked_at)
        )
    }
    today = dossier.today()
    rows: list[SectionRow] = []
    for section in rules.sections(identity(dossier).kind):
        row = found.get(section.id)
        text, done, looked_at = (row.text, row.done, row.looked_at) if row else ("", False, None)
        state = rules.section_state(text, done=done, looked_at=looked_at, today=today)
        rows.append(SectionRow(section, text, done, looked_at, state))
    return rows


def risk_lines(dossier: Dossier) -> Sequence[RiskPart]:
    """Return the lines of the DUERP: the highest rating first, the unrated ones last."""
    rows = [
        RiskPart(
            id=str(row.id),
            title=row.title,
            family=row.family,
            work_units=row.work_units,
            situations=row.situations,
            in_place=row.in_place,
            to_take=row.to_take,
            rating=Rating(severity=row.severity, likelihood=row.likelihood, control=row.control)
            if row.severity and row.likelihood and row.control
            else None,
        )
        for row in dossier.rows(
            select(*RiskLine.__table__.columns)
            .where(RiskLine.deleted_at.is_(None))
            .order_by(RiskLine.id)
        )
    ]
    return sorted(rows, key=lambda row: -row.rating.score if row.rating else 0)


def proposed_risks_taken(dossier: Dossier) -> frozenset[str]:
    """Return the ids of the proposed risks that the DUERP already has a line for."""
    rows = dossier.rows(select(RiskLine.risk).where(RiskLine.deleted_at.is_(None)))
    return frozenset(row.risk for row in rows if row.risk)


def contacts(dossier: Dossier) -> Sequence[ContactPart]:
    """Return who is to be called: the crisis cell, then the partners, in the list's order."""
    known = roles(identity(dossier).kind)
    order = {role.id: at for at, role in enumerate(known)}
    rows = dossier.rows(
        select(*CrisisContact.__table__.columns)
        .where(CrisisContact.deleted_at.is_(None))
        .order_by(CrisisContact.id)
    )
    found: list[ContactPart] = []
    for row in sorted(rows, key=lambda row: order.get(row.role, len(order))):
        role = known.get(row.role) or OTHER_ROLE
        found.append(
            ContactPart(
                id=str(row.id),
                group=role.group,
                role=role.title if role.id else row.role,
                duty=role.duty,
                name=row.name,
                deputy=row.deputy,
                phone=row.phone,
                deputy_phone=row.deputy_phone,
                called_by=row.called_by,
                checked_on=row.checked_on,
            )
        )
    return found


@Kept
def content(dossier: Dossier) -> PlanContent:
    """Return all that the draft says today, the figures of the dossier included.

    The home page, the plan's and the list of documents each ask how far it has moved, at every
    change of anything; the capacity of each scenario goes through all pupils and devices.
    """
    school = identity(dossier)
    chosen = scenarios(dossier, chosen=True)
    described = classes(dossier)
    return PlanContent(
        taken_on=dossier.today(),
        content_version=rules.sections().version,
        school=SchoolPart(
            name=school.name,
            footer=school.footer,
            address=school.address,
            uai=school.uai,
            phone=school.phone,
            head=school.head,
            risk_register_owner=school.risk_register_owner,
            is_first_degree=school.is_first_degree,
            is_private=school.kind.is_private,
            owner=school.kind.owner,
            levels=tuple(count.level.value for count in school.levels),
        ),
        sections=tuple(
            SectionPart(
                id=row.section.id,
                title=row.section.title,
                text=row.text,
                figures=row.section.figures,
            )
            for row in sections(dossier)
        ),
        scenarios=tuple(row.part for row in chosen),
        classes=tuple(described),
        capacities=tuple(capacity_part(dossier, row) for row in chosen) if described else (),
        risks=tuple(risk_lines(dossier)),
        contacts=tuple(contacts(dossier)),
        figures=tuple(figures(dossier)),
        actions=tuple(_action(row) for row in actions(dossier, ActionState.OPEN)),
        done_measures=tuple(
            _action(row) for row in actions(dossier, ActionState.DONE, source_kind=SourceKind.RISK)
        ),
        attachments=tuple(_attached(dossier)),
    )


def _attached(dossier: Dossier) -> Sequence[AttachmentPart]:
    return [
        AttachmentPart(
            id=str(row.id),
            title=row.title,
            kind=row.kind.label,
            dated_on=row.dated_on,
            pages=row.pages,
            sha256=row.sha256,
        )
        for row in attachments(dossier)
    ]


def _action(row: ActionRow) -> ActionPart:
    risk = row.source.risk_id
    return ActionPart(
        id=row.id,
        title=row.title,
        source=row.source.kind.label,
        responsible=row.responsible,
        due_on=row.due_on,
        state=row.state_label,
        is_late=row.is_late,
        cost=row.cost_label,
        risk="" if risk is None else str(risk),
        criterion=row.source.criterion_id,
        closed_on=row.closed_on,
    )
