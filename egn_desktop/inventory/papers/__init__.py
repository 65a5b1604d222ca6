# SPDX-License-Identifier: GPL-3.0-or-later
"""What is signed: agreements, receipts, and the signatures on them."""
