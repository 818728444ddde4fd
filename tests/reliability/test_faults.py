"""A full disk, damaged and foreign files, an inbox that changes, no rights, no network: nothing is lost, and the next run repairs."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest

from pipelines import stage
from pipelines.schemas import REFUSALS
from pipelines.warehousing import WarehouseError, publish
from tests.conftest import Gongkai
from tests.reliability.kills import Figures, add_report, contents, kill_one, listed, make_inbox, whole_run
from tests.reliability.nobody import as_nobody
from tests.reliability.test_many_hands import publish_value
from tests.reliability.test_publishing_kills import small_file, value_of

thorough = pytest.mark.skipif(not os.environ.get("GONGKAI_FAULTS"), reason="takes long: make faults")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inbox and its warehouse, to be copied; made without a network, where that can be had."""
    folder = tmp_path_factory.mktemp("first")
    whole_run(make_inbox(folder / "inbox"), folder / "w", _without_network())
    return folder


@cache
def _without_network() -> tuple[str, ...]:
    """A command that runs another without any network, not even loopback; empty where that needs rights."""
    able = shutil.which("unshare") and not subprocess.run(["unshare", "-n", "true"], check=False).returncode
    return ("unshare", "-n") if able else ()


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first, tmp_path / "copy", symlinks=True))


