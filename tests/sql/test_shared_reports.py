"""What the audit of the eight shared reports must come to; skipped where they are not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.checking import read_draft
from pipelines.schemas import QUANTITIES, REPORT_TEXTS, REPORTS
from pipelines.warehousing import in_memory
from tests.warehousing import small

REPORTS_OF = small.ROOT.parent / "shared" / "reports"
NAMES = ["fuyuan-2017", "jinchang-2018", "nanchuan-2012", "shihezi-2015", "suining-2017"]
PDFS = ["hongze-district-2023", "hongze-district-2024", "huaian-city-2024"]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    paths = [REPORTS_OF / f"{name}.txt" for name in NAMES] + [REPORTS_OF / f"{name}.pdf" for name in PDFS]
    if missing := [path.name for path in paths if not path.exists()]:
        pytest.skip(f"The shared reports are not here: {', '.join(missing)} below {REPORTS_OF}")
    drafts = [read_draft(path, number) for number, path in enumerate(paths)]
    tables = {
        spec.name: pa.concat_tables(draft.tables[spec.name] for draft in drafts)
        for spec in (REPORTS, REPORT_TEXTS, QUANTITIES)
    }
    wanted = {"findings", "year_over_year", "facts", "stg_quantities", "int_parts"}
    with in_memory(tables, small.REFERENCE, small.SQL, wanted) as made:
        yield made


def asked(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def findings(con: duckdb.DuckDBPyConnection, name: str, severity: str) -> list[Any]:
    sql = """
    select f.rule, f.left_value, f.right_value
    from findings f join reports r using (report_id)
    where r.source_path like ? and f.severity = ? and f.rule <> 'missing_element'
    order by all
    """
    return con.execute(sql, [f"%: {name}.%", severity]).fetchall()


@pytest.mark.parametrize(
    ("name", "severity", "expected"),
    [
        ("suining-2017", "red", []),
        ("jinchang-2018", "red", []),
        ("nanchuan-2012", "red", []),
        ("nanchuan-2012", "yellow", [("parts_short", 3975, 5475)]),
        ("shihezi-2015", "red", [("parts_exceed", 1232, 1100)]),
        ("fuyuan-2017", "red", []),
        ("fuyuan-2017", "yellow", [("title_year", 2017, 2018)]),
        ("hongze-district-2023", "red", [("R4", 0, 5), ("R4", 0, 11)]),
        ("hongze-district-2024", "red", []),
        ("huaian-city-2024", "red", []),
    ],
)
def test_what_does_not_add_up(name: str, severity: str, expected: list[Any], con: duckdb.DuckDBPyConnection) -> None:
    assert findings(con, name, severity) == expected


def test_elements_that_are_missed_are_not_in_the_text(con: duckdb.DuckDBPyConnection) -> None:
    sql = """
    select split_part(split_part(r.source_path, ': ', 2), '.', 1), f.message_zh
    from findings f join reports r using (report_id) where f.rule = 'missing_element' order by all
    """
    assert [(name, said.split("：")[1].split("（")[0]) for name, said in asked(con, sql)] == [
        ("fuyuan-2017", "收费及减免情况"),
        ("fuyuan-2017", "行政复议和行政诉讼情况"),
        ("nanchuan-2012", "收费及减免情况"),
        ("shihezi-2015", "依申请公开和不予公开情况"),
        ("shihezi-2015", "收费及减免情况"),
        ("shihezi-2015", "行政复议和行政诉讼情况"),
    ]


@pytest.mark.parametrize(("total", "parts"), [(76891, 8), (143212, 3)])
def test_lists_that_are_whole_sum_to_their_whole(total: int, parts: int, con: duckdb.DuckDBPyConnection) -> None:
    sql = f"select distinct parts from int_parts where whole_value = {total} and parts_value = {total}"
    assert (parts,) in asked(con, sql)


def test_suinings_eight_shares_are_right(con: duckdb.DuckDBPyConnection) -> None:
    sql = """
    select count(*) from stg_quantities s join stg_quantities w on s.part_of = w.quantity_id
    where s.basis = 'share' and w.value = 76891
    """
    assert asked(con, sql) == [(8,)]


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("proactive.disclosed", (143212, 66361, "derived", None)),
        ("requests.received", (27, 30, "derived", None)),
        ("response.hotline_calls", (15529, 5898, "restated", True)),
    ],
)
def test_jinchangs_year_before(indicator: str, expected: tuple[Any, ...], con: duckdb.DuckDBPyConnection) -> None:
    sql = f"""
    select value, previous_value, previous_source, agrees, change_pct from year_over_year
    where body_id like '620300/%' and report_year = 2018 and indicator = '{indicator}'
        and '' = all ([channel, topic, outcome, applicant, scope])
    """
    [(*found, change_pct)] = asked(con, sql)
    assert tuple(found) == expected
    if indicator == "response.hotline_calls":
        assert change_pct == pytest.approx(163.3, abs=0.05)


def test_jinchangs_rate_follows_from_its_counts(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select value from facts where body_id like '620300/%' and basis = 'rate' and value = 99.96"
    assert len(asked(con, sql)) == 1
    counts = "select count(*) from facts where body_id like '620300/%' and value in (14629, 14635)"
    assert asked(con, counts) == [(2,)]


def test_hongzes_two_years_lead_to_each_other(con: duckdb.DuckDBPyConnection) -> None:
    """Carried over, and in force: the numbers are there, and no relation between the years is broken."""
    sql = """
    select n.value = l.value
    from stg_quantities n
    join stg_reports r using (report_id)
    join stg_reports b on b.body_id = r.body_id
    join stg_quantities l on l.report_id = b.report_id and n.applicant = '' and l.applicant = ''
    where n.report_year = 2024 and l.report_year = 2023 and r.region_code = '320813' and n.origin = 'form'
        and n.indicator = 'requests.carried_in' and l.indicator = 'requests.carried_out' and l.origin = 'form'
    """
    assert asked(con, sql) == [(True,)]
    in_force = """
    select outcome, report_year, value from facts
    where region_code = '320813' and indicator = 'proactive.normative_documents' order by all
    """
    values = {(outcome, year): value for outcome, year, value in asked(con, in_force)}
    assert values["in_force", 2024] == (values["in_force", 2023] + values["issued", 2024] - values["repealed", 2024])
