"""Pages drawn in several processes where they are many, since charts take nearly all the time. Not here: what is drawn."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

# Fewer are drawn sooner than processes have started.
_WORTH_IT = 60
_AT_ONCE = 8


@contextmanager
def drawing(pages: int) -> Iterator[Callable[..., Any]]:
    """Gives what works as `map`, in this process or, for many pages, in one a core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if pages < _WORTH_IT or cores == 1:
        yield map
        return
    # Spawned: a fork of a process that runs a database's threads may hang.
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        yield partial(pool.map, chunksize=_AT_ONCE)
