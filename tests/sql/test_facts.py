"""Which value a fact takes, and what it says of the other readings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warehousing import small
from tests.warehousing.small import Row, cell, number, report


def facts(quantities: list[Row], columns: str, reports: list[dict[str, Any]] | None = None) -> list[tuple[Any, ...]]:
    con = small.warehouse("facts", reports=reports or [report()], quantities=quantities)
    return con.execute(f"select {columns} from facts order by report_year, indicator, channel").fetchall()


RECEIVED = "requests.received"


@pytest.mark.parametrize(
    ("quantities", "expected"),
    [
        # A form's cell before prose.
        ([number("p", 30, RECEIVED), cell("f", 27, RECEIVED)], (27, "form", 2, 1, [30.0], ["f", "p"])),
        # Exact prose before approximate prose, which does not conflict with what its words allow.
        (
            [
                number("a", 1600, surface="1600多条", qualifier="approx"),
                number("e", 1638),
            ],
            (1638, "prose", 2, 0, [], ["e", "a"]),
        ),
        # Among equals what is said most often, then what is said first.
        (
            [number("x", 5, char_start=1), number("y", 6, char_start=20), number("z", 6, char_start=30)],
            (6, "prose", 3, 1, [5.0], ["y", "z", "x"]),
        ),
        ([number("x", 5, char_start=9), number("y", 6, char_start=2)], (6, "prose", 2, 1, [5.0], ["y", "x"])),
    ],
)
def test_the_most_trusted_reading_settles_a_fact(quantities: list[Row], expected: tuple[Any, ...]) -> None:
    columns = "value, settled_by, readings, conflicts, conflicting_values, quantity_ids"
    assert facts(quantities, columns) == [expected]


@pytest.mark.parametrize(
    "given",
    [
        {"basis": "target"},
        {"basis": "change_abs"},
        {"basis": "share"},
        {"basis": "multiple"},
        {"indicator": None},
        {"period_end": None, "period": ""},
    ],
)
def test_only_dated_levels_rates_and_shares_of_a_whole_become_facts(given: dict[str, Any]) -> None:
    row = {"indicator": "proactive.disclosed"} | given
    assert facts([number("q1", 5, **row)], "value") == []


def test_a_blank_cell_is_not_a_fact() -> None:
    assert facts([cell("f", None, RECEIVED)], "value") == []


def test_different_topics_are_different_facts() -> None:
    found = facts([number("q1", 5, topic="财政"), number("q2", 9, topic="环保")], "value, topic, conflicts")
    assert sorted(found) == [(5, "财政", 0), (9, "环保", 0)]


def test_of_two_figures_the_one_that_has_parts_is_the_total() -> None:
    rows = [number("p", 782), number("w", 5475), number("part", 5000, topic="财政", part_of="w")]
    assert (5475, [782.0]) in facts(rows, "value, conflicting_values")


def test_a_share_of_a_whole_stands_beside_its_count() -> None:
    rows = [
        number("w", 100),
        number("p", 25, topic="财政", part_of="w"),
        number("s", 25, topic="财政", part_of="w", basis="share", unit="%", surface="25%"),
    ]
    con = small.warehouse("facts", reports=[report()], quantities=rows)
    found = con.execute("select basis, value from facts where topic = '财政' order by basis").fetchall()
    assert found == [("level", 25), ("share", 25)]


def test_a_later_reports_number_of_the_year_before_is_a_fact_of_that_year() -> None:
    rows = [number("now", 15529), number("before", 5898, period="2017")]
    columns = "report_year, period, value, settled_by, restated"
    assert facts(rows, columns) == [(2017, "2017", 5898, "prose", True), (2018, "2018", 15529, "prose", False)]


def test_the_years_own_report_is_trusted_before_a_restatement() -> None:
    rows = [number("own", 30, report_id="r17", period="2017"), number("later", 31, period="2017")]
    found = facts(rows, "value, restated, readings, conflicting_values, quantity_ids", [report(), report("r17", 2017)])
    assert found == [(30, False, 2, [31.0], ["own", "later"])]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # 143,212 with 76,851 more than the year before.
        ({"value": 76851, "basis": "change_abs", "surface": "76851条"}, (66361, "")),
        ({"value": -3, "basis": "change_abs", "surface": "3条"}, (143215, "")),
        ({"value": 100, "basis": "change_pct", "surface": "100%", "unit": "%"}, (71606, "approx")),
        ({"value": -50, "basis": "change_pct", "surface": "50%", "unit": "%"}, (286424, "approx")),
        ({"value": 70000, "basis": "change_abs", "surface": "7万余条", "qualifier": "approx"}, (73212, "approx")),
    ],
)
def test_the_year_before_follows_from_a_stated_change(change: dict[str, Any], expected: tuple[float, str]) -> None:
    rows = [number("q1", 143212), number("q2", base_period="2017", char_start=40, **change)]
    found = facts(rows, "report_year, value, qualifier, settled_by, quantity_ids")
    assert found[0] == (2017, *expected, "derived", ["q1", "q2"])
    assert found[1][:2] == (2018, 143212)


def test_a_change_against_no_told_year_derives_nothing() -> None:
    rows = [number("q1", 185), number("q2", -59.52, basis="change_pct", unit="%", surface="59.52%")]
    assert facts(rows, "report_year, value") == [(2018, 185)]


def test_reports_of_the_government_and_of_its_office_are_of_one_body() -> None:
    reports = [report(), report("r17", 2017, body="青川州人民政府办公室")]
    rows = [number("q1", 5), number("q2", 4, report_id="r17", period="2017")]
    assert facts(rows, "body_id, report_year, value", reports) == [
        ("990100/government/青川州", 2017, 4),
        ("990100/government/青川州", 2018, 5),
    ]


@pytest.mark.parametrize(
    ("period", "comparable"),
    [("2018", True), ("../2018", True), ("2018-01/2018-11", False), ("2008/2018", False)],
)
def test_what_covers_part_of_a_year_is_marked(period: str, comparable: bool) -> None:
    assert facts([number("q1", 5, period=period)], "comparable") == [(comparable,)]
