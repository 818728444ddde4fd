"""Static pages on a published warehouse, opened from the disk. What other parts call is named here. Not here: Dagster."""

from pipelines.atlas.build import AtlasReport, build_atlas

__all__ = ["AtlasReport", "build_atlas"]
