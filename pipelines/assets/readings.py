"""Assets report_texts and quantities: one pass over the shards that changed, since the grids of a report's
tables are at hand only while it is read. What the pass does is in pipelines/reading_pass.py, who does it in
pipelines/pool.py and pipelines/cluster.py.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines import cluster, pool, shards, stage
from pipelines.assets.describe import WINDOW, Metadata, atlas_link, column_schema, holds, preview
from pipelines.assets.figures import staged
from pipelines.assets.report_files import unwritable
from pipelines.places import Places
from pipelines.reading_pass import Task
from pipelines.resources import Folders, Progress, Workers
from pipelines.schemas import LEDGER, QUANTITIES, REFUSALS, REPORT_TEXTS, REPORTS

_PREVIEWED = 8
_MISTAKE = "This is a mistake in pipelines/extraction: nothing is published. Please report it with these shards' files."
_STYLE = {"group_name": "stage", "owners": ["team:gongkai"], "kinds": {"parquet", "python"}}

REPORT_TEXTS_SPEC = dg.AssetSpec(
    "report_texts",
    deps=["report_files"],
    description=(
        "The text of every report in reading order, and who reports on which year. Files that cannot be read stand "
        "in `refusals` with the reason. What did not change, file and code, is not read again."
    ),
    **_STYLE,  # type: ignore[arg-type]
)
QUANTITIES_SPEC = dg.AssetSpec(
    "quantities",
    deps=["report_texts"],
    description=(
        "Every measured number of every report, with value, unit, period, indicator and the words it was read from; "
        "and the ledger of all numerals, with why each is or is not one."
    ),
    **_STYLE,  # type: ignore[arg-type]
)
EVIDENCE = dg.AssetCheckSpec(
    "evidence",
    asset="quantities",
    blocking=True,
    description="Every number of prose stands in its report's text exactly where its offsets say.",
)
EVERY_FILE_READ = dg.AssetCheckSpec(
    "every_file_read",
    asset="report_texts",
    description="Every file of the inbox could be read; the reasons of those that could not stand in `refusals`.",
)
_REFUSED = "Each reason says what to do with its file. The others are read and published."


@dg.multi_asset(name="readings", specs=[REPORT_TEXTS_SPEC, QUANTITIES_SPEC], check_specs=[EVERY_FILE_READ, EVIDENCE])
def readings(
    context: dg.AssetExecutionContext, folders: Folders, workers: Workers, progress: dg.ResourceParam[Progress]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Makes the shards that do not hold, and describes all of them."""
    places = folders.places()
    try:
        with stage.only_user(places.stage, progress.wait) as lock:
            plan = make_stage(folders, workers, progress, lock)
    except (stage.StageError, pool.PoolError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    except OSError as error:
        raise unwritable(error) from error
    context.log.info(f"{plan.files_to_read} files read, {plan.files_kept} unchanged")
    yield _report_texts(folders, plan)
    yield _quantities(folders)
    yield _every_file_read(folders)
    yield _evidence(places)


def make_stage(folders: Folders, workers: Workers, progress: Progress, lock: int) -> shards.Plan:
    """Brings the stage to what its inventory says; the caller holds its lock."""
    places, contacts = folders.places(), folders.contacts_shown()
    inventory = shards.load_inventory(places.stage)
    plan = shards.plan(places.stage, inventory, contacts=contacts)
    progress.begin(plan.files_to_read, plan.files_kept)
    tasks = [
        Task(shard, fingerprint, places.inbox, places.stage, contacts=contacts, code=plan.code)
        for shard, fingerprint in plan.make
    ]
    seconds = workers.seconds_per_file
    if workers.scheduler:
        cluster.make_shards(
            tasks, workers.scheduler, location=workers.stage, seconds_per_file=seconds, on_file=progress.file
        )
    else:
        pool.make_shards(tasks, workers=workers.processes, seconds_per_file=seconds, on_file=progress.file, lock=lock)
    shards.remove_stale(places.stage, inventory)
    _refuse_nothing(places)
    return plan


def _refuse_nothing(places: Places) -> None:
    """An inbox of which nothing can be read must not empty the warehouse of before."""
    if stage.count_rows(places.stage, REPORTS):
        return
    rows = stage.some_rows(places.stage, REFUSALS, _PREVIEWED)
    listed = "\n".join(f"  {row['source_path']}: {row['reason']}" for row in rows)
    raise dg.Failure(
        f"None of the files in {places.inbox} could be read:\n{listed}\nNothing was published.", allow_retries=False
    )


def _report_texts(folders: Folders, plan: shards.Plan) -> dg.MaterializeResult[None]:
    folder = folders.places().stage
    with staged(folder, REPORTS, REFUSALS) as con:
        told = holds(con, REPORTS.name)
        refused = holds(con, REFUSALS.name)
    return dg.MaterializeResult(
        asset_key="report_texts",
        metadata={
            **atlas_link(folders, "report_texts"),
            **told,
            "dagster/row_count": stage.count_rows(folder, REPORT_TEXTS),
            "dagster/column_schema": column_schema(REPORT_TEXTS),
            "files read": plan.files_to_read,
            "files unchanged": plan.files_kept,
            "refused": refused["dagster/row_count"],
            "refusals": refused["preview"],
        },
    )


def _quantities(folders: Folders) -> dg.MaterializeResult[None]:
    folder = folders.places().stage
    with staged(folder, REPORTS, QUANTITIES) as con:
        told = holds(con, QUANTITIES.name)
    return dg.MaterializeResult(
        asset_key="quantities",
        metadata={
            **atlas_link(folders, "quantities"),
            **told,
            "dagster/column_schema": column_schema(QUANTITIES),
            "numerals in the ledger": stage.count_rows(folder, LEDGER),
        },
    )


def _every_file_read(folders: Folders) -> dg.AssetCheckResult:
    folder = folders.places().stage
    refused, read = stage.count_rows(folder, REFUSALS), stage.count_rows(folder, REPORTS)
    rows = stage.some_rows(folder, REFUSALS, _PREVIEWED)
    examples = preview(["source_path", "reason"], ([row["source_path"], row["reason"]] for row in rows), WINDOW)
    first = f" The first: {rows[0]['source_path']}: {rows[0]['reason']}" if rows else ""
    todo: Metadata = {"what to do": _REFUSED + first, "examples": examples, "query": "from refusals"}
    return dg.AssetCheckResult(
        asset_key="report_texts",
        check_name=EVERY_FILE_READ.name,
        passed=not refused,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{refused:,} of {refused + read:,} files could not be read. {_REFUSED}{first}"
        if refused
        else None,
        metadata={"read": read, "refused": refused, **(todo | atlas_link(folders, "report_texts") if refused else {})},
    )


def _evidence(places: Places) -> dg.AssetCheckResult:
    names = stage.shards_of(places.stage, QUANTITIES)
    stamps = {name: stage.stamp_of(stage.path_of(places.stage, QUANTITIES, name)) for name in names}
    broken = {name: stamp["broken_evidence"] for name, stamp in stamps.items() if stamp and stamp["broken_evidence"]}
    return dg.AssetCheckResult(
        asset_key="quantities",
        check_name="evidence",
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "numbers whose words are not at their place": sum(broken.values()),
            "shards": ", ".join(broken) or "none",
            "what to do": _MISTAKE if broken else "nothing",
        },
    )
