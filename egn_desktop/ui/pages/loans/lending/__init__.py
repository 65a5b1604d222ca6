# SPDX-License-Identifier: GPL-3.0-or-later
"""Loans from need to return: lending, exchanges, reminders, incidents, wiping, the register."""
