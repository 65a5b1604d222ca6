# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents of the drills: each drill, the year's programme, the yearly review."""
