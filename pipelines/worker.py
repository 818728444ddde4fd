"""A worker process: makes the shards that it is handed, one after another. Started by pool.py, which knows what
to do when one dies.

It is a program of its own (`python -m pipelines.worker HANDLE`) and no fork, so that it is the same whoever
started the pool: the command line, a Dagster run with its threads, or a notebook.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import threading
from multiprocessing.connection import Connection

from pipelines.reading.limits import MEMORY_PER_WORKER
from pipelines.reading_pass import make_shard

_SELDOM = 100_000, 50, 100
"""Objects made until a collection: reading makes very many and hardly any cycles."""


def main(pipe: Connection) -> None:
    """A task comes in, a path is told before each file, "" once the shard is written; what the disk refuses is
    told as OSError.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_PER_WORKER, MEMORY_PER_WORKER))
    gc.freeze()  # the modules stay
    gc.set_threshold(*_SELDOM)
    try:
        while True:
            task = pipe.recv()
            try:
                make_shard(task, pipe.send)
            except OSError as error:
                pipe.send(error)
                return
            pipe.send("")
    except (EOFError, BrokenPipeError):
        return


def _end_with_parent() -> None:
    """Nothing is ever sent on standard input: it closes when the parent is no more."""
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
