# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheets of who borrows: pupils, the staff, representatives."""
