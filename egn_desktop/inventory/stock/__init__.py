# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be lent: devices, their photos and their labels."""