@pytest.fixture
def small_disk(first: Path, tmp_path: Path) -> Iterator[Path]:
    """The same on a disk of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m,nr_inodes=4k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED: a full disk; mounting a small one needs root")
    try:
        yield Path(shutil.copytree(first, disk / "copy", symlinks=True))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_leaves_the_warehouse_of_before_and_is_named(gongkai: Gongkai, small_disk: Path) -> None:
    inbox, warehouse = small_disk / "inbox", small_disk / "w"
    before = contents(warehouse / "gongkai.duckdb")
    for number, (left, what) in enumerate(((0, "stage"), (2_000_000, "build"))):
        add_report(inbox, number)
        free = shutil.disk_usage(small_disk).free
        (small_disk / "filler").write_bytes(bytes(max(0, free - left)))
        run = gongkai("run", "--inbox", inbox, "--warehouse", warehouse)
        (small_disk / "filler").unlink()
        assert run.returncode == 1, what
        assert "Traceback" not in run.stderr
        assert "room" in run.stderr or "disk is full" in run.stderr or "No space" in run.stderr, (what, run.stderr)
        assert "mistake of ours" not in run.stderr, (what, run.stderr)
        assert contents(warehouse / "gongkai.duckdb") == before
    assert whole_run(inbox, warehouse)["reports"] == len(listed(inbox)) - 1
    assert contents(warehouse / "gongkai.duckdb")[1] == listed(inbox)


def test_a_disk_that_is_full_in_the_moment_of_publishing_leaves_the_old_file(small_disk: Path) -> None:
    """Nothing is written then but names of files, so it is these that there is no room for."""
    warehouse = small_disk / "other"
    warehouse.mkdir()
    publish_value(warehouse, 1)
    fillers = small_disk / "fillers"
    fillers.mkdir()
    with publish.only_builder(warehouse) as run:
        built = small_file(run / "gongkai.duckdb", 2)
        with pytest.raises(OSError, match="No space"):
            for number in range(5_000):
                (fillers / str(number)).touch()
        with pytest.raises(OSError, match="No space"):
            publish.replace(built, warehouse / "gongkai.duckdb")
    assert value_of(warehouse / "gongkai.duckdb") == (1, 20000)
    shutil.rmtree(fillers)
    publish_value(warehouse, 2)
    assert value_of(warehouse / "gongkai.duckdb") == (2, 20000)


def test_a_disk_that_has_become_read_only_is_named_and_nothing_is_changed(gongkai: Gongkai, small_disk: Path) -> None:
    inbox, warehouse = small_disk / "inbox", small_disk / "w"
    add_report(inbox, 1)
    before = contents(warehouse / "gongkai.duckdb")
    for mode in ("ro", "rw"):
        subprocess.run(["mount", "-o", f"remount,{mode}", str(small_disk.parent)], check=True)
        run = gongkai("run", "--quiet", "--inbox", inbox, "--warehouse", warehouse)
        if mode == "ro":
            assert run.returncode == 1
            assert "Read-only" in run.stderr or "cannot be written" in run.stderr, run.stderr
            assert "Traceback" not in run.stderr
            assert "mistake of ours" not in run.stderr
            assert contents(warehouse / "gongkai.duckdb") == before
    assert run.returncode == 0, run.stderr
    assert contents(warehouse / "gongkai.duckdb")[1] == listed(inbox)


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param("cut", marks=thorough),
        "flipped",
        pytest.param("of another program", marks=thorough),
        pytest.param("of another version", marks=thorough),
    ],
)
def test_a_damaged_or_foreign_warehouse_is_replaced(folder: Path, harm: str) -> None:
    target = folder / "w" / "gongkai.duckdb"
    before = contents(target)
    data = bytearray(target.read_bytes())
    target.unlink()
    if harm == "cut":
        target.write_bytes(data[: len(data) // 2])
    elif harm == "flipped":
        data[100:5000] = bytes(byte ^ 0xFF for byte in data[100:5000])
        target.write_bytes(data)
    elif harm == "of another program":
        target.write_bytes(b"SQLite format 3\0" * 100)
    else:
        with duckdb.connect(str(target)) as con:
            con.execute("create table reports as select 1 as other")
    whole_run(folder / "inbox", folder / "w")
    assert contents(target) == before


@thorough
@pytest.mark.parametrize("harm", ["damaged", "of another version"])
def test_a_stage_that_is_damaged_or_older_is_made_anew_and_told(folder: Path, harm: str) -> None:
    before = contents(folder / "w" / "gongkai.duckdb")
    shards = sorted((folder / "w" / "stage" / "quantities").glob("*.parquet"))
    for path in shards:
        data = bytearray(path.read_bytes())
        if harm == "damaged":
            data[len(data) // 3] ^= 0xFF
            path.write_bytes(data)
        else:
            shard = path.stem
            rows = {"source_path": ["a"], "reason": ["b"]}
            stage.write(folder / "w" / "stage", REFUSALS, shard, rows, {"fingerprint": "of before", "format": 0})
    told = whole_run(folder / "inbox", folder / "w")
    assert told["files_read"] == len(listed(folder / "inbox"))
    assert contents(folder / "w" / "gongkai.duckdb") == before


def test_any_flipped_byte_of_a_shard_is_seen(tmp_path: Path) -> None:
    """Those of the footer too, which the checksums of Parquet's pages leave out."""
    rows = {"source_path": [f"青川州/{number}.txt" for number in range(40)], "reason": ["太大"] * 40}
    stage.write(tmp_path, REFUSALS, "000", rows, {"fingerprint": "1"})
    path = stage.path_of(tmp_path, REFUSALS, "000")
    data = path.read_bytes()
    assert stage.stamp_of(path) == {"fingerprint": "1"}
    unseen = []
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        if stage.stamp_of(path) is not None:
            unseen.append(place)
    path.write_bytes(data[: len(data) // 2] + data[len(data) // 2 + 1 :])
    assert stage.stamp_of(path) is None
    assert unseen == []


@thorough
def test_an_inbox_that_changes_during_a_run_is_whole_after_the_next(folder: Path) -> None:
    inbox, done, dice = folder / "inbox", threading.Event(), random.Random(5)

    def change() -> None:
        while not done.is_set():
            number = dice.randrange(6)
            if (inbox / f"新-{number}.txt").exists():
                (inbox / f"新-{number}.txt").unlink(missing_ok=True)
            else:
                add_report(inbox, number)
            done.wait(0.01)

    changing = threading.Thread(target=change)
    changing.start()
    try:
        whole_run(inbox, folder / "w")
    finally:
        done.set()
        changing.join()
    whole_run(inbox, folder / "w")
    assert contents(folder / "w" / "gongkai.duckdb")[1] == listed(inbox)


@thorough
def test_a_change_is_seen_though_size_and_time_stay(folder: Path) -> None:
    """As after a clock that jumps, or a copy that keeps times."""
    path = folder / "inbox" / "报告-0.txt"
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"1,234", b"4,321"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    whole_run(folder / "inbox", folder / "w")
    with duckdb.connect(str(folder / "w" / "gongkai.duckdb"), read_only=True) as con:
        told = con.execute("select source_path from quantities join reports using (report_id) where value = 4321")
        assert told.fetchall() == [("报告-0.txt",)]


def test_a_folder_that_may_no_longer_be_written_is_named_and_left_as_it_was(nobodys: Path) -> None:
    with as_nobody():
        stage.write(nobodys, REFUSALS, "000", {"source_path": ["a"], "reason": ["b"]}, {"fingerprint": "1"})
        for path in (nobodys / "refusals", nobodys):
            path.chmod(0o555)
        with pytest.raises(PermissionError, match="refusals"):
            stage.write(nobodys, REFUSALS, "000", {"source_path": ["c"], "reason": ["d"]}, {"fingerprint": "2"})
        with pytest.raises(WarehouseError, match="cannot be written"), publish.only_builder(nobodys):
            pass
    assert stage.stamp_of(stage.path_of(nobodys, REFUSALS, "000")) == {"fingerprint": "1"}


def test_no_network_is_needed(first: Path) -> None:
    if not _without_network():
        pytest.skip("NOT TESTED: a run without a network; a network namespace needs root")
    devices = subprocess.run(
        [*_without_network(), "cat", "/proc/net/dev"], capture_output=True, text=True, check=True
    ).stdout
    assert [line for line in devices.splitlines()[2:] if not line.strip().startswith("lo:")] == []
    assert contents(first / "w" / "gongkai.duckdb")[1] == listed(first / "inbox")


def test_a_run_killed_at_any_moment_loses_nothing(folder: Path) -> None:
    """A few of the many of `make faults`."""
    figures = Figures()
    for number in (1, 2, 3) if os.environ.get("GONGKAI_FAULTS") else (1,):
        kill_one(folder / "inbox", folder / "w", number, random.Random(number), figures, longest=4.0)
    assert figures.kills + figures.ended_before >= 1
