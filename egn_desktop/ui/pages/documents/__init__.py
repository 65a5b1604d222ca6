# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of every document that the dossier can print."""

from egn_desktop.ui.pages.documents.page import DocumentsPage

__all__ = ["DocumentsPage"]
