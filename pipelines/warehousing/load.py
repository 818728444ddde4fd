"""Tables of a connection.

Here: the stage's Parquet and Arrow tables → DuckDB tables, as schemas.py declares them. Not here: views, comments.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.schemas import TableSpec, arrow_schema
from pipelines.warehousing.errors import WarehouseError

# Texts are needed by checks and by some views while a build runs; the published file does not hold them. They are read where
# they are asked for: a copy of all of them would be as large as everything else.
UNPUBLISHED = {"report_texts"}

# Neighbours in a query lie side by side in the file, so that DuckDB skips what a query does not ask for: reports by region and
# year. What has no region is asked for by report, and the stage holds it in the order of the reports' identifiers: it is taken
# over as it is, since sorting rows with all their words takes longer than everything else about them.
_ORDER = {
    "report_files": "order by s.source_path",
    "refusals": "order by s.source_path",
    "reports": "order by s.region_code, s.report_year, s.source_path",
}


def load_stage(con: duckdb.DuckDBPyConnection, spec: TableSpec, stage: Path) -> int:
    """Create a table from its shards `stage/<table>/*.parquet`; returns its number of rows."""
    files = sorted((stage / spec.name).glob("[!.]*.parquet"))
    for file in files:
        refuse_other_columns(spec, file)
    if not files:
        return create_from_arrow(con, spec, arrow_schema(spec).empty_table())
    columns = columns_of(spec, "s.")
    paths = [str(file) for file in files]
    try:
        if spec.name in UNPUBLISHED:
            _see_stage(con, spec, paths)
        else:
            con.execute(
                f"create table {spec.name} as select {columns} from read_parquet(?) s {_ORDER.get(spec.name, '')}",
                [paths],
            ).fetchall()
    except duckdb.Error as error:
        raise WarehouseError(f"Table {spec.name} cannot be made from {stage / spec.name}: {error}") from error
    return count(con, spec.name)


def _see_stage(con: duckdb.DuckDBPyConnection, spec: TableSpec, paths: list[str]) -> None:
    # A view takes no parameters, but variables of the connection.
    con.execute("set variable texts = ?", [paths]).fetchall()
    con.execute(
        f"create temp view {spec.name} as select {columns_of(spec)} from read_parquet(getvariable('texts'))"
    ).fetchall()


def create_from_arrow(con: duckdb.DuckDBPyConnection, spec: TableSpec, rows: pa.Table) -> int:
    """Create a table from rows in memory; columns that are missing in them are an error."""
    try:
        rows = rows.select([c.name for c in spec.columns]).cast(arrow_schema(spec))
    except (KeyError, pa.ArrowInvalid, ValueError) as error:
        raise WarehouseError(f"Rows for table {spec.name} do not have its columns: {error}") from error
    con.register("_rows", rows)
    con.execute(f"{_create(spec)} as select * from _rows").fetchall()
    con.unregister("_rows")
    return int(rows.num_rows)


def columns_of(spec: TableSpec, of: str = "") -> str:
    """The columns of a table, for a select."""
    return ", ".join(f"{of}{column.name}" for column in spec.columns)


def count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Number of rows of a table or view."""
    return int(con.execute(f"select count(*) from {name}").fetchall()[0][0])


def _create(spec: TableSpec) -> str:
    return f"create {'temp ' if spec.name in UNPUBLISHED else ''}table {spec.name}"


def refuse_other_columns(spec: TableSpec, file: Path) -> None:
    try:
        found = set(pq.read_schema(file).names)
    except (OSError, pa.ArrowInvalid) as error:
        raise WarehouseError(f"{file} is not a whole Parquet file ({error}). Remove it and run again.") from error
    if missing := [c.name for c in spec.columns if c.name not in found]:
        raise WarehouseError(
            f"{file} lacks the columns {', '.join(missing)} of table {spec.name}: another version made it. "
            "Remove the stage and run again."
        )
