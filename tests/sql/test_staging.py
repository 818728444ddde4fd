"""Reports under one body, numbers with their bounds, corrections: staging views on small tables."""

from __future__ import annotations

from datetime import date

import pytest

from tests.warehousing import small

REGIONS = [
    {
        "region_code": code,
        "name": name,
        "short_name": name[:-1],
        "full_name": full,
        "level": level,
        "valid_from": 2000,
    }
    for code, name, full, level in [
        ("990100", "青川州", "云岭省青川州", "prefecture"),
        ("990102", "南屏区", "云岭省青川州南屏区", "county"),
    ]
]


@pytest.mark.parametrize(
    ("given", "body_id"),
    [
        ({"body": "青川州人民政府"}, "990100/government/"),
        ({"body": "青川州人民政府办公室"}, "990100/government/"),
        ({"body": "云岭省青川州人民政府办公厅"}, "990100/government/"),
        ({"body": " 青川州 人民政府"}, "990100/government/"),
        ({"body": "青川州政府"}, "990100/government/"),
        ({"body": None}, "990100/government/"),
        ({"body": "青川州高新区管理委员会"}, "990100/government/高新区管理委员会"),
        (
            {"region_code": "990102", "region_name": "云岭省青川州南屏区", "body": "青川州南屏区人民政府"},
            "990102/government/",
        ),
        ({"body": "青川州市场监督管理局", "body_kind": "department"}, "990100/department/市场监督管理局"),
        ({"body": "州市场监督管理局", "body_kind": "department"}, "990100/department/市场监督管理局"),
        ({"body": "市场监督管理局", "body_kind": "department"}, "990100/department/市场监督管理局"),
        (
            {
                "region_code": "990102",
                "region_name": "云岭省青川州南屏区",
                "body": "南屏区白石镇人民政府",
                "body_kind": "township",
            },
            "990102/township/白石镇",
        ),
        (
            {"region_code": None, "region_name": None, "body": "某某县人民政府"},
            "?/government/某某县人民政府",
        ),
        ({"region_code": None, "region_name": None, "body": None}, "?/r18"),
    ],
)
def test_a_body_keeps_one_identifier_however_its_name_is_written(given: dict[str, str], body_id: str) -> None:
    con = small.warehouse("stg_reports", regions=REGIONS, reports=[small.report(**given)])
    assert con.execute("select body_id from stg_reports").fetchall() == [(body_id,)]


@pytest.mark.parametrize(
    ("given", "bounds"),
    [
        ({"surface": "120条"}, (1, 120, 120)),
        ({"surface": "１２０条"}, (1, 120, 120)),
        ({"value": 98.18, "surface": "98.18%", "basis": "rate"}, (0.01, 98.17, 98.19)),
        ({"value": 163, "surface": "163%", "basis": "change_pct"}, (1, 162, 164)),
        ({"value": 30000, "surface": "3万条"}, (10000, 20000, 40000)),
        ({"value": 12300, "surface": "1.23万条"}, (100, 12200, 12400)),
        ({"value": 1600, "surface": "1600多条", "qualifier": "approx"}, (1, 1500, 1700)),
        ({"value": 60, "surface": "60余条", "qualifier": "approx"}, (1, 50, 70)),
        ({"value": 11316, "surface": "11316多条", "qualifier": "approx"}, (1, 11315, 11317)),
        ({"value": 500, "surface": "500条以上", "qualifier": "at_least"}, (1, 500, float("inf"))),
        ({"value": 20, "surface": "不超过20个", "qualifier": "at_most"}, (1, 0, 20)),
        ({"value": 0, "surface": "未收取任何费用"}, (1, 0, 0)),
        ({"value": 15, "surface": "十五条"}, (1, 15, 15)),
        ({"value": 4.4062e10, "surface": "440.62亿元"}, (1e6, 4.4061e10, 4.4063e10)),
        ({"value": 1234, "surface": "1,234条"}, (1, 1234, 1234)),
    ],
)
def test_printed_words_bound_what_a_number_can_mean(given: dict[str, object], bounds: tuple[float, ...]) -> None:
    row = {"value": 120.0} | given
    con = small.warehouse(
        "stg_quantities",
        reports=[small.report()],
        quantities=[small.number("q1", **row)],  # type: ignore[arg-type]
    )
    found = con.execute("select step, low, high from stg_quantities").fetchall()[0]
    assert found == pytest.approx(bounds)


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2018", "Y"),
        ("../2018", "../Y"),
        ("2008/2018", "2008/Y"),
        ("2018-01/2018-11", "Y-01/Y-11"),
        ("2017", "Y"),
    ],
)
def test_a_span_tells_which_part_of_a_year_is_covered(period: str, span: str) -> None:
    end = date(int(period[-7:-3]), 11, 30) if period.endswith("-11") else date(int(period[-4:]), 12, 31)
    con = small.warehouse(
        "stg_quantities",
        reports=[small.report()],
        quantities=[small.number("q1", 1, period=period, period_start=None, period_end=end)],
    )
    assert con.execute("select span from stg_quantities").fetchall() == [(span,)]


def correction(**given: object) -> dict[str, object]:
    return {
        "source_path": "r18.txt",
        "expects": 120.0,
        "should_be": 210.0,
        "wrong": "report",
        "who": "A reader",
        "why": "the office confirmed it",
    } | given


@pytest.mark.parametrize("place", [{"quantity_id": "q1"}, {"indicator": "proactive.disclosed"}])
def test_a_correction_is_applied_by_number_or_by_place(place: dict[str, str]) -> None:
    con = small.warehouse(
        "facts",
        reports=[small.report()],
        quantities=[small.number("q1", 120), small.number("q2", 7, "response.press_conferences")],
        corrections=[correction(**place)],
    )
    found = con.execute(
        "select quantity_id, value, printed_value, correction from stg_quantities order by 1"
    ).fetchall()
    assert found == [("q1", 210, 120, "A reader: the office confirmed it"), ("q2", 7, 7, None)]
    assert con.execute("select value, settled_by, printed_value from facts where value = 210").fetchall() == [
        (210, "correction", 120)
    ]


@pytest.mark.parametrize(("wrong", "audited"), [("report", 120), ("reading", 210)])
def test_findings_are_about_what_is_printed(wrong: str, audited: float) -> None:
    con = small.warehouse(
        "stg_quantities",
        reports=[small.report()],
        quantities=[small.number("q1", 120)],
        corrections=[correction(quantity_id="q1", wrong=wrong)],
    )
    assert con.execute("select audited_value from stg_quantities").fetchall() == [(audited,)]
