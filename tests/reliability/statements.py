"""`python -m tests.reliability.statements FILE run …`: the command line, with every SQL statement that it runs written to FILE."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from pipelines.cli import main

_NAMES = ("execute", "executemany", "sql", "query", "from_query")


def note_all(noted: set[str]) -> None:
    def noting(runs: Callable[..., Any]) -> Callable[..., Any]:
        def run(con: Any, query: Any, *others: Any, **named: Any) -> Any:
            noted.add(str(query))
            return runs(con, query, *others, **named)

        return run

    for name in _NAMES:
        setattr(duckdb.DuckDBPyConnection, name, noting(getattr(duckdb.DuckDBPyConnection, name)))


if __name__ == "__main__":
    statements: set[str] = set()
    note_all(statements)
    file = Path(sys.argv[1])
    sys.argv[:] = ["gongkai", *sys.argv[2:]]
    try:
        main()
    finally:
        file.write_text(json.dumps(sorted(statements), ensure_ascii=False), encoding="utf-8")
