# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of the file: what will be imported, what is to be checked, what is rejected."""

from typing import Any

from egn_desktop import french
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.preview import AcceptedLine, RejectedLine
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields
from egn_desktop.inventory.register.rules import device_name
from egn_desktop.ui.tables import ColumnSpec, RowsTable


def accepted_table(kind: ImportKind) -> RowsTable:
    """Return a table of what will be imported, as it was understood."""
    columns = {
        ImportKind.DEVICES: _device_columns,
        ImportKind.PUPILS: _pupil_columns,
        ImportKind.GUARDIANS: _guardian_columns,
        ImportKind.STAFF: _staff_columns,
    }[kind]()
    return _table([_line_column(), *columns], "Lignes à importer")


def remarks_table() -> RowsTable:
    """Return a table of what will be imported but should be checked, and why."""
    remarks = ColumnSpec("À vérifier", _remarks_of, stretch=True)
    return _table([_line_column(), remarks, _text_column()], "Lignes à vérifier")


def rejected_table() -> RowsTable:
    """Return a table of what will not be imported, and why."""
    reason = ColumnSpec("Pourquoi", _reason_of, stretch=True)
    return _table([_line_column(), reason, _text_column()], "Lignes rejetées")


def _table(columns: list[ColumnSpec], name: str) -> RowsTable:
    return RowsTable(columns, key=_line_of, accessible_name=name)


def _line_column() -> ColumnSpec:
    return ColumnSpec(
        "Ligne", lambda row: french.number(row.line, 0), sort=_line_of, align_right=True
    )


def _text_column() -> ColumnSpec:
    return ColumnSpec("Contenu de la ligne", lambda row: " ".join(row.text.split()))


def _line_of(row: AcceptedLine | RejectedLine) -> int:
    return row.line


def _remarks_of(row: AcceptedLine) -> str:
    return " ".join(row.remarks)


def _reason_of(row: RejectedLine) -> str:
    return row.reason


def _device_columns() -> list[ColumnSpec]:
    return [
        ColumnSpec("Numéro", lambda row: _number_of(row.input)),
        ColumnSpec("Type", lambda row: row.input.kind.label),
        ColumnSpec("Modèle", lambda row: _model_of(row.input), stretch=True),
        ColumnSpec("État", lambda row: row.input.condition.label),
        ColumnSpec("Emplacement", lambda row: row.input.place),
    ]


def _number_of(device: DeviceInput) -> str:
    return device.asset_number or device.serial_number


def _model_of(device: DeviceInput) -> str:
    return device_name(device.kind, device.brand, device.model)


def _pupil_columns() -> list[ColumnSpec]:
    return [
        ColumnSpec("Nom", lambda row: row.input.last_name),
        ColumnSpec("Prénom", lambda row: row.input.first_name),
        ColumnSpec("Classe", lambda row: row.input.school_class, stretch=True),
        ColumnSpec(
            "Naissance",
            lambda row: french.short_date(row.input.born_on),
            sort=lambda row: row.input.born_on,
        ),
        ColumnSpec("Nom d’usage", lambda row: row.input.usual_name),
        ColumnSpec("INE", lambda row: row.input.ine),
    ]


def _guardian_columns() -> list[ColumnSpec]:
    return [
        ColumnSpec("Responsable", lambda row: _guardian_of(row.input[0])),
        ColumnSpec("Enfants", lambda row: _children_of(row.input), stretch=True),
        ColumnSpec("Téléphone", lambda row: row.input[0].phone),
        ColumnSpec("Courriel", lambda row: row.input[0].email),
    ]


def _staff_columns() -> list[ColumnSpec]:
    return [
        ColumnSpec("Nom", lambda row: row.input.last_name),
        ColumnSpec("Prénom", lambda row: row.input.first_name),
        ColumnSpec("Fonction", lambda row: row.input.duty, stretch=True),
        ColumnSpec("Courriel", lambda row: row.input.email),
        ColumnSpec("Téléphone", lambda row: row.input.phone),
    ]


def _guardian_of(guardian: GuardianFields) -> str:
    return " ".join(filter(None, (guardian.title, guardian.last_name, guardian.first_name)))


def _children_of(given: Any) -> str:
    names = (f"{child.first_name} {child.usual_name or child.last_name}" for child in given[1])
    return ", ".join(names)
