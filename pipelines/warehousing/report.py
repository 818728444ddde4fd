"""What a build tells of itself. Not here: the build."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.warehousing.relations import CheckResult


@dataclass(slots=True)
class BuildReport:
    """What a build made: rows per table and view (None: a view that was not counted), checks, seconds per step.

    `told` is what was said of the views that are not published, and `lineage` the (table, column) pairs that each view's columns come
    from, for whoever speaks of them when nothing has changed: to work them out again takes longer than all else then;
    `made_again` counts the reports that were made again in parts since the last build of the whole.
    """

    rows: dict[str, int | None] = field(default_factory=dict)
    checks: list[CheckResult] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    told: dict[str, dict[str, str | float]] = field(default_factory=dict)
    lineage: dict[str, dict[str, list[tuple[str, str]]]] = field(default_factory=dict)
    made_again: int = 0

    @property
    def failures(self) -> list[CheckResult]:
        """The checks that keep it from being published."""
        return [check for check in self.checks if check.failed]
