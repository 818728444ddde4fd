"""Static pages on a published warehouse, opened from the disk. What other parts call is named here. Not here: Dagster."""

from pipelines.atlas.build import AtlasReport, atlas_holds, build_atlas
from pipelines.atlas.source import Drawn

__all__ = ["AtlasReport", "Drawn", "atlas_holds", "build_atlas"]
