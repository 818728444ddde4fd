"""Column lineage of the views, from their SQL alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

from pipelines.schemas import TABLES
from pipelines.warehousing.views import ViewSpec, meanings


def column_lineage(spec: ViewSpec, specs: Sequence[ViewSpec]) -> dict[str, list[tuple[str, str]]]:
    """For each column of a view the sorted (table, column) pairs that its values come from; empty where not known."""
    schema = _columns_read(spec, specs)
    try:
        parsed = parse_one(spec.sql, read="duckdb")
        query = qualify(parsed, schema=schema, dialect="duckdb", validate_qualify_columns=False)
    except SqlglotError:
        return {}
    if not isinstance(query, exp.Query):
        return {}
    scope = build_scope(query)
    return {column: _sources(column, query, scope, spec) for column in query.named_selects}


def _sources(column: str, query: exp.Query, scope: Scope | None, spec: ViewSpec) -> list[tuple[str, str]]:
    try:
        root = lineage(column, query, schema={}, scope=scope, dialect="duckdb", trim_selects=False, copy=False)
    except (SqlglotError, ValueError):
        return []
    found = set()
    for node in root.walk():
        if isinstance(node.expression, exp.Table) and node.expression.name in spec.upstream:
            found.add((node.expression.name, node.name.rsplit(".", 1)[-1].strip('"')))
    return sorted(found)


def _columns_read(spec: ViewSpec, specs: Sequence[ViewSpec]) -> dict[str, object]:
    """Columns of everything that the view reads, in sqlglot's shape."""
    schema: dict[str, object] = {}
    for table in TABLES:
        if table.name in spec.upstream:
            schema[table.name] = {c.name: c.type for c in table.columns}
    for other in specs:
        if other.name in spec.upstream:
            schema[other.name] = dict.fromkeys(meanings(other, specs), "VARCHAR")
    return schema
