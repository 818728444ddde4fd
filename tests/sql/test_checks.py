"""Every check of sql/checks is silent on a warehouse in order, and tells one fault of ours from another."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from pipelines.warehousing import views
from pipelines.warehousing.relations import declared_checks, run_check
from tests.warehousing import small

SPECS = views(small.SQL)
TEXT = "公开信息120条😀👨‍👩‍👧，又20条。"


def in_order() -> dict[str, list[dict[str, Any]]]:
    """A warehouse of one report in which every check is silent."""
    return {
        "report_files": [{"source_path": "r18.txt"}, {"source_path": "bad.doc"}],
        "refusals": [{"source_path": "bad.doc", "reason": "old format"}],
        "reports": [small.report(region_code="990100")],
        "regions": [{"region_code": "990100", "valid_from": 2000, "name": "青川州"}],
        "report_texts": [{"report_id": "r18", "text": TEXT}],
        "quantities": [
            dict(small.number("q1", 120, char_start=4)),
            dict(small.number("q2", 20, char_start=TEXT.rindex("20条"), part_of="q1", topic="又")),
            dict(small.cell("q3", None, "requests.received", char_start=3)),
        ],
        "ledger": [
            {"report_id": "r18", "char_start": 4, "surface": "120", "reason": "quantity", "quantity_id": "q1"},
            {"report_id": "r18", "char_start": 9, "surface": "2", "reason": "date", "quantity_id": None},
        ],
    }


def broken(table: str, **given: Any) -> dict[str, list[dict[str, Any]]]:
    rows = in_order()
    rows[table][0] |= given
    return rows


def correction(**given: Any) -> dict[str, list[dict[str, Any]]]:
    row = {"source_path": "r18.txt", "quantity_id": "q1", "expects": 120.0, "should_be": 1.0}
    row |= {"wrong": "report", "who": "张三", "why": "电话核实"}
    return in_order() | {"corrections": [row | given]}


FAULTS = [
    ("evidence", broken("quantities", char_start=5)),
    ("evidence", broken("quantities", char_end=7)),
    ("evidence", broken("quantities", surface="121条")),
    ("known_codes", broken("quantities", indicator="proactive.invented")),
    ("known_regions", broken("reports", region_code="123456")),
    ("files_accounted_for", broken("report_files", source_path="lost.txt")),
    ("files_accounted_for", broken("refusals", source_path="r18.txt")),
    ("references_hold", broken("quantities", report_id="gone")),
    ("references_hold", broken("quantities", part_of="gone")),
    ("references_hold", broken("ledger", quantity_id="gone")),
    ("references_hold", broken("ledger", report_id="gone")),
    ("ledger_complete", broken("ledger", reason="")),
    ("ledger_complete", broken("ledger", quantity_id=None)),
    ("ledger_complete", broken("ledger", reason="date")),
    ("corrections_hold", correction(expects=7.0)),
    ("corrections_hold", correction(quantity_id="gone")),
    ("corrections_hold", correction(source_path="gone.txt")),
    ("corrections_hold", correction(quantity_id="", indicator="proactive.disclosed", topic="教育")),
    ("corrections_complete", correction(wrong="Report")),
    ("corrections_complete", correction(who="")),
    ("corrections_complete", correction(why="")),
    (
        "corrections_complete",
        {
            name: rows * 2 if name == "corrections" else rows
            for name, rows in correction(quantity_id="", indicator="proactive.disclosed").items()
        },
    ),
    ("reference_codes", in_order() | {"breaks": [{"indicator": "requests.invented", "year": 2019}]}),
    ("unique_quantities", in_order() | {"quantities": [dict(small.number("q1", 120))] * 2}),
    ("known_rules", broken("reports", title_year=2017) | {"rules": []}),
]


def offending(check: str, rows: dict[str, list[dict[str, Any]]]) -> int:
    spec = next((spec for spec in SPECS if spec.name == check), None)
    says, severity, sql = declared_checks(SPECS)[check] if spec is None else (spec.header, spec.severity, spec.sql)
    wanted = spec.upstream if spec else (check.removeprefix("unique_"),)
    with small.warehouse(*wanted, **rows) as con:
        result = run_check(con, check, says, severity, sql)
    assert result.failed == (result.offending > 0)
    assert len(result.examples) == min(result.offending, 5)
    return result.offending


@pytest.mark.parametrize("check", [spec.name for spec in SPECS if spec.layer == "checks"])
def test_a_warehouse_in_order_breaks_nothing(check: str) -> None:
    assert offending(check, in_order()) == 0


@pytest.mark.parametrize(("check", "rows"), FAULTS, ids=[f"{i}-{check}" for i, (check, _) in enumerate(FAULTS)])
def test_a_fault_of_ours_is_told(check: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    assert offending(check, rows) > 0


@pytest.mark.parametrize("given", [{}, {"quantity_id": "", "indicator": "proactive.disclosed"}])
def test_a_correction_that_finds_what_it_expects_holds(given: dict[str, Any]) -> None:
    assert offending("corrections_hold", correction(**given)) == 0


def test_a_missing_value_is_told() -> None:
    says, severity, sql = declared_checks(SPECS)["not_null_refusals"]
    with duckdb.connect() as con:
        con.execute("create table refusals as select 'a.txt' as source_path, null::varchar as reason").fetchall()
        assert run_check(con, "not_null_refusals", says, severity, sql).examples == ("source_path 'a.txt'",)
