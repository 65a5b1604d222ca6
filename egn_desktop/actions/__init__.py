# SPDX-License-Identifier: GPL-3.0-or-later
"""The one list of actions, fed by the audit, the plan and the drills."""
