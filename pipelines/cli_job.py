"""The Dagster job in this process, for `gongkai run` where there is something to do. Not here: what the terminal shows (cli_run.py)."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Any

import dagster as dg

from pipelines.automation import QUEUE
from pipelines.cli_run import TerminalProgress
from pipelines.cli_ui import dagster_home
from pipelines.definitions import defs
from pipelines.places import Places
from pipelines.resources import Folders, Workers


def execute(places: Places, workers: Mapping[str, Any], progress: TerminalProgress) -> str:
    """Runs the job; returns why it failed, or nothing."""
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    with _instance() as instance:
        result = defs.resolve_job_def("everything").execute_in_process(
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            instance=instance,
            tags={QUEUE: "by hand"},
            raise_on_error=False,
            resources={
                "folders": Folders(inbox=str(places.inbox), warehouse=str(places.warehouse)),
                "workers": Workers(**workers),
                "progress": progress,
            },
        )
    return "" if result.success else _reason(result)


def _instance() -> dg.DagsterInstance:
    """The instance of DAGSTER_HOME, so that the UI shows the run; else one that is forgotten afterwards."""
    if not os.environ.get("DAGSTER_HOME"):
        return dg.DagsterInstance.ephemeral()
    dagster_home()
    return dg.DagsterInstance.get()


def _reason(result: dg.ExecuteInProcessResult) -> str:
    """What the step that failed says, in words where it failed with words. Raises KeyboardInterrupt where that ended it."""
    for event in result.all_events:
        if event.is_step_failure:
            data = event.step_failure_data
            if data.user_failure_data is not None and data.user_failure_data.description:
                return str(data.user_failure_data.description)
            if data.error and data.error.cls_name == "DagsterExecutionInterruptedError":
                raise KeyboardInterrupt
            error = data.error.cause if data.error and data.error.cause else data.error
            told = error.message.strip() if error else "no reason was given"
            done = "The warehouse is published." if event.step_key == "atlas" else "Nothing was published."
            return f"Step {event.step_key} failed: {told}\n{done} A mistake of ours; please report it."
    return "The run failed before its first step."
