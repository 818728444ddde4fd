"""`make bench`: rates a core beside the floor, then the whole job at growing sizes, again with nothing and with one report changed.

SIZES=100,1000,10000 for other sizes, ATLAS=1 to draw the atlas at every size and not at the smallest alone.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.correctness import score
from benchmarks.generate import generate
from benchmarks.rates import measure

_CLI = "from pipelines.cli import main; main()"
_STEPS = ("scan", "plan", "read", "compare", "load", "views", "checks", "publish", "atlas")


def main() -> None:
    """Prints Markdown tables, so that they can stand in benchmarks/README.md."""
    sizes = [int(size) for size in os.environ.get("SIZES", "100,1000").split(",")]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {_load()}\n")
    _print_rates()
    with tempfile.TemporaryDirectory() as scratch:
        for number, size in enumerate(sizes):
            _print_job(Path(scratch) / str(size), size, number == 0, bool(os.environ.get("ATLAS")) or number == 0)


def _print_rates() -> None:
    rates = measure(170)
    best = rates[0].seconds / rates[0].bytes
    print("| one core | MB/s | reports/s | times the floor's cost |\n| --- | ---: | ---: | ---: |")
    for rate in rates:
        times = rate.seconds / rate.bytes / best
        print(f"| {rate.step} | {rate.megabytes_a_second:.2f} | {rate.reports_a_second:.0f} | {times:.1f} |")


def _print_job(folder: Path, size: int, first: bool, atlas: bool) -> None:
    generate(folder, size)
    runs = {"all new": _job(folder, atlas), "nothing changed": _job(folder, atlas)}
    changed = next((folder / "inbox").rglob("*-2012.*"))
    changed.write_bytes(changed.read_bytes() + b"\n")
    runs["one changed"] = _job(folder, atlas)
    if first:
        print("\n| reports | run | " + " | ".join(_STEPS) + " | sum | reports/s | MB main, worker |")
        print("| ---: | --- |" + " ---: |" * (len(_STEPS) + 3))
    for name, run in runs.items():
        seconds = run["seconds"]
        total = sum(value for step, value in seconds.items() if step != "atlas")
        cells = " | ".join(f"{seconds[step]:.2f}" if step in seconds else "" for step in _STEPS)
        peak = ", ".join(map(str, run["megabytes"]))
        print(f"| {size:,} | {name} | {cells} | {total:.2f} | {size / total:.0f} | {peak} |", flush=True)
    for origin, facts, recall, precision in score(folder, folder / "warehouse" / "gongkai.duckdb"):
        print(f"| {size:,} | {origin}: {facts:,} facts | recall {recall:.2f} % | precision {precision:.2f} % |")
    print(f"| {size:,} | slowest | {runs['all new']['slowest']} | load {_load()} |")
    if not atlas:
        return
    started = time.perf_counter()
    command = [sys.executable, "-c", _CLI, "run", "--quiet", "--inbox", "../inbox", "--warehouse", "../warehouse"]
    subprocess.run(command, cwd=folder / "project", check=True, env=_environment(folder))
    print(f"| {size:,} | `gongkai run`, nothing changed | {time.perf_counter() - started:.2f} s | load {_load()} |")


def _job(folder: Path, atlas: bool) -> dict[str, Any]:
    command = [
        sys.executable,
        str(Path(__file__).with_name("job.py")),
        str(folder / "inbox"),
        str(folder / "warehouse"),
    ]
    told = subprocess.run(
        [*command, *(["--atlas"] if atlas else [])], env=_environment(folder), check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DAGSTER_HOME", "GONGKAI_INBOX"}}
    return {**kept, "PYTHONPATH": str(folder / "project")}


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
