# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of thing that a use case can change.

A write names the kinds it changes; the dossier tells its listeners after the commit; each
page decides for itself whether it shows any of them.
"""

from enum import StrEnum


class Changed(StrEnum):
    """One kind of thing that a screen may have to show anew."""

    SCHOOL = "school"
    ACTIONS = "actions"
    AUDIT = "audit"
    DEVICES = "devices"
    PUPILS = "pupils"
    STAFF = "staff"
    LOANS = "loans"
    PLAN = "plan"
    DRILLS = "drills"
    BACKUPS = "backups"
