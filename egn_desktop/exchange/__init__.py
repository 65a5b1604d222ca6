# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from elsewhere: lists of devices, pupils, legal representatives; tables to take out."""
