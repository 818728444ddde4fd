"""Shards on the workers of a Dask cluster. Here: handing shards out, what is said when that fails; not here: whether the workers can do
the work (cluster_workers.py), the work (reading_pass.py), how a cluster is started (docs/scaling.md).

A worker makes each shard through a local pool of one process, so that a file which kills or hangs its process costs that file and no
Dask worker. A shard is written whole or not at all, and always with the same rows: one that is made twice, as Dask does where a worker
is lost, is there once.
"""

from __future__ import annotations

import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines import pool, sharing
from pipelines.cluster_workers import ClusterError, refuse_unfit
from pipelines.reading.limits import SECONDS_PER_FILE
from pipelines.reading_pass import Task

__all__ = ["ClusterError", "make_on_worker", "make_shards"]

SECONDS_TO_CONNECT = 15.0
_TRIES_TO_FETCH, _SECONDS_BETWEEN_TRIES = 5, 1.0
_INSTALL = "Install it with the extra `cluster`: uv sync --extra cluster, or pip install 'gongkai[cluster]'."
_KEPT = "What was read is kept; run again, and only the rest is read."


def make_shards(
    tasks: Sequence[Task],
    scheduler: str,
    *,
    location: str = "",
    seconds_per_file: float = SECONDS_PER_FILE,
    on_file: Callable[[str], None] = lambda path: None,
    seconds_to_connect: float = SECONDS_TO_CONNECT,
) -> None:
    """Makes shards on the workers of a scheduler; calls `on_file` with the paths of each shard that is done.

    Workers write to the stage themselves, or to a `location` that fsspec opens, from where shards are fetched into the stage; one that
    is there already, as after a lost run, is only fetched.

    Raises ClusterError before any work where the scheduler is not there, has no workers, or has some that run other code or do not see
    the folders; and later where the scheduler is lost. Raises OSError where the stage cannot be written.
    """
    if not tasks:
        return
    try:
        with _client(scheduler, seconds_to_connect) as client:
            _wait_for_workers(client, scheduler, seconds_to_connect)
            refuse_unfit(client, tasks[0], location)
            left = _not_there(tasks, location, on_file) if location else tasks
            _make(client, scheduler, left, location, seconds_per_file, on_file)
    except sharing.LocationError as error:
        raise ClusterError(
            f"{error} See that it exists, and that this machine and every worker may read and write there."
        ) from error


def make_on_worker(task: Task, seconds_per_file: float, location: str = "") -> None:
    """What runs on a worker of the cluster: one shard, put to the location where there is one."""
    if not location:
        _make_here(task, seconds_per_file)
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        task, shard = replace(task, stage=Path(scratch)), task.shard.name
        if sharing.fetch(location, task.stage, shard) != task.fingerprint:
            _make_here(task, seconds_per_file)  # what it read before is at hand now, and not read again
            sharing.put(task.stage, location, shard)


def _make_here(task: Task, seconds_per_file: float) -> None:
    """Makes a shard in a process of its own, which stays for the next one."""
    try:
        idle = _IDLE.pop()
    except IndexError:
        idle = pool.Pool(1)
    try:
        idle.make([task], seconds_per_file, lambda path: None)
    except BaseException:
        idle.close()
        raise
    _IDLE.append(idle)


_IDLE: list[pool.Pool] = []
"""Pools between two shards: as many as a Dask worker has threads. Their processes end with it."""


@contextmanager
def _client(scheduler: str, seconds: float) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(f"The engine dask needs Dask, which is not installed here. {_INSTALL}") from error
    try:
        client = Client(scheduler, timeout=seconds, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {scheduler} ({error}). Start one (dask scheduler), or name another with "
            "--scheduler tcp://HOST:8786."
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=5)


def _wait_for_workers(client: Any, scheduler: str, seconds: float) -> None:
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError as error:
        raise ClusterError(
            f"The Dask scheduler at {scheduler} has no workers. Start some: dask worker {scheduler}"
        ) from error


def _not_there(tasks: Sequence[Task], location: str, on_file: Callable[[str], None]) -> list[Task]:
    """The shards that are still to be made; those that a lost run has left at the location are fetched."""
    there = sharing.shards_at(location)
    left = []
    for task in tasks:
        if task.shard.name in there and sharing.fetch(location, task.stage, task.shard.name, task.fingerprint):
            _tell(task, on_file)
        else:
            left.append(task)
    return left


def _fetch(location: str, task: Task) -> None:
    """A shard that a worker has put there. One that is just being put again, after a worker was lost, is whole a little later."""
    for _ in range(_TRIES_TO_FETCH):
        if sharing.fetch(location, task.stage, task.shard.name, task.fingerprint):
            return
        time.sleep(_SECONDS_BETWEEN_TRIES)
    raise sharing.LocationError(
        f"A worker put shard {task.shard.name} to {location}, but it is not there whole. {_KEPT}"
    )


def _tell(task: Task, on_file: Callable[[str], None]) -> None:
    for file in task.shard.files:
        on_file(file.source_path)


def _make(
    client: Any,
    scheduler: str,
    tasks: Sequence[Task],
    location: str,
    seconds_per_file: float,
    on_file: Callable[[str], None],
) -> None:
    from distributed import as_completed
    from distributed.client import FutureCancelledError
    from distributed.comm import CommClosedError
    from distributed.scheduler import KilledWorker

    by_key: dict[str, Task] = {}
    run = uuid.uuid4().hex[:8]
    for task in tasks:
        by_key[f"shard-{task.shard.name}-{run}"] = task
    futures = [
        client.submit(make_on_worker, task, seconds_per_file, location, key=key, pure=False)
        for key, task in by_key.items()
    ]
    try:
        for future in as_completed(futures, loop=client.loop):
            future.result()
            if location:
                _fetch(location, by_key[future.key])
            _tell(by_key[future.key], on_file)
    except KilledWorker as error:
        raise ClusterError(
            f"Workers of {scheduler} died again and again at the same shard ({error}). Give them more memory. {_KEPT}"
        ) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise ClusterError(f"The Dask scheduler at {scheduler} was lost. {_KEPT}") from error
    except pool.PoolError as error:
        raise ClusterError(f"On a worker of {scheduler}: {error} {_KEPT}") from error
    finally:
        if client.status == "running":
            with suppress(CommClosedError, TimeoutError):  # a scheduler that has just gone has nothing left to cancel
                client.cancel(futures)
