"""Many readers, writers and runs at once on one warehouse."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from pipelines.warehousing import WarehouseError, publish
from tests.reliability.nobody import as_nobody
from tests.reliability.test_publishing_kills import small_file, value_of

_READER = """
import duckdb, os, sys, time
opened, wrong = 0, set()
print("ready", flush=True)
while not wrong and opened < 100_000:
    try:
        with duckdb.connect(sys.argv[1], read_only=True) as con:
            rows = con.execute("select count(*), count(distinct value) from t").fetchall()
        opened += 1
        if rows != [(20000, 1)]:
            wrong.add(str(rows))
    except duckdb.Error as error:
        wrong.add(str(error))
    if os.path.exists(sys.argv[2]):
        break
    time.sleep(float(sys.argv[3]))
print(opened, wrong or "")
"""


def publish_value(warehouse: Path, value: int) -> None:
    with publish.only_builder(warehouse) as run:
        publish.replace(small_file(run / "gongkai.duckdb", value), warehouse / "gongkai.duckdb")


def test_twenty_readers_meet_no_error_while_twenty_files_are_published(tmp_path: Path) -> None:
    warehouse, stop = tmp_path / "w", tmp_path / "stop"
    rest = "0" if os.environ.get("GONGKAI_FAULTS") else "0.05"
    warehouse.mkdir()
    publish_value(warehouse, 0)
    target = warehouse / "gongkai.duckdb"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", _READER, str(target), str(stop), rest], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(20)
    ]  # fmt: skip
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    for value in range(1, 21):
        publish_value(warehouse, value)
    stop.touch()
    told = [reader.communicate(timeout=60) for reader in readers]
    assert [out + wrong for out, wrong in told if wrong or len(out.split()) > 1] == []
    assert all(int(out) > 0 for out, _ in told)
    assert value_of(target) == (20, 20000)


def test_a_reader_that_stays_keeps_its_file_over_many_publishings(tmp_path: Path) -> None:
    for value in (1, 2, 3, 4):
        publish_value(tmp_path, value)
        if value == 1:
            reader = duckdb.connect(str(tmp_path / "gongkai.duckdb"), read_only=True)
    with reader:
        assert reader.execute("select count(*), max(value) from t").fetchall() == [(20000, 1)]
    assert value_of(tmp_path / "gongkai.duckdb") == (4, 20000)


def test_a_late_writer_cannot_spoil_what_is_published_in_that_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_value(tmp_path, 1)
    target = tmp_path / "gongkai.duckdb"
    target.chmod(0o644)
    late: list[duckdb.DuckDBPyConnection] = []
    looked = publish.refuse_writers

    def then_somebody_opens(path: Path) -> None:
        looked(path)
        if not late:
            late.append(duckdb.connect(str(target)))

    monkeypatch.setattr(publish, "refuse_writers", then_somebody_opens)
    publish_value(tmp_path, 2)
    late[0].execute("insert into t values (99, 99)")
    assert read_elsewhere(target) == "[(2, 20000)]"
    late[0].close()
    assert read_elsewhere(target) == "[(2, 20000)]"
    publish_value(tmp_path, 3)
    assert value_of(target) == (3, 20000)


def read_elsewhere(target: Path) -> str:
    program = "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).sql('select max(value), count(*) from t').fetchall())"
    run = subprocess.run([sys.executable, "-c", program, str(target)], capture_output=True, text=True, check=False)
    return run.stdout.strip() or run.stderr


@pytest.mark.parametrize("made", [1, 4_000_000_000], ids=["long ago", "by a clock that was ahead"])
def test_old_snapshots_are_removed_once_nobody_can_be_opening_them(tmp_path: Path, made: int) -> None:
    for value in (1, 2, 3):
        publish_value(tmp_path, value)
        for folder in (tmp_path / publish.SNAPSHOTS).iterdir():
            os.utime(folder, (made, made))
    assert len(list((tmp_path / publish.SNAPSHOTS).iterdir())) == 2
    assert value_of(tmp_path / "gongkai.duckdb") == (3, 20000)


def test_a_writer_is_named_with_advice_and_its_snapshot_is_not_removed(tmp_path: Path) -> None:
    publish_value(tmp_path, 1)
    target = tmp_path / "gongkai.duckdb"
    target.chmod(0o644)
    program = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(WarehouseError, match=rf"Process {writer.pid} .*read_only.*run again"):
            publish_value(tmp_path, 2)
        writer.communicate("")
    assert value_of(target) == (1, 20000)


def test_who_may_not_write_the_file_cannot_open_it_for_writing(nobodys: Path) -> None:
    publish_value(nobodys, 1)
    with as_nobody(), pytest.raises(duckdb.IOException, match="Permission denied"):
        duckdb.connect(str(nobodys / "gongkai.duckdb"))


def test_two_processes_publish_in_turns_or_say_who_does(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.reliability.test_many_hands import publish_value\n"
        "for value in range(10):\n"
        "    try: publish_value(Path(sys.argv[1]), value)\n"
        "    except Exception as error: print(error)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: subprocess.run(command, capture_output=True, text=True, check=False), range(2)))
    said = [line for run in runs for line in (run.stdout + run.stderr).splitlines()]
    assert [line for line in said if "is building" not in line] == []
    assert value_of(tmp_path / "gongkai.duckdb") == (9, 20000)
