"""One build of the atlas: all its pages, of which only those that changed are drawn. Here: the order of work."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.atlas.compare import plan_compare
from pipelines.atlas.downloads import plan_downloads, put_downloads
from pipelines.atlas.indicators import plan_indicators, put_indicator_list
from pipelines.atlas.overview import put_overview
from pipelines.atlas.regions import plan_regions, put_region_lists
from pipelines.atlas.reports import plan_reports, put_report_list
from pipelines.atlas.site import HERE, Site, digest
from pipelines.atlas.source import USUALLY_DRAWN, Drawn, Source, open_source, text_files
from pipelines.atlas.work import Ground, at_work


@dataclass(frozen=True, slots=True)
class AtlasReport:
    """What a build did: files written, kept as they were, removed; the page to open."""

    index: Path
    written: int
    kept: int
    removed: int
    seconds: float


def build_atlas(
    published: Path,
    stage: Path,
    folder: Path,
    told: Callable[[int, int], None] = lambda drawn, known: None,
    drawn: Drawn = USUALLY_DRAWN,
) -> AtlasReport:
    """Builds the pages of a published warehouse, of reports and bodies those that `drawn` bounds; `told` hears how many are drawn, of
    how many that need it. Raises WarehouseError where there is none, OSError where the folder cannot be written.
    """
    started = time.perf_counter()
    site = Site(folder)
    data = _data(published, stage, drawn)
    if not site.is_made_of(data):
        scratch = site.scratch()
        try:
            ground = Ground(published, stage, scratch / "prepared.duckdb", folder)
            with open_source(published, stage, ground.prepared, drawn) as source:
                _draw(site, source, ground, told)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        site.finish(data)
    seconds = time.perf_counter() - started
    return AtlasReport(folder / "index.html", site.written, site.kept, site.removed, seconds)


def _draw(site: Site, source: Source, ground: Ground, told: Callable[[int, int], None]) -> None:
    # Those that take longest first, so that no process works alone at the end.
    jobs = [
        *plan_downloads(site, source),
        *plan_indicators(site, source),
        *plan_regions(site, source),
        *plan_compare(site, source),
        *plan_reports(site, source),
    ]
    site.begin()
    for file in sorted((HERE / "static").iterdir()):
        site.put(f"assets/{file.name}", file.name, file.read_bytes)
    with at_work(jobs, ground, source, told) as written:
        put_report_list(site, source)
        put_region_lists(site, source)
        put_indicator_list(site, source)
        put_overview(site, source)
        site.written += written()
    put_downloads(site, source)


def atlas_holds(published: Path, stage: Path, folder: Path, drawn: Drawn) -> bool:
    """Whether `build_atlas` would draw nothing."""
    return Site(folder).is_made_of(_data(published, stage, drawn))


def _data(published: Path, stage: Path, drawn: Drawn) -> str:
    """What changes whenever the data do: a published file is never written again, nor is a shard of the stage."""
    files = [str(published.resolve()), *text_files(stage)]
    stats = [path.stat() for path in map(Path, files) if path.exists()]
    return digest(files, [(stat.st_size, stat.st_mtime_ns) for stat in stats], drawn)
