"""SIGKILL at every line of publishing, or at every twelfth unless GONGKAI_FAULTS=1: the published
file is the old one or the new one, and the next publishing works."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import duckdb
import pytest

from pipelines.warehousing import publish


def small_file(path: Path, value: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as con:
        con.execute("create table t as select ? as value, range as n from range(20000)", [value])
    return path


def value_of(path: Path) -> tuple[int, int]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute("select any_value(value), count(*) from t").fetchall()[0]


def publish_new(warehouse: Path, new: Path, kill_at: int) -> int:
    """Publishes in a process of its own, killed at that line of publish.py; the number of lines that it came to."""
    count, ours = 0, publish.__file__

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename != ours:
            return None
        if event == "line":
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    child = os.fork()
    if not child:
        sys.settrace(trace)
        with publish.only_builder(warehouse) as run:
            built = run / "gongkai.duckdb"
            shutil.copy(new, built)
            publish.replace(built, warehouse / "gongkai.duckdb")
        sys.settrace(None)
        (warehouse / "lines").write_text(str(count))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("old", ["a link", "a file", "a file with the log of a dead writer"])
def test_a_kill_at_any_line_of_publishing_leaves_the_old_file_or_the_new_one(tmp_path: Path, old: str) -> None:
    files = {value: small_file(tmp_path / str(value) / "gongkai.duckdb", value) for value in (1, 2)}
    warehouse = tmp_path / "w"
    target = warehouse / "gongkai.duckdb"

    def begin() -> None:
        shutil.rmtree(warehouse, ignore_errors=True)
        warehouse.mkdir()
        if old == "a link":
            assert publish_new(warehouse, files[1], 0) == 0
        else:
            shutil.copy(files[1], target)
        if "log" in old:
            publish.wal(target).write_bytes(b"what a killed writer left")

    begin()
    assert publish_new(warehouse, files[2], 0) == 0
    lines = int((warehouse / "lines").read_text())
    assert lines > 30
    seen = set()
    kills = range(1, lines + 1) if os.environ.get("GONGKAI_FAULTS") else [*range(5, lines, 12), lines]
    for line in kills:
        begin()
        assert publish_new(warehouse, files[2], line) == -signal.SIGKILL
        if not publish.wal(target).exists():
            seen.add(value_of(target))
            assert seen <= {(1, 20000), (2, 20000)}
        assert publish_new(warehouse, files[2], 0) == 0
        assert value_of(target) == (2, 20000)
        assert [path.name for path in (warehouse / publish.BUILDS).iterdir()] == ["lock"]
    assert seen == {(1, 20000), (2, 20000)}
    print(f"{len(kills)} kills in {lines} lines")
