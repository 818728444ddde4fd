"""Connections to DuckDB. Here: what holds for every one of them; not here: memory and threads (limits.py), or what is asked."""

from __future__ import annotations

from pathlib import Path

import duckdb


def connect(file: Path | None = None, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to a file, or to memory where there is none. Raises duckdb.Error where the file cannot be opened.

    DuckDB's own progress bar is off: it would print among what `--json` says, and where `--quiet` says nothing.
    """
    con = duckdb.connect(str(file) if file else ":memory:", read_only=read_only)
    con.execute("set enable_progress_bar = false").fetchall()
    return con
