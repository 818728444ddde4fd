"""Asset atlas: static pages on what was published, to be opened from the disk. What stands on them: pipelines/atlas."""

from typing import Any

import dagster as dg

from pipelines import stage
from pipelines.assets.warehouse import key_of
from pipelines.resources import Folders, Progress
from pipelines.warehousing import WarehouseError

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
_LEFT = "The warehouse is published; its pages are those of before."


@dg.asset(
    deps=[key_of(name) for name in _READ],
    group_name="atlas",
    owners=["team:gongkai"],
    kinds={"html", "altair"},
    description=(
        "Pages to look at, in warehouse/atlas: overview, regions, indicators, every report with its numbers marked, "
        "findings, comparisons, downloads. Open index.html. Pages whose data did not change are not drawn again."
    ),
)
def atlas(folders: Folders, progress: dg.ResourceParam[Progress]) -> dg.MaterializeResult[Any]:
    """Draws what changed since the last run."""
    # Here, since charts take long to import and every command line would wait for them.
    from pipelines.atlas import build_atlas

    places = folders.places()
    progress.step("atlas")
    try:
        # Another run would draw other pages under this one's manifest, or take away the texts that it reads.
        with stage.only_user(places.stage, progress.wait):
            report = build_atlas(places.published, places.stage, places.atlas, progress.pages)
    except (WarehouseError, OSError) as error:
        raise dg.Failure(f"The atlas could not be built: {error}\n{_LEFT}", allow_retries=False) from error
    return dg.MaterializeResult(
        metadata={
            "open": dg.MetadataValue.url(report.index.as_uri()),
            "pages drawn": report.written,
            "pages unchanged": report.kept,
            "pages removed": report.removed,
            "seconds": round(report.seconds, 2),
        }
    )
