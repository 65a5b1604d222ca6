# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who helps asks for first: does this program work here, and what is it like."""
