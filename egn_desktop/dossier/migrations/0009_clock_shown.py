# SPDX-License-Identifier: GPL-3.0-or-later
"""Clock shown: from now on an instant keeps its offset, which an older program cannot read.

Nothing in the file changes; the number alone keeps such a program from trying.
"""

from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Leave the instants as they are: what their clocks showed was not kept."""
