"""What a build may use of the machine. Here: DuckDB's memory, threads and place to spill, and why so much; not here: what is built.

60,000 reports are to be built within 4 GiB, beside whatever else the machine does. DuckDB gets 3 GB of them: the rest is Python,
what DuckDB does not count, and some air. What does not fit it writes beside the build, where the disk has to have room for the new file
anyway. Each thread holds buffers of its own, some 100 MB where it joins and groups wide rows: more threads than the memory feeds
would spill where fewer need not.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

_MEMORY = 3 * 10**9
_MEMORY_A_THREAD = 256 * 10**6
_SHARE_OF_MACHINE = 0.8


def confine(con: duckdb.DuckDBPyConnection, spill: Path, memory: str | None) -> None:
    """Set the limits of a connection: `memory` as DuckDB writes it, by default 3 GB, or four fifths of a machine that has less."""
    con.execute("set temp_directory = ?", [str(spill)]).fetchall()
    con.execute("set memory_limit = ?", [memory or f"{int(min(_MEMORY, _SHARE_OF_MACHINE * _machine()))}B"]).fetchall()
    con.execute("set threads = ?", [max(1, min(_cores(), _MEMORY // _MEMORY_A_THREAD))]).fetchall()


def _machine() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
