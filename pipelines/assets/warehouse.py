"""Every table and view of the warehouse as an asset of its own, and its checks: one build of one file,
published whole or not at all.

What a step does is in pipelines/warehousing; what depends on what is read from the declared tables and the SQL
files.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from pipelines import shards, stage
from pipelines.assets.advice import check_result, select_of
from pipelines.assets.describe import Metadata, atlas_link, column_schema, from_plain, holds, to_plain
from pipelines.assets.identity import EVERY_REPORT_PLACED, every_report_placed
from pipelines.assets.readings import make_stage
from pipelines.assets.report_files import unwritable
from pipelines.assets.scoring import score_metadata
from pipelines.places import REFERENCE, SQL, Places
from pipelines.pool import PoolError
from pipelines.resources import Folders, Progress, Workers
from pipelines.schemas import LEDGER, QUANTITIES, REFUSALS, REPORT_FILES, REPORT_TEXTS, REPORTS, TABLES, TableSpec
from pipelines.warehousing import (
    Build,
    BuildReport,
    Published,
    ViewSpec,
    WarehouseError,
    basis,
    column_lineage,
    meanings,
    published_already,
    remember,
    views,
)
from pipelines.warehousing.relations import declared_checks

_STAGED_BY = {
    REPORT_FILES.name: "report_files",
    REPORTS.name: "report_texts",
    REFUSALS.name: "report_texts",
    QUANTITIES.name: "quantities",
    LEDGER.name: "quantities",
}
_TABLES = tuple(spec for spec in TABLES if spec is not REPORT_TEXTS)
_VIEWS = tuple(spec for spec in views(SQL) if spec.layer != "checks")
_CHECKS = tuple(spec for spec in views(SQL) if spec.layer == "checks")
# What a group is for, in words that need no knowledge of warehouses.
_GROUPS = {
    "tables": "What was read, as it was read.",
    "reference": "What is known beforehand, kept by hand in warehouse/reference.",
    "staging": "A first step: the tables with their names and types put in order.",
    "intermediate": "A step on the way, made while the warehouse is built and not published.",
    "marts": "Published: what to ask, in SQL, in the atlas or with `gongkai export`.",
}
_OF_PART = "this run alone, which looked again at so many reports: {:,}; what is published is whole"


def key_of(name: str) -> dg.AssetKey:
    """The asset of a table or view; the texts are staged and not published."""
    return dg.AssetKey(name) if name == REPORT_TEXTS.name else dg.AssetKey(["warehouse", name])


def _table_asset(spec: TableSpec) -> dg.AssetSpec:
    group = "tables" if spec.stage else "reference"
    return dg.AssetSpec(
        key_of(spec.name),
        deps=[_STAGED_BY[spec.name]] if spec.stage else [],
        group_name=group,
        owners=["team:gongkai"],
        kinds={"duckdb", "table"},
        tags={"published": "yes"},
        description=f"{spec.grain}.\n\n{_GROUPS[group]}",
        metadata={"dagster/column_schema": column_schema(spec), "dagster/table_name": f"gongkai.main.{spec.name}"},
    )


def _view_asset(spec: ViewSpec) -> dg.AssetSpec:
    named = {"dagster/table_name": f"gongkai.main.{spec.name}"} if spec.published else {}
    return dg.AssetSpec(
        key_of(spec.name),
        deps=[key_of(name) for name in spec.upstream],
        group_name=spec.layer,
        owners=["team:gongkai"],
        kinds={"duckdb", "sql", "table" if spec.stored else "view"},
        tags={"published": "yes" if spec.published else "no"},
        description=f"{spec.header}\n\n{_GROUPS[spec.layer]}\n\n```sql\n{select_of(spec)}\n```",
        metadata=named,
    )


def _check_specs() -> Iterator[dg.AssetCheckSpec]:
    for name, (says, severity, _) in declared_checks(views(SQL)).items():
        yield _check_spec(name, says, severity)
    for spec in _CHECKS:
        yield _check_spec(spec.name, spec.header, spec.severity)
    yield EVERY_REPORT_PLACED


def _check_spec(name: str, says: str, severity: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(name, asset=_checked_asset(name), description=says, blocking=severity == "error")


def _checked_asset(check: str) -> dg.AssetKey:
    """The asset that a check speaks of: the one that it is declared with, or the last that its select reads."""
    for spec in _CHECKS:
        if spec.name == check:
            order = [table.name for table in _TABLES] + [view.name for view in _VIEWS]
            return key_of(max((name for name in spec.upstream if name in order), key=order.index))
    names = [*(spec.name for spec in _TABLES), *(spec.name for spec in _VIEWS)]
    return key_of(max((name for name in names if f"_{name}" in check), key=len))


@dg.multi_asset(
    name="warehouse",
    specs=[*map(_table_asset, _TABLES), *map(_view_asset, _VIEWS)],
    check_specs=list(_check_specs()),
)
def warehouse(
    context: dg.AssetExecutionContext, folders: Folders, workers: Workers, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Builds, checks and publishes, unless the published file is made of just this already; what is not published is
    not reported as made.
    """
    places = folders.places()
    try:
        with _stage_at_rest(folders, workers, progress):
            made_of = basis(places.stage, REFERENCE, SQL, places.corrections)
            with published_already(places.stage, places.published, made_of, SQL) as before:
                if before:
                    yield from _checked(before, folders)
                    report, made = before.report, _all_described(before, folders)
            if not before:
                with _build(places) as build:
                    _make_all(build, progress)
                    made = _all_described(build, folders)
                    yield from _checked(build, folders)
                    progress.step("publishing")
                    report = build.publish()
                remember(places.stage, places.published, made_of, report)
    except (WarehouseError, stage.StageError, PoolError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    except OSError as error:
        raise unwritable(error) from error
    context.log.info(f"{'nothing to change in' if before else 'published'} {places.published}")
    yield from (_with_seconds(result, report) for result in made)


@contextmanager
def _stage_at_rest(folders: Folders, workers: Workers, progress: Progress) -> Iterator[None]:
    """Holds the stage, in which every file of the inventory is read: another run may have found more of them since."""
    folder = folders.places().stage
    with stage.only_user(folder, progress.wait) as lock:
        if shards.plan(folder, shards.load_inventory(folder), whole=False, contacts=folders.contacts_shown()).make:
            make_stage(folders, workers, progress, lock)
        yield


def _build(places: Places) -> Build:
    return Build(
        stage=places.stage,
        target=places.published,
        reference=REFERENCE,
        sql=SQL,
        corrections=places.corrections,
    )


def _make_all(build: Build, progress: Progress) -> None:
    progress.step("tables")
    for table in TABLES:
        build.load(table.name)
    progress.step("views")
    for view in _VIEWS:
        build.view(view.name)
    progress.step("checks")
    for check in build.checks:
        build.check(check)


def _checked(build: Build | Published, folders: Folders) -> Iterator[dg.AssetCheckResult]:
    for check in build.report.checks:
        yield check_result(check, _checked_asset(check.name), folders)
    yield every_report_placed(build.con, folders)


def _all_described(build: Build | Published, folders: Folders) -> list[dg.MaterializeResult[None]]:
    return [_described(build, name, folders) for name in (*(t.name for t in _TABLES), *(v.name for v in _VIEWS))]


def _described(build: Build | Published, name: str, folders: Folders) -> dg.MaterializeResult[None]:
    """What the UI shows of a table or view; asked before the file is closed and published."""
    view = next((spec for spec in _VIEWS if spec.name == name), None)
    rows = build.report.rows.get(name)
    metadata = atlas_link(folders, name)
    metadata |= holds(build.con, name) if view is None or view.published else _unpublished(build, view)
    if rows is not None:
        metadata["dagster/row_count"] = rows
    if name == QUANTITIES.name:
        metadata |= score_metadata(build.con, folders)
    if view is not None:
        metadata |= _view_metadata(build, view)
    return dg.MaterializeResult(asset_key=key_of(name), metadata=metadata)


def _unpublished(build: Build | Published, view: ViewSpec) -> Metadata:
    """What a step on the way holds: asked while it is there, and said again in runs that find nothing to change."""
    kept_in = _kept_in(view)
    if not kept_in:
        # To ask it would be to work it out once more, which in a great warehouse takes long.
        readers = ", ".join(f"`{spec.name}`" for spec in _VIEWS if view.name in spec.upstream)
        return {"preview": dg.MetadataValue.md(f"No rows are kept of it; what reads it has them: {readers}.")}
    if isinstance(build, Build):
        told = to_plain(holds(build.con, view.name, kept_in))
        if build.part:
            told["rows of"] = _OF_PART.format(build.part.reports)
        build.report.told[view.name] = told
    return from_plain(build.report.told.get(view.name, {}))


def _kept_in(view: ViewSpec) -> str:
    """Where the rows of a step are kept, empty for nowhere: int_findings holds what those found that are not stored."""
    found = view.name.removeprefix("find_")
    if view.stored or found == view.name:
        return view.name if view.stored else ""
    if found == "identity":
        return "(from int_findings where rule in (select identity from identities))"
    return f"(from int_findings where rule = '{found}' or starts_with(rule, '{found}_'))"


def _view_metadata(build: Build | Published, view: ViewSpec) -> Metadata:
    told = meanings(view, build.views)
    there = view.published or isinstance(build, Build)
    columns = build.con.execute(f"describe {view.name}").fetchall() if there else [(name, "") for name in told]
    return {
        "dagster/column_schema": dg.TableSchema([dg.TableColumn(row[0], row[1], told.get(row[0])) for row in columns]),
        "dagster/column_lineage": _lineage(build.report, view),
    }


def _lineage(report: BuildReport, view: ViewSpec) -> dg.TableColumnLineage:
    if view.name not in report.lineage:
        report.lineage[view.name] = column_lineage(view, _VIEWS)
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(asset_key=key_of(table), column_name=source) for table, source in sources]
            for column, sources in report.lineage[view.name].items()
            if sources
        }
    )


def _with_seconds(result: dg.MaterializeResult[None], report: BuildReport) -> dg.MaterializeResult[None]:
    assert result.asset_key is not None and result.metadata is not None
    name = dg.AssetKey.from_coercible(result.asset_key).path[-1]
    return result._replace(metadata={**result.metadata, "seconds": round(report.seconds.get(name, 0.0), 3)})
