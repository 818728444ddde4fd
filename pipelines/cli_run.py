"""`gongkai run`: progress while it works, and why it failed. Not here: the work (cli_job.py, imported where there is some, since Dagster
takes long to start), the summary afterwards (cli_summary.py).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from pipelines.cli_output import INTERRUPTED, beside, complain, lasting, print_json
from pipelines.cli_summary import print_summary, summary
from pipelines.cli_ui import dagster_home
from pipelines.look import all_done
from pipelines.places import Places
from pipelines.warehousing import WarehouseError

_SECONDS_BETWEEN_LINES = 30.0
_STOPPED = "Stopped. What was read is kept, the published warehouse is as it was."
_STOPPED_DRAWING = "Stopped. The warehouse is published; the next run draws what its pages lack."


class TerminalProgress:
    """Stands for resource `progress`: a bar on a terminal, a line a step elsewhere."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.terminal = console.file.isatty()  # Rich takes a pipe for one where FORCE_COLOR is set
        self.read = self.kept = self.begun = 0
        self.published = self.drawing = False
        self.since = self.told = time.monotonic()
        self.bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not self.terminal,
        )
        self.task = self.bar.add_task("Reading", total=None)

    def begin(self, total: int, kept: int) -> None:
        self.read, self.kept, self.begun = total, kept, 0
        self.since = self.told = time.monotonic()
        unchanged = f", {kept:,} unchanged" if kept else ""
        said = (
            f"Reading {_reports(total)}{unchanged}."
            if total
            else f"Nothing to read again: {_reports(kept)}, all unchanged."
        )
        self.console.print(said)
        self.bar.update(self.task, total=total)

    def file(self, source_path: str) -> None:
        self.bar.advance(self.task)
        self.begun += 1
        self._tell(self.begun, self.read, "reports read")

    def pages(self, drawn: int, known: int) -> None:
        if not self.drawing:
            self.drawing = True
            self.since = self.told = time.monotonic()
            self.bar.reset(self.task, description="Drawing")
            self.bar.start()
        self.bar.update(self.task, completed=drawn, total=known)
        self._tell(drawn, known, "pages drawn")

    def _tell(self, done: int, total: int, what: str) -> None:
        """A line now and then, where there is no bar."""
        if not self.terminal and time.monotonic() - self.told > _SECONDS_BETWEEN_LINES:
            self.told = time.monotonic()
            left = (self.told - self.since) * (total - done) / done
            self.console.print(f"{done:,} of {total:,} {what}, about {lasting(left)} left.")

    def wait(self, process: str) -> None:
        self.console.print(f"Process {process} works on this warehouse. Waiting until it is done.")

    def step(self, name: str) -> None:
        self.published = name == "atlas"
        self.bar.stop()
        self.console.print(f"Building the warehouse: {name}.")


def run_everything(places: Places, *, workers: Mapping[str, Any], quiet: bool, as_json: bool) -> int:
    """Runs the job, where that would change anything, and prints what came out; returns the exit status. `workers`: fields of
    resource `workers`."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    console = beside()
    console.quiet = quiet or as_json
    progress = TerminalProgress(console)
    started = time.monotonic()
    try:
        if os.environ.get("DAGSTER_HOME"):
            tempfile.TemporaryFile(dir=dagster_home()).close()
    except OSError as error:
        return complain(f"DAGSTER_HOME cannot be written: {error}. Set it to a folder that can, or not at all.")
    try:
        unchanged = all_done(places, progress.wait)
        failure = "" if unchanged is not None else _execute(places, workers, progress)
    except KeyboardInterrupt:
        return complain(_STOPPED_DRAWING if progress.published else _STOPPED, INTERRUPTED)
    if failure:
        return complain(failure)
    if unchanged is not None:
        progress.begin(0, unchanged)
    seconds = time.monotonic() - started
    try:
        if as_json:
            print_json(summary(places, read=progress.read, kept=progress.kept, seconds=seconds))
        elif not quiet:
            print_summary(places, seconds=seconds, unchanged=unchanged is not None)
    except WarehouseError as error:
        return complain(str(error))
    return 0


def _execute(places: Places, workers: Mapping[str, Any], progress: TerminalProgress) -> str:
    from pipelines.cli_job import execute

    with progress.bar:
        return execute(places, workers, progress)


def _reports(count: int) -> str:
    return f"{count:,} report" + ("" if count == 1 else "s")
