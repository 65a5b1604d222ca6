# SPDX-License-Identifier: GPL-3.0-or-later
"""Text as the PDF sets it: fonts, lines, and writing from right to left."""
