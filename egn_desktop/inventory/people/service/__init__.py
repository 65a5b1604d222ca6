# SPDX-License-Identifier: GPL-3.0-or-later
"""The use cases of people."""
