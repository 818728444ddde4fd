"""Putting a built file in the place of the published one, in one step.

Here: the builder's lock, what dead builds left, the exchange of files. Not here: what stands in the file.
The order of steps is what makes it safe: whoever reads has the old file or the new one, whole, at every moment.

The published name is a link to a snapshot, a file in a folder of its own. DuckDB follows the link before it opens,
and keeps the log of a writer beside the file that it has found: who opens the old snapshot for writing in the moment
of the exchange cannot spoil the new one with a log that does not belong to it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.warehousing.errors import WarehouseError

BUILDS = ".build"
SNAPSHOTS = ".published"
SECONDS_TO_OPEN = 30.0

# Run in a process of its own: closing any handle on a file drops every lock that the closing process holds on it.
_WHO_WRITES = """
import fcntl, struct, sys
layout, read_lock = ("qqihh", True) if sys.platform == "darwin" else ("hhqqi0q", False)
with open(sys.argv[1], "rb") as file:
    if read_lock:
        ask = struct.pack(layout, 0, 0, 0, fcntl.F_RDLCK, 0)
    else:
        ask = struct.pack(layout, fcntl.F_RDLCK, 0, 0, 0, 0)
    told = struct.unpack(layout, fcntl.fcntl(file, fcntl.F_GETLK, ask))
kind, pid = (told[3], told[2]) if read_lock else (told[0], told[4])
print(pid if kind != fcntl.F_UNLCK else "")
"""


@contextmanager
def only_builder(warehouse: Path) -> Iterator[Path]:
    """Hold the builder's lock and yield an empty folder for this build; both go when the block ends.

    Raises WarehouseError where another build runs, or the folder cannot be written.
    """
    builds = warehouse / BUILDS
    try:
        builds.mkdir(parents=True, exist_ok=True)
        lock = (builds / "lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise WarehouseError(
            f"{warehouse} cannot be written ({error.strerror}). Choose another warehouse folder."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise WarehouseError(
                f"Process {lock.read().strip() or 'unknown'} is building {warehouse}. Run again when it has ended."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        remove_leftovers(builds)
        remove_old_snapshots(warehouse)
        run = builds / f"{time.time_ns()}-{os.getpid()}"
        run.mkdir()
        try:
            yield run
        finally:
            shutil.rmtree(run, ignore_errors=True)


def remove_leftovers(builds: Path) -> list[str]:
    """Remove what dead builds left (the lock is ours, so no build is alive); returns their names."""
    left = [path for path in builds.iterdir() if path.is_dir()]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in left]


def remove_old_snapshots(warehouse: Path) -> None:
    """Remove the snapshots that no link of the warehouse leads to, but those that somebody writes.

    Not for a while after a new one was published: a reader may just have followed the link to the old one.
    """
    served = {link.resolve().parent for link in warehouse.glob("*.duckdb") if link.is_symlink()}
    for path in (warehouse.resolve() / SNAPSHOTS).glob("*"):
        rested = abs(time.time() - path.stat().st_mtime) > SECONDS_TO_OPEN
        if path not in served and rested and not any(writer_of(file) for file in path.glob("*.duckdb")):
            shutil.rmtree(path, ignore_errors=True)


def replace(built: Path, target: Path) -> None:
    """Put the closed file `built` in the place of `target`.

    Raises WarehouseError, the target untouched, where somebody has it open for writing or `built` was not closed.
    """
    if wal(built).exists():
        raise WarehouseError(
            f"{built} was not closed: {wal(built).name} is left beside it. This is a mistake of the builder."
        )
    _sync(built)
    built.chmod(0o444)
    refuse_writers(target)
    if wal(target).exists():
        # Where the published file is no link, DuckDB would replay the old log on it and no reader could open it.
        wal(target).rename(target.with_name(f"{target.name}.wal.aside-{time.time_ns()}"))
    snapshot = _as_snapshot(built, target)
    if target.is_symlink() and target.exists():
        os.utime(target.resolve().parent)
    link = built.with_name(f"{built.name}.link")
    try:
        link.symlink_to(snapshot.relative_to(target.parent))
    except OSError:  # a file system without links: the file itself takes the place
        link = snapshot
    link.replace(target)
    _sync(target.parent)


def _as_snapshot(built: Path, target: Path) -> Path:
    """Move a built file into a folder of its own beside the target, for good."""
    folder = target.parent / SNAPSHOTS / f"{time.time_ns()}-{os.getpid()}"
    folder.mkdir(parents=True)
    snapshot = built.replace(folder / target.name)
    for path in (folder, folder.parent):
        _sync(path)
    return snapshot


def refuse_writers(target: Path) -> None:
    """Raise WarehouseError that names the process which holds `target` open for writing, if one does."""
    if pid := writer_of(target):
        raise WarehouseError(
            f"Process {pid}{_command(pid)} has {target} open for writing. Close it (readers open with read_only) "
            "and run again; the published file was left as it is."
        )


def writer_of(target: Path) -> str:
    """Id of the process that holds a file open for writing; empty where none does, or there is no file."""
    if not target.exists():
        return ""
    answer = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _WHO_WRITES, str(target)], capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        told = answer.stderr.strip().rpartition("\n")[2]
        raise WarehouseError(f"Cannot tell who has {target} open ({told}). Make it readable, or remove it.")
    return answer.stdout.strip()


def wal(path: Path) -> Path:
    """Where DuckDB keeps the log of a file."""
    return path.with_name(path.name + ".wal")


def _command(pid: str) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""
    return f" ({words[:120]})" if words else ""


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
