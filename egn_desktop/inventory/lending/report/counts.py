# SPDX-License-Identifier: GPL-3.0-or-later
"""Loans and incidents counted without naming anybody."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.documents.blocks import Block, Column, Heading, Paragraph, Table
from egn_desktop.inventory.lending.queries.incidents import IncidentRow
from egn_desktop.inventory.lending.report.grouping import Grouping, delays, grouped, without_names
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.terms import IncidentKind, LoanState, Standing


def said(rows: Sequence[LoanRow]) -> str:
    """Return "12 prêts, dont 3 en cours et 1 en retard"."""
    still_open = sum(row.state is LoanState.OPEN for row in rows)
    late = sum(row.standing is Standing.LATE for row in rows)
    parts = [f"{french.number(still_open, 0)} en cours"] * bool(still_open)
    parts += [f"{french.number(late, 0)} en retard"] * bool(late)
    if still_open == len(rows) and rows:
        # "3 prêts, dont 3 en cours" says the same thing twice.
        return f"{french.count(len(rows), 'prêt')} en cours" + (f", dont {parts[-1]}" * bool(late))
    which = " et ".join(parts)
    return french.count(len(rows), "prêt") + (f", dont {which}" if which else "")


def loans_counted(rows: Sequence[LoanRow]) -> Sequence[Block]:
    """Return the loans of a period by state, kind of device, class and delay."""
    if not rows:
        return Heading("Prêts"), Paragraph("Aucun prêt dans cette période.", style="muted")
    states = [(state.label, sum(row.state is state for row in rows)) for state in LoanState]
    kinds = [(group.title, len(group.rows)) for group in grouped(rows, Grouping.DEVICE)]
    return (
        Heading("Prêts"),
        Paragraph(f"{said(rows)}."),
        _counts("État", [(label, many) for label, many in states if many]),
        Heading("Par type de matériel"),
        _counts("Matériel", kinds),
        Heading("Par classe"),
        *_classes(rows),
        Heading("Retards"),
        *_delays(rows),
    )


def _classes(rows: Sequence[LoanRow]) -> tuple[Block, ...]:
    counts = without_names(rows)
    if not counts:
        words = "Trop peu de prêts pour être comptés par classe sans désigner quelqu’un."
        return (Paragraph(words, style="muted"),)
    return (
        Table(
            columns=(
                Column("Classe", 2.4),
                Column("Prêts", 1.0, "right"),
                Column("En cours", 1.0, "right"),
            ),
            rows=[
                (count.title, french.number(count.loans, 0), french.number(count.open, 0))
                for count in counts
            ],
            row_headers=True,
        ),
        Paragraph(
            "Les classes sont dites sans le nom de l’enseignant. Celles de moins de trois prêts "
            "sont comptées ensemble, pour que personne ne soit reconnu (proposition EGN Desktop).",
            style="muted",
        ),
    )


def _delays(rows: Sequence[LoanRow]) -> tuple[Block, ...]:
    lines = [(f"En retard de {words}", many) for words, many in delays(rows)]
    if not any(many for _, many in lines):
        return (Paragraph("Aucun prêt en retard.", style="muted"),)
    return (_counts("Retard", lines),)


def incidents_counted(found: Sequence[IncidentRow]) -> Sequence[Block]:
    """Return the incidents of a period by kind, with what is still open and what they cost."""
    if not found:
        return Heading("Incidents"), Paragraph("Aucun incident dans la période.", style="muted")
    lines: list[tuple[str, str, str, str]] = []
    for kind in IncidentKind:
        some = [row for row in found if row.kind is kind]
        if some:
            still = sum(row.is_open for row in some)
            cost = sum(row.cost_cents or 0 for row in some)
            numbers = french.number(len(some), 0), french.number(still, 0)
            lines.append((kind.label, *numbers, french.money(cost) if cost else ""))
    return (
        Heading("Incidents"),
        Table(
            columns=(
                Column("Incident", 2.4),
                Column("Nombre", 1.0, "right"),
                Column("Encore ouverts", 1.0, "right"),
                Column("Coût noté", 1.0, "right"),
            ),
            rows=lines,
            row_headers=True,
        ),
    )


def _counts(what: str, lines: Sequence[tuple[str, int]]) -> Table:
    return Table(
        columns=(Column(what, 3.0), Column("Prêts", 1.0, "right")),
        rows=[(words, french.number(many, 0)) for words, many in lines],
        row_headers=True,
    )
