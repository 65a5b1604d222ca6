# SPDX-License-Identifier: GPL-3.0-or-later
"""The continuity plan: its draft, scenarios, risk lines, crisis cell and adopted versions."""
