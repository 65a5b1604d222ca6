# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the baseline audit: its questions, its result, its gaps."""

from egn_desktop.ui.pages.audit.page import AuditPage

__all__ = ["AuditPage"]
