"""What does not add up, and what does: one case a trap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.warehousing import small
from tests.warehousing.small import Row, cell, number, report

TEXT = "主动公开 依申请公开 收费及减免 行政复议 行政诉讼 存在的问题和改进"
ALL_SAID = [{"report_id": "r18", "text": TEXT}, {"report_id": "r17", "text": TEXT}]
RECEIVED, CARRIED_IN, ANSWERED, CARRIED_OUT = (
    "requests.received",
    "requests.carried_in",
    "requests.answered",
    "requests.carried_out",
)
RECONSIDERATION = "remedies.reconsideration"


def found(quantities: list[Row], reports: list[dict[str, Any]] | None = None, **given: Any) -> list[tuple[Any, ...]]:
    con = small.warehouse(
        "findings",
        reports=reports or [report()],
        quantities=quantities,
        **{"report_texts": ALL_SAID} | given,
    )
    columns = "rule, severity, left_value, right_value, quantity_ids[1]"
    return con.execute(f"select {columns} from findings order by rule, quantity_ids[1]").fetchall()


def requests(new: float | None, before: float | None, total: float | None, after: float | None) -> list[Row]:
    return [
        cell("a", new, RECEIVED),
        cell("b", before, CARRIED_IN),
        cell("c", total, ANSWERED),
        cell("d", after, CARRIED_OUT),
        cell("e", total, ANSWERED, "granted"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (requests(20, 3, 22, 1), []),
        (requests(20, 3, 22, 0), [("R1", "red", 23, 22, "a")]),
        (requests(20, None, 20, None), []),
        (requests(20, 3, None, 1), []),
        (requests(None, 3, 22, 1), []),
        (
            [cell("t", 30, ANSWERED), cell("g", 20, ANSWERED, "granted"), cell("o", 9, ANSWERED, "other")],
            [("R2", "red", 30, 29, "t")],
        ),
        ([cell("t", 30, ANSWERED), cell("g", 21, ANSWERED, "granted"), cell("o", 9, ANSWERED, "other")], []),
        ([cell("t", 30, ANSWERED)], []),
        (
            [
                cell("t", 5, RECEIVED),
                cell("n", 4, RECEIVED, applicant="natural_person"),
                cell("o", 2, RECEIVED, applicant="other"),
            ],
            [("R3", "red", 5, 6, "t")],
        ),
        ([cell("t", 0, RECONSIDERATION), cell("u", 10, RECONSIDERATION, "upheld")], [("R4", "red", 0, 10, "t")]),
        ([cell("t", 10, RECONSIDERATION), cell("u", 10, RECONSIDERATION, "upheld")], []),
        ([cell("t", None, RECONSIDERATION), cell("u", 10, RECONSIDERATION, "upheld")], []),
    ],
)
def test_relations_of_the_form_hold_or_are_found(cells: list[Row], expected: list[Any]) -> None:
    assert found(cells, [report(form="2021")]) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ([(CARRIED_IN, "", 5)], [(CARRIED_OUT, "", 5)], []),
        ([(CARRIED_IN, "", 5)], [(CARRIED_OUT, "", 4)], [("R6", "red", 5, 4, "n0")]),
        ([(CARRIED_IN, "", 5)], [(CARRIED_OUT, "", None)], []),
        (
            [
                ("proactive.regulations", "in_force", 8),
                ("proactive.regulations", "issued", 4),
                ("proactive.regulations", "repealed", 1),
            ],
            [("proactive.regulations", "in_force", 5)],
            [],
        ),
        (
            [
                ("proactive.regulations", "in_force", 9),
                ("proactive.regulations", "issued", 4),
                ("proactive.regulations", "repealed", 1),
            ],
            [("proactive.regulations", "in_force", 5)],
            [("R7", "red", 9, 8, "n0")],
        ),
    ],
)
def test_relations_between_years_hold_or_are_found(now: list[Any], before: list[Any], expected: list[Any]) -> None:
    cells = [cell(f"n{i}", value, indicator, outcome) for i, (indicator, outcome, value) in enumerate(now)]
    for i, (indicator, outcome, value) in enumerate(before):
        cells.append(cell(f"b{i}", value, indicator, outcome, report_id="r17", period="2017"))
    assert found(cells, [report(form="2021"), report("r17", 2017, form="2021")]) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # On the sheet of 2014 what was answered need not be what was received.
        ([cell("t", 30, RECEIVED), cell("a", 28, ANSWERED), cell("g", 28, ANSWERED, "granted")], []),
        (
            [
                cell("t", 30, RECEIVED),
                cell("o", 20, RECEIVED, channel="online"),
                cell("p", 9, RECEIVED, channel="post"),
            ],
            [("S1", "red", 30, 29, "t")],
        ),
        # Grounds that are left blank are not assessed.
        ([cell("a", 5, ANSWERED), cell("r", 5, ANSWERED, "refused"), cell("s", None, ANSWERED, "refused.privacy")], []),
        (
            [cell("a", 5, ANSWERED), cell("r", 5, ANSWERED, "refused"), cell("s", 4, ANSWERED, "refused.privacy")],
            [("S4", "red", 5, 4, "r")],
        ),
        # A column of its own for part of the body.
        ([cell("t", 30, RECEIVED), cell("o", 20, RECEIVED, channel="online", scope="部门")], []),
    ],
)
def test_the_sheet_of_2014_has_relations_of_its_own(cells: list[Row], expected: list[Any]) -> None:
    assert found(cells, [report(form="2014")]) == expected


def parts(whole: Row, *values: float, dimension: str = "topic", **given: Any) -> list[Row]:
    return [
        whole,
        *(
            number(f"p{i}", v, part_of=whole["quantity_id"], **{dimension: f"{i}"} | given)
            for i, v in enumerate(values)
        ),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (parts(number("w", 100), 60, 40), []),
        (parts(number("w", 100), 60, 41), [("parts_exceed", "red", 101, 100, "w")]),
        (parts(number("w", 100), 60, 20), [("parts_short", "yellow", 80, 100, "w")]),
        # A few examples of a whole are no list of its parts, unless the last is what is left.
        (parts(number("w", 100), 20, 10), []),
        (
            [*parts(number("w", 100), 20), number("rest", 10, topic="其他", part_of="w", char_start=50)],
            [("parts_short", "yellow", 30, 100, "w")],
        ),
        # One of the list is of another indicator: within the list, and behind it.
        (
            [
                *parts(number("w", 100, quote="one"), 60, quote="one", char_start=10),
                number("other", 6, "response.interpretations", quote="one", char_start=20),
                number("last", 20, topic="last", part_of="w", quote="one", char_start=30),
            ],
            [("parts_short", "yellow", 86, 100, "w")],
        ),
        (
            [
                *parts(number("w", 100, quote="one"), 60, 34, quote="one", char_start=10),
                number("other", 6, "response.interpretations", quote="one", char_start=20),
            ],
            [],
        ),
        # One part that is as great as its whole is no full list.
        (parts(number("w", 100), 100, 20, char_start=10), [("parts_exceed", "red", 120, 100, "w")]),
        # The list is full; what follows is of another.
        (parts(number("w", 31), 15, 16, 4, 2, char_start=10), []),
        # One part that is named is no list.
        (parts(number("w", 100), 60), []),
        # What approximate words allow.
        (parts(number("w", 1100, surface="1100多条", qualifier="approx"), 650, 500), []),
        (
            parts(number("w", 1100, surface="1100多条", qualifier="approx"), 650, 160, 22, 140, 260, 220),
            [("parts_exceed", "red", 1452, 1100, "w")],
        ),
        (parts(number("w", 100), 60, 39, surface="39余条", qualifier="approx"), []),
        # What goes through a channel and what is of a topic may be the same.
        (
            [
                number("w", 100),
                number("c", 80, channel="website", part_of="w"),
                number("t", 30, topic="财政", part_of="w"),
            ],
            [],
        ),
        # A part of a part.
        (
            [
                number("w", 30, ANSWERED),
                number("g", 20, ANSWERED, outcome="granted", part_of="w"),
                number("r", 10, ANSWERED, outcome="refused", part_of="w"),
                number("s", 4, ANSWERED, outcome="refused.state_secret", part_of="w"),
            ],
            [],
        ),
    ],
)
def test_parts_are_held_against_their_whole(rows: list[Row], expected: list[Any]) -> None:
    assert found(rows) == expected


def test_a_part_said_twice_counts_once() -> None:
    rows = [number("w", 100), *(number(f"p{i}", 60, topic="a", part_of="w") for i in range(2))]
    assert found([*rows, number("q", 40, topic="b", part_of="w")]) == []


@pytest.mark.parametrize(
    ("share", "surface", "expected"),
    [(2.44, "2.44%", []), (0.1, "0.1%", []), (2.54, "2.54%", [("share_of_whole", "red", 2.54, 2.4398, "s")])],
)
def test_shares_follow_from_their_counts_within_rounding(share: float, surface: str, expected: list[Any]) -> None:
    count = 81 if share < 1 else 1876
    rows = [
        number("w", 76891),
        number("p", count, topic="a", part_of="w"),
        number("s", share, topic="a", part_of="w", basis="share", unit="%", surface=surface),
    ]
    got = found(rows)
    assert [(*row[:3], pytest.approx(row[3], abs=1e-4), row[4]) for row in got] == expected


@pytest.mark.parametrize(("outer", "rules"), [(3320, []), (500, ["share_of_whole"])])
def test_a_share_in_a_list_within_a_list_may_be_of_the_outer_whole(outer: int, rules: list[str]) -> None:
    rows = [
        number("o", outer, topic="总体", quote="one"),
        number("w", 31, topic="政策", quote="one"),
        number("p", 16, topic="规范性文件", part_of="w", quote="one"),
        number("s", 1, topic="规范性文件", part_of="w", basis="share", unit="%", surface="1%", quote="one"),
    ]
    assert [row[0] for row in found(rows)] == rules


@pytest.mark.parametrize(
    ("rate", "away", "expected"),
    [
        (99.96, 20, []),
        (99.9, 20, [("rate_of_counts", "red", 99.9, 99.959, "r")]),
        # Far away: the rate may be of something else.
        (99.9, 200, []),
    ],
)
def test_rates_follow_from_the_counts_beside_them(rate: float, away: int, expected: list[Any]) -> None:
    rows = [
        number("n", 14635, "services.cases_received", char_start=10),
        number("d", 14629, "services.cases_completed", char_start=20),
        number(
            "r", rate, "services.completion_rate", basis="rate", unit="%", surface=f"{rate:.2f}%", char_start=20 + away
        ),
    ]
    got = found(rows)
    assert [(*row[:3], pytest.approx(row[3], abs=1e-3), row[4]) for row in got] == expected


def changed(now: float, before: float, stated: float, surface: str, basis: str, **given: Any) -> list[Row]:
    return [
        number("now", now, char_start=1),
        number("before", before, period="2017", char_start=9, **given),
        number("change", stated, basis=basis, base_period="2017", surface=surface, char_start=20),
    ]


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        (changed(15529, 5898, 163, "163%", "change_pct"), []),
        (changed(15529, 5898, 173, "173%", "change_pct"), ["stated_change"]),
        (changed(27, 30, -3, "3件", "change_abs"), []),
        (changed(27, 31, -3, "3件", "change_abs"), ["stated_change"]),
        (changed(27, 31, -3, "3件", "change_abs", report_id="r17"), ["stated_change_last_report"]),
    ],
)
def test_a_stated_change_leads_from_one_figure_to_the_other(rows: list[Row], rules: list[str]) -> None:
    assert [row[0] for row in found(rows, [report(), report("r17", 2017)])] == rules


@pytest.mark.parametrize(
    ("pct", "surface", "expected"),
    [(20, "20%", []), (30, "30%", [("stated_change", "red", 30, 20, "now")])],
)
def test_a_change_in_units_and_in_per_cent_lead_to_the_same(pct: float, surface: str, expected: list[Any]) -> None:
    rows = [
        number("now", 120),
        number("abs", 20, basis="change_abs", base_period="2017"),
        number("pct", pct, basis="change_pct", unit="%", base_period="2017", surface=surface),
    ]
    assert [(*row[:3], pytest.approx(row[3]), row[4]) for row in found(rows)] == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"value": 20, "basis": "change_pct", "unit": "%", "surface": "20%"}, []),
        # 60 through 3.60 to 3.62 is no whole number.
        (
            {"value": 261, "basis": "change_pct", "unit": "%", "surface": "261%"},
            [("impossible_change", "yellow", 261, 60, "now")],
        ),
        ({"value": 61, "basis": "change_abs"}, [("impossible_change", "yellow", 61, 60, "now")]),
        ({"value": 60, "basis": "change_abs"}, []),
    ],
)
def test_a_change_that_no_number_can_have_led_to_is_found_and_derives_nothing(
    change: dict[str, Any], expected: list[Any]
) -> None:
    rows = [number("now", 60), number("change", base_period="2017", **change)]
    assert found(rows) == expected
    con = small.warehouse("facts", reports=[report()], quantities=rows)
    assert con.execute("select count(*) from facts where settled_by = 'derived'").fetchall() == [
        (0 if expected else 1,)
    ]


def test_a_restatement_is_to_be_looked_at() -> None:
    rows = [number("old", 30, report_id="r17", period="2017"), number("new", 31, period="2017")]
    assert found(rows, [report(), report("r17", 2017)]) == [("restatement", "yellow", 31, 30, "new")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([20], []),
        # 收到 may count those carried over.
        ([23], []),
        ([35], [("prose_against_form", "yellow", 35, 20, "s0")]),
        # One of them is the table's: the other is about something else.
        ([35, 20], []),
    ],
)
def test_the_text_is_held_against_the_table(said: list[float], expected: list[Any]) -> None:
    rows = [number(f"s{i}", v, RECEIVED, char_start=i, quote="one") for i, v in enumerate(said)]
    assert found([*rows, *requests(20, 3, 22, 1)]) == expected


@pytest.mark.parametrize(
    ("value", "given", "agreement"),
    [
        (20, {}, "agrees"),
        (23, {}, "agrees"),
        (35, {}, "differs"),
        (17, {"quote": "政府办公室受理申请17件。"}, "other_scope"),
        (17, {"scope": "水利局"}, "other_scope"),
    ],
)
def test_a_number_of_the_text_is_linked_to_its_cell(value: float, given: dict[str, Any], agreement: str) -> None:
    rows = [number("said", value, RECEIVED, char_start=1, **given), *requests(20, 3, 22, 1)]
    con = small.warehouse("text_and_table", reports=[report()], quantities=rows)
    told = con.execute(
        "select text_quantity_id, text_value, table_value, with_carried, agreement from text_and_table"
    ).fetchall()
    assert told == [("said", value, 20, 23, agreement)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"value": 62926}, [("two_figures", "yellow", 62962, 62926, "a")]),
        ({"value": 62962}, []),
        ({"value": 325}, []),
        ({"value": 62926, "quote": "one"}, []),
        ({"value": 62926, "topic": "财政"}, []),
        ({"value": 62926, "surface": "62926条", "quote": "其中，发布62926条"}, []),
        ({"value": 62900, "qualifier": "approx", "surface": "62900余条"}, []),
    ],
)
def test_two_figures_for_one_thing_in_one_report(second: dict[str, Any], expected: list[Any]) -> None:
    rows = [number("a", 62962, quote="one", char_start=1), number("b", char_start=50, **{"quote": "two"} | second)]
    assert found(rows) == expected


@pytest.mark.parametrize(
    ("given", "impossible"),
    [
        ({"value": 100.5, "basis": "rate", "unit": "%", "surface": "100.5%"}, True),
        ({"value": 100, "basis": "rate", "unit": "%", "surface": "100%"}, False),
        ({"value": 163, "basis": "change_pct", "unit": "%", "surface": "163%"}, False),
        ({"value": -3, "surface": "-3件"}, True),
        ({"value": -3, "indicator": "proactive.licensing_decisions", "outcome": "change"}, False),
        ({"value": 3.5, "surface": "3.5件"}, True),
        ({"value": 35000, "surface": "3.5万条"}, False),
        ({"value": 3.5, "unit": "元", "surface": "3.5元"}, False),
        ({"value": 2.5, "unit": "工作日", "surface": "2.5个工作日"}, False),
    ],
)
def test_impossible_values_are_found(given: dict[str, Any], impossible: bool) -> None:
    assert [row[0] for row in found([number("q1", **given)])] == ["impossible_value"] * impossible


@pytest.mark.parametrize(("title_year", "rules"), [(2017, ["title_year"]), (2018, []), (None, [])])
def test_a_title_of_another_year_is_found(title_year: int | None, rules: list[str]) -> None:
    assert [row[0] for row in found([], [report(title_year=title_year)])] == rules


@pytest.mark.parametrize(
    ("kind", "year", "published", "late"),
    [
        ("government", 2018, date(2019, 3, 31), False),
        ("government", 2018, date(2019, 4, 1), True),
        ("department", 2018, date(2019, 3, 1), False),
        ("department", 2019, date(2020, 2, 1), True),
        ("department", 2019, date(2020, 1, 31), False),
        ("government", 2019, date(2020, 3, 31), False),
        ("government", 2019, None, False),
    ],
)
def test_publication_after_the_legal_date_is_found(kind: str, year: int, published: date | None, late: bool) -> None:
    given = report("r18", year, body_kind=kind, published_on=published)
    assert [row[0] for row in found([], [given])] == ["published_late"] * late


@pytest.mark.parametrize(
    ("text", "year", "missing"),
    [
        (TEXT, 2018, 0),
        (TEXT.replace("行政复议 行政诉讼", ""), 2018, 1),
        (TEXT.replace("收费及减免", "教育收费"), 2018, 1),
        (TEXT.replace("收费及减免", "未收取任何费用"), 2018, 0),
        # Since 2019 the law does not ask for fees.
        (TEXT.replace("收费及减免", ""), 2019, 0),
        ("", 2018, 5),
    ],
)
def test_an_element_that_the_law_asks_for_is_missed(text: str, year: int, missing: int) -> None:
    got = found([], [report("r18", year)], report_texts=[{"report_id": "r18", "text": text}])
    assert [row[:2] for row in got] == [("missing_element", "red")] * missing


def test_a_finding_is_a_sentence_with_its_numbers_and_place() -> None:
    con = small.warehouse(
        "findings",
        reports=[report(form="2021")],
        report_texts=ALL_SAID,
        quantities=[
            cell("t", 1000, RECONSIDERATION, char_start=7),
            cell("u", 1010, RECONSIDERATION, "upheld"),
            cell("p", 1, RECONSIDERATION, "pending"),
        ],
    )
    assert con.execute("select message, message_zh, char_start, length(finding_id) from findings").fetchall() == [
        (
            "Administrative reconsideration cases: the total is 1,000, its results sum to 1,011 (1,000 ≠ 1 + 1,010).",
            "行政复议：总计为1,000，各项结果之和为1,011（1,000 ≠ 1 + 1,010）。",
            7,
            16,
        )
    ]


def test_every_rule_has_a_sentence_with_the_places_that_it_fills() -> None:
    con = small.warehouse("findings")
    rules = con.execute("select rule, severity, message_en, message_zh from rules").fetchall()
    for rule, severity, english, chinese in rules:
        assert severity in ("red", "yellow"), rule
        for place in ("{left}", "{right}", "{detail}", "{subject}"):
            assert (place in english) == (place in chinese), (rule, place)


def test_coverage_counts_what_was_found_and_why_not() -> None:
    con = small.warehouse(
        "coverage",
        reports=[report()],
        report_texts=[{"report_id": "r18", "text": TEXT.replace("行政复议 行政诉讼", "")}],
        quantities=[
            number("a", 1),
            number("b", 2, None, rule="no cue"),
            number("c", 3, None, rule="no cue"),
            cell("d", None, RECEIVED),
            cell("e", 4, RECEIVED),
        ],
        ledger=[
            {"report_id": "r18", "char_start": i, "char_end": i + 1, "surface": "1", "reason": reason}
            for i, reason in enumerate(["quantity", "date", "date", "ordinal"])
        ],
    )
    columns = (
        "has_proactive, has_requests, has_fees, has_remedies, has_problems, missing, numerals, numbers_found, "
        "prose_numbers, form_numbers, blank_cells, coded, uncoded, uncoded_why, not_measured, not_measured_why"
    )
    assert con.execute(f"select {columns} from coverage").fetchall() == [
        (
            *(True, True, True, False, True),
            "行政复议和行政诉讼情况",
            *(4, 4, 3, 1, 1, 2, 2),
            "no cue 2",
            3,
            "date 2; ordinal 1",
        )
    ]
