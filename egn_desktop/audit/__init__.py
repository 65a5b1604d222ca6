# SPDX-License-Identifier: GPL-3.0-or-later
"""The baseline audit: what the school has, and what is missing against the minimum."""
