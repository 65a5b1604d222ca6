# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of the panel of one loan, each its own; ``loan_panel`` says which show when."""
