# SPDX-License-Identifier: GPL-3.0-or-later
"""The open dossier's part of the window: rail, pages, and what stands at their foot."""
