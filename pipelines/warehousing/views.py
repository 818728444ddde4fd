"""The SQL files as declared: header, layer, columns, keys, and the order in which they build on each other.

Here: reading and ordering the files of sql/. Not here: running them (relations.py), column lineage (lineage.py).

A header is the comment lines at the top of a file:

    -- One row per body and year: what it is, in one sentence, over as many lines as it takes.
    -- materialized: table
    -- like: quantities
    -- value: meaning of a column; a line that is indented goes on
    --   with the meaning of the line above
    -- unique: body_id, report_year

`materialized: table` stores the rows; without it the file becomes a view. `like` names relations whose columns of the
same name mean the same, so that they need not be explained twice. `across_bodies: level, report_year` says that what a row
tells depends on other bodies, those with the same values of these columns; a check says `across_bodies: all` where it must
see every row. A check that does not keep a build from being published says `on_failure: warn`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pipelines.schemas import TABLES
from pipelines.warehousing.errors import WarehouseError

LAYERS = ("staging", "intermediate", "marts", "checks")
_DIRECTIVE = re.compile(r"^([a-z_0-9]+): +(.+)$")
_NOT_COLUMNS = {"materialized", "like", "unique", "on_failure", "across_bodies"}


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """One SQL file. `columns` maps each column to its meaning, `upstream` names the tables and views that it reads."""

    name: str
    layer: str
    path: Path
    sql: str
    header: str
    columns: dict[str, str]
    unique: tuple[tuple[str, ...], ...]
    upstream: tuple[str, ...]
    like: tuple[str, ...]
    stored: bool
    severity: str
    across: tuple[str, ...] = ()
    """Columns that tell apart what depends on several bodies; none where a row follows from its own body's reports."""

    @property
    def published(self) -> bool:
        """Marts stand in the published file; staging and intermediate layers live only while it is built."""
        return self.layer == "marts"

    @property
    def grain(self) -> str:
        """What a row is: the header up to the first colon."""
        return re.split(r"[:.]", self.header, maxsplit=1)[0].strip()


def views(sql: Path) -> list[ViewSpec]:
    """Every view below `sql`, each behind what it reads, then the checks; WarehouseError on a file not in order."""
    specs = [read_view(path, layer) for layer in LAYERS for path in sorted((sql / layer).glob("*.sql"))]
    _refuse_twins(specs)
    return ordered(specs)


def read_view(path: Path, layer: str) -> ViewSpec:
    """One file as declared by its header."""
    sql = path.read_text(encoding="utf-8")
    header, directives = _header(sql)
    if not header:
        raise WarehouseError(f"{path} does not begin with a comment that says what a row is. Add one: -- One row per …")
    words = {key: [value for name, value in directives if name == key] for key in _NOT_COLUMNS}
    return ViewSpec(
        name=path.stem,
        layer=layer,
        path=path,
        sql=sql,
        header=header,
        columns={name: meaning for name, meaning in directives if name not in _NOT_COLUMNS},
        unique=tuple(_names(line) for line in words["unique"]),
        upstream=upstream(sql, path),
        like=tuple(name for line in words["like"] for name in _names(line)),
        stored=words["materialized"] == ["table"],
        severity=(words["on_failure"] or ["error"])[0],
        across=tuple(name for line in words["across_bodies"] for name in _names(line)),
    )


@cache
def upstream(sql: str, path: Path) -> tuple[str, ...]:
    """Names of the tables and views that a select reads, sorted; its own CTEs are none."""
    try:
        statements = [s for s in sqlglot.parse(sql, read="duckdb") if s is not None]
    except SqlglotError as error:
        raise WarehouseError(f"{path} is not SQL that can be parsed: {error}") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise WarehouseError(f"{path} must hold one select and nothing else.")
    ctes = {cte.alias for cte in statements[0].find_all(exp.CTE)}
    return tuple(sorted({table.name for table in statements[0].find_all(exp.Table)} - ctes - {""}))


def ordered(specs: Sequence[ViewSpec]) -> list[ViewSpec]:
    """The same views, each behind those that it reads; checks last."""
    by_name = {spec.name: spec for spec in specs}
    known = set(by_name) | {table.name for table in TABLES}
    for spec in specs:
        if unknown := sorted(set(spec.upstream) - known):
            raise WarehouseError(f"{spec.path} reads {', '.join(unknown)}, which is neither a table nor a view.")
    graph = {spec.name: [name for name in spec.upstream if name in by_name] for spec in specs}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise WarehouseError(f"Views that read each other in a circle: {' → '.join(error.args[1])}") from error
    return sorted((by_name[name] for name in order), key=lambda spec: spec.layer == "checks")


def meanings(spec: ViewSpec, specs: Iterable[ViewSpec]) -> dict[str, str]:
    """Meaning of every column that the header explains, itself or through `like`."""
    by_name = {other.name: other for other in specs}
    found: dict[str, str] = {}
    for name in spec.like:
        table = next((table for table in TABLES if table.name == name), None)
        if table is not None:
            found.update({column.name: column.meaning for column in table.columns})
        elif name in by_name:
            found.update(meanings(by_name[name], by_name.values()))
        else:
            raise WarehouseError(f"{spec.path}: like names {name}, which is neither a table nor a view.")
    return found | spec.columns


def _header(sql: str) -> tuple[str, list[tuple[str, str]]]:
    """The sentence at the top of a file, and its `name: words` lines."""
    sentence: list[str] = []
    directives: list[tuple[str, str]] = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        words = line[2:].rstrip()
        match = _DIRECTIVE.match(words.strip())
        if match and not words.startswith("   "):
            directives.append((match[1], match[2]))
        elif directives:
            name, meaning = directives[-1]
            directives[-1] = (name, f"{meaning} {words.strip()}")
        else:
            sentence.append(words.strip())
    return " ".join(sentence), directives


def _names(line: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in line.split(",") if name.strip())


def _refuse_twins(specs: Sequence[ViewSpec]) -> None:
    seen: dict[str, Path] = {}
    for spec in specs:
        if spec.name in seen:
            raise WarehouseError(f"{spec.path} and {seen[spec.name]} have one name. Rename one.")
        seen[spec.name] = spec.path
