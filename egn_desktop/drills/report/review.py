# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly review on paper: what is to be taken up, what was, where, and in which version.

It stands with the drills, as its histories tell of them; the review itself is the plan's.
"""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.blocks import Block, Bullets, Column, Document, Heading, Paragraph, Table
from egn_desktop.dossier import Dossier
from egn_desktop.drills.history import Histories
from egn_desktop.plans.milestones import settling_words
from egn_desktop.plans.queries import TakenUpRow, review_lines, taken_up, versions
from egn_desktop.plans.review import ReviewLine
from egn_desktop.school.queries import identity


def yearly_review(dossier: Dossier, _key: str) -> Document:
    """Return the review of the version in force, as it stands today."""
    school, last = identity(dossier), versions(dossier)[0]
    rows, histories = taken_up(dossier), Histories(dossier)
    day = french.short_date(dossier.today())
    words = settling_words(school.kind)
    adopted = f"version {last.number} {words.told(last.adopted_on, '')}"
    by_version = sorted({row.version for row in rows if row.version is not None}, reverse=True)
    return Document(
        title="Revue annuelle du plan",
        subtitle=f"{french.capital(adopted)} · au {day}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Revue du plan au {day}",
        subject="Suivi du plan de continuité pédagogique",
        author=school.head,
        blocks=(
            *_to_take_up(review_lines(dossier), histories),
            *_taken("Repris dans le projet", [r for r in rows if r.version is None], histories),
            *(
                block
                for number in by_version
                for block in _taken(
                    f"Repris dans la version {number}",
                    [row for row in rows if row.version == number],
                    histories,
                )
            ),
            Paragraph(
                "Chaque numéro d’action, de leçon et de version est celui du dossier. Les liens "
                "«\u202fretrouvés\u202f» l’ont été par leurs mots, dans ce qu’une version "
                "antérieure du logiciel avait écrit.",
                style="muted",
            ),
        ),
    )


def _to_take_up(lines: Sequence[ReviewLine], histories: Histories) -> tuple[Block, ...]:
    heading = Heading("À reprendre")
    if not lines:
        return heading, Paragraph("Rien à reprendre\u202f: le plan suit le dossier.", style="muted")
    of_actions = [line for line in lines if line.action_id is not None]
    others = [line.what for line in lines if line.action_id is None]
    table = Table(
        columns=(Column("Écart ou leçon", 1.8), Column("Historique", 2.4)),
        rows=[(line.what, _history(line.action_id, histories)) for line in of_actions],
        small=True,
    )
    return heading, *((table,) if of_actions else ()), *((Bullets(others),) if others else ())


def _taken(title: str, rows: Sequence[TakenUpRow], histories: Histories) -> tuple[Block, ...]:
    if not rows:
        return ()
    return (
        Heading(title),
        Table(
            columns=(
                Column("Ligne reprise", 1.8),
                Column("Partie du plan", 1.1),
                Column("Le", 0.8),
                Column("Historique", 2.4),
            ),
            rows=[
                (
                    row.text,
                    row.section_title,
                    french.short_date(row.taken_on),
                    _history(row.action_id, histories),
                )
                for row in rows
            ],
            small=True,
        ),
    )


def _history(action_id: int | None, histories: Histories) -> str:
    return histories.of(action_id) if action_id is not None else ""
