"""What a check of the warehouse tells in the UI: what is wrong, what to do about it, the query to run and the page to open.
Not here: the checks themselves (pipelines/warehousing, sql/checks).
"""

from __future__ import annotations

from itertools import dropwhile
from pathlib import Path

import dagster as dg

from pipelines.assets.describe import Metadata, atlas_link
from pipelines.places import REFERENCE, SQL, Places
from pipelines.resources import Folders
from pipelines.schemas import TABLES, TableSpec
from pipelines.warehousing import CheckResult, ViewSpec, views
from pipelines.warehousing.memory import needed
from pipelines.warehousing.relations import declared_checks

# Said of a check where more is known than of what kind of table it speaks.
_ADVICE = {
    "corrections_complete": "Mend the lines of {corrections} that the examples name: each says reading or report, who, and why.",
    "corrections_hold": (
        "Open the report that each example names. Where it prints what the correction says, remove the line from "
        "{corrections}; where another number is meant, mend the line."
    ),
    "evidence": "A mistake in pipelines/extraction or pipelines/reading. `gongkai explain` with the quantity_id shows the place.",
    "facts_lead_to_quantities": "A mistake in sql/marts/facts.sql or in what it reads: follow the series_id from view to view.",
    "files_accounted_for": "Remove the shards of these files from {stage} and run again; should it stay so, it is a mistake of ours.",
    "known_codes": "Add the code to {reference}/indicators.csv, or mend the cue that gives it in warehouse/reference/lexicon.",
    "known_regions": "Add the code to {reference}/regions.csv, or name the report's region in its title.",
    "known_rules": "Add the rule, its severity and its sentence to {reference}/rules.csv.",
    "ledger_complete": "A mistake in pipelines/extraction: the numeral that the example names was let fall without a reason.",
    "reference_codes": "Mend the indicator in the file of {reference} that `source` names, or add it to indicators.csv.",
    "references_hold": "Remove {stage} and run again, so that everything is read anew; should it stay so, it is a mistake of ours.",
}
_OF_STAGE = (
    "A mistake in pipelines/reading or pipelines/extraction. Look at the rows with the query, and at their report; "
    "remove {stage} and run again, so that everything is read anew, and report it should it stay so."
)
_OF_REFERENCE = "Open {reference}/{table}.csv and mend the lines that the examples name."
_OF_VIEW = "A mistake in {path}: two rows where its header promises one. Follow the rows with the query."
_UNPUBLISHED = "Nothing is published until it holds; the warehouse of before is still there. Then run again."
_PUBLISHED = "The warehouse is published nevertheless."


def check_result(check: CheckResult, asset: dg.AssetKey, folders: Folders) -> dg.AssetCheckResult:
    """A check as the UI tells of it; one that holds has nothing to advise."""
    metadata: Metadata = {"offending rows": check.offending}
    says = check.says
    if check.offending:
        todo = f"{what_to_do(check.name, folders.places())} {_UNPUBLISHED if check.failed else _PUBLISHED}"
        first = f" The first: {check.examples[0]}." if check.examples else ""
        says = f"{check.says} Rows that break it: {check.offending:,}.{first} {todo}"
        metadata |= {
            "what to do": todo,
            "examples": dg.MetadataValue.md("\n".join(f"- `{line.replace('`', chr(39))}`" for line in check.examples)),
            "query": dg.MetadataValue.md(_as_query(check.name, folders.places())),
            **atlas_link(folders, asset.path[-1]),
        }
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=check.name,
        passed=check.offending == 0,
        severity=dg.AssetCheckSeverity.ERROR if check.severity == "error" else dg.AssetCheckSeverity.WARN,
        description=says,
        metadata=metadata,
    )


def what_to_do(check: str, places: Places) -> str:
    """One sentence or two, with the paths that they speak of."""
    view = _view_of(check)
    spec = next((spec for spec in TABLES if check in (f"unique_{spec.name}", f"not_null_{spec.name}")), None)
    advice = _ADVICE.get(check) or (_OF_VIEW if spec is None else _OF_STAGE if spec.stage else _OF_REFERENCE)
    if spec is not None and spec.name == "corrections":
        advice = "Open {corrections} and mend the lines that the examples name."
    return advice.format(
        stage=places.stage,
        reference=REFERENCE,
        corrections=places.warehouse / "corrections.csv",
        table=spec.name if spec else "",
        path=view.path.relative_to(SQL.parent) if view else "",
    )


def query_of(check: str, places: Places) -> str:
    """SQL for any DuckDB client that shows the rows that break a check, made from the stage and the reference data: a
    build that failed leaves no file to ask.
    """
    specs = views(SQL)
    declared = declared_checks(specs)
    spec = next((spec for spec in specs if spec.layer == "checks" and spec.name == check), None)
    sql = select_of(spec) if spec else declared[check][2]
    view = _view_of(check)
    wanted = (
        spec.upstream if spec else (view.name if view else check.removeprefix("unique_").removeprefix("not_null_"),)
    )
    made = needed(specs, wanted)
    read = {name for one in made for name in one.upstream} | set(wanted)
    tables = [_from_files(one, places) for one in TABLES if one.name in read]
    steps = [
        f"create or replace temp {'table' if one.stored else 'view'} {one.name} as\n{select_of(one)};" for one in made
    ]
    macros = [path.read_text(encoding="utf-8").strip() + ";" for path in sorted((SQL / "macros").glob("*.sql"))]
    return "\n".join([*(macros if made else []), *tables, *steps, f"{sql.strip()};"])


def select_of(view: ViewSpec) -> str:
    """A view without its header, which its description and its columns tell already."""
    return "\n".join(dropwhile(lambda line: line.startswith("--"), view.sql.splitlines())).strip()


def _as_query(check: str, places: Places) -> str:
    return f"In any DuckDB client, as docs/sql-clients.md names them:\n\n```sql\n{query_of(check, places)}\n```"


def _view_of(check: str) -> ViewSpec | None:
    """The view whose declared key a check is about."""
    named = [spec for spec in views(SQL) if f"{check}_".startswith(f"unique_{spec.name}_") and spec.stored]
    return max(named, key=lambda spec: len(spec.name), default=None)


def _from_files(spec: TableSpec, places: Places) -> str:
    folder = places.stage / spec.name
    path = places.warehouse / "corrections.csv" if spec.name == "corrections" else REFERENCE / f"{spec.name}.csv"
    there = any(folder.glob("*.parquet")) if spec.stage else path.exists()
    if not there:
        rows = f"select {', '.join(f'null::{c.type} as {c.name}' for c in spec.columns)} where false"
    elif spec.stage:
        rows = f"from read_parquet({_quoted(folder / '*.parquet')})"
    else:
        rows = _from_csv(spec, path)
    return f"create or replace temp view {spec.name} as {rows};"


def _from_csv(spec: TableSpec, path: Path) -> str:
    # As the build reads it: an empty field is an empty text, or NULL where that may be and in numbers.
    columns = ", ".join(
        f"coalesce({c.name}, '') as {c.name}"
        if c.type == "VARCHAR" and not c.nullable
        else f"cast(nullif({c.name}, '') as {c.type}) as {c.name}"
        for c in spec.columns
    )
    return (
        f"select {columns} from read_csv({_quoted(path)}, delim = ',', quote = '\"', header = true, all_varchar = true)"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
