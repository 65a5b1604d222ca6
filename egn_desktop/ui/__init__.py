# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: Qt and nothing else; what it shows and does comes from the services."""
