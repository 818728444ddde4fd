"""Meanings of tables, views and columns, written into the database as comments. Not here: where they are declared."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipelines.schemas import TableSpec
from pipelines.warehousing.views import ViewSpec, meanings


def comment_table(con: duckdb.DuckDBPyConnection, spec: TableSpec) -> None:
    """Comments of a table and its columns, from schemas.py."""
    _comment(con, "table", spec.name, spec.grain, {c.name: c.meaning for c in spec.columns})


def comment_view(con: duckdb.DuckDBPyConnection, spec: ViewSpec, specs: Sequence[ViewSpec]) -> None:
    """Comments of a view and its columns, from the header of its file and of those that it is like."""
    told = meanings(spec, specs)
    columns = [str(row[0]) for row in con.execute(f"describe {spec.name}").fetchall()]
    kind = "table" if spec.stored else "view"
    _comment(con, kind, spec.name, spec.header, {c: told[c] for c in columns if c in told})


def _comment(con: duckdb.DuckDBPyConnection, kind: str, name: str, text: str, columns: dict[str, str]) -> None:
    # `comment on` takes no parameters: the words, which are the project's own, are quoted.
    con.execute(f"comment on {kind} {name} is {_quoted(text)}").fetchall()
    for column, meaning in columns.items():
        con.execute(f"comment on column {name}.{column} is {_quoted(meaning)}").fetchall()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
