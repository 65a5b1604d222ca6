# SPDX-License-Identifier: GPL-3.0-or-later
"""Audits and what backs their answers, as screens and documents read them."""

from egn_desktop.audit.queries.audits import (
    AuditSummary,
    AuditView,
    CampaignRow,
    DomainScore,
    GapRow,
    answer_texts,
    campaigns,
    current_frame,
    gaps,
    gaps_of,
    known_count,
    new_questions,
    open_frame,
    summary,
    view,
)
from egn_desktop.audit.queries.evidence import evidence, evidence_counts, evidence_file
from egn_desktop.audit.queries.todos import todos

__all__ = [
    "AuditSummary",
    "AuditView",
    "CampaignRow",
    "DomainScore",
    "GapRow",
    "answer_texts",
    "campaigns",
    "current_frame",
    "evidence",
    "evidence_counts",
    "evidence_file",
    "gaps",
    "gaps_of",
    "known_count",
    "new_questions",
    "open_frame",
    "summary",
    "todos",
    "view",
]
