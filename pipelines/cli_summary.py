"""The summary after a run: what was read, what was found, a few lines of the comparisons, how to go on."""

from __future__ import annotations

from typing import Any

import duckdb
from rich.console import Console
from rich.text import Text

from pipelines.cli_output import lasting, output, table
from pipelines.places import Places
from pipelines.warehousing import connect_read_only

_SHOWN = 5
_COUNTS = """
select
    (select count(*) from reports) as reports,
    (select count(*) from refusals) as refused,
    (select count(*) from quantities where value is not null) as numbers,
    (select count(*) from quantities where value is not null and indicator is not null) as coded,
    (select count(*) from quantities where value is not null and indicator is null) as uncoded,
    (select count(*) from findings where severity = 'red') as red,
    (select count(*) from findings where severity = 'yellow') as yellow
"""
# The code of a region has a row for each stretch of years; its short name is that of the last.
_NAMES = "(select region_code, arg_max(short_name, valid_from) as region from regions group by region_code)"
# One line an indicator, so that a few lines show different things; the greatest change first. Both look at few columns of all rows first,
# and at all columns of the few rows that are shown.
_CHANGES = "y.change_pct is not null and y.scope = '' and y.topic = '' and y.channel = '' and y.applicant = '' and y.outcome = ''"
_YEAR_OVER_YEAR = f"""
with greatest as (
    select indicator, max(abs(y.change_pct)) as change from year_over_year y where {_CHANGES}
    group by indicator order by change desc, indicator limit ?
)
select
    coalesce(n.region, y.body, 'not known') as region, y.report_year as year, i.name_zh as indicator, y.value,
    y.previous_value as before, y.change_pct as "change %", y.previous_source as source
from year_over_year y
join greatest g on g.indicator = y.indicator and g.change = abs(y.change_pct)
join indicators i on i.indicator = y.indicator
left join {_NAMES} n using (region_code)
where {_CHANGES}
qualify row_number() over (partition by y.indicator order by y.series_id, y.report_year) = 1
order by g.change desc, y.indicator
"""
_AMONG_PEERS = "c.topic = '' and c.channel = '' and c.applicant = '' and c.outcome = ''"
_CROSS_REGION = f"""
with most as (
    select min(peers) as peers from (select peers from cross_region c where {_AMONG_PEERS} order by peers desc limit ?)
),
told as (select indicator, count(*) as rows from cross_region c where {_AMONG_PEERS} group by indicator)
select
    coalesce(n.region, c.body, 'not known') as region, c.report_year as year, i.name_zh as indicator, c.value,
    coalesce(c.rank::varchar, 'too few') as rank, c.peers, c.ratio_to_median as "× median"
from cross_region c
join told t on t.indicator = c.indicator
join indicators i on i.indicator = c.indicator
left join {_NAMES} n using (region_code)
where {_AMONG_PEERS} and c.peers >= (select peers from most)
order by c.peers desc, t.rows desc, c.indicator, c.report_year desc, c.rank nulls last, c.value desc, c.series_id
limit {_SHOWN}
"""
_NUMBERS = ("value", "before", "change %", "peers", "× median")


def print_summary(places: Places, *, seconds: float, unchanged: bool = False) -> None:
    """Prints to standard output. Raises WarehouseError where there is no warehouse to speak of."""
    console = output()
    with connect_read_only(places.published) as con:
        counts = _counts(con)
        console.print()
        console.print(
            table(
                ("", "count"),
                [
                    ("Reports", counts["reports"]),
                    ("Files refused", counts["refused"]),
                    ("Numbers found", counts["numbers"]),
                    ("with an indicator", counts["coded"]),
                    ("without one, with the reason", counts["uncoded"]),
                    ("Findings, red", counts["red"]),
                    ("Findings, yellow", counts["yellow"]),
                ],
                numbers=("count",),
            )
        )
        _print_refusals(console, con)
        _print_query(console, con, "A year against the year before (year_over_year)", _YEAR_OVER_YEAR)
        _print_query(console, con, "A body among its peers (cross_region; a rank needs three)", _CROSS_REGION)
    _print_ways_on(console, places, "Unchanged" if unchanged else f"Published in {lasting(seconds)}")


def summary(places: Places, *, read: int, kept: int, seconds: float) -> dict[str, Any]:
    """The counts and the refusals. Raises WarehouseError as above."""
    with connect_read_only(places.published) as con:
        refused = con.execute("select source_path, reason from refusals order by source_path").fetchall()
        return {
            **_counts(con),
            "files_read": read,
            "files_unchanged": kept,
            "seconds": round(seconds, 2),
            "published": str(places.published),
            "atlas": str(places.atlas / "index.html"),
            "refusals": [{"source_path": path, "reason": reason} for path, reason in refused],
        }


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    columns, rows = _ask(con, _COUNTS)
    return dict(zip(columns, rows[0], strict=True))


def _print_refusals(console: Console, con: duckdb.DuckDBPyConnection) -> None:
    columns, rows = _ask(
        con, "select source_path as refused, reason from refusals order by source_path limit ?", _SHOWN
    )
    if rows:
        console.print(table(columns, rows))


def _print_query(console: Console, con: duckdb.DuckDBPyConnection, title: str, sql: str) -> None:
    columns, rows = _ask(con, sql, _SHOWN)
    if not rows:
        return
    console.print(Text(title, style="bold"))
    console.print(table(columns, rows, numbers=_NUMBERS))


def _print_ways_on(console: Console, places: Places, done: str) -> None:
    lines = (
        f"{done}: {places.published}",
        f"  Look     {places.atlas / 'index.html'}: open it in a browser",
        "  Watch    make ui, then http://127.0.0.1:3000",
        "  Ask      SQL on that file with DuckDB 1.2 or newer; README.md has ten queries",
        "  Explain  .venv/bin/gongkai explain QUANTITY_ID: a number in its sentence",
        "  Check    .venv/bin/gongkai check FILE: a draft, before it goes out",
    )
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def _ask(con: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> tuple[list[str], list[tuple[Any, ...]]]:
    found = con.execute(sql, list(parameters))
    columns = [column[0] for column in found.description or ()]
    return columns, found.fetchall()
