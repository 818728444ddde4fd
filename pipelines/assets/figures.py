"""What a table or view holds, in numbers and rows: a preview, counts by year and by kind, and figures that the UI plots
over runs. Asked of a connection in which it stands. Not here: how the UI shows it (describe.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipelines.schemas import TableSpec, arrow_schema
from pipelines.warehousing import connect

PREVIEWED = 8
_GROUPS = 15
_ELEMENTS = "[has_proactive, has_requests, has_fees, has_remedies, has_problems]"


def _share(condition: str, of: str = "true") -> str:
    """Rows that meet `condition` among those that meet `of`, per cent; NULL where there are none."""
    return f"round(100.0 * count(*) filter ({condition}) / nullif(count(*) filter ({of}), 0), 1)"


# The key is what the UI prints above the plot: it stays, else the line breaks off.
FIGURES: Mapping[str, Mapping[str, str]] = {
    "report_files": {"megabytes": "round(sum(bytes) / 1e6, 3)"},
    "reports": {
        "bodies": "count(distinct (region_code, body))",
        "regions": "count(distinct region_code)",
        "years": "count(distinct report_year)",
        "region known, %": _share("region_code is not null"),
        "year known, %": _share("report_year is not null"),
    },
    "quantities": {
        "numbers": "count(value)",
        "coded, %": _share("indicator is not null and value is not null", "value is not null"),
        "uncoded": "count(*) filter (indicator is null and value is not null)",
        "from forms, %": _share("origin = 'form' and value is not null", "value is not null"),
        "blank cells": "count(*) filter (value is null)",
    },
    "ledger": {"numerals that measure, %": _share("quantity_id is not null")},
    "coverage": {
        "elements of the law covered, %": (
            f"round(100.0 * sum(len(list_filter({_ELEMENTS}, lambda has: has))) "
            f"/ nullif(sum(len(list_filter({_ELEMENTS}, lambda has: has is not null))), 0), 1)"
        ),
        "reports with every element, %": _share("missing = ''"),
        "coded, %": "round(100.0 * sum(coded) / nullif(sum(numbers_found), 0), 1)",
        "numbers": "sum(numbers_found)",
        "uncoded": "sum(uncoded)",
    },
    "facts": {
        "indicators": "count(distinct indicator)",
        "from forms, %": _share("settled_by = 'form'"),
        "with other readings, %": _share("conflicts > 0"),
        "corrected by a person": "count(*) filter (settled_by = 'correction')",
    },
    "year_over_year": {"stated changes that agree, %": _share("agrees", "agrees is not null")},
    "cross_region": {"indicators compared": "count(distinct indicator)", "median of peers": "median(peers)"},
    "panel": {"bodies": "count(distinct body_id)", "years": "count(distinct report_year)"},
    "text_and_table": {"texts that agree, %": _share("agreement = 'agrees'")},
    "findings": {
        "red": "count(*) filter (severity = 'red')",
        "yellow": "count(*) filter (severity = 'yellow')",
        "reports with red": "count(distinct report_id) filter (severity = 'red')",
    },
}
# What the rows are of: name → select list, counted into a table.
KINDS: Mapping[str, str] = {
    "report_files": "kind",
    "refusals": "reason",
    "reports": "form",
    "quantities": "coalesce(indicator, 'uncoded: ' || rule)",
    "ledger": "reason",
    "coverage": "case missing when '' then 'every element' else 'without ' || missing end",
    "facts": "settled_by",
    "year_over_year": "previous_source",
    "cross_region": "indicator",
    "text_and_table": "agreement",
    "panel": "level",
    "findings": "severity || ': ' || rule",
    "int_findings": "rule",
    "regions": "level",
    "indicators": "theme",
    "identities": "identity",
    "breaks": "instrument",
    "rules": "severity",
    "elements": "element",
    "corrections": "wrong",
}
# The columns to look at first, of tables too wide to be shown whole.
SHOWN: Mapping[str, str] = {
    "report_files": "source_path, kind, bytes",
    "reports": "source_path, report_year, form, body",
    "quantities": "surface, indicator, period, quote",
    "ledger": "surface, reason, char_start",
    "regions": "region_code, name, level, valid_from",
    "coverage": "source_path, coded, uncoded, missing",
    "facts": "indicator, value, unit, report_year, region_name",
    "year_over_year": "indicator, change_pct, report_year, region_name",
    "cross_region": "indicator, rank, peers, report_year, region_name",
    "panel": "region_name, report_year, requests_received",
    "findings": "report_year, message",
    "text_and_table": "indicator, text_value, table_value, agreement",
    "int_findings": "rule, left_value, right_value",
}


@contextmanager
def staged(stage: Path, *specs: TableSpec) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which tables of the stage stand as views."""
    with connect() as con:
        for spec in specs:
            files = [str(file) for file in sorted((stage / spec.name).glob("[!.]*.parquet"))]
            rows = con.read_parquet(files) if files else con.from_arrow(arrow_schema(spec).empty_table())
            rows.create_view(spec.name)
        yield con


def count(con: duckdb.DuckDBPyConnection, source: str) -> int:
    return int(con.execute(f"select count(*) from {source}").fetchall()[0][0])


def preview_of(con: duckdb.DuckDBPyConnection, name: str, source: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and the first rows."""
    shown = con.execute(f"select {SHOWN.get(name, '*')} from {source} limit {PREVIEWED}")
    return [column[0] for column in shown.description or ()], shown.fetchall()


def by_year(con: duckdb.DuckDBPyConnection, source: str) -> dict[str, int]:
    """Rows by report year, for what is of reports; empty for the rest."""
    columns = {column[0] for column in con.execute(f"from {source} limit 0").description or ()}
    if "report_year" not in columns:
        if "report_id" not in columns:
            return {}
        source = f"{source} rows left join (select report_id, report_year from reports) using (report_id)"
    rows = con.execute(f"select report_year, count(*) from {source} group by 1 order by 1 nulls last").fetchall()
    return {"unknown" if year is None else str(year): count for year, count in rows}


def by_kind(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, int]:
    """Rows by what they are of, most frequent first."""
    if name not in KINDS:
        return {}
    counted = f"select {KINDS[name]} as kind, count(*) as times from {name} group by 1"
    return dict(con.execute(f"{counted} order by times desc, kind limit {_GROUPS}").fetchall())


def figures(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, float]:
    """The figures of a table; those that have no value, as a share of nothing, are left out."""
    asked = FIGURES.get(name)
    if not asked:
        return {}
    values = con.execute(f"select {', '.join(asked.values())} from {name}").fetchall()[0]
    return {key: _plain(value) for key, value in zip(asked, values, strict=True) if value is not None}


def _plain(value: Any) -> float:
    # DuckDB sums whole numbers into Decimal or wide integers; the UI plots int and float.
    return int(value) if float(value).is_integer() and not isinstance(value, float) else float(value)
