"""Many pages are drawn by several processes, which end with the work, and whose failures are told."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from pipelines.atlas.source import Source, open_source
from pipelines.atlas.work import Ground, Job, at_work
from pipelines.warehousing import WarehouseError


def draw_names(source: Source, folder: Path, names: list[str]) -> int:
    """Writes what the process sees of the data, under each name."""
    for name in names:
        (folder / name).write_text(str(source.one("select count(*) from report_pages")), encoding="utf-8")
    return len(names)


def draw_and_die(source: Source, folder: Path) -> int:
    os._exit(9)


@pytest.fixture
def ground(sample_warehouse: Path, tmp_path: Path) -> Ground:
    place = tmp_path / "prepared's.duckdb"
    return Ground(sample_warehouse / "gongkai.duckdb", sample_warehouse / "stage", place, tmp_path)


@pytest.mark.parametrize("pages", [1, 1000])
def test_every_page_is_drawn_however_many_there_are(ground: Ground, pages: int) -> None:
    jobs = [Job(draw_names, ([f"{place}-a", f"{place}-b"],), pages) for place in range(3)]
    told: list[tuple[int, int]] = []
    with open_source(ground.published, ground.stage, ground.prepared) as source:
        with at_work(jobs, ground, source, lambda drawn, known: told.append((drawn, known))) as written:
            assert written() == 6
        reports = str(source.one("select count(*) from reports"))
    assert [(ground.folder / f"{place}-b").read_text(encoding="utf-8") for place in range(3)] == [reports] * 3
    assert told == [(pages, 3 * pages), (2 * pages, 3 * pages), (3 * pages, 3 * pages)]
    assert not multiprocessing.active_children()


def test_a_process_that_dies_is_told_in_words(ground: Ground) -> None:
    with (
        open_source(ground.published, ground.stage, ground.prepared) as source,
        pytest.raises(WarehouseError, match="Run again"),
        at_work([Job(draw_and_die, (), 1000)], ground, source) as written,
    ):
        written()
