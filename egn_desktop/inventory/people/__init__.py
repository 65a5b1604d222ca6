# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may borrow: pupils, who represents them, the staff; their lists."""
