# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept of whom, for how long, and its erasure."""
