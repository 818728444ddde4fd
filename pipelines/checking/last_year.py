"""Rows of the year before, of the bodies that a draft may follow. Not here: which body it is, which the views decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.schemas import QUANTITIES, REPORTS, TableSpec, arrow_schema
from pipelines.warehousing import connect_read_only

Tables = dict[str, pa.Table]
# The same region, or one that became it; without a region the same name. Which is the same body, the views tell.
_REPORTS = """
select {columns} from reports
where report_year = $year - 1
    and body_kind is not distinct from $kind
    and (
        region_code = $region
        or ($region is null and body is not distinct from $body)
        or region_code in (
            select region_code from regions
            where valid_to = $year - 1 and list_contains(string_split(successors, '|'), $region)
        )
    )
"""
_QUANTITIES = "select {columns} from quantities where list_contains($reports, report_id)"


def from_warehouse(published: Path, report: Mapping[str, Any]) -> Tables:
    """Tables reports and quantities of the year before `report`. Raises WarehouseError where there is no warehouse."""
    with connect_read_only(published) as con:

        def rows(spec: TableSpec, sql: str, given: Mapping[str, Any]) -> pa.Table:
            columns = ", ".join(column.name for column in spec.columns)
            found = con.sql(sql.format(columns=columns), params=dict(given)).to_arrow_table()
            return found.cast(arrow_schema(spec))

        place = {"region": report["region_code"], "kind": report["body_kind"], "body": report["body"]}
        reports = rows(REPORTS, _REPORTS, place | {"year": report["report_year"]})
        ids = {"reports": reports.column("report_id").to_pylist()}
        return {REPORTS.name: reports, QUANTITIES.name: rows(QUANTITIES, _QUANTITIES, ids)}


def of_drafts(tables: Iterable[Tables], report: Mapping[str, Any]) -> list[Tables]:
    """Those of other drafts that are about the year before."""
    year = report["report_year"]
    return [given for given in tables if year and given[REPORTS.name].column("report_year").to_pylist() == [year - 1]]
