# SPDX-License-Identifier: GPL-3.0-or-later
"""What screens and documents read of lending."""
