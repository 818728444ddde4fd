"""The same work on a Dask cluster: a real scheduler, several worker processes on loopback, and what becomes of them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from pipelines import cluster, pool, shards, stage
from pipelines.inbox import scan
from pipelines.reading_pass import Task
from pipelines.schemas import REPORTS
from pipelines.shards import MADE_BY_READING

distributed = pytest.importorskip(
    "distributed", reason="Dask is not installed: uv sync --extra cluster, and these tests run"
)

SMALL = "青川州人民政府2020年政府信息公开工作年度报告\n2020年收到公开申请{}件,答复3件。\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_text(SMALL.format(number), encoding="utf-8")
    return folder


def tasks_of(inbox: Path, folder: Path) -> list[Task]:
    """A file a shard."""
    files = scan(inbox).files
    return [Task(shards.Shard(f"{n:03d}", (file,)), "1f", inbox, folder) for n, file in enumerate(files)]


def rows_of(folder: Path) -> dict[str, list[dict[str, object]]]:
    return {spec.name: stage.some_rows(folder, spec, 10_000) for spec in MADE_BY_READING}


class Cluster:
    """A scheduler and workers as processes of their own, as `dask scheduler` and `dask worker` start them."""

    def __init__(self, folder: Path, undo: ExitStack) -> None:
        self.folder, self.undo = folder, undo
        self.file = folder / "scheduler.json"
        self.scheduler = self._start(
            "dask",
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(self.file),
        )
        self.address = self._address()
        self.workers: list[subprocess.Popen[bytes]] = []

    def work(self, count: int, cwd: Path | None = None, within: Sequence[str] = ()) -> None:
        for _ in range(count):
            # no nanny: the process that is killed is the worker
            command = (
                "dask",
                "worker",
                self.address,
                "--no-nanny",
                "--nthreads",
                "1",
                "--host",
                "127.0.0.1",
                "--no-dashboard",
            )
            self.workers.append(self._start(*command, "--local-directory", str(self.folder), cwd=cwd, within=within))
        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=30)

    def _start(self, *command: str, cwd: Path | None = None, within: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*within, sys.executable, "-m", *command],
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "cluster.log").open("ab"),
        )
        self.undo.callback(_end, process)
        return process

    def _address(self) -> str:
        import json

        for _ in range(300):
            if self.file.exists() and (text := self.file.read_text(encoding="utf-8")).endswith("}"):
                return str(json.loads(text)["address"])
            time.sleep(0.1)
        raise AssertionError((self.folder / "cluster.log").read_text())


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    with ExitStack() as undo:
        yield Cluster(tmp_path, undo)


@contextmanager
def when(path: Path, do: object) -> Iterator[None]:
    """Does something as soon as a file is there, while the block runs."""
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            if any(path.parent.glob(path.name)):
                do()  # type: ignore[operator]
                return
            time.sleep(0.005)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_the_same_rows_as_on_one_machine_with_a_worker_killed_midway(
    dask: Cluster, inbox: Path, tmp_path: Path
) -> None:
    pool.make_shards(tasks_of(inbox, tmp_path / "local"), workers=1)
    dask.work(3)
    told: list[str] = []
    with when(tmp_path / "stage" / "ledger" / "*.parquet", lambda: dask.workers[0].send_signal(signal.SIGKILL)):
        cluster.make_shards(tasks_of(inbox, tmp_path / "stage"), dask.address, on_file=told.append)
    assert dask.workers[0].wait() == -signal.SIGKILL
    assert sorted(told) == sorted(f"{number}.txt" for number in range(12))
    assert rows_of(tmp_path / "stage") == rows_of(tmp_path / "local")
    assert len(rows_of(tmp_path / "local")["reports"]) == 12


def test_what_workers_put_to_a_location_is_fetched_and_not_made_again(
    dask: Cluster, inbox: Path, tmp_path: Path
) -> None:
    location, folder = f"file://{tmp_path}/shared", tmp_path / "shared"
    pool.make_shards(tasks_of(inbox, tmp_path / "local"), workers=1)
    dask.work(2)
    with when(folder / "ledger" / "*.parquet", lambda: dask.workers[0].send_signal(signal.SIGKILL)):
        cluster.make_shards(tasks_of(inbox, tmp_path / "stage"), dask.address, location=location)
    assert rows_of(tmp_path / "stage") == rows_of(tmp_path / "local")

    made = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    told: list[str] = []
    cluster.make_shards(tasks_of(inbox, tmp_path / "again"), dask.address, location=location, on_file=told.append)
    assert rows_of(tmp_path / "again") == rows_of(tmp_path / "local")
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == made
    assert len(told) == 12


def test_only_the_changed_file_of_a_shard_at_a_location_is_read_again(
    dask: Cluster, inbox: Path, tmp_path: Path
) -> None:
    location, code = f"file://{tmp_path}/shared", "of these tests"
    dask.work(1)
    files = scan(inbox).files
    task = Task(shards.Shard("000", files), "1f", inbox, tmp_path / "stage", code=code)
    cluster.make_shards([task], dask.address, location=location)
    for number in range(1, 12):  # unreadable now: only rows that are kept can bring them
        (inbox / f"{number}.txt").write_bytes(b"\x89PNG")
    (inbox / "0.txt").write_text(SMALL.format(77), encoding="utf-8")
    changed = {file.source_path: file for file in scan(inbox).files}
    files = tuple(changed["0.txt"] if file.source_path == "0.txt" else file for file in files)
    again = Task(shards.Shard("000", files), "2e", inbox, tmp_path / "elsewhere", code=code)
    cluster.make_shards([again], dask.address, location=location)
    rows = rows_of(tmp_path / "elsewhere")
    assert len(rows["reports"]) == 12
    assert rows["refusals"] == []
    assert [row["value"] for row in rows["quantities"] if row["surface"] == "77件"] == [77]


@pytest.mark.parametrize(
    ("location", "said"),
    [
        # each process has a memory of its own
        ("memory://shared/stage", r"tcp://127\.0\.0\.1:\d+: does not see memory://shared/stage"),
        ("s4://bucket/stage", r"s4://bucket/stage cannot be used \(Protocol not known: s4\)"),
    ],
)
def test_a_shared_location_that_a_worker_cannot_see_is_named(
    dask: Cluster, inbox: Path, tmp_path: Path, location: str, said: str
) -> None:
    dask.work(1)
    with pytest.raises(cluster.ClusterError, match=said):
        cluster.make_shards(tasks_of(inbox, tmp_path / "stage"), dask.address, location=location)
    assert rows_of(tmp_path / "stage") == {spec.name: [] for spec in MADE_BY_READING}


def test_a_stage_that_a_worker_cannot_see_is_named(dask: Cluster, inbox: Path, tmp_path: Path) -> None:
    """The worker runs where another folder lies over ours, as on a machine that does not mount it."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this system gives a process no mounts of its own")
    (tmp_path / "stage").mkdir()
    dask.work(1, within=["unshare", "-rm", "sh", "-c", f'mount -t tmpfs none {tmp_path}/stage && exec "$@"', "sh"])
    with pytest.raises(cluster.ClusterError, match=rf"does not see the stage {tmp_path}/stage"):
        cluster.make_shards(tasks_of(inbox, tmp_path / "stage"), dask.address)
    assert list((tmp_path / "stage").iterdir()) == []


