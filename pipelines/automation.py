"""When work is done: the job for everything, the nightly schedule, the sensor on the inbox. Not here: what is done."""

import dagster as dg

from pipelines.inbox import InboxError, listing_digest
from pipelines.resources import Folders

QUEUE = "gongkai/queue"
"""Tag of the runs that dagster.yaml lets start one after another. A run by hand bears another value: it waits for the
stage's lock as all do, but were it killed, its record would look as if it went on, and keep the queue waiting for ever."""

everything = dg.define_asset_job(
    "everything",
    tags={QUEUE: "daemon"},
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
