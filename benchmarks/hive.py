"""Facts past what one DuckDB file should hold: Parquet in folders by year, and DuckDB over them. python -m benchmarks.hive --millions 10

The facts are numbers made up by DuckDB: 17 years, 30 indicators, as many bodies as that takes. Not here: the pipeline.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import duckdb

_MADE = """
select
    (990000 + i // 510)::varchar as region_code, 2008 + i // 30 % 17 as report_year, 'indicator.' || i % 30 as indicator,
    (hash(i // 510, i % 30) % 9000)::double + i // 30 % 17 as value, (hash(i) >> 1)::bigint as series_id,
    'a sentence of usual length that the number ' || i || ' was read from, with its words around it' as quote
from range({rows}) t(i)
"""
_QUERIES = {
    "one body's series": "select report_year, value from facts where region_code = '990007' and indicator = 'indicator.3' order by 1",
    "one year, median by indicator": "select indicator, median(value) from facts where report_year = 2017 group by all",
    "all years, sum by indicator": "select report_year, indicator, sum(value) from facts group by all",
    "rank of all bodies in a year": """
        select region_code, rank() over (order by value desc) from facts
        where report_year = 2020 and indicator = 'indicator.7' qualify rank() over (order by value desc) <= 10
    """,
    "a year against the year before": """
        select count(*) from facts a join facts b
        on a.region_code = b.region_code and a.indicator = b.indicator and a.report_year = b.report_year + 1
    """,
}


@click.command()
@click.option("--millions", type=click.FloatRange(0.01), default=10.0, show_default=True)
@click.option("--memory", default="2GB", show_default=True, help="DuckDB's memory limit.")
def main(millions: float, memory: str) -> None:
    """Prints seconds of writing and of queries, over the folders and over one table."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "one.duckdb")) as con:
        con.execute("set memory_limit = ?", [memory]).fetchall()
        con.execute("set temp_directory = ?", [folder]).fetchall()
        rows = int(millions * 1e6)
        with _timed("one table written"):
            con.execute(f"create table facts as {_MADE.format(rows=rows)}").fetchall()
        with _timed("folders by year written, sorted by region"):
            con.execute(
                f"copy (from facts order by report_year, region_code) to '{folder}/facts' "
                "(format parquet, partition_by (report_year), compression zstd)"
            ).fetchall()
        size = sum(file.stat().st_size for file in (Path(folder) / "facts").rglob("*.parquet")) / 1e6
        print(f"{rows:,} rows, {size:,.0f} MB of Parquet")
        for name, query in _QUERIES.items():
            with _timed(f"{name}, one table"):
                con.execute(query).fetchall()
        con.execute("alter table facts rename to facts_in_one").fetchall()
        files = f"{folder}/facts/**/*.parquet"
        con.execute(f"create view facts as from read_parquet('{files}', hive_partitioning = true)").fetchall()
        for name, query in _QUERIES.items():
            with _timed(f"{name}, folders"):
                con.execute(query).fetchall()
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB")


@contextmanager
def _timed(name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"| {name} | {time.perf_counter() - started:.2f} s |", flush=True)


if __name__ == "__main__":
    main()
