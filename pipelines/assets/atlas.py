"""Asset atlas: static pages on what was published, to be opened from the disk. What stands on them: pipelines/atlas."""

from pathlib import Path
from typing import Any

import dagster as dg

from pipelines import stage
from pipelines.assets.describe import Metadata, atlas_page, by_year_text
from pipelines.assets.figures import by_year
from pipelines.assets.warehouse import key_of
from pipelines.resources import Folders, Progress
from pipelines.warehousing import WarehouseError, connect_read_only

_READ = (
    "breaks",
    "coverage",
    "cross_region",
    "facts",
    "findings",
    "indicators",
    "ledger",
    "panel",
    "quantities",
    "refusals",
    "regions",
    "report_texts",
    "reports",
    "rules",
    "year_over_year",
)
_PAGES = {
    "overview": "index.html",
    "reports": "reports.html",
    "regions": "regions.html",
    "indicators": "indicators.html",
    "findings": "findings.html",
    "compare": "compare.html",
    "downloads": "data.html",
}
_LINKED = 12
_LEFT = "The warehouse is published; its pages are those of before."


@dg.asset(
    deps=[key_of(name) for name in _READ],
    group_name="atlas",
    owners=["team:gongkai"],
    kinds={"html", "altair"},
    description=(
        "Pages to look at, in warehouse/atlas: overview, regions, indicators, every report with its numbers marked, "
        "findings, comparisons, downloads. Follow `open` below, or open index.html by a double click. Pages whose data did "
        "not change are not drawn again."
    ),
)
def atlas(folders: Folders, progress: dg.ResourceParam[Progress]) -> dg.MaterializeResult[Any]:
    """Draws what changed since the last run."""
    # Here, since charts take long to import and every command line would wait for them.
    from pipelines.atlas import Drawn, build_atlas

    places = folders.places()
    progress.step("atlas")
    try:
        # Another run would draw other pages under this one's manifest, or take away the texts that it reads.
        with stage.only_user(places.stage, progress.wait):
            report = build_atlas(
                places.published, places.stage, places.atlas, progress.pages, Drawn.told(*folders.pages_drawn())
            )
    except (WarehouseError, OSError, ValueError) as error:
        raise dg.Failure(f"The atlas could not be built: {error}\n{_LEFT}", allow_retries=False) from error
    return dg.MaterializeResult(
        metadata={
            "open": atlas_page(folders, "index.html"),
            **_contents(folders),
            "pages": report.written + report.kept,
            "pages drawn": report.written,
            "pages unchanged": report.kept,
            "pages removed": report.removed,
            "megabytes": round(_bytes(places.atlas) / 1e6, 2),
            "seconds": round(report.seconds, 2),
        }
    )


def _contents(folders: Folders) -> Metadata:
    """The pages by name, the newest reports among them, and how many reports there are of each year."""
    with connect_read_only(folders.places().published) as con:
        years = by_year(con, "reports")
        newest = con.execute(
            "select coalesce(body, source_path) || coalesce(' ' || report_year, ''), report_id from reports "
            f"order by report_year desc nulls last, source_path limit {_LINKED}"
        ).fetchall()
    pages = list(_PAGES.items()) + [(name, f"report/{report_id}.html") for name, report_id in newest]
    return {
        "preview": dg.MetadataValue.md("\n".join(_line(folders, name, page) for name, page in pages)),
        "reports by year": by_year_text(years),
    }


def _line(folders: Folders, name: str, page: str) -> str:
    address = atlas_page(folders, page)
    shown = "".join(f"\\{sign}" if sign in "\\[]*_`<" else sign for sign in name)
    return (
        f"- [{shown}]({address.value})" if isinstance(address, dg.UrlMetadataValue) else f"- {shown}: `{address.value}`"
    )


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
