# SPDX-License-Identifier: GPL-3.0-or-later
"""What a model says of a column, the rows that are there already understand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, text

from egn_desktop import features
from egn_desktop.dossier import Base

PACKAGE = Path(__file__).resolve().parents[2] / "egn_desktop"


def faults(metadata: MetaData) -> Iterator[str]:
    """Name every column with a default that SQLite does not know, or knows as something else."""
    with create_engine("sqlite://").connect() as connection:
        for table in metadata.sorted_tables:
            for column in table.columns:
                default, server = column.default, column.server_default
                if default is None:
                    continue
                if not default.is_scalar or server is None:
                    yield f"{table.name}.{column.name} has a default that only Python knows"
                    continue
                meant = connection.exec_driver_sql(f"SELECT {server.arg}").scalar()
                if meant != default.arg:
                    yield f"{table.name}.{column.name} is {meant!r} to SQLite"


def test_every_model_is_in_the_features_table() -> None:
    found = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in PACKAGE.rglob("model.py")
    }
    named = {name for feature in features.FEATURES for name in feature.models}
    assert named == found - {"egn_desktop.dossier.model"}


def test_every_default_is_one_of_the_schema_too() -> None:
    features.import_models()
    assert list(faults(Base.metadata)) == []
    assert Base.metadata.tables["device_accessory"].c.present.server_default is not None


@pytest.mark.parametrize(
    "column",
    [
        Column("a", Text, default=""),
        Column("a", Text, default=lambda: "", server_default=text("''")),
        Column("a", Text, default="a", server_default=text("'b'")),
        Column("a", Integer, default=1, server_default=text("0")),
    ],
    ids=["python", "callable", "text", "number"],
)
def test_a_default_that_rows_do_not_know_is_named(column: Column) -> None:
    metadata = MetaData()
    Table("t", metadata, column)
    (fault,) = faults(metadata)
    assert fault.startswith("t.a ")
