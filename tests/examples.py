# SPDX-License-Identifier: GPL-3.0-or-later
"""How many examples a test of a property takes."""

from hypothesis import settings


def examples(daily: int) -> int:
    """Return that many for daily work, and as many times more as the profile in force asks for."""
    return daily * settings.default.max_examples // 100
