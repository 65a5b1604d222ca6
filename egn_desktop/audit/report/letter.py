# SPDX-License-Identifier: GPL-3.0-or-later
"""One page to each who must provide: what of the gaps is theirs, and what is asked."""

from collections.abc import Mapping, Sequence

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.catalogue import Nature
from egn_desktop.audit.letters import Letter, letters
from egn_desktop.audit.offers import gaps_of_provider
from egn_desktop.audit.queries import AuditView, GapRow, gaps_of, view
from egn_desktop.audit.report.detail import PRIORITY_TONES
from egn_desktop.documents.blocks import (
    Block,
    Chip,
    Column,
    Document,
    Facts,
    Paragraph,
    SignatureBox,
    Signatures,
    Table,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, identity

MOST_GAPS = 7
"""How many gaps one page has room for; the report has them all."""


def letter(dossier: Dossier, key: str) -> Document:
    """Return the letter to the provider of that value, about the latest audit."""
    school = identity(dossier)
    audit, words = view(dossier), letters(school.kind).get(key)
    rows = gaps_of_provider(gaps_of(dossier, audit), words.provider) if audit and words else []
    if audit is None or words is None or not rows:
        raise UserError("Aucun écart de l’état des lieux ne revient à ce destinataire.")
    return Document(
        title="Ce qui manque au socle numérique",
        subtitle=f"Année scolaire {audit.campaign.school_year}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Courrier du {french.short_date(dossier.today())}",
        subject=f"Courrier : {words.name}",
        author=school.head,
        blocks=_body(words, audit, rows, school, french.long_date(dossier.today())),
    )


def placeholders(audit: AuditView, rows: Sequence[GapRow], school: Identity) -> Mapping[str, str]:
    """Return what the letters name, in French."""
    closed = audit.campaign.closed_on
    many = len(rows)
    return {
        "who": french.capital(school.the_school),
        "year": audit.campaign.school_year,
        "state": f"clos le {french.long_date(closed)}" if closed else "en cours",
        "score": _score(audit),
        "gaps": f"{many} relèvent" if many > 1 else "un relève",
    }


def _score(audit: AuditView) -> str:
    """Return the overall score in a sentence: two ends while something is not known."""
    score = audit.result.score or rules.ANYTHING
    low, high = french.percent(score.low), french.percent(score.high)
    return f"à {low}" if low == high else f"entre {low} et {high}"


def _body(
    words: Letter, audit: AuditView, rows: Sequence[GapRow], school: Identity, today: str
) -> tuple[Block, ...]:
    values = placeholders(audit, rows, school)
    duties = any(row.nature is Nature.DUTY for row in rows)
    left = len(rows) - MOST_GAPS
    words_left = french.count(left, "autre écart", "autres écarts")
    more = f" Il y a encore {words_left}, dans l’état des lieux."
    told = (words.filled(words.duties, values) if duties else "") + (more if left > 0 else "")
    contact = " ou ".join(filter(None, (school.phone.replace(" ", "\u00a0"), school.email)))
    sender = (school.name or values["who"], school.address, contact)
    return (
        Facts(
            (
                ("De", " · ".join(filter(None, sender))),
                ("À", words.to),
                ("Date", f"{school.town}, le {today}" if school.town else f"Le {today}"),
            )
        ),
        Paragraph(words.greeting),
        Paragraph(words.filled(words.opening, values)),
        _table(rows[:MOST_GAPS]),
        *((Paragraph(told.strip(), style="muted"),) if told else ()),
        Paragraph(words.filled(words.request, values)),
        Together(
            (
                Paragraph(words.filled(words.closing, values)),
                Signatures([SignatureBox(school.head_role, school.head)], place_and_date=False),
            )
        ),
    )


def _table(rows: Sequence[GapRow]) -> Table:
    return Table(
        columns=(
            Column("Ce qui manque", 2.7),
            Column("Constaté", 1.3),
            Column("Minimum", 2.0),
            Column("Priorité", 0.95),
        ),
        rows=[
            (
                f"{row.title} ({row.level.lower()})" if row.level else row.title,
                row.found_brief,
                f"{row.expected_brief} – {row.ground}",
                Chip(row.gap.priority.label, PRIORITY_TONES[row.gap.priority]),
            )
            for row in rows
        ],
        row_headers=True,
        small=True,
    )
