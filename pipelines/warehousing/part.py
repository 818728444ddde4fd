"""What changed since the published file was built, and which of its rows must be made again for it.

Here: the reports whose rows differ, all reports that stand with them, and the exchange of their rows in a copy of the published
file. Not here: whether a copy may be taken at all (unchanged.py), the order of steps (building.py), the views, which know nothing of
parts: they run over the reports that are made again as over a whole warehouse, and give the same rows.

That they do rests on one thing: what a view says of a body follows from the reports of that body and of the bodies that its region
was made of. Views and checks for which it does not hold declare `across_bodies` in their header: a check then runs over everything;
a view is made again for the values of the columns that it names there of which a row changed in what it reads.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.schemas import LEDGER, QUANTITIES, REPORT_TEXTS, REPORTS, TableSpec
from pipelines.warehousing.load import columns_of, count, refuse_other_columns
from pipelines.warehousing.views import ViewSpec

# Beyond this share of the reports a whole build is as fast, and leaves the rows in better order.
GREATEST_SHARE = 0.2
_FILTERED = (REPORTS, QUANTITIES, LEDGER)


@dataclass(frozen=True, slots=True)
class Part:
    """`reports` are those that are made again, of `of` in all; in the connection, schema `part.changes` says which."""

    catalog: str
    reports: int
    of: int


def find_part(con: duckdb.DuckDBPyConnection, catalog: str, published: Path, stage: Path, rebuilt: int) -> Part | None:
    """What to make again, where it is little beside the whole; `rebuilt` reports were made again in parts before.

    Leaves in schema `part.changes`: `changed` reports, `scope` (their and their fellows' new rows), `gone` (the old ones), `regions`.
    """
    con.execute("attach ':memory:' as part; create schema part.changes").fetchall()
    con.execute("attach ? as before (read_only)", [str(published.resolve())]).fetchall()
    files = sorted(str(file) for file in (stage / REPORTS.name).glob("[!.]*.parquet"))
    columns = columns_of(REPORTS)
    con.execute(
        f"create table part.changes.new as select {columns}, parse_filename(filename, true) as shard from read_parquet(?, filename = true)",
        [files],
    ).fetchall()
    con.execute(f"create table part.changes.old as select {columns} from before.reports").fetchall()
    con.register("_kin", _kin(con.execute("select region_code, successors from before.regions").fetchall()))
    con.execute("create table part.changes.kin as from _kin").fetchall()
    con.unregister("_kin")
    con.execute("detach before").fetchall()
    con.execute(_FIND.format(columns=columns)).fetchall()
    part = Part(catalog, count(con, "part.changes.scope"), count(con, "part.changes.new"))
    # Where no report differs it is something else that does, as a file that is refused: nothing says what to take over.
    if 0 < part.reports <= GREATEST_SHARE * part.of - rebuilt:
        return part
    con.execute("detach part").fetchall()
    return None


_FIND = """
create table part.changes.changed as
    select distinct report_id from (
        (select {columns} from part.changes.new except select {columns} from part.changes.old)
        union all
        (select {columns} from part.changes.old except select {columns} from part.changes.new)
    );
create table part.changes.places as
    select report_id, shard, coalesce(n.region_code, '?') as region, coalesce(k.kin, n.region_code, '?') as kin, true as is_new
    from part.changes.new n left join part.changes.kin k using (region_code)
    union all
    select report_id, null, coalesce(o.region_code, '?'), coalesce(k.kin, o.region_code, '?'), false
    from part.changes.old o left join part.changes.kin k using (region_code);
create table part.changes.touched as select distinct kin from part.changes.places semi join part.changes.changed using (report_id);
create table part.changes.scope as select report_id, shard from part.changes.places semi join part.changes.touched using (kin) where is_new;
create table part.changes.gone as select report_id from part.changes.places semi join part.changes.touched using (kin) where not is_new;
create table part.changes.regions as select distinct region from part.changes.places semi join part.changes.touched using (kin);
"""


def _kin(regions: Iterable[tuple[str, str | None]]) -> pa.Table:
    """Regions that a change of territory or code binds, directly or through others, under one name."""
    leads: dict[str, str] = {}

    def root(code: str) -> str:
        while leads.get(code, code) != code:
            code = leads[code]
        return code

    for code, successors in regions:
        for other in (successors or "").split("|"):
            if other:
                leads[root(other)] = root(code)
    codes = sorted({*leads, *leads.values()})
    return pa.table({"region_code": pa.array(codes, pa.string()), "kin": pa.array(map(root, codes), pa.string())})


def copy_of(published: Path, to: Path) -> None:
    """A copy that may be written; where the file system can, one that shares what is not written."""
    with published.open("rb") as source, to.open("wb") as copy:
        try:
            while os.copy_file_range(source.fileno(), copy.fileno(), 1 << 30):
                pass
        except (OSError, AttributeError):
            source.seek(0)
            copy.seek(0)
            shutil.copyfileobj(source, copy, 1 << 20)


def load_part(con: duckdb.DuckDBPyConnection, part: Part, spec: TableSpec, stage: Path) -> int:
    """Bring a table of the copy up to the stage, and show the views the rows of the part alone; returns its rows in all."""
    whole = f"{part.catalog}.{spec.name}"
    if spec is REPORT_TEXTS:
        _insert(con, f"create table part.{spec.name} as", spec, _files(con, stage, spec, "scope"), "scope")
        return count(con, f"part.{spec.name}")
    if spec in (QUANTITIES, LEDGER):
        con.execute(f"delete from {whole} where report_id in (from part.changes.changed)").fetchall()
        _insert(con, f"insert into {whole}", spec, _files(con, stage, spec, "changed"), "changed")
    else:
        con.execute(f"delete from {whole}").fetchall()
        _insert(con, f"insert into {whole}", spec, sorted((stage / spec.name).glob("[!.]*.parquet")), "")
    if spec in _FILTERED:
        con.execute(
            f"create table part.{spec.name} as select * from {whole} where report_id in (select report_id from part.changes.scope)"
        ).fetchall()
    return count(con, whole)


def _files(con: duckdb.DuckDBPyConnection, stage: Path, spec: TableSpec, of: str) -> list[Path]:
    shards = con.execute(
        f"select distinct shard from part.changes.places semi join part.changes.{of} using (report_id) where is_new order by shard"
    ).fetchall()
    return [stage / spec.name / f"{shard}.parquet" for (shard,) in shards]


def _insert(con: duckdb.DuckDBPyConnection, into: str, spec: TableSpec, files: Sequence[Path], of: str) -> None:
    if not files:
        if into.startswith("create"):
            con.execute(f"{into} from {spec.name} limit 0").fetchall()
        return
    for file in files:
        refuse_other_columns(spec, file)
    only = f"where report_id in (select report_id from part.changes.{of})" if of else ""
    con.execute(
        f"{into} select {columns_of(spec)} from read_parquet(?) {only}", [[str(file) for file in files]]
    ).fetchall()


def exchange(con: duckdb.DuckDBPyConnection, part: Part, spec: ViewSpec, keep_old: bool) -> int:
    """Put the rows of a published view that were made of the part in the place of those of before; returns the rows in all.

    With `keep_old` those of before stay at hand, for the views that compare bodies.
    """
    whole = f"{part.catalog}.{spec.name}"
    columns = [str(row[0]) for row in con.execute(f"describe {whole}").fetchall()]
    if "region_code" in columns:
        ours = "coalesce(region_code, '?') in (select region from part.changes.regions)"
    else:
        ours = "report_id in (select report_id from part.changes.gone)"
    if keep_old:
        con.execute(f"create table part.changes.old_{spec.name} as select * from {whole} where {ours}").fetchall()
    con.execute(f"delete from {whole} where {ours}").fetchall()
    con.execute(f"insert into {whole} select * from part.{spec.name}").fetchall()
    return count(con, whole)


def exchange_groups(con: duckdb.DuckDBPyConnection, part: Part, spec: ViewSpec, marts: Sequence[str]) -> int:
    """Make a view that compares bodies again, for the groups in which a row of the marts that it reads changed."""
    keys = ", ".join(spec.across)
    changed = " union ".join(
        f"select distinct {keys} from (({one}) union all ({other}))"
        for name in marts
        for one, other in [_differences(f"part.changes.old_{name}", f"part.{name}")]
    )
    con.execute(f"create schema part.across; create table part.across.groups as {changed}").fetchall()
    same = " and ".join(f"t.{key} is not distinct from g.{key}" for key in spec.across)
    for name in marts:
        con.execute(
            f"create table part.across.{name} as select t.* from {part.catalog}.{name} t semi join part.across.groups g on {same}"
        ).fetchall()
    con.execute(f"set search_path = 'part.across,{part.catalog}.main'").fetchall()
    con.execute(f"create table part.across.{spec.name} as {spec.sql}").fetchall()
    whole = f"{part.catalog}.{spec.name}"
    con.execute(f"delete from {whole} t using part.across.groups g where {same}").fetchall()
    con.execute(f"insert into {whole} select * from part.across.{spec.name}").fetchall()
    con.execute(f"drop schema part.across cascade; create table part.{spec.name} as from {whole} limit 0").fetchall()
    return count(con, whole)


def _differences(one: str, other: str) -> tuple[str, str]:
    return f"from {one} except from {other}", f"from {other} except from {one}"


def see_part(con: duckdb.DuckDBPyConnection, part: Part) -> None:
    """Names mean the rows of the part, or the whole table where it has none."""
    con.execute(f"set search_path = 'part.main,{part.catalog}.main'").fetchall()


def see_whole(con: duckdb.DuckDBPyConnection, part: Part) -> None:
    """Names mean the whole tables."""
    con.execute(f"use {part.catalog}").fetchall()
