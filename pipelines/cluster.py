"""Shards on the workers of a Dask cluster. Here: seeing that the cluster can do the work before any is begun, handing shards out, what
is said when it fails; not here: the work (reading_pass.py), or how a cluster is started (docs/scaling.md).

A worker makes each shard through a local pool of one process, so that a file which kills or hangs its process costs that file and no
Dask worker. A shard is written whole or not at all, and always with the same rows: one that is made twice, as Dask does where a worker
is lost, is there once.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any

from pipelines import pool
from pipelines.reading.limits import SECONDS_PER_FILE
from pipelines.reading_pass import Task
from pipelines.shards import code_digest

SECONDS_TO_CONNECT = 15.0
_INSTALL = "Install it with the extra `cluster`: uv sync --extra cluster, or pip install 'gongkai[cluster]'."
_KEPT = "What was read is kept; run again, and only the rest is read."


class ClusterError(pool.PoolError):
    """A cluster cannot do the work, or did not. Its message says what is wrong and what to do."""


def make_shards(
    tasks: Sequence[Task],
    scheduler: str,
    *,
    seconds_per_file: float = SECONDS_PER_FILE,
    on_file: Callable[[str], None] = lambda path: None,
    seconds_to_connect: float = SECONDS_TO_CONNECT,
) -> None:
    """Makes shards on the workers of a scheduler; calls `on_file` with the paths of each shard that is done.

    Raises ClusterError before any work where the scheduler is not there, has no workers, or has some that run other code or do not see
    the folders; and later where the scheduler is lost. Raises OSError where the stage cannot be written.
    """
    if not tasks:
        return
    with _client(scheduler, seconds_to_connect) as client:
        _wait_for_workers(client, scheduler, seconds_to_connect)
        _refuse_unfit(client, tasks[0])
        _make(client, scheduler, tasks, seconds_per_file, on_file)


def make_on_worker(task: Task, seconds_per_file: float) -> None:
    """What runs on a worker of the cluster: one shard. Its process stays for the next one."""
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


def _refuse_unfit(client: Any, task: Task) -> None:
    """Asks every worker whether it is of our version and sees our folders, before any of them works."""
    token = uuid.uuid4().hex
    probe = task.stage / f".probe-{token}"
    file = next((file for file in task.shard.files), None)
    probe.parent.mkdir(parents=True, exist_ok=True)
    probe.write_text(token, encoding="utf-8")
    try:
        told = client.run(_question(), str(probe), str(task.inbox), file.source_path if file else "", on_error="return")
    finally:
        for left in task.stage.glob(f".probe-{token}*"):
            left.unlink(missing_ok=True)
    wrong = [f"  {worker}: {reason}" for worker, answer in sorted(told.items()) if (reason := _unfit(answer, task))]
    if wrong:
        more = f"\n  … and {len(wrong) - 10} more" if len(wrong) > 10 else ""
        raise ClusterError(
            "These workers cannot do the work; nothing was begun:\n" + "\n".join(wrong[:10]) + more + "\n"
            "Give every worker the same version of Gongkai and its libraries, and the same folders under the same paths; "
            "start them anew after an update."
        )


def _question() -> Callable[..., dict[str, Any]]:
    """What each worker is asked. Sent as code, so that a worker without Gongkai can say so."""

    def look(probe: str, inbox: str, file: str) -> dict[str, Any]:
        import sys
        from importlib.metadata import version
        from pathlib import Path

        found: dict[str, Any] = {"python": list(sys.version_info[:2]), "dask": version("distributed")}
        try:
            from pipelines.shards import code_digest

            found["code"] = code_digest()
        except ImportError as error:
            found["code"] = f"missing: {error}"
        try:
            found["stage"] = Path(probe).read_text(encoding="utf-8") == Path(probe).name.partition("-")[2]
            Path(f"{probe}-{id(found)}").touch()
        except OSError as error:
            found["stage"] = f"{error.strerror}"
        found["inbox"] = (Path(inbox) / file).exists()
        return found

    return look


def _unfit(answer: Any, task: Task) -> str:
    """Why a worker cannot do the work, or nothing."""
    if isinstance(answer, BaseException):
        return f"does not answer ({type(answer).__name__}: {answer})"
    if answer["python"] != list(sys.version_info[:2]):
        return "runs Python {}.{}, this is {}.{}".format(*answer["python"], *sys.version_info[:2])
    if answer["dask"] != version("distributed"):
        return f"runs Dask {answer['dask']}, this is {version('distributed')}"
    if str(answer["code"]).startswith("missing: "):
        return f"has no Gongkai ({answer['code'][9:]})"
    if answer["code"] != code_digest():
        return "runs another version of Gongkai, its reference data or its libraries"
    if not answer["inbox"]:
        return f"does not see the inbox {task.inbox}"
    if answer["stage"] is not True:
        return f"does not see the stage {task.stage}, or may not write there" + (
            f" ({answer['stage']})" if answer["stage"] else ""
        )
    return ""


def _make(
    client: Any, scheduler: str, tasks: Sequence[Task], seconds_per_file: float, on_file: Callable[[str], None]
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
        client.submit(make_on_worker, task, seconds_per_file, key=key, pure=False) for key, task in by_key.items()
    ]
    try:
        for future in as_completed(futures, loop=client.loop):
            future.result()
            for file in by_key[future.key].shard.files:
                on_file(file.source_path)
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
