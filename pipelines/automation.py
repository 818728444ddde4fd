"""When work is done: the job for everything, the nightly schedule, the sensor on the inbox. Not here: what is done."""

import dagster as dg

from pipelines.inbox import InboxError, listing_digest
from pipelines.resources import Folders

everything = dg.define_asset_job(
    "everything",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Reads what is new in the inbox, builds the warehouse, checks it and publishes it.",
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=everything,
    cron_schedule="0 3 * * *",
    execution_timezone="Asia/Shanghai",
    description="Everything, at three in the night of Beijing.",
)


@dg.sensor(
    job=everything,
    minimum_interval_seconds=30,
    description="Starts everything when a file of the inbox is added, changed or removed.",
)
def inbox_changed(context: dg.SensorEvaluationContext, folders: Folders) -> dg.SensorResult | dg.SkipReason:
    """Compares names, sizes and times with those of the run that it asked for last."""
    inbox = folders.places().inbox
    try:
        digest = listing_digest(inbox)
    except InboxError as error:
        return dg.SkipReason(str(error))
    if not digest:
        return dg.SkipReason(f"{inbox} is empty or not there. Put reports into it.")
    if digest == context.cursor:
        return dg.SkipReason(f"{inbox} is as it was.")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=digest)
