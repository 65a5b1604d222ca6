# SPDX-License-Identifier: GPL-3.0-or-later
"""What changed since the audit before: scores of each year, questions that moved, gaps closed."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.comparison import (
    ComparedRow,
    Comparison,
    Evolution,
    GapMove,
    Verdict,
    evolution_until,
    with_previous,
)
from egn_desktop.audit.queries import AuditView
from egn_desktop.audit.rules import Range
from egn_desktop.documents.blocks import (
    Bar,
    Bars,
    Block,
    Chip,
    Column,
    Figures,
    Heading,
    Paragraph,
    Strong,
    Table,
    Tone,
)
from egn_desktop.dossier import Dossier

MOST_YEARS = 3
"""How many audits the chart shows: more would not be read."""

VERDICT_TONES: dict[Verdict, Tone] = {
    Verdict.BETTER: "good",
    Verdict.WORSE: "bad",
    Verdict.NEW: "brand",
}
MOVED = (Verdict.BETTER, Verdict.WORSE, Verdict.NEW, Verdict.GONE)


def since_in_short(dossier: Dossier, audit: AuditView) -> tuple[Block, ...]:
    """Return one sentence for the first page; nothing for the first audit."""
    found = with_previous(dossier, audit)
    if found is None:
        return ()
    before = found.before
    closed, opened = len(found.moved(GapMove.CLOSED)), len(found.moved(GapMove.OPENED))
    return (
        Paragraph(
            (
                Strong(f"Depuis {before.campaign.school_year} : "),
                f"{french.count(closed, 'écart comblé', 'écarts comblés')}, "
                f"{french.count(opened, 'nouvel écart', 'nouveaux écarts')} ; les repères "
                f"étaient atteints à {rules.score_text(before.result.score)}.",
            )
        ),
    )


def since(dossier: Dossier, audit: AuditView) -> tuple[Block, ...]:
    """Return the pages that compare an audit with the one before; nothing for the first."""
    found = with_previous(dossier, audit)
    if found is None:
        return ()
    year = found.before.campaign.school_year
    return (
        Heading(f"Ce qui a changé depuis {year}"),
        _figures(found),
        *_charts(found, evolution_until(dossier, audit.campaign.first_year)),
    )


def _figures(found: Comparison) -> Figures:
    counts = (
        (len(found.moved(GapMove.CLOSED)), "écart comblé", "écarts comblés"),
        (len(found.moved(GapMove.OPENED)), "nouvel écart", "nouveaux écarts"),
        (len(found.judged(Verdict.BETTER)), "réponse meilleure", "réponses meilleures"),
        (len(found.judged(Verdict.WORSE)), "réponse moins bonne", "réponses moins bonnes"),
    )
    return Figures([(str(many), count if many < 2 else more) for many, count, more in counts])


def _charts(found: Comparison, every: Evolution) -> tuple[Block, ...]:
    """Return the overall scores, what moved, then the scores of each domain.

    The long chart comes last: it is never cut, and would leave half a page empty.
    """
    years = every.campaigns[-MOST_YEARS:]
    overall = [(year.campaign.school_year, year.overall) for year in years]
    domains = [
        (domain.short, [(year.campaign.school_year, year.domains.get(domain.id)) for year in years])
        for domain in every.domains
    ]
    return (
        _bars([("Ensemble", overall)]),
        Paragraph(_reading(found), style="muted"),
        *_moves(found),
        Heading("Domaine par domaine, année après année", level=2),
        _bars(domains),
    )


def _bars(groups: Sequence[tuple[str, Sequence[tuple[str, Range | None]]]]) -> Bars:
    """Return one bar a year under each name."""
    bars: list[Bar] = []
    said: list[str] = []
    for title, scores in groups:
        known = [(year, score) for year, score in scores if score]
        for year, score in known:
            bars.append(Bar(f"{title}, {year}", score.low, score.high, rules.score_text(score)))
        words = ", puis ".join(f"{rules.score_text(score)} en {year}" for year, score in known)
        said.append(f"{title} : {words}")
    return Bars(bars, alt="Part des repères atteints, année après année. " + " ; ".join(said))


def _reading(found: Comparison) -> str:
    words = (
        "Chaque barre est la part des repères atteints cette année-là ; la partie hachurée est ce "
        "que l’on ne savait pas encore. "
    )
    if found.before.frame.version != found.after.frame.version:
        words += (
            "Les critères ont changé de version entre les deux : chaque état des lieux reste jugé "
            "par ceux de son année."
        )
    elif not found.same_frame:
        words += "Les niveaux accueillis ont changé : chaque année est jugée avec les siens."
    return words.strip()


def _moves(found: Comparison) -> tuple[Block, ...]:
    moved = [row for row in found.rows if row.verdict in MOVED or row.gap is GapMove.CLOSED]
    same, unclear = len(found.judged(Verdict.SAME)), len(found.judged(Verdict.UNCLEAR))
    rest = (
        f"{french.count(same, 'réponse est pareille', 'réponses sont pareilles')} ; "
        f"{french.count(unclear, 'n’est pas comparable', 'ne sont pas comparables')} "
        "(réponse manquante une année, ou question pour information)."
    )
    blocks: list[Block] = [Heading("Question par question", level=2)]
    if moved:
        blocks.append(_table(found, moved))
    return (*blocks, Paragraph(rest, style="muted"))


def _table(found: Comparison, rows: Sequence[ComparedRow]) -> Table:
    return Table(
        columns=(
            Column("Critère", 2.6),
            Column(found.before.campaign.school_year, 1.4),
            Column(found.after.campaign.school_year, 1.4),
            Column("Évolution", 1.15),
            Column("Écart", 1.15),
        ),
        rows=[
            (
                row.title,
                row.before or "–",
                row.after or "–",
                Chip(row.verdict.label, VERDICT_TONES.get(row.verdict, "neutral")),
                row.gap.label or "–",
            )
            for row in rows
        ],
        row_headers=True,
        small=True,
    )
