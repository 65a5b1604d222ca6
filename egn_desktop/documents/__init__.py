# SPDX-License-Identifier: GPL-3.0-or-later
"""The PDF engine: a report says what its blocks are, ``render`` prints and tags them.

``blocks`` and ``registry`` import nothing heavy; ``render`` (reportlab, pikepdf) is imported only
when a document is made.
"""
