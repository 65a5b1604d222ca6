# SPDX-License-Identifier: GPL-3.0-or-later
"""What kills, cuts, flips, fills and exchanges dossiers: ``python -m tests.torture.NAME [ROUNDS]``."""
