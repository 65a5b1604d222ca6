# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit prints: the report for the mayor, and a letter to each who must provide."""
