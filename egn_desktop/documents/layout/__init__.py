# SPDX-License-Identifier: GPL-3.0-or-later
"""Which boxes a document becomes, and the pages that they stand on."""
