"""Whether the workers of a Dask cluster can do the work: version, inbox, stage. Not here: the work, or handing it out (cluster.py)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines import sharing
from pipelines.pool import PoolError
from pipelines.reading_pass import Task
from pipelines.shards import code_digest


class ClusterError(PoolError):
    """A cluster cannot do the work, or did not. Its message says what is wrong and what to do."""


def refuse_unfit(client: Any, task: Task, location: str) -> None:
    """Asks every worker whether it is of our version and sees our folders, before any of them works. Raises ClusterError."""
    file = next((file for file in task.shard.files), None)
    task.stage.mkdir(parents=True, exist_ok=True)
    shared = location or str(task.stage)
    with sharing.probed(shared) as (probe, token):
        asked = (shared, probe, token, str(task.inbox), file.source_path if file else "")
        told = client.run(_question(), *asked, on_error="return")
    place = location or f"the stage {task.stage}"
    wrong = [
        f"  {worker}: {reason}"
        for worker, answer in sorted(told.items())
        if (reason := _unfit(answer, task.inbox, place))
    ]
    if wrong:
        more = f"\n  … and {len(wrong) - 10} more" if len(wrong) > 10 else ""
        raise ClusterError(
            "These workers cannot do the work; nothing was begun:\n" + "\n".join(wrong[:10]) + more + "\n"
            "Give every worker the same version of Gongkai and its libraries, and the same folders under the same paths; "
            "start them anew after an update."
        )


def _question() -> Callable[..., dict[str, Any]]:
    """What each worker is asked. Sent as code, so that a worker without Gongkai can say so."""

    def look(shared: str, probe: str, token: str, inbox: str, file: str) -> dict[str, Any]:
        import sys
        import uuid
        from importlib.metadata import version
        from pathlib import Path

        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        found: dict[str, Any] = {"python": list(sys.version_info[:2]), "dask": version("distributed")}
        try:
            from pipelines.shards import code_digest

            found["code"] = code_digest()
        except ImportError as error:
            found["code"] = f"missing: {error}"
        try:
            fs, root = url_to_fs(shared)
            found["stage"] = fs.cat_file(f"{root}/{probe}") == token.encode()
            fs.pipe_file(f"{root}/{probe}-{uuid.uuid4().hex}", b"seen")
        except Exception as error:  # noqa: BLE001 - each kind of location fails with errors of its own package
            found["stage"] = str(error) or type(error).__name__
        found["inbox"] = (Path(inbox) / file).exists()
        return found

    return look


def _unfit(answer: Any, inbox: Path, place: str) -> str:
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
        return f"does not see the inbox {inbox}"
    if answer["stage"] is not True:
        return f"does not see {place}, or may not write there" + (f" ({answer['stage']})" if answer["stage"] else "")
    return ""
