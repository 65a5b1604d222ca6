# SPDX-License-Identifier: GPL-3.0-or-later
"""What is signed on screen, and in which language it is printed."""
