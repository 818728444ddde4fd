"""The house style of sql/: what a header says is true of its file, and every column is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest

from pipelines.schemas import TABLES
from pipelines.warehousing import ViewSpec, column_lineage, in_memory, meanings, views
from tests.warehousing import small

SPECS = views(small.SQL)
VIEWS = [spec for spec in SPECS if spec.layer != "checks"]


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with in_memory({}, None, small.SQL) as con:
        yield con


def columns_of(con: duckdb.DuckDBPyConnection, spec: ViewSpec) -> list[str]:
    return [str(row[0]) for row in con.execute(f"describe {spec.name}").fetchall()]


@pytest.mark.parametrize("spec", VIEWS, ids=lambda spec: spec.name)
def test_every_column_is_explained_and_no_other(spec: ViewSpec, warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = columns_of(warehouse, spec)
    assert [name for name in columns if name not in meanings(spec, SPECS)] == []
    assert [name for name in spec.columns if name not in columns] == []


@pytest.mark.parametrize("spec", VIEWS, ids=lambda spec: spec.name)
def test_a_key_is_told_and_is_of_columns(spec: ViewSpec, warehouse: duckdb.DuckDBPyConnection) -> None:
    if spec.name == "int_findings":
        pytest.skip("what findings.sql gives identifiers to")
    assert spec.unique
    assert {name for key in spec.unique for name in key} <= set(columns_of(warehouse, spec))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_a_file_is_in_the_house_style(spec: ViewSpec) -> None:
    lines = spec.sql.splitlines()
    assert spec.header[0].isupper()
    assert spec.header.endswith(".")
    if spec.layer != "checks":
        assert re.match(r"One row per \w+", spec.header)
    assert [line for line in lines if len(line) > 130] == []
    assert [line for line in lines if line != line.rstrip() or "\t" in line] == []
    body = re.sub(r"--[^\n]*|'[^']*'|\b\w*X'", "", spec.sql)
    assert re.findall(r"\b[A-Z]{2,}\b", body) == [], "keywords are lower-case"
    assert ";" not in body
    assert len(lines) <= 300


def test_a_name_tells_its_layer() -> None:
    prefixes = {"staging": ("stg_",), "intermediate": ("int_", "find_")}
    for spec in SPECS:
        if spec.layer in prefixes:
            assert spec.name.startswith(prefixes[spec.layer]), spec.name


def test_layers_build_upwards_only() -> None:
    layer = {spec.name: spec.layer for spec in SPECS}
    allowed = {
        "staging": {"staging"},
        "intermediate": {"staging", "intermediate"},
        "marts": {"staging", "intermediate", "marts"},
    }
    for spec in VIEWS:
        assert {layer[name] for name in spec.upstream if name in layer} <= allowed[spec.layer], spec.name


def test_what_is_published_as_a_view_reads_only_what_is_published() -> None:
    published = {table.name for table in TABLES} - {"report_texts"} | {s.name for s in SPECS if s.published}
    for spec in SPECS:
        if spec.published and not spec.stored:
            assert set(spec.upstream) <= published, spec.name


def test_every_rule_is_a_file_and_every_file_is_in_findings() -> None:
    union = next(spec for spec in SPECS if spec.name == "int_findings")
    assert set(union.upstream) == {spec.name for spec in SPECS if spec.name.startswith("find_")}


def test_lineage_leads_to_the_columns_that_a_value_is_made_of() -> None:
    spec = next(spec for spec in SPECS if spec.name == "coverage")
    lineage = column_lineage(spec, SPECS)
    assert lineage["has_fees"] == [("int_elements", "element"), ("int_elements", "present")]
    assert ("quantities", "indicator") in lineage["coded"]
