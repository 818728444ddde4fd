"""Writes a corpus of made-up reports with what they state: python -m benchmarks.generate FOLDER --reports 1000

FOLDER gets inbox/ with the reports, reports.parquet and facts.parquet with the truth, and project/, a copy of the pipeline that
knows the made-up province: run it there (`cd FOLDER/project && python -m pipelines.cli run --inbox ../inbox --warehouse ../warehouse`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from benchmarks.corpus.bodies import add_regions
from benchmarks.corpus.making import make_corpus

PROJECT = Path(__file__).resolve().parent.parent


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--reports", type=click.IntRange(1), default=1000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--only", type=click.Choice(["prose", "form"]), default=None, help="One kind of report [default: both].")
def main(folder: Path, reports: int, seed: int, only: str | None) -> None:
    """Writes a corpus of made-up reports into FOLDER, which must not hold one already."""
    generate(folder, reports, seed, only or "")
    print(f"{reports:,} reports in {folder / 'inbox'}")


def generate(folder: Path, reports: int, seed: int = 1, only: str = "") -> None:
    """A corpus, and the copy of the project that knows its province."""
    if (folder / "inbox").exists():
        raise click.ClickException(f"{folder} holds a corpus already. Remove it, or name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    make_corpus(folder, reports, seed, only)
    copy_project(folder / "project")


def copy_project(to: Path) -> None:
    """The code and the reference data as they are now, with the made-up province among the regions."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("pipelines", "sql", "warehouse/reference"):
        shutil.rmtree(to / name, ignore_errors=True)
        shutil.copytree(PROJECT / name, to / name, ignore=ignored)
    add_regions(to / "warehouse" / "reference" / "regions.csv")


if __name__ == "__main__":
    main()
