# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices, the pupils who borrow them, and the register of loans."""
