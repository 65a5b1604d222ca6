# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit prints: the report for the mayor, and a letter to each who must provide."""

from egn_desktop.audit.report.baseline import audit_report, audits
from egn_desktop.audit.report.letter import letter

__all__ = ["audit_report", "audits", "letter"]
