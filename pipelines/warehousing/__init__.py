"""One DuckDB file: tables from the stage, views, checks, publishing.

What other parts call is named here. Not here: reading reports, and when a build runs.
"""

from pipelines.warehousing.building import Build, build, connect_read_only
from pipelines.warehousing.connecting import connect
from pipelines.warehousing.errors import WarehouseError
from pipelines.warehousing.lineage import column_lineage
from pipelines.warehousing.memory import in_memory
from pipelines.warehousing.relations import CheckResult
from pipelines.warehousing.report import BuildReport
from pipelines.warehousing.unchanged import Basis, Published, basis, is_published, published_already, remember
from pipelines.warehousing.views import ViewSpec, meanings, views

__all__ = [
    "Basis",
    "Build",
    "BuildReport",
    "CheckResult",
    "Published",
    "ViewSpec",
    "WarehouseError",
    "basis",
    "build",
    "column_lineage",
    "connect",
    "connect_read_only",
    "in_memory",
    "is_published",
    "meanings",
    "published_already",
    "remember",
    "views",
]
