# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device's sheet says, in French, on paper and on the command line alike."""

from collections.abc import Sequence
from datetime import date

from egn_desktop import french
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.terms import DeviceState
from egn_desktop.inventory.stock.queries.devices import DeviceDetail

Lines = Sequence[tuple[str, str]]


def facts(found: DeviceDetail, today: date) -> Lines:
    """Return what is known of a device: labels and values, none of them empty."""
    row = found.row
    owner_kind = row.owner_kind.label if row.owner_kind else ""
    owner = f"{row.owner} ({owner_kind.lower()})" if row.owner and owner_kind else row.owner
    said = (
        ("Type", row.kind.label),
        ("Marque et modèle", " ".join(filter(None, (row.brand, row.model)))),
        ("N° d’inventaire", row.asset_number),
        ("N° de série", row.serial_number),
        ("Usure", row.condition.label),
        ("Emplacement", row.place),
        ("Propriétaire", owner or owner_kind),
        ("Financement", row.funding),
        ("Acquis", _acquired(found)),
        ("Âge", rules.age_text(row.acquired_on, today)),
        ("Origine", "Reconditionné" if row.refurbished else ""),
        ("Garantie", warranty(row.warranty_until, today)),
        ("Maintenance", row.maintained_by),
        ("Remarques", found.notes),
    )
    return [(label, value) for label, value in said if value]


def life(found: DeviceDetail, *, named: bool = True) -> Lines:
    """Return where a device stands, with who has it, waits for it, or what became of it.

    Args:
        named: say who; else what may be shown to anybody.
    """
    row = found.row
    if row.state is DeviceState.LENT:
        to = f" à {row.borrower_name}," if named else ""
        return (("Situation", f"{row.state.label}{to} jusqu’au {french.short_date(row.due_on)}"),)
    if row.state is DeviceState.RESERVED:
        waits = f" : {row.reservation}" if named else ""
        return (("Situation", f"{row.state.label}{waits}"),)
    if row.state is DeviceState.RETIRED:
        how = row.retired_as.label.lower() if row.retired_as else "devenir non noté"
        day = f" le {french.short_date(row.retired_on)}" if row.retired_on else ""
        return (("Situation", f"{row.state.label} : {how}{day}"),)
    return (("Situation", row.state.label),)


def warranty(until: date | None, today: date) -> str:
    """Return "jusqu’au 12/09/2027", "finie depuis le 12/09/2025", or nothing."""
    if until is None:
        return ""
    day = french.short_date(until)
    return f"finie depuis le {day}" if until < today else f"jusqu’au {day}"


def _acquired(found: DeviceDetail) -> str:
    row = found.row
    how = row.acquired_by.label if row.acquired_by else ""
    day = f"le {french.short_date(row.acquired_on)}" if row.acquired_on else ""
    return f"{how} {day}".strip()
