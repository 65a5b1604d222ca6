# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device's sheet says, in French, on paper and on the command line alike."""

from collections.abc import Sequence
from datetime import date

from egn_desktop import french
from egn_desktop.fields import Field, Shape, fields_of, until
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.nouns import DeviceFields
from egn_desktop.inventory.register.terms import DeviceState
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, DeviceRow

Lines = Sequence[tuple[str, str]]


def facts(found: DeviceDetail, today: date) -> Lines:
    """Return what is known of a device: labels and values, none of them empty."""
    row = found.row
    owner_kind = row.owner_kind.label if row.owner_kind else ""
    owner = f"{row.owner} ({owner_kind.lower()})" if row.owner and owner_kind else row.owner
    # What is said with another field, or in other words than its own.
    told: dict[str, Lines] = {
        "brand": (("Marque et modèle", " ".join(filter(None, (row.brand, row.model)))),),
        "model": (),
        "owner": (("Propriétaire", owner or owner_kind),),
        "owner_kind": (),
        "acquired_on": (
            ("Acquis", _acquired(found)),
            ("Âge", rules.age_text(row.acquired_on, today)),
        ),
        "acquired_by": (),
        "refurbished": (("Origine", "Reconditionné" if row.refurbished else ""),),
    }
    said = [
        line
        for field in fields_of(DeviceFields)
        for line in told.get(field.name, (_fact(field, row, today),))
    ]
    return [(label, value) for label, value in said if value]


def _fact(field: Field, row: DeviceRow, today: date) -> tuple[str, str]:
    value = getattr(row, field.name)
    said = until(value, today) if field.shape is Shape.TERM else field.shown(value)
    return field.sheet or field.label, said


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


def _acquired(found: DeviceDetail) -> str:
    row = found.row
    how = row.acquired_by.label if row.acquired_by else ""
    day = f"le {french.short_date(row.acquired_on)}" if row.acquired_on else ""
    return f"{how} {day}".strip()
