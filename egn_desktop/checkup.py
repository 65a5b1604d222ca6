# SPDX-License-Identifier: GPL-3.0-or-later
"""A look over a whole dossier: its file, its journal, and what each feature can prove."""

from egn_desktop import features
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.report import Report
from egn_desktop.dossier.verify import verify


def looked_over(dossier: Dossier) -> Report:
    """Check everything that can be checked; nothing is written."""
    names = [name for feature in features.FEATURES for name in feature.checks]
    return verify(dossier, [features.resolve(name) for name in names])
