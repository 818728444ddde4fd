"""Kills: runs of the job ended with SIGKILL at any moment, and what must hold afterwards. `make faults` does 200 and more.

After each kill the published file is whole, of before or of after, read to its last page; the run that
follows ends well, and every file of the inbox is a report or a refusal of it, once.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.reliability.seeds import SEEDS, TEXT

GONGKAI = str(Path(sys.executable).with_name("gongkai"))
_SUFFIXES = (".txt", ".html", ".pdf", ".docx", ".md")


@dataclass
class Figures:
    """What a series of kills came to."""

    kills: int = 0
    workers_killed: int = 0
    ended_before: int = 0
    new_published: int = 0


def make_inbox(folder: Path) -> Path:
    """Reports of all formats about a made-up body, and a file that is refused."""
    folder.mkdir(parents=True)
    for number, (suffix, data) in enumerate(SEEDS):
        (folder / f"报告-{number}{_SUFFIXES[suffix]}").write_bytes(data)
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return folder


def add_report(inbox: Path, number: int) -> None:
    (inbox / f"新-{number}.txt").write_text(TEXT.replace("1,234条", f"{1000 + number}条"), encoding="utf-8")


def contents(published: Path) -> tuple[int, list[str]]:
    """Rows of everything, so that every page of the file is read; and the paths of reports and refusals."""
    with duckdb.connect(str(published), read_only=True) as con:
        names = con.sql("select table_name from information_schema.tables order by 1").fetchall()
        rows = sum(len(con.table(name).fetchall()) for (name,) in names)
        paths = con.sql("select source_path from reports union all select source_path from refusals").fetchall()
    return rows, sorted(path for (path,) in paths)


def listed(inbox: Path) -> list[str]:
    return sorted(path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file())


def start(inbox: Path, warehouse: Path, within: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    command = [
        *within,
        GONGKAI,
        "run",
        "--json",
        "--workers",
        "2",
        "--inbox",
        str(inbox),
        "--warehouse",
        str(warehouse),
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def whole_run(inbox: Path, warehouse: Path, within: tuple[str, ...] = ()) -> dict[str, object]:
    """A run to its end; `within` is a command that runs it. What it tells."""
    with start(inbox, warehouse, within) as run:
        told, wrong = run.communicate(timeout=300)
    assert run.returncode == 0, wrong
    return dict(json.loads(told))


def children(pid: int) -> list[int]:
    """Worker processes of a run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.name))
        except (OSError, IndexError):
            continue
    return found


def kill_one(inbox: Path, warehouse: Path, number: int, dice: random.Random, figures: Figures, longest: float) -> None:
    """One run on a changed inbox, killed after a while, and every third time a run that repairs."""
    before = contents(warehouse / "gongkai.duckdb")
    add_report(inbox, number)
    if dice.random() < 0.3:
        next(iter(sorted((warehouse / "stage").rglob("*.parquet")))).write_bytes(b"PAR1 damaged")
    with start(inbox, warehouse) as run:
        time.sleep(dice.uniform(0.1, longest))
        workers = children(run.pid)
        if workers and dice.random() < 0.3:
            with suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(dice.choice(workers), signal.SIGKILL)
            figures.workers_killed += 1
            time.sleep(dice.uniform(0, 0.3))
        figures.ended_before += run.poll() is not None
        figures.kills += run.poll() is None
        run.kill()
        run.communicate()
    after = contents(warehouse / "gongkai.duckdb")
    new = after[1] == listed(inbox)
    assert new or after == before, f"after kill {number} the published file is neither the old nor the new one"
    figures.new_published += new
    if number % 3 == 1:
        told = whole_run(inbox, warehouse)
        _, paths = contents(warehouse / "gongkai.duckdb")
        assert paths == listed(inbox), f"after kill {number} files are missing or twice"
        assert told["reports"] == len(paths) - 1
        leftovers = [path for path in (warehouse / ".build").iterdir() if path.is_dir()]
        assert leftovers == [], leftovers
        for path in sorted(inbox.glob("新-*"))[:-2]:
            path.unlink()


def series(folder: Path, kills: int, seed: int) -> Figures:
    """So many kills on one warehouse, at moments that the seed tells, from the first to the last of a run."""
    inbox, warehouse, figures, dice = make_inbox(folder / "inbox"), folder / "w", Figures(), random.Random(seed)
    longest = 0.0
    number = 0
    while figures.kills < kills:
        if number % 25 == 0:  # others may use the machine: as long as a run takes now
            started = time.monotonic()
            add_report(inbox, number)
            whole_run(inbox, warehouse)
            longest = time.monotonic() - started
            print(f"{longest:.1f} seconds a run; {figures}", flush=True)
        number += 1
        kill_one(inbox, warehouse, number, dice, figures, longest)
    whole_run(inbox, warehouse)
    assert contents(warehouse / "gongkai.duckdb")[1] == listed(inbox)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongkai-kills-") as folder:
        print(series(Path(folder), given.kills, given.seed))


if __name__ == "__main__":
    main()
