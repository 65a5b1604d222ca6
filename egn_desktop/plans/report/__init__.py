# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents of the plan: its annex, cards and packs, its calls, its papers."""
