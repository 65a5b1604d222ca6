# SPDX-License-Identifier: GPL-3.0-or-later
"""One device's sheet, and the list of the whole stock."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Chip,
    Column,
    Document,
    Facts,
    Figures,
    Heading,
    PageBreak,
    Paragraph,
    Photo,
    Photos,
    Table,
)
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries import incidents as incident_rows
from egn_desktop.inventory.lending.report.tones import dated_chip
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState, LoanState
from egn_desktop.inventory.stock import device_sheet
from egn_desktop.inventory.stock.queries.devices import (
    DeviceDetail,
    DeviceRow,
    device,
    devices,
    stock,
)
from egn_desktop.inventory.stock.queries.photos import photo_image, photos
from egn_desktop.school.queries import identity

MOST_PHOTOS = 3


def device_record(dossier: Dossier, key: str) -> Document:
    """Return the sheet of the device of that id."""
    found, school, today = device(dossier, int(key)), identity(dossier), dossier.today()
    row = found.row
    return Document(
        title=f"{row.name}",
        subtitle=f"Fiche de matériel · {row.code}",
        school=school.footer,
        printed_on=french.long_date(today),
        reference=f"Fiche {row.code} au {french.short_date(today)}",
        subject="Matériel numérique",
        author=school.head,
        blocks=(
            Facts([*device_sheet.life(found, named=False), *device_sheet.facts(found, today)]),
            *_photos(dossier, row.id),
            *_accessories(found),
            *_incidents(dossier, row.id),
            *_borrowers(found),
        ),
    )


def _photos(dossier: Dossier, device_id: int) -> tuple[Block, ...]:
    own = [
        photo for photo in photos(dossier, device_id) if not (photo.loan_id or photo.incident_id)
    ]
    if not own:
        return ()
    shown = [
        Photo(
            photo_image(dossier, photo.id),
            photo.caption or f"Photo du {french.short_date(photo.taken_on)}",
        )
        for photo in own[:MOST_PHOTOS]
    ]
    return (Photos(shown),)


def _accessories(found: DeviceDetail) -> tuple[Block, ...]:
    if not found.accessories:
        return ()
    there = (Chip("Présent", "good"), Chip("Jamais revenu", "bad"))
    return (
        Heading("Accessoires"),
        Table(
            columns=(Column("Accessoire", 3), Column("État")),
            rows=[(accessory.name[:1].upper() + accessory.name[1:], there[not accessory.present])
                  for accessory in found.accessories],
            small=True,
        ),
    )  # fmt: skip


def _borrowers(found: DeviceDetail) -> tuple[Block, ...]:
    """Return who has had it, on a page of its own: it names people, and the rest does not."""
    rows = [row for row in found.loans if row.state is not LoanState.CANCELLED]
    if not rows and not found.row.reservation:
        return (Heading("Prêts"), Paragraph("Jamais prêté.", style="muted"))
    waits = f"Réservé : {found.row.reservation}."
    return (
        PageBreak(),
        Heading("Prêts"),
        *((Paragraph(waits),) if found.row.reservation else ()),
        *((_loans(rows),) if rows else ()),
        Paragraph(
            "Cette page contient des noms : elle se garde sous clé et ne va ni au réparateur ni à "
            "l’assurance.",
            style="muted",
        ),
    )


def _loans(rows: Sequence[LoanRow]) -> Table:
    return Table(
        columns=(
            Column("Emprunteur", 1.6),
            Column("Classe", 1.3),
            Column("Prêté le", 0.9),
            Column("À rendre le", 0.9),
            Column("État", 1.8),
        ),
        rows=[
            (
                row.borrower_name,
                row.group,
                french.short_date(row.lent_on),
                french.short_date(row.due_on),
                dated_chip(row),
            )
            for row in rows
        ],
        small=True,
    )


def _incidents(dossier: Dossier, device_id: int) -> tuple[Block, ...]:
    rows = incident_rows.incidents(dossier, device_id=device_id)
    if not rows:
        return ()
    costs = [row.cost_cents for row in rows if row.cost_cents is not None]
    total = f"Coût connu : {french.money(sum(costs))}." if costs else "Aucun coût n’est noté."
    return (
        Heading("Incidents"),
        Table(
            columns=(Column("Le", 0.8), Column("Incident"), Column("Récit", 2.2),
                     Column("Coût", 0.8, "right"), Column("Issue", 1.1)),
            rows=[
                (
                    french.short_date(row.happened_on),
                    row.kind.label,
                    row.description,
                    row.cost_label,
                    row.state_label,
                )
                for row in rows
            ],
            small=True,
        ),
        Paragraph(total),
    )  # fmt: skip


def stock_list(dossier: Dossier, _key: str) -> Document:
    """Return the whole stock, by kind and place; those that left it at the end."""
    school, today = identity(dossier), dossier.today()
    every = devices(dossier)
    there = [row for row in every if row.state is not DeviceState.RETIRED]
    gone = [row for row in every if row.state is DeviceState.RETIRED]
    order = list(DeviceKind)
    there.sort(key=lambda row: (order.index(row.kind), row.place.casefold()))
    return Document(
        title="Inventaire du matériel",
        subtitle=f"Au {french.long_date(today)}",
        school=school.footer,
        printed_on=french.long_date(today),
        reference=f"Inventaire au {french.short_date(today)}",
        subject=f"Matériel numérique de {school.the_school}",
        author=school.head,
        contents=len(every) > 200,
        blocks=(
            *_figures(dossier),
            _by_kind(there),
            *_value(there),
            *(
                block
                for kind, rows in groupby(there, key=lambda row: row.kind)
                for block in (Heading(kind.label), _listed(list(rows)))
            ),
            *_gone(gone),
        ),
    )


def _figures(dossier: Dossier) -> tuple[Block, ...]:
    figures = stock(dossier)
    away = figures.lent + figures.reserved
    return (
        Figures(
            (
                (french.number(figures.total, 0), "au parc"),
                french.figure(figures.available, "disponible"),
                french.figure(away, "prêté ou réservé", "prêtés ou réservés"),
                (french.number(figures.in_repair + figures.lost, 0), "en panne, perdus, volés"),
            )
        ),
    )


def _value(rows: Sequence[DeviceRow]) -> tuple[Block, ...]:
    """Return what the stock is worth, as far as that is noted; nothing where none is."""
    known = [row.value_cents for row in rows if row.value_cents is not None]
    if not known:
        return ()
    of = f"{french.number(len(known), 0)} sur {french.count(len(rows), 'appareil')}"
    return (Paragraph(f"Valeur notée : {french.money(sum(known))} ({of})."),)


def _by_kind(rows: Sequence[DeviceRow]) -> Table:
    kinds, counts = (
        Counter(row.kind for row in rows),
        Counter((row.kind, row.state) for row in rows),
    )
    reused = Counter(row.kind for row in rows if row.refurbished)
    states = (DeviceState.AVAILABLE, DeviceState.RESERVED, DeviceState.LENT, DeviceState.IN_REPAIR)
    missing = (DeviceState.LOST, DeviceState.STOLEN)
    titles = ("Au parc", "Disponibles", "Réservés", "Prêtés", "En panne", "Perdus, volés",
              "Recondit.")  # fmt: skip

    def line(kind: DeviceKind) -> tuple[str, ...]:
        found = [kinds[kind], *(counts[kind, state] for state in states)]
        found += [sum(counts[kind, state] for state in missing), reused[kind]]
        return (kind.label, *(french.number(count, 0) if count else "" for count in found))

    return Table(
        columns=(Column("Type", 2), *(Column(title, 0.9, "right") for title in titles)),
        rows=[line(kind) for kind in DeviceKind if kinds[kind]],
        row_headers=True,
        small=True,
    )


def _listed(rows: Sequence[DeviceRow]) -> Table:
    has_values = any(row.value_cents is not None for row in rows)
    return Table(
        columns=(
            Column("N°", 0.72),
            Column("Matériel", 1.78),
            Column("N° de série", 1.02),
            Column("Emplacement", 1.22),
            Column("Propriétaire", 1.5),
            Column("Acquis", 0.93),
            *((Column("Valeur", 0.95, "right"),) if has_values else ()),
            Column("Situation", 1.05),
        ),
        rows=[
            (
                row.asset_number,
                " ".join(filter(None, (row.brand, row.model))) or row.kind.label,
                row.serial_number,
                row.place,
                row.owner or (row.owner_kind.label if row.owner_kind else ""),
                french.short_date(row.acquired_on),
                *((french.money(row.value_cents),) if has_values else ()),
                Chip(row.state.label, row.state.tone),
            )
            for row in rows
        ],
        small=True,
    )


def _gone(rows: Sequence[DeviceRow]) -> tuple[Block, ...]:
    if not rows:
        return ()
    return (
        Heading("Sortis du parc"),
        Table(
            columns=(Column("N°"), Column("Matériel", 2), Column("N° de série", 1.2),
                     Column("Devenir", 1.6), Column("Le", 0.9)),
            rows=[
                (
                    row.asset_number,
                    row.name,
                    row.serial_number,
                    row.retired_as.label if row.retired_as else "non noté",
                    french.short_date(row.retired_on),
                )
                for row in rows
            ],
            small=True,
        ),
    )  # fmt: skip
