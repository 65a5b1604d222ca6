# SPDX-License-Identifier: GPL-3.0-or-later
"""Exercises that prove the plan works, and what was learnt from them."""
