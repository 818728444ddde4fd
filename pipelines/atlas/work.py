"""Drawing pages: in this process where they are few, else in a process a core. Not here: what is drawn, and the order.

A process that draws has its own connection to the data and writes its files itself; it is told what to draw, and tells
how many files it wrote.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import NamedTuple

from pipelines.atlas.source import Source, reopened
from pipelines.warehousing import WarehouseError

# Fewer pages are drawn sooner than processes have started, each of which imports all that draws: 2 s of processor.
_WORTH_IT = 400
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
def at_work(
    jobs: Sequence[Job], ground: Ground, source: Source, told: Callable[[int, int], None] = lambda drawn, known: None
) -> Iterator[Callable[[], int]]:
    """Begins the jobs; gives what waits for them and tells how many files they wrote. `told` hears after each job how
    many pages are drawn, and of how many. Raises WarehouseError where a process dies.
    """
    known = sum(job.pages for job in jobs)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1 or known < _WORTH_IT:
        drawn = ((job.pages, job.draw(source, ground.folder, *job.arguments)) for job in jobs)
        yield lambda: _counted(drawn, known, told)
        return
    # Spawned: a fork of a process that runs a database's threads may hang. Ctrl-C reaches all of them; it is for the
    # parent to end its own.
    pool = ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"), _heed_no_ctrl_c)
    try:
        begun = {pool.submit(_do, ground, job): job.pages for job in jobs}
        yield lambda: _counted(((begun[job], job.result()) for job in as_completed(begun)), known, told)
    except BrokenProcessPool as error:
        raise WarehouseError(_DIED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _counted(drawn: Iterable[tuple[int, int]], known: int, told: Callable[[int, int], None]) -> int:
    """The files of all jobs, of each of which its pages and its files are given once it is done."""
    files = done = 0
    for pages, written in drawn:
        files, done = files + written, done + pages
        told(done, known)
    return files


def _heed_no_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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
