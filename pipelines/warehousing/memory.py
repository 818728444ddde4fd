"""The same tables and views without a file, so that one draft is audited by the SQL that audits the warehouse."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.schemas import TABLES, arrow_schema
from pipelines.warehousing import load, relations
from pipelines.warehousing.connecting import connect
from pipelines.warehousing.reference import read_csv
from pipelines.warehousing.views import ViewSpec, views


def in_memory(
    tables: Mapping[str, pa.Table], reference: Path | None, sql: Path, wanted: Collection[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection with every table and with the views that are `wanted` and those that they read; with all where None.

    Tables that are not given come from `reference` where they are reference data, else they are empty. Corrections are
    not applied unless given. The caller closes the connection.
    """
    con = connect()
    relations.create_macros(con, sql)
    for spec in TABLES:
        path = None if reference is None else reference / f"{spec.name}.csv"
        if spec.name in tables:
            load.create_from_arrow(con, spec, tables[spec.name])
        elif spec.stage or path is None or spec.name == "corrections":
            load.create_from_arrow(con, spec, arrow_schema(spec).empty_table())
        else:
            load.create_from_arrow(con, spec, read_csv(spec, path))
    specs = views(sql)
    for view in specs if wanted is None else needed(specs, wanted):
        if view.layer != "checks":
            relations.create_view(con, view)
    return con


def needed(specs: Sequence[ViewSpec], wanted: Collection[str]) -> list[ViewSpec]:
    """The views of these names with all that they read, in the same order."""
    names = set(wanted)
    for view in reversed(specs):
        if view.name in names:
            names.update(view.upstream)
    return [view for view in specs if view.name in names]
