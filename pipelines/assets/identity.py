"""The check that every report found its place: whose it is, and of which year. A report without is kept and can be read, but stands
in no comparison. Not here: how both are found (pipelines/extraction/identity*.py).
"""

from __future__ import annotations

import dagster as dg
import duckdb

from pipelines.assets.describe import WINDOW, Metadata, atlas_link, preview
from pipelines.resources import Folders

_ASSET = dg.AssetKey(["warehouse", "reports"])
_UNPLACED = "region_code is null or report_year is null"
_COLUMNS = ("source_path", "title", "region_name", "report_year")
_QUERY = f"select {', '.join(_COLUMNS)} from reports where {_UNPLACED}"
_TODO = (
    "Give the body's full name and the year in the file's title or name, as 云岭省青川州2020年政府信息公开工作年度报告.txt does, and run again. "
    "A body that warehouse/reference/regions.csv lacks is added there. Everything else is published."
)
_SHOWN = 8

EVERY_REPORT_PLACED = dg.AssetCheckSpec(
    "every_report_placed",
    asset=_ASSET,
    description="Of every report it is known which region it is of and which year; one without stands in no comparison.",
)


def every_report_placed(con: duckdb.DuckDBPyConnection, folders: Folders) -> dg.AssetCheckResult:
    """Asked of the warehouse; a warning, since a report's own silence keeps nothing from being published."""
    [(total, unplaced)] = con.execute(f"select count(*), count(*) filter ({_UNPLACED}) from reports").fetchall()
    metadata: Metadata = {"reports": total, "without region or year": unplaced}
    if unplaced:
        rows = con.execute(f"{_QUERY} order by source_path limit {_SHOWN}").fetchall()
        metadata |= {
            "what to do": _TODO,
            "examples": preview(_COLUMNS, rows, WINDOW),
            "query": _QUERY,
            "query it in": dg.MetadataValue.path(str(folders.places().published)),
            **atlas_link(folders, "reports"),
        }
    return dg.AssetCheckResult(
        asset_key=_ASSET,
        check_name=EVERY_REPORT_PLACED.name,
        passed=not unplaced,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{unplaced:,} of {total:,} reports have no region or no year. {_TODO}" if unplaced else None,
        metadata=metadata,
    )
