# SPDX-License-Identifier: GPL-3.0-or-later
"""The printed audit: one page for the mayor, then gaps, evolution, detail and sources."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.catalogue import Nature
from egn_desktop.audit.queries import AuditView, GapRow, gaps_of, view
from egn_desktop.audit.report.detail import detail, gaps_by_provider, sources, to_find_out
from egn_desktop.audit.report.evolution import since, since_in_short
from egn_desktop.audit.rules import Priority
from egn_desktop.documents.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Callout,
    Document,
    Figures,
    Heading,
    PageBreak,
    Paragraph,
    Strong,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, identity


def audit_report(dossier: Dossier, key: str) -> Document:
    """Return the report of the audit of that id, or of the latest."""
    audit = view(dossier, int(key) if key else None)
    if audit is None:
        raise UserError("Aucun état des lieux n’a été commencé dans ce dossier.")
    school = identity(dossier)
    gaps = gaps_of(dossier, audit)
    closed = audit.campaign.closed_on
    state = f"clos le {french.long_date(closed)}" if closed else "en cours"
    return Document(
        title="État des lieux numérique",
        subtitle=f"Année scolaire {audit.campaign.school_year} · {state}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"État des lieux {audit.campaign.school_year}, {state}",
        subject="Équipement, réseau, services et compétences numériques, au regard de repères",
        author=school.head,
        blocks=(
            *_summary(dossier, audit, gaps, school),
            PageBreak(),
            *gaps_by_provider(gaps),
            *since(dossier, audit),
            *to_find_out(audit),
            *detail(audit),
            *sources(audit),
        ),
    )


def _summary(
    dossier: Dossier, audit: AuditView, gaps: Sequence[GapRow], school: Identity
) -> tuple[Block, ...]:
    duties = sum(row.nature is Nature.DUTY for row in gaps)
    return (
        Paragraph(_who(school, audit)),
        Figures(
            (
                (rules.score_text(audit.result.score), "des repères atteints"),
                (f"{audit.answered} / {len(audit.questions)}", "questions répondues"),
                (french.number(len(gaps), 0), "écart" if len(gaps) < 2 else "écarts"),
                (
                    french.number(sum(row.action is not None for row in gaps), 0),
                    "avec une action prévue",
                ),
            )
        ),
        Paragraph(rules.baseline_text(audit.frame, audit.result)),
        *since_in_short(dossier, audit),
        *_duties(duties),
        Heading(f"Où en est {school.the_school}, par domaine"),
        _bars(audit),
        Paragraph(
            "La partie hachurée n’est pas encore connue. Tous les critères comptent autant "
            "(proposition d’EGN Desktop).",
            style="muted",
        ),
        *_first_steps(gaps),
    )


def _who(school: Identity, audit: AuditView) -> str:
    parts = [school.name or french.capital(school.the_school)]
    levels = ", ".join(level.label.lower() for level in audit.frame.levels)
    parts.append(levels)
    if school.classes:
        parts.append(french.count(school.classes, "classe"))
    if school.pupils:
        parts.append(french.count(school.pupils, "élève"))
    return " · ".join(part for part in parts if part)


def _duties(duties: int) -> tuple[Block, ...]:
    if not duties:
        return ()
    words = french.count(duties, "obligation légale", "obligations légales")
    return (
        Callout(f"{words} à satisfaire, en tête des écarts, avec l’article de loi.", tone="bad"),
    )


def _bars(audit: AuditView) -> Bars:
    shown = [(domain.domain, domain.score) for domain in audit.result.domains if domain.score]
    return Bars(
        [
            Bar(domain.short, score.low, score.high, rules.score_text(score))
            for domain, score in shown
        ],
        alt="Part des repères atteints par domaine. "
        + " ; ".join(f"{domain.title} : {rules.score_text(score)}" for domain, score in shown),
    )


def _first_steps(gaps: Sequence[GapRow]) -> tuple[Block, ...]:
    first = [row for row in gaps if row.gap.priority is Priority.FIRST][:3]
    if not first:
        return ()
    return (
        Heading("Par où commencer"),
        Bullets(
            [(Strong(row.gap.criterion.action), f" – {row.provider}") for row in first],
            ordered=True,
        ),
    )
