"""Drawing pages: in this process where they are few, else in a process a core. Not here: what is drawn, and the order.

A process that draws has its own connection to the data and writes its files itself; it is told what to draw, and tells
how many files it wrote.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import NamedTuple

from pipelines.atlas.source import Source, reopened
from pipelines.warehousing import WarehouseError

# Fewer pages are drawn sooner than processes have started.
_WORTH_IT = 60
_DIED = "a process that draws pages died (killed, or out of memory). Run again: pages that were drawn are drawn anew."


class Job(NamedTuple):
    """A call of `draw(source, folder, *arguments)`, which writes about so many pages and returns how many."""

    draw: Callable[..., int]
    arguments: tuple[object, ...]
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Ground:
    """What a process needs to draw: where data are, and where pages go."""

    published: Path
    stage: Path
    prepared: Path
    folder: Path


@contextmanager
def at_work(jobs: Sequence[Job], ground: Ground, source: Source) -> Iterator[Callable[[], int]]:
    """Begins the jobs; gives what waits for them and tells how many files they wrote. Raises WarehouseError where a
    process dies.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1 or sum(job.pages for job in jobs) < _WORTH_IT:
        yield lambda: sum(job.draw(source, ground.folder, *job.arguments) for job in jobs)
        return
    # Spawned: a fork of a process that runs a database's threads may hang.
    pool = ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"))
    try:
        begun = [pool.submit(_do, ground, job) for job in jobs]
        yield lambda: sum(job.result() for job in begun)
    except BrokenProcessPool as error:
        raise WarehouseError(_DIED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _do(ground: Ground, job: Job) -> int:
    return job.draw(_source(ground), ground.folder, *job.arguments)


# Open as long as the process lives.
_OPEN = ExitStack()


@cache
def _source(ground: Ground) -> Source:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    source = _OPEN.enter_context(reopened(ground.published, ground.stage, ground.prepared))
    source.con.execute("set threads = 1").fetchall()
    atexit.register(_close)
    return source


def _close() -> None:
    """DuckDB complains of what is open when Python ends."""
    _source.cache_clear()
    _OPEN.close()


def _end_with_parent() -> None:
    """Without its parent nobody waits for what this process draws."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
