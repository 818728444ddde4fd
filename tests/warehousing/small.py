"""Small warehouses in the shapes of schemas.py, about made-up bodies.

A row names what matters; the rest has plain values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.schemas import TableSpec, arrow_schema, table
from pipelines.warehousing import in_memory

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "sql"
REFERENCE = ROOT / "warehouse" / "reference"

Row = Mapping[str, Any]


def report(report_id: str = "r18", year: int | None = 2018, **given: Any) -> dict[str, Any]:
    """A report of the government of Qingchuan (青川州, made up) in 云岭省 (made up)."""
    row = {
        "report_id": report_id,
        "source_path": f"{report_id}.txt",
        "sha256": "0" * 64,
        "title": f"青川州人民政府{year}年政府信息公开工作年度报告",
        "region_code": "990100",
        "region_name": "云岭省青川州",
        "level": "prefecture",
        "body": "青川州人民政府",
        "body_kind": "government",
        "report_year": year,
        "title_year": year,
        "form": "prose",
        "published_on": None if year is None else date(year + 1, 3, 1),
        "characters": 1000,
    }
    return row | given


def number(quantity_id: str, value: float | None, indicator: str | None = "proactive.disclosed", **given: Any) -> Row:
    """A number of prose in report r18, about 2018, unless told otherwise."""
    year = (re.findall(r"\d{4}", given.get("period", "")) or ["2018"])[-1]
    row: dict[str, Any] = {
        "quantity_id": quantity_id,
        "report_id": "r18",
        "origin": "prose",
        "indicator": indicator,
        "value": value,
        "cell": None,
        "unit": "条",
        "basis": "level",
        "period": "2018",
        "period_start": date(int(year), 1, 1),
        "period_end": date(int(year), 12, 31),
        "char_start": len(quantity_id),
        "part_of": None,
        "surface": "" if value is None else f"{value:g}条" if value < 1e6 else f"{value:.0f}条",
    }
    row |= given
    row.setdefault("char_end", row["char_start"] + len(row["surface"]))
    return row


def cell(quantity_id: str, value: float | None, indicator: str, outcome: str = "", **given: Any) -> Row:
    """A cell of a statutory table; None is a blank one."""
    printed = {"cell": "blank" if value is None else "number", "surface": "" if value is None else f"{value:g}"}
    return number(
        quantity_id, value, indicator, **{"origin": "form", "unit": "件", "outcome": outcome} | printed | given
    )


def rows(spec: TableSpec, given: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table; what is not given is null where it may be, else empty or zero."""
    plain = {"VARCHAR": "", "INTEGER": 0, "BIGINT": 0, "DOUBLE": 0.0, "BOOLEAN": False}
    filled = [{c.name: row.get(c.name, None if c.nullable else plain[c.type]) for c in spec.columns} for row in given]
    return pa.Table.from_pylist(filled, schema=arrow_schema(spec))


def tables(**given: Sequence[Row]) -> dict[str, pa.Table]:
    """Arrow tables by name."""
    return {name: rows(table(name), list_of) for name, list_of in given.items()}


def warehouse(*wanted: str, **given: Sequence[Row]) -> duckdb.DuckDBPyConnection:
    """Tables with these rows, and the wanted views over them; the project's own reference data where none is given."""
    given.setdefault("regions", [])
    return in_memory(tables(**given), REFERENCE, SQL, wanted)


def stage(folder: Path, shard: str = "0000", **given: Sequence[Row]) -> Path:
    """The same rows as the Parquet files of a stage."""
    for name, arrow in tables(**given).items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        pq.write_table(arrow, folder / name / f"{shard}.parquet")
    return folder
