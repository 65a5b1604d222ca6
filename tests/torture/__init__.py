# SPDX-License-Identifier: GPL-3.0-or-later
"""What kills, cuts, flips, fills and exchanges dossiers.

Each is run by ``python -m tests.torture.NAME [ROUNDS [SEED]]``, all by ``python3 dev.py torture``.
"""
