# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly review of the plan in force."""

from collections.abc import Sequence

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.dossier import Dossier
from egn_desktop.plans.queries.adopted import version_content, versions
from egn_desktop.plans.queries.draft import content
from egn_desktop.plans.review import ClosedAction, ReviewLine, review


def review_lines(dossier: Dossier) -> Sequence[ReviewLine]:
    """Return what has changed since the last adoption and is not in the draft; nothing before."""
    with dossier.read():
        last = next(iter(versions(dossier)), None)
        if last is None:
            return ()
        return review(
            version_content(dossier, last.number),
            content(dossier),
            adopted_on=last.adopted_on,
            gaps=_made_of(dossier, SourceKind.AUDIT),
            lessons=_made_of(dossier, SourceKind.DRILL),
        )


def _made_of(dossier: Dossier, kind: SourceKind) -> list[ClosedAction]:
    return [
        ClosedAction(row.id, row.title.rstrip("."), row.closed_on)
        for row in sorted(actions(dossier, source_kind=kind), key=lambda row: row.id)
        if row.state is not ActionState.DROPPED
    ]
