# SPDX-License-Identifier: GPL-3.0-or-later
"""The columns of a noun's table, from the descriptions of its fields."""

from typing import Any

from sqlalchemy import Boolean, Date, Integer, Text
from sqlalchemy.orm import MappedColumn, mapped_column

from egn_desktop.dossier.base import Base, schema_default
from egn_desktop.fields import Field, Shape, columns_of, fields_of


def add_described(table: type[Base], noun: type[Any]) -> None:
    """Map the fields of a noun that its class does not name itself."""
    for field in fields_of(noun):
        if field.name in columns_of(noun) and field.name not in table.__table__.columns:
            setattr(table, field.name, _column(field))


def _column(field: Field) -> MappedColumn[Any]:
    if field.shape in (Shape.DAY, Shape.TERM):
        return mapped_column(Date)
    if field.shape in (Shape.MONEY, Shape.COUNT):
        return mapped_column(Integer)
    if field.blank is None:
        return mapped_column(Text)
    kind = Boolean if field.shape is Shape.YES_NO else Text
    default = schema_default(field.blank)
    return mapped_column(kind, default=field.blank, server_default=default, nullable=False)
