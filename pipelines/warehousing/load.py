"""Tables from the stage and from the reference data.

Here: Parquet, CSV and Arrow tables → tables of a DuckDB connection, as schemas.py declares them. Not here: views.
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.schemas import Column, TableSpec, arrow_schema
from pipelines.warehousing.errors import WarehouseError

# Texts are needed by checks and by some views while a build runs; the published file does not hold them.
UNPUBLISHED = {"report_texts"}
# Neighbours in a query lie side by side in the file, so that DuckDB skips what a query does not ask for.
_ORDER = {
    "report_files": "source_path",
    "refusals": "source_path",
    "reports": "region_code, report_year, source_path",
    "report_texts": "report_id",
    "quantities": "report_id, char_start, quantity_id",
    "ledger": "report_id, char_start",
}
_REPORT_ORDERED = ("quantities", "ledger")


def load_stage(con: duckdb.DuckDBPyConnection, spec: TableSpec, stage: Path) -> int:
    """Create a table from its shards `stage/<table>/*.parquet`; returns its number of rows."""
    files = sorted((stage / spec.name).glob("*.parquet"))
    for file in files:
        _refuse_other_columns(spec, file)
    if not files:
        return create_from_arrow(con, spec, arrow_schema(spec).empty_table())
    columns = ", ".join(f"s.{c.name}" for c in spec.columns)
    source = "read_parquet(?) s"
    order = _ORDER[spec.name]
    if spec.name in _REPORT_ORDERED:
        # By region and year, not by the reports' hashed identifiers.
        source += " left join reports r using (report_id)"
        order = "r.region_code, r.report_year, r.source_path, s.char_start" + (
            ", s.quantity_id" if spec.name == "quantities" else ""
        )
    con.execute(
        f"{_create(spec)} as select {columns} from {source} order by {order}", [[str(file) for file in files]]
    ).fetchall()
    return _finish(con, spec)


def load_reference(con: duckdb.DuckDBPyConnection, spec: TableSpec, path: Path | None) -> int:
    """Create a table from a CSV file whose header names its columns; `None` makes an empty table."""
    rows = arrow_schema(spec).empty_table() if path is None else read_csv(spec, path)
    return create_from_arrow(con, spec, rows)


def create_from_arrow(con: duckdb.DuckDBPyConnection, spec: TableSpec, rows: pa.Table) -> int:
    """Create a table from rows in memory; columns that are missing in them are an error."""
    try:
        rows = rows.select([c.name for c in spec.columns]).cast(arrow_schema(spec))
    except (KeyError, pa.ArrowInvalid, ValueError) as error:
        raise WarehouseError(f"Rows for table {spec.name} do not have its columns: {error}") from error
    con.register("_rows", rows)
    con.execute(f"{_create(spec)} as select * from _rows").fetchall()
    con.unregister("_rows")
    return _finish(con, spec)


def read_csv(spec: TableSpec, path: Path) -> pa.Table:
    """A reference file as an Arrow table. Raises WarehouseError that names file, line and column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except FileNotFoundError as error:
        raise WarehouseError(f"{path} is missing: table {spec.name} is made from it. Restore it.") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WarehouseError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    rows = [[_value(c, line, path, number) for c in spec.columns] for number, line in enumerate(lines, start=2)]
    columns = list(zip(*rows, strict=True)) or [()] * len(spec.columns)
    schema = arrow_schema(spec)
    return pa.table([pa.array(v, f.type) for v, f in zip(columns, schema, strict=True)], schema=schema)


def _value(column: Column, line: dict[str, str | None], path: Path, number: int) -> object:
    if column.name not in line:
        raise WarehouseError(f"{path} has no column {column.name}: {column.meaning}")
    text = (line[column.name] or "").strip()
    if not text and (column.nullable or column.type != "VARCHAR"):
        if column.nullable:
            return None
        raise WarehouseError(f"{path}, line {number}: {column.name} is empty. It holds: {column.meaning}")
    try:
        match column.type:
            case "VARCHAR":
                return text
            case "BOOLEAN":
                return {"true": True, "false": False}[text.lower()]
            case "DOUBLE":
                return float(text)
            case _:
                return int(text)
    except (ValueError, KeyError) as error:
        raise WarehouseError(f"{path}, line {number}: {column.name} is {text!r}, not a {column.type}.") from error


def _create(spec: TableSpec) -> str:
    return f"create {'temp ' if spec.name in UNPUBLISHED else ''}table {spec.name}"


def _finish(con: duckdb.DuckDBPyConnection, spec: TableSpec) -> int:
    """Comments on the table and its columns; returns the number of rows."""
    if spec.name not in UNPUBLISHED:
        comment(con, "table", spec.name, spec.grain, {c.name: c.meaning for c in spec.columns})
    return count(con, spec.name)


def count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Number of rows of a table or view."""
    return int(con.execute(f"select count(*) from {name}").fetchall()[0][0])


def comment(con: duckdb.DuckDBPyConnection, kind: str, name: str, text: str, columns: dict[str, str]) -> None:
    """`comment on` takes no parameters: the words, which are the project's own, are quoted."""
    con.execute(f"comment on {kind} {name} is {_quoted(text)}").fetchall()
    for column, meaning in columns.items():
        con.execute(f"comment on column {name}.{column} is {_quoted(meaning)}").fetchall()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _refuse_other_columns(spec: TableSpec, file: Path) -> None:
    try:
        found = set(pq.read_schema(file).names)
    except (OSError, pa.ArrowInvalid) as error:
        raise WarehouseError(f"{file} is not a whole Parquet file ({error}). Remove it and run again.") from error
    if missing := [c.name for c in spec.columns if c.name not in found]:
        raise WarehouseError(
            f"{file} lacks the columns {', '.join(missing)} of table {spec.name}: another version made it. "
            "Remove the stage and run again."
        )
