# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet of a device, and its labels."""
