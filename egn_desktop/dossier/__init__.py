# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's one encrypted file and its life."""

from egn_desktop.dossier.base import Base, Instant
from egn_desktop.dossier.connection import ReadOnly
from egn_desktop.dossier.store import Dossier, Protection

__all__ = ["Base", "Dossier", "Instant", "Protection", "ReadOnly"]
