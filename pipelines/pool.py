"""Worker processes on this machine. Here: handing shards out, and what happens when a worker dies or hangs; not
here: the work.

A worker tells each file before it reads it, so that a worker which dies or hangs costs that file and no other:
its shard is begun again by a new worker, without the file once that has failed for good.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait

from pipelines.places import PROJECT
from pipelines.reading.limits import SECONDS_PER_FILE, TRIES
from pipelines.reading_pass import Task

_DIED = "its worker process died twice while reading it (out of memory, or killed); split the file or save it anew"
_HUNG = "took longer than {seconds:g} seconds; split the file or save it anew"


class PoolError(Exception):
    """Workers cannot work at all. Its message says how they ended."""


# A worker runs this very code, whatever copy of it lies in the folder that the run was started from.
_LIKE_HERE = (str(PROJECT), os.environ.get("PYTHONPATH", ""))


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    pipe: Connection
    task: Task | None = None
    file: str = ""
    since: float = 0.0


def make_shards(
    tasks: Iterable[Task],
    *,
    workers: int = 0,
    seconds_per_file: float = SECONDS_PER_FILE,
    on_file: Callable[[str], None] = lambda path: None,
    lock: int | None = None,
) -> None:
    """Makes shards in `workers` processes, or one a core; calls `on_file` with each path that is begun.

    `lock` is a handle of the stage's lock, which workers hold too: should this process be killed, no other has the
    stage before they have ended.

    Raises OSError where the stage cannot be written, and PoolError where workers die before they read anything.
    """
    handles = () if lock is None else (lock,)
    with Pool(workers, handles) as pool:
        pool.make(tasks, seconds_per_file, on_file)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Worker processes that live until `close`, for one lot of shards after another; errors as of `make_shards`."""

    def __init__(self, workers: int = 0, handles: tuple[int, ...] = ()) -> None:
        self.size, self.handles = workers or _cores(), handles
        self.workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def make(self, tasks: Iterable[Task], seconds_per_file: float, on_file: Callable[[str], None]) -> None:
        """Makes shards; whoever catches an error has to close the pool."""
        self.tasks, self.seconds_per_file, self.on_file = deque(tasks), seconds_per_file, on_file
        self.deaths: Counter[str] = Counter()
        while self.tasks or any(worker.task for worker in self.workers):
            self._hand_out()
            self._listen()
            self._end_hung()

    def close(self) -> None:
        """Ends the workers, at work or not."""
        for worker in self.workers:
            _end(worker)
        self.workers.clear()

    def _hand_out(self) -> None:
        busy = sum(worker.task is not None for worker in self.workers)
        while len(self.workers) < min(self.size, busy + len(self.tasks)):
            self.workers.append(_start(self.handles))
        for worker in [worker for worker in self.workers if worker.task is None]:
            if not self.tasks:
                return
            worker.task, worker.file, worker.since = self.tasks.popleft(), "", time.monotonic()
            try:
                worker.pipe.send(worker.task)
            except OSError:
                self._bury(worker)

    def _listen(self) -> None:
        by_pipe = {worker.pipe: worker for worker in self.workers if worker.task}
        for pipe in wait(list(by_pipe), timeout=0.5):
            assert isinstance(pipe, Connection)
            worker = by_pipe[pipe]
            try:
                told = pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if isinstance(told, OSError):
                raise told
            worker.file, worker.since = told, time.monotonic()
            if told:
                self.on_file(told)
            else:
                worker.task = None

    def _end_hung(self) -> None:
        for worker in list(self.workers):
            if worker.file and time.monotonic() - worker.since > self.seconds_per_file:
                self._bury(worker, _HUNG.format(seconds=self.seconds_per_file))

    def _bury(self, worker: _Worker, reason: str = "") -> None:
        """Ends a worker, and puts its shard back; without the file that it was at, where that has failed for good."""
        self.workers.remove(worker)
        status = _end(worker)
        task = worker.task
        assert task is not None
        file = "" if worker.file in task.given_up else worker.file  # one that is not read cannot be what it died of
        self.deaths[file or task.shard.name] += 1
        if not file and self.deaths[task.shard.name] > TRIES:
            raise PoolError(f"Workers die though they read no file (exit status {status}).")
        if file and (reason or self.deaths[file] >= TRIES):
            task = replace(task, given_up={**task.given_up, file: reason or _DIED})
        self.tasks.appendleft(task)


def _start(handles: tuple[int, ...]) -> _Worker:
    """Its standard input stays open as long as this process lives: the worker ends when that does."""
    ours, theirs = Pipe()
    with theirs:
        handle = theirs.fileno()
        # A process inherits what is blocked: Ctrl-C is this one's to heed, even while the worker still starts.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "pipelines.worker", str(handle)],
                pass_fds=[handle, *handles],
                stdin=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, _LIKE_HERE))},
            )
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return _Worker(process, ours)


def _end(worker: _Worker) -> int:
    worker.pipe.close()
    worker.process.kill()
    with worker.process:
        return worker.process.wait()
