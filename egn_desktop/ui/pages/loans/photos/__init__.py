# SPDX-License-Identifier: GPL-3.0-or-later
"""The photos of a device, a loan or an incident."""
