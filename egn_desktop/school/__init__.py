# SPDX-License-Identifier: GPL-3.0-or-later
"""The school itself: who it is, and the code sheet that opens its dossier."""
