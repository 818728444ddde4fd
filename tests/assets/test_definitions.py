"""What Dagster serves: every table and view an asset with its true upstream, described so that a person finds the way."""

from __future__ import annotations

import pytest

from pipelines.definitions import defs
from pipelines.places import SQL
from pipelines.schemas import TABLES
from pipelines.warehousing import views

GRAPH = defs.resolve_asset_graph()
NODES = {node.key.to_user_string(): node for node in GRAPH.asset_nodes}
VIEWS = [spec for spec in views(SQL) if spec.layer != "checks"]


def upstream(name: str) -> set[str]:
    return {key.to_user_string() for key in NODES[name].parent_keys}


def test_every_table_and_view_is_an_asset() -> None:
    tables = {f"warehouse/{spec.name}" for spec in TABLES if spec.name != "report_texts"}
    made = {f"warehouse/{spec.name}" for spec in VIEWS}
    assert set(NODES) == {"report_files", "report_texts", "quantities", "atlas"} | tables | made


@pytest.mark.parametrize("name", sorted(NODES))
def test_an_asset_says_what_it_holds_and_whose_it_is(name: str) -> None:
    node = NODES[name]
    assert len(node.description or "") > 20
    assert node.owners
    assert node.kinds
    assert node.group_name != "default"


@pytest.mark.parametrize("spec", VIEWS, ids=lambda spec: spec.name)
def test_a_view_stands_behind_what_it_reads(spec: object) -> None:
    named = {name if name == "report_texts" else f"warehouse/{name}" for name in spec.upstream}  # type: ignore[attr-defined]
    assert upstream(f"warehouse/{spec.name}") == named  # type: ignore[attr-defined]


def test_the_stage_stands_in_the_order_of_the_work() -> None:
    assert upstream("report_texts") == {"report_files"}
    assert upstream("quantities") == {"report_texts"}
    assert upstream("warehouse/quantities") == {"quantities"}
    assert upstream("warehouse/reports") == {"report_texts"}


def test_checks_cover_schema_keys_evidence_and_sql() -> None:
    checks = {key.name: key.asset_key.to_user_string() for key in GRAPH.asset_check_keys}
    assert checks["evidence"]
    assert checks["unique_quantities"] == checks["not_null_quantities"] == "warehouse/quantities"
    assert {spec.name for spec in views(SQL) if spec.layer == "checks"} <= set(checks)


def test_there_is_a_job_for_everything_a_schedule_and_a_sensor() -> None:
    assert {
        key.to_user_string() for key in defs.resolve_job_def("everything").asset_layer.executable_asset_keys
    } == set(NODES)
    assert defs.resolve_schedule_def("nightly").job_name == "everything"
    assert defs.resolve_sensor_def("inbox_changed").job_name == "everything"
