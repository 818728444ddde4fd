"""Reference data: CSV files → Arrow tables in the shape that schemas.py declares. Not here: what the codes mean."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa

from pipelines.schemas import Column, TableSpec, arrow_schema
from pipelines.warehousing.errors import WarehouseError


def read_csv(spec: TableSpec, path: Path) -> pa.Table:
    """A reference file, whose header names its columns. Raises WarehouseError that names file, line and column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except FileNotFoundError as error:
        raise WarehouseError(f"{path} is missing: table {spec.name} is made from it. Restore it.") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WarehouseError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    for number, line in enumerate(lines, start=2):
        if None in line:
            raise WarehouseError(f"{path}, line {number} has more fields than the header. Quote a field with commas.")
    rows = [[_value(c, line, path, number) for c in spec.columns] for number, line in enumerate(lines, start=2)]
    columns = list(zip(*rows, strict=True)) or [()] * len(spec.columns)
    schema = arrow_schema(spec)
    return pa.table([pa.array(v, f.type) for v, f in zip(columns, schema, strict=True)], schema=schema)


def _value(column: Column, line: dict[str, str | None], path: Path, number: int) -> object:
    if column.name not in line:
        raise WarehouseError(f"{path} has no column {column.name}: {column.meaning}")
    text = (line[column.name] or "").strip()
    if not text and column.nullable:
        return None
    if not text and column.type != "VARCHAR":
        raise WarehouseError(f"{path}, line {number}: {column.name} is empty. It holds: {column.meaning}")
    try:
        return _parsed(column.type, text)
    except (ValueError, KeyError) as error:
        raise WarehouseError(f"{path}, line {number}: {column.name} is {text!r}, not a {column.type}.") from error


def _parsed(kind: str, text: str) -> object:
    match kind:
        case "VARCHAR":
            return text
        case "BOOLEAN":
            return {"true": True, "false": False}[text.lower()]
        case "DOUBLE":
            return float(text)
        case "INTEGER" | "BIGINT":
            return int(text)
        case _:
            raise ValueError(f"reference data of type {kind} are not provided for")
