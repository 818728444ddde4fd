"""Publishing: readers see the old file or the new one, whole; what is in the way is named and nothing is lost."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import subprocess
import sys
import textwrap
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from pipelines.warehousing import Build, WarehouseError, publish
from tests.warehousing import small

_MEANWHILE = multiprocessing.get_context("spawn")


def small_file(path: Path, value: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as con:
        con.execute("create table t as select ? as value, range as n from range(20000)", [value])
    return path


def value_of(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as con:
        return int(con.execute("select value from t limit 1").fetchall()[0][0])


def _read_on(target: str, stop: Event, answers: multiprocessing.Queue[tuple[int, str]]) -> None:
    opened, wrong = 0, ""
    while not stop.is_set() and not wrong:
        try:
            with duckdb.connect(target, read_only=True) as con:
                rows = con.execute("select count(*), count(distinct value) from t").fetchall()
            wrong = "" if rows == [(20000, 1)] else f"half a file: {rows}"
            opened += 1
        except duckdb.Error as error:
            wrong = str(error)
    answers.put((opened, wrong))


def test_a_reader_in_another_process_never_fails_while_files_are_exchanged(tmp_path: Path) -> None:
    target = small_file(tmp_path / "w.duckdb", 0)
    stop, answers = _MEANWHILE.Event(), _MEANWHILE.Queue()
    reader = _MEANWHILE.Process(target=_read_on, args=(str(target), stop, answers))
    reader.start()
    for number in range(1, 16):
        publish.replace(small_file(tmp_path / "new" / "w.duckdb", number), target)
        time.sleep(0.05)
    # Slow to start on a busy machine: let it meet at least a few exchanges.
    for number in range(16, 31):
        publish.replace(small_file(tmp_path / "new" / "w.duckdb", number), target)
    stop.set()
    opened, wrong = answers.get(timeout=60)
    reader.join()
    assert wrong == ""
    assert opened > 0
    assert value_of(target) == 30


def test_who_has_the_old_file_open_keeps_it(tmp_path: Path) -> None:
    target = small_file(tmp_path / "w.duckdb", 1)
    with duckdb.connect(str(target), read_only=True) as old:
        publish.replace(small_file(tmp_path / "new" / "w.duckdb", 2), target)
        assert old.execute("select max(value) from t").fetchall() == [(1,)]
    assert value_of(target) == 2


def test_a_process_that_writes_is_named_and_the_file_left_as_it_is(tmp_path: Path) -> None:
    target = small_file(tmp_path / "w.duckdb", 1)
    script = f"import duckdb, sys; con = duckdb.connect({str(target)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(WarehouseError, match=rf"Process {writer.pid} .*open for writing"):
            publish.replace(small_file(tmp_path / "new" / "w.duckdb", 2), target)
        writer.communicate("")
    assert value_of(target) == 1


def test_the_log_of_a_dead_writer_is_moved_aside(tmp_path: Path) -> None:
    target = small_file(tmp_path / "w.duckdb", 1)
    publish.wal(target).write_bytes(b"what a killed writer left")
    publish.replace(small_file(tmp_path / "new" / "w.duckdb", 2), target)
    assert value_of(target) == 2
    assert [path.read_bytes() for path in tmp_path.glob("w.duckdb.wal.aside-*")] == [b"what a killed writer left"]


def test_a_file_that_was_not_closed_is_not_published(tmp_path: Path) -> None:
    target = small_file(tmp_path / "w.duckdb", 1)
    built = small_file(tmp_path / "new" / "w.duckdb", 2)
    publish.wal(built).write_bytes(b"log")
    with pytest.raises(WarehouseError, match="not closed"):
        publish.replace(built, target)
    assert value_of(target) == 1


def test_a_second_builder_is_told_who_builds(tmp_path: Path) -> None:
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from pipelines.warehousing import publish
        with publish.only_builder(Path({str(tmp_path)!r})):
            print("building", flush=True)
            sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=small.ROOT
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with (
            pytest.raises(WarehouseError, match=f"Process {other.pid} is building"),
            publish.only_builder(tmp_path),
        ):
            pass
        other.communicate("")
    with publish.only_builder(tmp_path) as run:
        assert run.is_dir()


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / publish.BUILDS / "1-1"
    left.mkdir(parents=True)
    (left / "gongkai.duckdb").write_bytes(b"half")
    with publish.only_builder(tmp_path) as run:
        assert not left.exists()
    assert not run.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(WarehouseError, match="cannot be written"), publish.only_builder(tmp_path):
        pass


def test_a_warehouse_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WarehouseError, match="cannot be written"), publish.only_builder(tmp_path / "file"):
        pass


def test_a_build_that_fails_midway_frees_the_lock(tmp_path: Path) -> None:
    target = tmp_path / "w.duckdb"
    with (
        pytest.raises(WarehouseError, match=r"rules\.csv is missing"),
        Build(tmp_path / "stage", target, tmp_path / "nowhere", small.SQL, None) as steps,
    ):
        steps.load("rules")
    with (tmp_path / publish.BUILDS / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert [path.name for path in (tmp_path / publish.BUILDS).iterdir()] == ["lock"]
