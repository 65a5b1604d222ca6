# SPDX-License-Identifier: GPL-3.0-or-later
"""What the app must stay quick at, measured beside the bare operation in the same run."""
