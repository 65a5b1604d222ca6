# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages of the rail, a package each; a page is handed one ``Context`` and no other page."""
