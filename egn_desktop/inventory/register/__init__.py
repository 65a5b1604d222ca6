# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables, the words and the lookups that every room of the inventory shares."""
