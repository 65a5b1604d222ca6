# SPDX-License-Identifier: GPL-3.0-or-later
"""What every part of the plan's service has."""

from egn_desktop.dossier import Dossier


class Part:
    """Some of the plan's use cases, on one open dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
