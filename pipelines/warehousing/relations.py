"""Views and checks of a connection.

Here: a declared view → a view or a stored table; a check → its offending rows. Not here: parsing the
files (views.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.schemas import TABLES, TableSpec
from pipelines.warehousing.errors import WarehouseError
from pipelines.warehousing.load import UNPUBLISHED, count
from pipelines.warehousing.views import ViewSpec

# A person needs a few examples, not a million of them.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`offending` counts the rows; `examples` shows the first of them as words. `severity` is error or warn."""

    name: str
    says: str
    severity: str
    offending: int
    examples: tuple[str, ...]
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether it keeps the build from being published."""
        return self.offending > 0 and self.severity == "error"


def create_macros(con: duckdb.DuckDBPyConnection, sql: Path) -> None:
    """The expressions that several views share, one in each file of sql/macros; they last as long as the connection."""
    for path in sorted((sql / "macros").glob("*.sql")):
        try:
            con.execute(path.read_text(encoding="utf-8")).fetchall()
        except duckdb.Error as error:
            raise WarehouseError(f"{path} does not run: {error}") from error


def create_view(con: duckdb.DuckDBPyConnection, spec: ViewSpec) -> int | None:
    """Create one view or stored table; returns its rows, None for a view outside the published file."""
    kind = "table" if spec.stored else "view"
    try:
        con.execute(f"create {'' if spec.published else 'temp '}{kind} {spec.name} as\n{spec.sql}").fetchall()
    except duckdb.OutOfMemoryException as error:
        raise WarehouseError(f"{spec.name} does not fit into memory or the disk is full: {error}") from error
    except duckdb.Error as error:
        raise WarehouseError(f"{spec.path} does not run: {error}") from error
    return count(con, spec.name) if spec.stored or spec.published else None


def run_check(con: duckdb.DuckDBPyConnection, name: str, says: str, severity: str, sql: str) -> CheckResult:
    """Run a select that returns offending rows; they are counted and, where there are any, the first of them shown."""
    try:
        offending = count(con, f"({sql}\n)")
        if not offending:
            return CheckResult(name, says, severity, 0, ())
        result = con.sql(f"select * from ({sql}\n) limit {_SHOWN}")
        columns, rows = result.columns, result.fetchall()
    except duckdb.Error as error:
        raise WarehouseError(f"Check {name} does not run: {error}") from error
    examples = tuple(
        ", ".join(f"{column} {value!r}" for column, value in zip(columns, row, strict=True)) for row in rows
    )
    return CheckResult(name, says, severity, offending, examples)


def declared_checks(specs: Sequence[ViewSpec], part_of: str | None = None) -> dict[str, tuple[str, str, str]]:
    """Checks that follow from declarations, by name: what each says, its severity, its select.

    Of every table: its key is unique, and what is not nullable is there. Of every stored view: its keys are unique. Where a part was
    made again in the catalog `part_of`, keys are looked for in all of it, but no other keys than those of the part.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for table in TABLES:
        if table.name in UNPUBLISHED:
            continue
        found[f"unique_{table.name}"] = _unique(table.name, table.key, part_of)
        found[f"not_null_{table.name}"] = _not_null(table)
    for spec in specs:
        # A view that is not stored would be computed once more; what is wrong with it shows in what is made of it.
        for number, key in enumerate(spec.unique if spec.stored else ()):
            if spec.layer != "checks":
                name = f"unique_{spec.name}" + (f"_{number + 1}" if number else "")
                found[name] = _unique(spec.name, key, part_of if spec.published else None)
    return found


def _unique(name: str, key: Sequence[str], part_of: str | None) -> tuple[str, str, str]:
    if part_of:
        same = " and ".join(f"w.{column} is not distinct from p.{column}" for column in key)
        rows = f"(select w.* from {part_of}.{name} w semi join {name} p on {same})"
    else:
        rows = name
    columns = ", ".join(key)
    # Grouped by one number first, a fifth of the work: only rows whose number comes again can have their key again.
    again = f"select hash({columns}) as number from {rows} group by all having count(*) > 1"
    sql = (
        f"with again as ({again}) select {columns}, count(*) as rows_with_it from {rows} "
        f"where hash({columns}) in (from again) group by all having count(*) > 1"
    )
    return f"{name} has one row per {columns}.", "error", sql


def _not_null(table: TableSpec) -> tuple[str, str, str]:
    needed = [c.name for c in table.columns if not c.nullable]
    where = " or ".join(f"{name} is null" for name in needed)
    keys = ", ".join(table.key)
    return (
        f"{table.name} has {', '.join(needed)} in every row.",
        "error",
        f"select {keys} from {table.name} where {where}",
    )
