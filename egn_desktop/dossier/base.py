# SPDX-License-Identifier: GPL-3.0-or-later
"""What every mapped class shares."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnDefault, Date, DefaultClause, Dialect, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from egn_desktop.dossier import instants


class Instant(TypeDecorator[datetime]):
    """An aware datetime; ``instants`` says how it is kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write UTC and the clock's offset; a naive time would be ambiguous and is refused."""
        return None if value is None else instants.written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read the time that the user's clock showed."""
        return None if value is None else instants.read(value)


class Base(DeclarativeBase):
    """Parent of every mapped class: names its constraints and its defaults for the migrations."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant, date: Date, str: Text}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # A default known to Python alone says nothing to the rows that are there already: a
        # migration could not add the column to a table that holds any.
        for column in cls.metadata.tables[cls.__tablename__].columns:
            if isinstance(column.default, ColumnDefault) and column.default.is_scalar:
                column.server_default = schema_default(column.default.arg)


def schema_default(value: str | int) -> DefaultClause:
    """Return a default as the schema writes it."""
    return DefaultClause(text(f"'{value}'" if isinstance(value, str) else str(int(value))))
