"""A warehouse of many numbers, built and queried within the limits of a build: python -m benchmarks.large --millions 30

DuckDB makes the stage up: governments and offices of the made-up province, 17 years each, 100 numbers a report. What is measured is
what follows from numbers already read. Not here: reading, correctness (job.py).
"""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import duckdb
import pyarrow as pa

from benchmarks.corpus.bodies import add_regions, bodies
from pipelines.places import REFERENCE, SQL
from pipelines.schemas import TABLES, TableSpec, table
from pipelines.warehousing import Build, connect_read_only

_YEARS, _NUMBERS = 17, 100
_SHARDS = 128

_GIVEN = {
    "report_files": "source_path, 'f' as sha256, 2000 as bytes, 'txt' as kind",
    "reports": """report_id, source_path, 'f' as sha256, null as title, region_code, region_name, 'county' as level,
        region_name || office as body, if(office = '', 'government', 'department') as body_kind, report_year,
        report_year as title_year, 'prose' as form, make_date(report_year + 1, 3, 1) as published_on, 800 as characters""",
    "report_texts": "report_id, (select string_agg(said(hash, n), '' order by n) from range({numbers}) r(n)) as text, '[]' as blocks, "
    "'{{}}' as metadata",
    "quantities": """report_id || '-' || n as quantity_id, report_id, 'prose' as origin, known[n % 20 + 1] as indicator,
        (hash + n) % 90000.0 as value, '条' as unit, 'level' as basis, report_year::varchar as period,
        make_date(report_year, 1, 1) as period_start, make_date(report_year, 12, 31) as period_end, '' as base_period, '' as channel,
        '' as applicant, 'topic ' || n // 20 as topic, '' as outcome, '' as scope, '' as qualifier, left(said(hash, n), 7) as surface,
        'a sentence of usual length, with its words, that reads ' || said(hash, n) as quote, n * 8 as char_start, n * 8 + 7 as char_end,
        '' as section, '' as row_label, '' as column_label, 'made up' as rule, '' as competitors""",
    "ledger": "report_id, n * 8 as char_start, n * 8 + 7 as char_end, left(said(hash, n), 7) as surface, 'quantity' as reason, "
    "report_id || '-' || n as quantity_id",
}
_QUERIES = {
    "one report's numbers": "select count(value) from quantities where report_id = (select min(report_id) from reports)",
    "numbers by indicator": "select indicator, count(*), sum(value) from quantities group by all",
    "one body's facts": "select * from facts where region_code = '990100' and body_kind = 'government'",
    "the ten greatest of a year": "select body_id, value from cross_region where report_year = 2018 order by rank limit 10",
}


@click.command()
@click.option("--millions", type=click.FloatRange(0.01), default=30.0, show_default=True)
@click.option(
    "--folder", type=click.Path(path_type=Path), default=None, help="Where there is room [default: a temporary folder]."
)
def main(millions: float, folder: Path | None) -> None:
    """Prints seconds by step, the peak of memory and the seconds of some queries."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        root = Path(scratch)
        shutil.copytree(REFERENCE, root / "reference")
        add_regions(root / "reference" / "regions.csv")
        with _timed("stage made up"):
            _make_stage(root / "stage", int(millions * 1e6) // _NUMBERS)
        target = root / "gongkai.duckdb"
        with Build(root / "stage", target, root / "reference", SQL, None) as build:
            for step, work, names in (
                ("tables", build.load, [spec.name for spec in build.tables]),
                ("views", build.view, [view.name for view in build.views if view.layer != "checks"]),
                ("checks", build.check, build.checks),
            ):
                with _timed(step):
                    for name in names:
                        work(name)
            with _timed("publish"):
                build.publish()
        print(
            f"{target.stat().st_size / 1e6:,.0f} MB; peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:,} MB"
        )
        with connect_read_only(target) as con:
            for name, query in _QUERIES.items():
                with _timed(name):
                    con.execute(query).fetchall()


def _make_stage(stage: Path, reports: int) -> None:
    with duckdb.connect() as con:
        con.execute("set memory_limit = '2GB'").fetchall()
        con.execute(
            "create macro said(hash, n) as lpad(((hash + n) % 90000)::bigint::varchar, 6, '0') || '条，'"
        ).fetchall()
        known = bodies(3000)
        con.register(
            "places", pa.table({"code": [body.code for body in known], "name": [body.full_name for body in known]})
        )
        con.execute(
            f"""
            create table made as
            select
                left(md5(i::varchar), 12) as report_id, i || '.txt' as source_path, code as region_code, name as region_name,
                if(office = 0, '', '第' || office || '局') as office, 2003 + i % {_YEARS} as report_year, hash(i) % 90000 as hash
            from (select i, i // {_YEARS} % 3000 as place, i // {_YEARS} // 3000 as office from range({reports}) t(i))
            join (select *, row_number() over () - 1 as place from places) using (place)
            order by report_id
            """
        ).fetchall()
        for spec in (spec for spec in TABLES if spec.name in _GIVEN):
            _write(con, spec, stage)


def _write(con: duckdb.DuckDBPyConnection, spec: TableSpec, stage: Path) -> None:
    (stage / spec.name).mkdir(parents=True)
    numbers = f", range({_NUMBERS}) r(n)" if spec.name in {"quantities", "ledger"} else ""
    known = "(select list(indicator order by indicator)[:20] from read_csv(?)) k(known)"
    given = _GIVEN[spec.name].format(numbers=_NUMBERS)
    missing = [f"null as {column.name}" for column in table(spec.name).columns if f" {column.name}" not in f" {given}"]
    columns = ", ".join([given, *missing])
    size = -(-con.execute("select count(*) from made").fetchall()[0][0] // _SHARDS)
    for shard in range(_SHARDS):
        con.execute(
            f"copy (select {columns} from (from made limit {size} offset {size * shard}) {numbers}, {known}) "
            f"to '{stage / spec.name}/{shard:03d}.parquet' (format parquet, compression zstd, row_group_size 16384)",
            [str(REFERENCE / "indicators.csv")],
        ).fetchall()


@contextmanager
def _timed(name: str) -> Iterator[None]:
    started, worked = time.perf_counter(), time.process_time()
    yield
    print(
        f"| {name} | {time.perf_counter() - started:.2f} s | processor {time.process_time() - worked:.2f} s |",
        flush=True,
    )


if __name__ == "__main__":
    main()
