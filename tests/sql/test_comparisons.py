"""A fact beside the year before, and among its peers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warehousing import small
from tests.warehousing.small import Row, cell, number, report

LAST = report("r17", 2017)


def compared(
    quantities: list[Row], columns: str, reports: list[dict[str, Any]] | None = None, **more: Any
) -> list[Any]:
    con = small.warehouse("year_over_year", reports=reports or [report(), LAST], quantities=quantities, **more)
    return con.execute(f"select {columns} from year_over_year order by report_year, indicator").fetchall()


def last(value: float, **given: Any) -> Row:
    return number("before", value, report_id="r17", period="2017", **given)


def test_last_years_report_gives_the_year_before() -> None:
    columns = (
        "report_year, value, previous_value, previous_source, change, change_unit, change_pct, agrees, approximate"
    )
    assert compared([number("now", 27), last(30)], columns) == [
        (2018, 27, 30, "reported", -3, "条", pytest.approx(-10), None, False)
    ]


def test_this_years_report_gives_the_year_before_where_last_years_is_not_there() -> None:
    rows = [number("now", 15529), number("restated", 5898, period="2017")]
    columns = "previous_value, previous_source, reported_previous, restated_previous, restatement"
    assert compared(rows, columns) == [(5898, "restated", None, 5898, None)]


def test_a_restatement_is_shown_with_both_figures() -> None:
    rows = [number("now", 40), last(30), number("restated", 31, period="2017")]
    columns = "previous_value, previous_source, reported_previous, restated_previous, restatement, agrees"
    assert compared(rows, columns) == [(30, "reported", 30, 31, True, False)]


def test_a_derived_value_is_used_where_nothing_was_read() -> None:
    rows = [number("now", 143212), number("change", 76851, basis="change_abs", base_period="2017")]
    columns = "previous_value, previous_source, change, stated_change, agrees, quantity_ids, previous_quantity_ids"
    assert compared(rows, columns) == [(66361, "derived", 76851, 76851, None, ["now"], ["now", "change"])]


@pytest.mark.parametrize(
    ("stated", "agrees"),
    [
        ({"value": 163, "basis": "change_pct", "unit": "%", "surface": "163%"}, True),
        ({"value": 163.3, "basis": "change_pct", "unit": "%", "surface": "163.3%"}, True),
        ({"value": 165, "basis": "change_pct", "unit": "%", "surface": "165%"}, False),
        ({"value": 9631, "basis": "change_abs"}, True),
        ({"value": 9630, "basis": "change_abs"}, False),
        ({"value": 9600, "basis": "change_abs", "qualifier": "approx", "surface": "9600余件"}, True),
    ],
)
def test_a_stated_change_agrees_within_what_it_prints(stated: dict[str, Any], agrees: bool) -> None:
    rows = [number("now", 15529), last(5898), number("change", base_period="2017", **stated)]
    assert compared(rows, "previous_source, agrees") == [("reported", agrees)]


def test_rates_change_in_percentage_points() -> None:
    rate = {"basis": "rate", "unit": "%", "indicator": "requests.answer_rate"}
    rows = [number("now", 98.5, surface="98.5%", **rate), last(96, surface="96%", **rate)]
    assert compared(rows, "change, change_unit, change_pct") == [(2.5, "百分点", None)]


def test_a_zero_before_gives_no_percentage() -> None:
    assert compared([number("now", 5), last(0)], "change, change_pct") == [(5, None)]


def test_years_with_a_gap_are_not_compared() -> None:
    old = number("old", 20, report_id="r16", period="2016")
    assert compared([number("now", 27), old], "value", [report(), report("r16", 2016)]) == []


def test_part_of_a_year_is_not_compared_with_a_whole_one() -> None:
    assert compared([number("now", 222, period="2018-01/2018-11"), last(300)], "value") == []


def test_running_totals_are_compared_with_running_totals() -> None:
    rows = [
        number("now", 900, period="../2018"),
        number("before", 800, report_id="r17", period="../2017"),
    ]
    assert compared(rows, "span, value, previous_value") == [("../Y", 900, 800)]


def test_an_approximate_value_marks_the_comparison() -> None:
    rows = [number("now", 1600, qualifier="approx", surface="1600多条"), last(1500)]
    assert compared(rows, "approximate, qualifier, previous_qualifier") == [(True, "approx", "")]


def test_a_break_of_the_series_is_shown() -> None:
    rows = [cell("now", 3, "requests.answered", "other", report_id="r21", period="2021")]
    rows += [cell("before", 9, "requests.answered", "other", report_id="r20", period="2020")]
    reports = [report("r21", 2021, form="2021"), report("r20", 2020, form="2019")]
    breaks = [
        {
            "indicator": "requests.answered",
            "outcome": "other",
            "year": 2021,
            "effect": "changes meaning",
            "note_en": "Once",
        },
        {"indicator": "requests.answered", "outcome": "*", "year": 2021, "effect": "continues", "note_en": "No break"},
        {"indicator": "requests.answered", "outcome": "*", "year": 2019, "effect": "begins", "note_en": "Too early"},
    ]
    assert compared(rows, "value, previous_value, breaks", reports, breaks=breaks) == [(3, 9, "Once")]


def region(code: str, start: int, end: int | None = None, successors: str | None = None) -> dict[str, Any]:
    return {"region_code": code, "valid_from": start, "valid_to": end, "successors": successors, "level": "county"}


def of(code: str, year: int) -> dict[str, Any]:
    name = {"region_code": code, "region_name": "", "body": "人民政府"}
    return report(f"{code}-{year}", year, **name)


def value_of(code: str, year: int, value: float, **given: Any) -> Row:
    return number(f"q{code}-{year}", value, report_id=f"{code}-{year}", period=str(year), **given)


@pytest.mark.parametrize(
    ("regions", "before", "expected"),
    [
        # A new code for the same region.
        ([region("1", 2000, 2017, "9"), region("9", 2018)], {"1": 10}, [(30, 10, "1")]),
        # Two regions become one.
        (
            [region("1", 2000, 2017, "9"), region("2", 2000, 2017, "9"), region("9", 2018)],
            {"1": 10, "2": 15},
            [(30, 25, "1|2")],
        ),
        # One of them gave no number: the sum is not known.
        ([region("1", 2000, 2017, "9"), region("2", 2000, 2017, "9"), region("9", 2018)], {"1": 10}, []),
        # A region takes in another and keeps its code.
        ([region("1", 2000, 2017, "9"), region("9", 2000)], {"1": 10, "9": 15}, [(30, 25, "1|9")]),
        # ... whose number is not there: its own alone is not comparable.
        ([region("1", 2000, 2017, "9"), region("9", 2000)], {"9": 15}, []),
        # A region is divided: the past of its parts is not known.
        ([region("1", 2000, 2017, "8|9"), region("8", 2018), region("9", 2018)], {"1": 10}, []),
        # A change of other years does not matter.
        ([region("1", 2000, 2010, "9"), region("9", 2000)], {"9": 15}, [(30, 15, None)]),
    ],
)
def test_a_region_is_followed_through_changes_of_code_and_territory(
    regions: list[dict[str, Any]], before: dict[str, float], expected: list[Any]
) -> None:
    rows = [value_of("9", 2018, 30), *(value_of(code, 2017, value) for code, value in before.items())]
    reports = [of("9", 2018), *(of(code, 2017) for code in before)]
    columns = "value, previous_value, previous_regions"
    assert compared(rows, columns, reports, regions=regions) == expected


def test_rates_of_merged_regions_are_not_summed() -> None:
    regions = [region("1", 2000, 2017, "9"), region("2", 2000, 2017, "9"), region("9", 2018)]
    rate = {"basis": "rate", "indicator": "requests.answer_rate", "unit": "%"}
    rows = [value_of("9", 2018, 90, **rate), value_of("1", 2017, 80, **rate), value_of("2", 2017, 70, **rate)]
    assert compared(rows, "value", [of("9", 2018), of("1", 2017), of("2", 2017)], regions=regions) == []


def among(values: dict[str, float], columns: str, **given: Any) -> list[Any]:
    rows = [value_of(code, 2018, value, **given) for code, value in values.items()]
    con = small.warehouse("cross_region", reports=[of(code, 2018) for code in values], quantities=rows)
    return con.execute(f"select region_code, {columns} from cross_region order by region_code").fetchall()


def test_a_fact_is_ranked_among_its_peers() -> None:
    columns = "rank, percentile, peer_median, ratio_to_median, peers, note"
    assert among({"1": 10, "2": 40, "3": 20, "4": 40}, columns) == [
        ("1", 4, 0, 30, pytest.approx(1 / 3), 4, None),
        ("2", 1, pytest.approx(200 / 3), 30, pytest.approx(4 / 3), 4, None),
        ("3", 3, pytest.approx(100 / 3), 30, pytest.approx(2 / 3), 4, None),
        ("4", 1, pytest.approx(200 / 3), 30, pytest.approx(4 / 3), 4, None),
    ]


def test_fewer_than_three_peers_are_not_ranked_and_it_says_so() -> None:
    columns = "rank, percentile, peer_median, ratio_to_median, peers, note"
    note = "Fewer than three peers: not ranked."
    assert among({"1": 10, "2": 40}, columns) == [
        ("1", None, None, None, None, 2, note),
        ("2", None, None, None, None, 2, note),
    ]


@pytest.mark.parametrize("given", [{"scope": "环保局"}, {"period": "2018-01/2018-11"}])
def test_parts_of_a_body_or_of_a_year_have_no_peers(given: dict[str, str]) -> None:
    rows = [number(f"q{code}", 5, report_id=f"{code}-2018", **given) for code in "123"]
    con = small.warehouse("cross_region", reports=[of(code, 2018) for code in "123"], quantities=rows)
    assert con.execute("select * from cross_region").fetchall() == []


def test_other_levels_and_kinds_of_body_are_no_peers() -> None:
    reports = [of("1", 2018), of("2", 2018) | {"level": "county"}, of("3", 2018) | {"body_kind": "department"}]
    rows = [value_of(code, 2018, 5) for code in "123"]
    con = small.warehouse("cross_region", reports=reports, quantities=rows)
    assert con.execute("select distinct peers from cross_region").fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        (("2021", "2021", "mixed"), True),
        (("2021", "2019", "prose"), True),
        # Prose has no rows that could be other ones.
        (("2021", "2021", "prose"), False),
        (("mixed", "2019", "mixed"), False),
    ],
)
def test_peers_with_different_forms_are_told_what_changed_between_them(forms: tuple[str, ...], told: bool) -> None:
    reports = [of(code, 2018) | {"form": form} for code, form in zip("123", forms, strict=True)]
    rows = [cell(f"q{code}", 5, "requests.answered", "other", report_id=f"{code}-2018") for code in "123"]
    con = small.warehouse("cross_region", reports=reports, quantities=rows)
    notes = [row[0] for row in con.execute("select distinct note from cross_region").fetchall()]
    assert len(notes) == 1
    assert ("3.其他" in (notes[0] or "")) == told
    assert "2014" not in (notes[0] or "")


def test_the_panel_has_a_row_a_body_and_year() -> None:
    rows = [
        number("d", 120),
        number("dw", 80, channel="website"),
        number("topic", 7, topic="财政"),
        number("part", 9, "response.press_conferences", period="2018-01/2018-11"),
        number("change", 20, basis="change_abs", base_period="2017"),
        cell("r", 27, "requests.received"),
        cell("n", 25, "requests.received", applicant="natural_person"),
        cell("l1", 2, "remedies.litigation_direct"),
        cell("l2", 1, "remedies.litigation_after_reconsideration"),
    ]
    con = small.warehouse("panel", reports=[report(form="2019")], quantities=rows)
    columns = (
        "report_year, forms, derived_values, disclosed, disclosed_website, press_conferences, requests_received, "
        "requests_natural_persons, litigations, meetings"
    )
    assert con.execute(f"select {columns} from panel order by report_year").fetchall() == [
        (2017, "2019", 1, 100, None, None, None, None, None, None),
        (2018, "2019", 0, 120, 80, None, 27, 25, 3, None),
    ]
