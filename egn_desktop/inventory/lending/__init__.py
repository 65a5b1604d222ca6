# SPDX-License-Identifier: GPL-3.0-or-later
"""Loans from need to return: who gets what, what comes back, what does not."""
