"""All that Dagster serves, on one screen."""

from __future__ import annotations

import dagster as dg

from pipelines.assets.atlas import atlas
from pipelines.assets.readings import readings
from pipelines.assets.report_files import report_files
from pipelines.assets.warehouse import warehouse
from pipelines.automation import everything, inbox_changed, nightly
from pipelines.resources import Folders, Progress, Workers

defs = dg.Definitions(
    assets=[report_files, readings, warehouse, atlas],
    jobs=[everything],
    schedules=[nightly],
    sensors=[inbox_changed],
    resources={"folders": Folders(), "workers": Workers(), "progress": Progress()},
)
