# SPDX-License-Identifier: GPL-3.0-or-later
"""EGN Desktop: a school's digital continuity, in one encrypted file."""

VERSION = "0.1.0"
