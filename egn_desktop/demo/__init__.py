# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration school: invented people, plausible figures."""
