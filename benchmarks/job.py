"""The whole job, step by step, with seconds and peak memory, as one line of JSON: python job.py INBOX WAREHOUSE [--atlas]

Run as a process of its own with the `pipelines` to measure in PYTHONPATH. Not here: Dagster, whose share is measured from outside.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines import shards, stage
from pipelines.inventory import take_inventory
from pipelines.places import REFERENCE, SQL, places
from pipelines.pool import make_shards
from pipelines.reading_pass import Task
from pipelines.warehousing import Basis, Build, basis, published_already, remember

SECONDS: dict[str, float] = {}


@contextmanager
def timed(step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    SECONDS[step] = round(time.perf_counter() - started, 3)


def main(inbox: Path, warehouse: Path, atlas: bool) -> None:
    """Prints seconds by step, megabytes at the peak of this process and of the greatest worker, and the slowest views."""
    where = places(inbox, warehouse)
    with timed("scan"):
        take_inventory(where)
    with stage.only_user(where.stage):
        with timed("plan"):
            plan = shards.plan(where.stage, shards.load_inventory(where.stage))
        with timed("read"):
            make_shards([Task(shard, stamp, where.inbox, where.stage, code=plan.code) for shard, stamp in plan.make])
        with timed("compare"):
            made_of = basis(where.stage, REFERENCE, SQL, None)
            with published_already(where.stage, where.published, made_of, SQL) as before:
                unchanged = before is not None
        slowest = {} if unchanged else _build(where.stage, where.published, made_of)
    if atlas:
        from pipelines.atlas import build_atlas

        with timed("atlas"):
            build_atlas(where.published, where.stage, where.atlas)
    usage = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps(
            {
                "read": plan.files_to_read,
                "seconds": SECONDS,
                "processor": round(workers.ru_utime + workers.ru_stime, 2),
                "megabytes": list(usage),
                "slowest": slowest,
            }
        )
    )


def _build(folder: Path, target: Path, made_of: Basis) -> dict[str, float]:
    with Build(stage=folder, target=target, reference=REFERENCE, sql=SQL, corrections=None) as build:
        with timed("load"):
            for table in build.tables:
                build.load(table.name)
        with timed("views"):
            for view in build.views:
                if view.layer != "checks":
                    build.view(view.name)
        with timed("checks"):
            for check in build.checks:
                build.check(check)
        with timed("publish"):
            report = build.publish()
            remember(folder, target, made_of, report)
    return {name: round(took, 2) for name, took in sorted(report.seconds.items(), key=lambda item: -item[1])[:6]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), "--atlas" in sys.argv)
