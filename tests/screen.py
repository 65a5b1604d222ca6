# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives Qt, before it is imported, a screen as heads have them.

Its own is a square of 800 points, in which every window is small. Child processes get it as well.
"""

import os
from pathlib import Path

SCREEN = Path(__file__).parent / "ui" / "screen.json"

if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    # The drive's colon in a path of Windows would end Qt's argument.
    own = "" if os.name == "nt" else f":configfile={SCREEN}"
    os.environ["QT_QPA_PLATFORM"] = f"offscreen{own}"
