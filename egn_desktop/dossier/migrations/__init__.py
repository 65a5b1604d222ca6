# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbered steps of the schema, each a module with ``upgrade(op)``; imported only when due."""
