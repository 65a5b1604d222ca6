# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from elsewhere: lists of devices, pupils and legal representatives."""
