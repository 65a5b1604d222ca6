# SPDX-License-Identifier: GPL-3.0-or-later
"""The school's signature, kept for the hand-overs that follow."""

from dataclasses import dataclass

from egn_desktop.inventory.papers.case import Signature


@dataclass(slots=True)
class KeptSignature:
    """In memory, until the dossier is closed; never on the disk."""

    signature: Signature | None = None
