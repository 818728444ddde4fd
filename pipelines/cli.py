"""The command line: gongkai run · check · export · explain · ui. Here: commands and their options; what one does is in a
module of its own, imported when it is called, so that `check` and `explain` do not wait for Dagster.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click

from pipelines.places import places

_WAREHOUSE = click.option(
    "--warehouse",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="GONGKAI_WAREHOUSE",
    help="Folder of the warehouse [default: the project's warehouse/].",
)
_INBOX = click.option(
    "--inbox",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="GONGKAI_INBOX",
    help="Folder of reports, with any folders in it [default: the project's warehouse/inbox/].",
)
_QUIET = click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong.")


class _Commands(click.Group):
    """Ctrl-C ends any command in one line; a character that the terminal's encoding lacks is written as its code."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from pipelines.cli_output import INTERRUPTED, complain

            sys.exit(complain("Stopped.", INTERRUPTED))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="gongkai")
def main() -> None:
    """Chinese governments' disclosure reports as a warehouse: every number with its evidence."""


@main.command()
@_INBOX
@_WAREHOUSE
@click.option("--workers", type=click.IntRange(0), default=0, help="Processes that read reports [default: one a core].")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Who reads: processes of this machine, or the workers of a Dask cluster.",
)
@click.option("--scheduler", default="", help="Address of the cluster's scheduler, tcp://HOST:8786; for --engine dask.")
@click.option(
    "--stage",
    default="",
    metavar="LOCATION",
    help="Where the cluster's workers put what they read if they share no disk with this machine: s3://bucket/stage, or any "
    "other location that fsspec opens; for --engine dask.",
)
@_QUIET
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def run(
    inbox: Path | None,
    warehouse: Path | None,
    workers: int,
    engine: str,
    scheduler: str,
    stage: str,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read the inbox, build the warehouse, check it, publish it."""
    if (engine == "dask") != bool(scheduler):
        raise click.UsageError("--engine dask and --scheduler go together: --engine dask --scheduler tcp://HOST:8786")
    if stage and engine != "dask":
        raise click.UsageError("--stage is for --engine dask: processes of this machine write to --warehouse")
    from pipelines.cli_run import run_everything

    who = {"processes": workers, "scheduler": scheduler, "stage": stage}
    sys.exit(run_everything(places(inbox, warehouse), workers=who, quiet=quiet, as_json=as_json))


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--warehouse",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the warehouse that has last year's report [default: as for run, where there is one].",
)
@click.option("--quiet", is_flag=True, help="Print nothing: the exit status says it.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), help="Write the findings as a page (HTML).")
def check(files: tuple[Path, ...], warehouse: Path | None, quiet: bool, as_json: bool, page: Path | None) -> None:
    """Read drafts and say what does not add up. Exit status 1 where a finding is red, 2 where a file cannot be read.

    Needs no warehouse; where there is one, a draft is also held against last year's report of the same body.
    """
    from pipelines.cli_check import check_files

    sys.exit(check_files(files, quiet=quiet, as_json=as_json, warehouse=warehouse, page_file=page))


@main.command()
@_WAREHOUSE
@click.option(
    "--format", "kind", type=click.Choice(["csv", "parquet", "xlsx", "dta"]), help="[default: by --out, else csv]"
)
@click.option(
    "--view",
    type=click.Choice(
        ["panel", "facts", "year_over_year", "cross_region", "findings", "coverage", "reports", "quantities"]
    ),
    default="panel",
    show_default=True,
    help="Which view.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write [default: VIEW.FORMAT here]."
)
@_QUIET
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export(warehouse: Path | None, kind: str | None, view: str, out: Path | None, quiet: bool, as_json: bool) -> None:
    """Write a view as a file for pandas, R, Stata or Excel, with a codebook in Chinese and English beside it."""
    from pipelines.cli_export import export_view

    sys.exit(export_view(places(None, warehouse), view, kind, out, quiet=quiet, as_json=as_json))


@main.command()
@click.argument("quantity_id")
@_WAREHOUSE
@click.option("--json", "as_json", is_flag=True, help="Print the row as JSON.")
def explain(quantity_id: str, warehouse: Path | None, as_json: bool) -> None:
    """Show a number in its sentence, and the rule that read it."""
    from pipelines.cli_explain import explain_quantity

    sys.exit(explain_quantity(places(None, warehouse), quantity_id, as_json=as_json))


@main.command()
@_INBOX
@_WAREHOUSE
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port on 127.0.0.1.")
def ui(inbox: Path | None, warehouse: Path | None, port: int) -> None:
    """Serve the Dagster UI, with schedule and sensor, until Ctrl-C."""
    from pipelines.cli_ui import serve

    sys.exit(serve(places(inbox, warehouse), port))
