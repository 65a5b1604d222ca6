# SPDX-License-Identifier: GPL-3.0-or-later
"""What a block becomes on a page: boxes that measure, split and draw themselves."""
