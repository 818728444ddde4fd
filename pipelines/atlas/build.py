"""One build of the atlas: all its pages, of which only those that changed are drawn. Here: the order of work."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.atlas.compare import put_compare
from pipelines.atlas.downloads import put_downloads
from pipelines.atlas.indicators import put_indicators
from pipelines.atlas.overview import put_overview
from pipelines.atlas.regions import put_regions
from pipelines.atlas.reports import put_reports
from pipelines.atlas.site import HERE, Site
from pipelines.atlas.source import open_source


@dataclass(frozen=True, slots=True)
class AtlasReport:
    """What a build did: files written, kept as they were, removed; the page to open."""

    index: Path
    written: int
    kept: int
    removed: int
    seconds: float


def build_atlas(published: Path, stage: Path, folder: Path) -> AtlasReport:
    """Builds the pages of a published warehouse. Raises WarehouseError where there is none, OSError where the folder
    cannot be written.
    """
    started = time.perf_counter()
    site = Site(folder)
    with open_source(published, stage) as source:
        for file in sorted((HERE / "static").iterdir()):
            site.put(f"assets/{file.name}", file.name, file.read_bytes)
        put_reports(site, source)
        put_regions(site, source)
        put_indicators(site, source)
        put_compare(site, source)
        put_downloads(site, source)
        put_overview(site, source)
    site.finish()
    seconds = time.perf_counter() - started
    return AtlasReport(folder / "index.html", site.written, site.kept, site.removed, seconds)