def test_a_lost_scheduler_is_named_and_what_was_read_is_kept(dask: Cluster, inbox: Path, tmp_path: Path) -> None:
    folder, plan = tmp_path / "stage", tmp_path / "stage" / "ledger" / "*.parquet"
    dask.work(1)
    with when(plan, dask.scheduler.kill), pytest.raises(cluster.ClusterError, match=r"was lost.*run again"):
        cluster.make_shards(tasks_of(inbox, folder), dask.address)
    kept = stage.count_rows(folder, REPORTS)
    assert 1 <= kept < 12
    pool.make_shards([task for task in tasks_of(inbox, folder) if not _made(task)], workers=1)
    assert sorted(row["source_path"] for row in stage.some_rows(folder, REPORTS, 100)) == sorted(
        f"{number}.txt" for number in range(12)
    )


def _made(task: Task) -> bool:
    stamps = [stage.stamp_of(stage.path_of(task.stage, spec, task.shard.name)) for spec in MADE_BY_READING]
    return all(stamp is not None and stamp["fingerprint"] == task.fingerprint for stamp in stamps)


def test_a_scheduler_that_is_not_there_is_named(inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(cluster.ClusterError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        cluster.make_shards(tasks_of(inbox, tmp_path / "stage"), "tcp://127.0.0.1:9", seconds_to_connect=1)


def test_a_scheduler_without_workers_is_named(dask: Cluster, inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(cluster.ClusterError, match="has no workers"):
        cluster.make_shards(tasks_of(inbox, tmp_path / "stage"), dask.address, seconds_to_connect=1)


def test_workers_of_another_version_are_refused_before_work_starts(dask: Cluster, inbox: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    package = other / "pipelines"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "shards.py").write_text("def code_digest():\n    return 'of last year'\n")
    dask.work(1, cwd=other)
    with pytest.raises(cluster.ClusterError, match="another version of Gongkai") as caught:
        cluster.make_shards(tasks_of(inbox, tmp_path / "stage"), dask.address)
    assert "tcp://127.0.0.1:" in str(caught.value)
    assert rows_of(tmp_path / "stage") == {spec.name: [] for spec in MADE_BY_READING}


def test_a_location_that_a_worker_cannot_see_is_named(dask: Cluster, inbox: Path, tmp_path: Path) -> None:
    """The worker's machine is another one here: its inbox is gone from where ours was."""
    dask.work(1)
    tasks = tasks_of(inbox, tmp_path / "stage")
    inbox.rename(tmp_path / "elsewhere")
    with pytest.raises(cluster.ClusterError, match="does not see the inbox"):
        cluster.make_shards(tasks, dask.address)


class CommandLine:
    """`gongkai run --engine dask` as a process of its own."""

    def __init__(self, tmp_path: Path, scheduler: str, *options: str) -> None:
        command = ["-c", "from pipelines.cli import main; main()", "run", "--engine", "dask", "--scheduler", scheduler]
        places = ["--inbox", str(tmp_path / "inbox"), "--warehouse", str(tmp_path / "warehouse")]
        self.process = subprocess.Popen(
            [sys.executable, *command, *places, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"},
        )

    def said(self) -> str:
        return " ".join(self.process.communicate(timeout=120)[0].split())


def test_the_command_line_publishes_what_workers_put_to_a_location(dask: Cluster, inbox: Path, tmp_path: Path) -> None:
    dask.work(1)
    run = CommandLine(tmp_path, dask.address, "--stage", f"file://{tmp_path}/shared")
    assert "12 reports" in run.said()
    assert run.process.returncode == 0
    assert (tmp_path / "warehouse" / "gongkai.duckdb").exists()
    assert any((tmp_path / "shared" / "reports").iterdir())


def test_the_command_line_names_a_scheduler_that_is_not_there(inbox: Path, tmp_path: Path) -> None:
    run = CommandLine(tmp_path, "tcp://127.0.0.1:9")
    said = run.said()
    assert run.process.returncode == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in said
    assert "Traceback" not in said


def test_ctrl_c_stops_a_run_on_a_cluster_and_the_next_goes_on_from_there(
    dask: Cluster, inbox: Path, tmp_path: Path
) -> None:
    for number in range(12, 400):
        (inbox / f"{number}.txt").write_text(SMALL.format(number), encoding="utf-8")
    dask.work(1)
    run = CommandLine(tmp_path, dask.address)
    made = tmp_path / "warehouse" / "stage" / "ledger" / "*.parquet"
    with when(made, lambda: run.process.send_signal(signal.SIGINT)):
        said = run.said()
    assert run.process.returncode == 130
    assert "Stopped. What was read is kept" in said
    assert "Traceback" not in said
    assert not (tmp_path / "warehouse" / "gongkai.duckdb").exists()
    after = CommandLine(tmp_path, dask.address)
    assert re.search(r"Reading \d+ reports, [1-9]\d* unchanged", after.said())
    assert after.process.returncode == 0


def test_a_location_without_a_cluster_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "run", "--stage", "s3://bucket/stage"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "--stage is for --engine dask" in told.stderr
