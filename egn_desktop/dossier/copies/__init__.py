# SPDX-License-Identifier: GPL-3.0-or-later
"""Two copies of one dossier: known as such, compared, joined."""

from egn_desktop.dossier.copies.lines import Comparison, Kind, Line, Own, Relation
from egn_desktop.dossier.copies.other import siblings
from egn_desktop.dossier.copies.subjects import OWN_BOOKS, Subject, Subjects

__all__ = [
    "OWN_BOOKS",
    "Comparison",
    "Kind",
    "Line",
    "Own",
    "Relation",
    "Subject",
    "Subjects",
    "siblings",
]
