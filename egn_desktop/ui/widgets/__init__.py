# SPDX-License-Identifier: GPL-3.0-or-later
"""The small parts that pages are made of; they know tokens and Qt, and nothing of a school."""
