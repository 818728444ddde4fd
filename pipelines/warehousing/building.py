"""One build: tables, views and checks in a new file beside the published one, then the exchange.

Here: the order of steps and the report on them. Not here: SQL, and how files are exchanged (publish.py).
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import duckdb

from pipelines import schemas
from pipelines.warehousing import load, publish, relations, unchanged
from pipelines.warehousing.comments import comment_table, comment_view
from pipelines.warehousing.connecting import connect
from pipelines.warehousing.errors import WarehouseError
from pipelines.warehousing.limits import confine
from pipelines.warehousing.part import (
    Part,
    copy_of,
    exchange,
    exchange_groups,
    find_part,
    load_part,
    see_part,
    see_whole,
)
from pipelines.warehousing.reference import read_csv
from pipelines.warehousing.relations import CheckResult
from pipelines.warehousing.report import BuildReport
from pipelines.warehousing.views import ViewSpec, views

# Clients from DuckDB 1.2 on can read files of this version.
STORAGE_VERSION = "v1.2.0"
_UNWRITABLE = (OSError, duckdb.IOException, duckdb.OutOfMemoryException)


class Build:
    """A build as steps, each callable on its own: `load` each table, `view` each view, `check` each check, `publish`.

    Leaving the block without `publish` leaves the published file as it was, and nothing beside it.
    """

    def __init__(
        self, stage: Path, target: Path, reference: Path, sql: Path, corrections: Path | None, memory: str | None = None
    ) -> None:
        self.stage, self.target, self.reference, self.corrections = stage, target, reference, corrections
        self.sql = sql
        self.memory = memory
        self.tables = schemas.TABLES
        self.views: list[ViewSpec] = views(sql)
        self.report = BuildReport()
        self._undo = ExitStack()

    def __enter__(self) -> Build:
        try:
            self._open()
        except _UNWRITABLE as error:
            self._undo.close()
            raise self._unwritable(error) from error
        return self

    def _open(self) -> None:
        self._run = self._undo.enter_context(publish.only_builder(self.target.parent))
        # A catalog is named after its file: built under the same stem, so that views find their tables later.
        self._built = self._run / self.target.name
        self.con = self._undo.enter_context(connect())
        confine(self.con, self._run / "spill", self.memory)
        relations.create_macros(self.con, self.sql)
        catalog = '"' + self.target.stem.split(".")[0].replace('"', '""') + '"'
        self.part = self._part(catalog)
        if self.part:
            copy_of(self.target, self._built)
        path = str(self._built).replace("'", "''")
        self.con.execute(f"attach '{path}' as {catalog} (storage_version '{STORAGE_VERSION}')").fetchall()
        self.con.execute(f"use {catalog}").fetchall()

    def _part(self, catalog: str) -> Part | None:
        """What has to be made again in a copy of the published file; None where a whole file has to be built."""
        made_of = unchanged.basis(self.stage, self.reference, self.sql, self.corrections)
        rebuilt = unchanged.rebuilt_since_whole(self.stage, self.target, made_of)
        if rebuilt is None:
            return None
        part = find_part(self.con, catalog, self.target, self.stage, rebuilt)
        if part:
            self.report.made_again = rebuilt + part.reports
        return part

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._undo.close()
        if isinstance(error, _UNWRITABLE):
            raise self._unwritable(error) from error

    def _unwritable(self, error: Exception) -> WarehouseError:
        return WarehouseError(
            f"{self.target.parent} does not take the new warehouse ({error}). See that the disk has room and the folder "
            "may be written, and run again; the warehouse of before is still there."
        )

    @property
    def checks(self) -> list[str]:
        """Names of all checks: those that follow from the declarations, then the files of sql/checks."""
        declared = relations.declared_checks(self.views)
        return [*declared, *(spec.name for spec in self.views if spec.layer == "checks")]

    def load(self, name: str) -> int:
        """Load one table from the stage or the reference data; returns its number of rows."""
        started = time.perf_counter()
        spec = schemas.table(name)
        if self.part:
            rows = load_part(self.con, self.part, spec, self.stage) if spec.stage else load.count(self.con, name)
        else:
            rows = self._load_whole(spec)
        self.report.rows[name] = rows
        self.report.seconds[name] = time.perf_counter() - started
        return rows

    def _load_whole(self, spec: schemas.TableSpec) -> int:
        if spec.stage:
            rows = load.load_stage(self.con, spec, self.stage)
        else:
            path = self.corrections if spec.name == "corrections" else self.reference / f"{spec.name}.csv"
            given = schemas.arrow_schema(spec).empty_table() if path is None else read_csv(spec, path)
            rows = load.create_from_arrow(self.con, spec, given)
        if spec.name not in load.UNPUBLISHED:
            comment_table(self.con, spec)
        return rows

    def view(self, name: str) -> int | None:
        """Make one view, those that it reads being there; returns its rows, None where it was not counted."""
        started = time.perf_counter()
        spec = next(spec for spec in self.views if spec.name == name)
        if self.part:
            rows = self._view_of_part(self.part, spec)
        else:
            rows = relations.create_view(self.con, spec)
            if spec.published:
                comment_view(self.con, spec, self.views)
        self.report.rows[name] = rows
        self.report.seconds[name] = time.perf_counter() - started
        return rows

    def _view_of_part(self, part: Part, spec: ViewSpec) -> int | None:
        compared = {name for other in self.views if other.published and other.across for name in other.upstream}
        marts = {other.name for other in self.views if other.published}
        if spec.published and spec.across:
            rows: int | None = exchange_groups(self.con, part, spec, sorted(marts & set(spec.upstream)))
        else:
            see_part(self.con, part)
            relations.create_view(self.con, spec)
            rows = exchange(self.con, part, spec, keep_old=spec.name in compared) if spec.published else None
        see_whole(self.con, part)
        return rows

    def check(self, name: str) -> CheckResult:
        """Run one check."""
        started = time.perf_counter()
        declared = relations.declared_checks(self.views, self.part.catalog if self.part else None)
        over_everything = False
        if name in declared:
            says, severity, sql = declared[name]
        else:
            spec = next(spec for spec in self.views if spec.name == name and spec.layer == "checks")
            says, severity, sql, over_everything = spec.header, spec.severity, spec.sql, bool(spec.across)
        if self.part and not over_everything:
            see_part(self.con, self.part)
        result = relations.run_check(self.con, name, says, severity, sql)
        if self.part:
            see_whole(self.con, self.part)
        result = replace(result, seconds=time.perf_counter() - started)
        self.report.checks.append(result)
        self.report.seconds[name] = result.seconds
        return result

    def publish(self) -> BuildReport:
        """Put the new file in place. Raises WarehouseError, nothing published, where a check failed or was not run."""
        if unchecked := set(self.checks) - {check.name for check in self.report.checks}:
            raise WarehouseError(f"Not published: checks that were not run: {', '.join(sorted(unchecked))}.")
        if self.report.failures:
            raise WarehouseError(failure_message(self.report.failures))
        started = time.perf_counter()
        self.con.execute("checkpoint").fetchall()
        # Only a closed file is whole.
        self.con.close()
        publish.replace(self._built, self.target)
        self.report.seconds["publish"] = time.perf_counter() - started
        return self.report


def build(
    stage: Path, target: Path, reference: Path, sql: Path, corrections: Path | None, memory: str | None = None
) -> BuildReport:
    """Build, check and publish in one go; raises WarehouseError, the published file untouched, if anything is wrong."""
    with Build(stage, target, reference, sql, corrections, memory) as steps:
        for table in steps.tables:
            steps.load(table.name)
        for spec in steps.views:
            if spec.layer != "checks":
                steps.view(spec.name)
        for name in steps.checks:
            steps.check(name)
        return steps.publish()


def failure_message(failures: list[CheckResult]) -> str:
    """What a person is told when checks failed."""
    lines = ["Not published; the warehouse of before is still there. Checks failed:"]
    for check in failures:
        lines.append(f"  {check.name}: {check.says} Rows that break it: {check.offending:,}.")
        lines += [f"    {example}" for example in check.examples]
    return "\n".join(lines)


def connect_read_only(target: Path) -> duckdb.DuckDBPyConnection:
    """Open the published file for reading. Raises WarehouseError where there is none, it cannot be opened, or
    somebody has it open for writing."""
    if not target.exists():
        raise WarehouseError(f"There is no warehouse at {target} yet. Run `gongkai run` first.")
    try:
        return connect(target, read_only=True)
    except duckdb.Error as error:
        publish.refuse_writers(target)
        raise WarehouseError(f"{target} cannot be opened: {error}") from error
