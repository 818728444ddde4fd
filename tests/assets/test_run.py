"""Runs of the job in this process: what the UI is told, and that a failed check publishes nothing."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines import stage
from pipelines.definitions import defs
from pipelines.places import Places
from pipelines.resources import Folders, Workers
from pipelines.schemas import QUANTITIES

REPORT = "青川州人民政府{year}年政府信息公开工作年度报告\n{year}年收到公开申请3件,答复3件。\n"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Reports of a body that does not exist, of two years."""
    (tmp_path / "inbox").mkdir()
    for year in (2019, 2020):
        (tmp_path / "inbox" / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    return Places(tmp_path / "inbox", tmp_path / "w")


def run(places: Places) -> dg.ExecuteInProcessResult:
    return defs.resolve_job_def("everything").execute_in_process(
        raise_on_error=False,
        resources={
            "folders": Folders(inbox=str(places.inbox), warehouse=str(places.warehouse)),
            "workers": Workers(processes=1),
        },
    )


def test_every_asset_tells_its_rows_columns_and_lineage(places: Places) -> None:
    result = run(places)
    assert result.success
    told = {
        event.asset_key.to_user_string(): event.step_materialization_data.materialization.metadata
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }
    assert told["report_files"]["dagster/row_count"].value == 2
    assert told["report_texts"]["files read"].value == 2
    assert told["warehouse/reports"]["dagster/row_count"].value == 2
    assert "2020.txt" in told["warehouse/reports"]["preview"].value
    facts = told["warehouse/facts"]
    assert facts["dagster/row_count"].value == 4
    assert {column.name for column in facts["dagster/column_schema"].value.columns} >= {"indicator", "value"}
    assert "indicator" in facts["dagster/column_lineage"].value.deps_by_column
    passed = {evaluation.check_name: evaluation.passed for evaluation in result.get_asset_check_evaluations()}
    assert passed["evidence"]
    assert passed["unique_facts"]


def test_a_number_that_is_not_where_it_says_keeps_everything_from_being_published(places: Places) -> None:
    assert run(places).success
    before = places.published.read_bytes()
    # The stage as a mistake of the extraction would leave it.
    shard = stage.shards_of(places.stage, QUANTITIES)[0]
    path = stage.path_of(places.stage, QUANTITIES, shard)
    rows, stamp = stage.rows(places.stage, QUANTITIES, shard), stage.stamp_of(path)
    assert stamp is not None
    columns = {column.name: [row[column.name] for row in rows] for column in QUANTITIES.columns}
    stage.write(places.stage, QUANTITIES, shard, columns, {**stamp, "broken_evidence": 1})

    result = run(places)

    assert not result.success
    [evidence] = [e for e in result.get_asset_check_evaluations() if e.check_name == "evidence"]
    assert not evidence.passed
    assert "report it" in str(evidence.metadata["what to do"].value)
    assert places.published.read_bytes() == before


def test_a_check_of_the_warehouse_that_fails_keeps_it_from_being_published(places: Places) -> None:
    assert run(places).success
    before = places.published.read_bytes()
    # Two numbers with one id: what the keys forbid.
    shard = stage.shards_of(places.stage, QUANTITIES)[0]
    stamp = stage.stamp_of(stage.path_of(places.stage, QUANTITIES, shard))
    assert stamp is not None
    rows = stage.rows(places.stage, QUANTITIES, shard) * 2
    columns = {column.name: [row[column.name] for row in rows] for column in QUANTITIES.columns}
    stage.write(places.stage, QUANTITIES, shard, columns, stamp)

    result = run(places)

    assert not result.success
    failed = {e.check_name: e for e in result.get_asset_check_evaluations() if not e.passed}
    assert "unique_quantities" in failed
    advice = failed["unique_quantities"].metadata
    assert "Nothing is published" in str(advice["what to do"].value)
    assert "quantity_id" in str(advice["examples"].value)
    assert str(advice["atlas page"].value).endswith("reports.html")
    query = str(advice["query"].value).partition("```sql")[2].removesuffix("```")
    with duckdb.connect() as con:
        for statement in con.extract_statements(query):
            offending = con.execute(statement).fetchall()
    assert len(offending) == advice["offending rows"].value == len(rows) // 2
    assert places.published.read_bytes() == before
    assert not any(
        event.asset_key and event.asset_key.path[0] == "warehouse"
        for event in result.get_asset_materialization_events()
    )


def test_a_reader_keeps_what_it_has_open(places: Places) -> None:
    assert run(places).success
    with duckdb.connect(str(places.published), read_only=True) as reader:
        assert reader.sql("select count(*) from reports").fetchall() == [(2,)]
        (places.inbox / "2021.txt").write_text(REPORT.format(year=2021), encoding="utf-8")
        assert run(places).success
        assert reader.sql("select count(*) from reports").fetchall() == [(2,)]
    with duckdb.connect(str(places.published), read_only=True) as reader:
        assert reader.sql("select count(*) from reports").fetchall() == [(3,)]
