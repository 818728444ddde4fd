"""Worker processes that are killed, hang or cannot write: a file is lost at most, and told."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines import reading_pass, shards, stage
from pipelines.inbox import InboxFile, scan
from pipelines.pool import PoolError, make_shards
from pipelines.reading_pass import Task
from pipelines.schemas import REFUSALS, REPORTS

SMALL = "青川州人民政府2020年政府信息公开工作年度报告\n2020年收到公开申请3件,答复3件。\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Three small reports, and one that takes a while to read."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(SMALL, encoding="utf-8")
    (folder / "long.txt").write_text(SMALL * 500, encoding="utf-8")
    return folder


@pytest.fixture
def tasks(inbox: Path, tmp_path: Path) -> list[Task]:
    """All files in one shard, so that they share a worker."""
    shard = shards.Shard("000", scan(inbox).files)
    return [Task(shard, "1f", inbox, tmp_path / "stage")]


def outcome(folder: Path) -> tuple[list[str], dict[str, str]]:
    read = [row["source_path"] for row in stage.some_rows(folder, REPORTS, 100)]
    return sorted(read), {row["source_path"]: row["reason"] for row in stage.some_rows(folder, REFUSALS, 100)}


def workers_alive() -> list[int]:
    """Worker processes that this process has started."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == os.getpid() and b"pipelines.worker" in command:
            found.append(int(entry.name))
    return found


def kill(times: int) -> tuple[list[str], object]:
    """Something to call with each file that is begun: kills the worker at the long file, so many times."""
    begun: list[str] = []

    def on_file(path: str) -> None:
        begun.append(path)
        if path == "long.txt" and begun.count(path) <= times:
            [worker] = workers_alive()
            os.kill(worker, signal.SIGKILL)

    return begun, on_file


def test_a_worker_killed_once_costs_nothing(tasks: list[Task], tmp_path: Path) -> None:
    begun, on_file = kill(times=1)
    make_shards(tasks, workers=1, on_file=on_file)  # type: ignore[arg-type]
    read, refused = outcome(tmp_path / "stage")
    assert read == ["0.txt", "1.txt", "2.txt", "long.txt"]
    assert refused == {}
    assert begun.count("long.txt") == 2


def test_a_file_that_kills_its_worker_again_costs_itself_only(tasks: list[Task], tmp_path: Path) -> None:
    _, on_file = kill(times=2)
    make_shards(tasks, workers=1, on_file=on_file)  # type: ignore[arg-type]
    read, refused = outcome(tmp_path / "stage")
    assert read == ["0.txt", "1.txt", "2.txt"]
    assert list(refused) == ["long.txt"]
    assert "died twice" in refused["long.txt"]


def test_a_file_that_takes_too_long_costs_itself_only(inbox: Path, tmp_path: Path) -> None:
    (inbox / "long.txt").write_text(SMALL * 60_000, encoding="utf-8")
    started = time.monotonic()
    task = Task(shards.Shard("000", scan(inbox).files), "1f", inbox, tmp_path / "stage")
    make_shards([task], workers=1, seconds_per_file=1.5)
    assert time.monotonic() - started < 20
    read, refused = outcome(tmp_path / "stage")
    assert read == ["0.txt", "1.txt", "2.txt"]
    assert "longer than 1.5 seconds" in refused["long.txt"]


def test_no_worker_outlives_the_pool(tasks: list[Task]) -> None:
    make_shards(tasks, workers=2)
    assert workers_alive() == []


def test_a_stage_that_cannot_be_written_says_so(tasks: list[Task], tmp_path: Path) -> None:
    (tmp_path / "stage").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="stage"):
        make_shards(tasks, workers=1)
    assert workers_alive() == []


def test_a_file_that_changes_while_it_is_read_is_refused(tasks: list[Task], inbox: Path, tmp_path: Path) -> None:
    (inbox / "1.txt").write_text(SMALL + "后来添的话。", encoding="utf-8")
    make_shards(tasks, workers=1)
    read, refused = outcome(tmp_path / "stage")
    assert read == ["0.txt", "2.txt", "long.txt"]
    assert "changed while" in refused["1.txt"]


def test_a_file_that_is_gone_when_its_turn_comes_is_refused(tasks: list[Task], inbox: Path, tmp_path: Path) -> None:
    (inbox / "1.txt").unlink()
    make_shards(tasks, workers=1)
    assert list(outcome(tmp_path / "stage")[1]) == ["1.txt"]


def test_a_mistake_of_ours_with_one_file_costs_that_file_only(
    tasks: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = reading_pass.extract_document

    def wrong(document: object, source_path: str) -> object:
        if source_path == "1.txt":
            raise IndexError("list index out of range")
        return right(document, source_path)  # type: ignore[arg-type]

    monkeypatch.setattr(reading_pass, "extract_document", wrong)
    reading_pass.make_shard(tasks[0], on_file=lambda path: None)
    read, refused = outcome(tmp_path / "stage")
    assert read == ["0.txt", "2.txt", "long.txt"]
    assert refused["1.txt"].startswith("internal error (IndexError: list index out of range)")


def test_rows_that_do_not_fit_cost_their_file_only(
    tasks: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = reading_pass.report_rows

    def wrong(file: InboxFile, *given: Any) -> reading_pass.Rows:
        rows = right(file, *given)
        if file.source_path == "1.txt":
            rows["reports"]["characters"] = [2**40]
        return rows

    monkeypatch.setattr(reading_pass, "report_rows", wrong)
    reading_pass.make_shard(tasks[0], on_file=lambda path: None)
    read, refused = outcome(tmp_path / "stage")
    assert read == ["0.txt", "2.txt", "long.txt"]
    assert refused["1.txt"].startswith("internal error (ArrowInvalid")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_workers_that_die_of_no_file_end_the_run(tasks: list[Task], tmp_path: Path) -> None:
    """Here of a stamp that cannot be written: a mistake of ours, after all files were read."""
    with pytest.raises(PoolError, match="read no file"):
        make_shards([replace(tasks[0], fingerprint=b"no text")], workers=1)  # type: ignore[arg-type]
    assert workers_alive() == []


def test_workers_run_the_code_that_started_them(
    tasks: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not another copy of it that lies in the folder that the run is started from."""
    (tmp_path / "other" / "pipelines").mkdir(parents=True)
    (tmp_path / "other" / "pipelines" / "__init__.py").write_text("raise SystemExit('another copy')")
    monkeypatch.chdir(tmp_path / "other")
    make_shards(tasks, workers=1)
    assert len(outcome(tmp_path / "stage")[0]) == 4
