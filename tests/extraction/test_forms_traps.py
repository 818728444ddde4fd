"""One trap of real tables, one case. Bodies and figures are made up."""

from __future__ import annotations

import time

import pytest
from forms_builder import DocumentBuilder, document, official, one_a_line, ragged, table_of, texts

from pipelines.extraction.forms import FormReading, read_forms
from pipelines.extraction.quantity import Quantity

APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
HEAD = [["", *APPLICANTS]]
RECEIVED = ["一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "2", "0", "6"]
CARRIED_IN = ["二、上年结转政府信息公开申请数量", "1", "0", "0", "0", "0", "0", "1"]
GRANTED = ["（一）予以公开", "4", "1", "0", "0", "2", "0", "7"]
TOTAL = ["（七）总计", "4", "1", "0", "0", "2", "0", "7"]
CARRIED_OUT = ["四、结转下年度继续办理", "0", "0", "0", "0", "0", "0", "0"]
REQUESTS = [*HEAD, RECEIVED, CARRIED_IN, GRANTED, TOTAL, CARRIED_OUT]


def values(reading: FormReading, indicator: str, **dimensions: str) -> list[float | None]:
    """The values of the cells with that indicator and those dimensions, in text order."""
    return [
        q.value
        for q in reading.quantities
        if q.indicator == indicator and all(getattr(q, name) == code for name, code in dimensions.items())
    ]


def uncoded(reading: FormReading) -> list[Quantity]:
    return [q for q in reading.quantities if q.indicator is None]


def row(label: str, *cells: str) -> list[str]:
    return [label, *cells]


@pytest.mark.parametrize(
    ("label", "outcome"),
    [
        ("5.属于三类内容事务信息", "refused.internal_affairs"),
        ("2.其他法律行政止公开", "refused.other_law"),
        ("属于国家秘密", "refused.state_secret"),
        ("１．属于国家秘密", "refused.state_secret"),
        ("2、其他法律、行政法规\n禁止公开", "refused.other_law"),
        ('3.危及"三安全一稳定"', "refused.security_stability"),
        ("4.无正当理由大量反复 申请", "not_processed.excessive"),
        ("5.要求确认或重新出具已获取信息", "not_processed.confirmation"),
        ("3.补正后内容仍不明确", "unable.still_unclear"),
        ("(二)部分公开(区分处理的，只计这一情形", "partly_granted"),
        ("（六）其他处理", "other"),
        ("8.属于行政查询类事项", "refused.administrative_query"),
        ("1.本机关不掌握相关信息", "unable.not_held"),
        ("（三）不予公开 1.属于国家秘密", "refused.state_secret"),
        ("4.保護第三方合法權益", "refused.third_party"),
    ],
)
def test_a_misprinted_or_shortened_label_names_its_row(label: str, outcome: str) -> None:
    reading = read_forms(document([*REQUESTS[:-2], row(label, *"1234569"), *REQUESTS[-2:]]), 2021)
    assert values(reading, "requests.answered", outcome=outcome) == [1, 2, 3, 4, 5, 6, 9]
    assert uncoded(reading) == []


def test_an_extra_row_is_kept_uncoded_and_moves_no_other() -> None:
    grid = [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "2", "3"],
        ["行政规范性文件", "4", "5", "6"],
        ["其他政策类通知公告", "70", "80", "90"],
    ]
    reading = read_forms(document(grid), 2022)
    assert values(reading, "proactive.normative_documents") == [4, 5, 6]
    assert [(q.value, q.row_label) for q in uncoded(reading)] == [(v, "其他政策类通知公告") for v in (70, 80, 90)]
    assert {q.rule for q in uncoded(reading)} == {"form:uncoded: no row of the form has this label"}


def test_a_row_without_a_label_is_known_from_its_neighbours() -> None:
    reading = read_forms(document([*HEAD, RECEIVED, ["", *CARRIED_IN[1:]], GRANTED, TOTAL, CARRIED_OUT]), 2021)
    assert values(reading, "requests.carried_in") == [1, 0, 0, 0, 0, 0, 1]
    assert uncoded(reading) == []


def test_totals_left_blank_stay_blank() -> None:
    grid = [*HEAD, *([*cells[:-1], ""] for cells in REQUESTS[1:])]
    reading = read_forms(document(grid), 2021)
    totals = [q for q in reading.quantities if q.column_label == "总计"]
    assert [(q.value, q.cell) for q in totals] == [(None, "blank")] * 5
    assert len(reading.quantities) == 35


def test_two_of_seven_values_are_kept_without_a_column() -> None:
    reading = read_forms(
        document(one_a_line([RECEIVED, CARRIED_IN, ["（一）予以公开", "3", "5"], TOTAL, CARRIED_OUT])), 2021
    )
    assert [q.value for q in uncoded(reading)] == [3, 5]
    assert "2 values" in uncoded(reading)[0].rule
    assert uncoded(reading)[0].row_label == "（一）予以公开"
    assert values(reading, "requests.answered", outcome="") == [4, 1, 0, 0, 2, 0, 7]


@pytest.mark.parametrize(
    "head",
    [
        [["", *APPLICANTS[:2], "科研机构", "科研机构", *APPLICANTS[4:]]],
        [["申请人情况", "", "", "", "", "", "", ""], [*APPLICANTS[:1], "法人或其他组织", "", "", "", "", "", "总计"]],
        [["自然人", "法人或其他组织", "总计"], ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]],
        [["", "目然人", "商业企亚", "科研机枸", "社会公益组织", "法律服务机构", "其它", "合计"]],
        [["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "总计", "其他"]],
        [],
    ],
    ids=["a column twice", "spans lost", "rows moved left", "misread", "columns exchanged", "none"],
)
def test_a_wrong_head_moves_no_value(head: list[list[str]]) -> None:
    reading = read_forms(document([*head, *REQUESTS[1:]]), 2021)
    assert values(reading, "requests.received", applicant="natural_person") == [3]
    assert values(reading, "requests.received", applicant="legal_service") == [2]
    assert values(reading, "requests.received", applicant="other") == [0]
    assert values(reading, "requests.received", applicant="") == [6]
    assert len(reading.quantities) == 35


def test_a_head_moved_to_other_columns_moves_no_value() -> None:
    head = [["", *APPLICANTS[1:], "自然人"]]
    reading = read_forms(document([*head, *REQUESTS[1:]]), 2021)
    assert values(reading, "requests.received") == [3, 1, 0, 0, 2, 0, 6]
    assert [q.value for q in reading.quantities if q.column_label == "总计"] == [6, 1, 7, 7, 0]


def test_spacer_rows_are_no_rows_of_the_form() -> None:
    grid = [
        ["第二十条第（五）项", ("", 3)],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "3", "1", "20"],
        ["", "", "", ""],
    ]
    reading = read_forms(document(grid), 2020)
    assert [(q.row_label, q.value) for q in reading.quantities] == [("行政许可", v) for v in (3, 1, 20)]


def test_cells_may_span_columns_that_only_a_word_processor_knows() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    grid = [
        [("行政复议", 5), ("行政诉讼", 11)],
        [*outcomes[:4], ("总计", 2), ("未经复议直接起诉", 5), ("复议后起诉", 5)],
        [(None, 6), *outcomes, *outcomes],
        [*"1230", ("6", 2), *"10001", *"20002"],
    ]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "remedies.reconsideration") == [1, 2, 3, 0, 6]
    assert values(reading, "remedies.litigation_after_reconsideration") == [2, 0, 0, 0, 2]


def test_a_head_in_another_order_is_followed() -> None:
    grid = [["项目", "总计", *APPLICANTS[:-1]], *([r[0], r[-1], *r[1:-1]] for r in REQUESTS[1:])]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "requests.received", applicant="") == [6]
    assert values(reading, "requests.received", applicant="natural_person") == [3]


def test_a_column_that_the_form_does_not_have_is_kept_uncoded() -> None:
    grid = [["", *APPLICANTS[:6], "小计", "总计"], *([*r[:7], "99", r[7]] for r in REQUESTS[1:])]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "requests.received") == [3, 1, 0, 0, 2, 0, 6]
    assert [(q.value, q.column_label) for q in uncoded(reading)] == [(99, "小计")] * 5


def test_blank_label_cells_are_not_values() -> None:
    grid = [["", "", "", *APPLICANTS], *([r[0], "", "", *r[1:]] for r in REQUESTS[1:])]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "requests.received") == [3, 1, 0, 0, 2, 0, 6]
    assert len(reading.quantities) == 35


def test_padding_cells_behind_a_row_are_not_values() -> None:
    grid = [["", "", "", *APPLICANTS], *([*r, "", ""] for r in REQUESTS[1:])]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "requests.received") == [3, 1, 0, 0, 2, 0, 6]
    assert len(reading.quantities) == 35


def test_figures_that_share_a_cell_are_told_apart() -> None:
    glued = ["（一）予以公开 4", "1", "0 0", "2", "0", "7"]
    tight = ["（七）总计4", "1", "O", "0", "2", "0", "7"]
    reading = read_forms(document([*REQUESTS[:3], glued, tight]), 2021)
    assert values(reading, "requests.answered", outcome="granted") == [4, 1, 0, 0, 2, 0, 7]
    assert values(reading, "requests.answered", outcome="") == [4, 1, 0, 0, 2, 0, 7]


def test_a_head_of_section_four_run_into_one_cell_is_enough() -> None:
    head = [["行政复议", "行政诉讼"], ["结果维持结果纠正其他结果尚未审结总计"]]
    reading = read_forms(document([*head, list("123061000120002")]), 2021)
    assert values(reading, "remedies.reconsideration") == [1, 2, 3, 0, 6]


def test_full_rows_tell_which_blank_cells_of_the_others_are_padding() -> None:
    blank_first = ["（一）予以公开", "", "1", "0", "0", "2", "0", "", "", ""]
    reading = read_forms(document([*([*r, "", ""] for r in REQUESTS[1:3]), blank_first, [*TOTAL, "", ""]]), 2021)
    assert values(reading, "requests.answered", outcome="granted") == [None, 1, 0, 0, 2, 0, None]


def test_a_label_cut_by_a_page_break_is_one_row() -> None:
    first, second = "5.要求行政机关确认或重", "新出具已获取信息"
    upper = [*HEAD, RECEIVED, CARRIED_IN, GRANTED, row(first, *"1000001")]
    lower = [row(second, *[""] * 7), TOTAL, CARRIED_OUT]
    reading = read_forms(document(upper, lower), 2021)
    assert values(reading, "requests.answered", outcome="not_processed.confirmation") == [1, 0, 0, 0, 0, 0, 1]
    assert uncoded(reading) == []
    assert len(reading.quantities) == 42


def test_group_rows_without_figures_are_no_cells() -> None:
    grid = [*HEAD, RECEIVED, row("（三）不予公开", *[""] * 7), row("1.属于国家秘密", *"1000001"), TOTAL]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "requests.answered", outcome="refused") == []
    assert len(reading.quantities) == 21


def test_a_body_that_prints_only_groups_gets_their_codes() -> None:
    grid = [*HEAD, RECEIVED, row("（三）不予公开", *"1000001"), row("（四）无法提供", *"2000002"), TOTAL]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "requests.answered", outcome="refused", applicant="") == [1]
    assert values(reading, "requests.answered", outcome="unable", applicant="") == [2]


@pytest.mark.parametrize(
    ("head", "cell", "value"),
    [
        ("本年收费金额（单位：万元）", "7730.28", 77_302_800),
        ("本年收费金额", "12", 120_000),
        ("本年收费金额（单位：元）", "1,250,000", 1_250_000),
        ("本年收费金额（单位：万元）", "350元", 350),
        ("本年收费金额（单位：元）", "5万元", 50_000),
        ("本年收费金额（单位：亿元）", "1.5", 150_000_000),
        ("本年收费金额（单位：万元）", "0", 0),
        ("本年收费金额（单位：万元）", "/", None),
        ("本年收费金额（单位：囗元）", "3", 30_000),
    ],
)
def test_money_is_in_yuan_as_the_cell_or_the_head_says(head: str, cell: str, value: float | None) -> None:
    grid = [["第二十条第（八）项", ""], ["信息内容", head], ["行政事业性收费", cell]]
    (fee,) = read_forms(document(grid), 2022).quantities
    assert (fee.indicator, fee.value, fee.unit, fee.surface) == ("proactive.fee_revenue", value, "元", cell)


@pytest.mark.parametrize(("cell", "value"), [("86.5万元", 865_000), ("3450000", 3_450_000), ("120.3 万元", 1_203_000)])
def test_procurement_counts_projects_and_yuan(cell: str, value: float) -> None:
    grid = [["第二十条第（九）项"], ["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "12个", cell]]
    reading = read_forms(document(grid), 2020)
    assert [(q.indicator, q.value, q.unit) for q in reading.quantities] == [
        ("proactive.procurement_projects", 12, "个"),
        ("proactive.procurement_amount", value, "元"),
    ]


def test_changes_of_items_are_signed() -> None:
    head = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
    grid = [
        ["第二十条第（五）项"],
        head,
        ["行政许可", "210", "-12", "3,054"],
        ["其他对外管理服务事项", "80", "+5", "-"],
    ]
    reading = read_forms(document(grid), 2020)
    assert [(q.indicator, q.outcome, q.value, q.unit, q.cell) for q in reading.quantities] == [
        ("proactive.licensing_decisions", "previous", 210, "项", "number"),
        ("proactive.licensing_decisions", "change", -12, "项", "number"),
        ("proactive.licensing_decisions", "", 3054, "件", "number"),
        ("proactive.other_management_items", "previous", 80, "项", "number"),
        ("proactive.other_management_items", "change", 5, "项", "number"),
        ("proactive.other_management_items", "", None, "件", "dash"),
    ]


def test_a_section_without_its_head_follows_the_form_of_its_neighbours() -> None:
    grid = [["规章", "1", "2", "3"], ["规范性文件", "4", "5", "6"], ["行政许可", "7", "8", "9"]]
    told = [
        ["第二十条第（六）项"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政处罚", "1", "0", "2"],
    ]
    reading = read_forms(document([["第二十条第（一）项"], *grid, *told]), 2020)
    assert values(reading, "proactive.normative_documents", outcome="disclosed_total") == [6]
    assert values(reading, "proactive.licensing_decisions", outcome="change") == [8]


def test_cases_listed_downwards_are_read() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    grid = [["", *outcomes], ["行政复议", *"10001"], ["未经复议直接起诉", *"01001"], ["复议后起诉", *"00000"]]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "remedies.reconsideration") == [1, 0, 0, 0, 1]
    assert values(reading, "remedies.litigation_direct", outcome="corrected") == [1]
    assert len(reading.quantities) == 15


def test_cases_with_an_outcome_a_row_are_read() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    blocks = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    grid = [
        [block if i == 0 else None, outcome, str(10 * b + i)]
        for b, block in enumerate(blocks)
        for i, outcome in enumerate(outcomes)
    ]
    reading = read_forms(document(grid), 2021)
    assert values(reading, "remedies.litigation_after_reconsideration") == [20, 21, 22, 23, 24]
    assert len(reading.quantities) == 15


def test_reconsideration_and_litigation_may_be_tables_of_their_own() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    first = [[("行政复议", 5)], outcomes, list("12306")]
    second = [
        [("行政诉讼", 10)],
        [("未经复议直接起诉", 5), ("复议后起诉", 5)],
        [*outcomes, *outcomes],
        list("1000120002"),
    ]
    reading = read_forms(document(first, second), 2021)
    assert values(reading, "remedies.reconsideration") == [1, 2, 3, 0, 6]
    assert values(reading, "remedies.litigation_after_reconsideration") == [2, 0, 0, 0, 2]


@pytest.mark.parametrize("layout", [texts, ragged, one_a_line])
def test_the_sheet_may_be_numbered_and_lack_its_head(layout: object) -> None:
    table = table_of("2014", "sheet")
    grid = official(table, lambda key: "7")[1:]
    numbered = grid if layout is one_a_line else [[str(i), *cells] for i, cells in enumerate(grid, 1)]
    reading = read_forms(document(layout(numbered)), 2016)  # type: ignore[operator]
    assert len(reading.quantities) == 58
    assert reading.form == "2014"
    assert values(reading, "requests.received", channel="post") == [7]
    assert values(reading, "capacity.budget") == [70_000]
    assert values(reading, "capacity.staff", topic="兼职人员") == [7]


def test_a_sheet_by_parts_of_the_body_gives_them_as_scope() -> None:
    head = ["序号", "统 计 指 标", "单位", "合计", "区直部门", "乡镇街道"]
    lines = ["（一）收到申请数", "1.当面申请数", "2.传真申请数", "3.网络申请数", "4.信函申请数"]
    grid = [head, *([str(i), label, "件", "9", "5", "4"] for i, label in enumerate(lines))]
    reading = read_forms(document(grid), 2016)
    assert [(q.value, q.scope) for q in reading.quantities[:3]] == [(9, ""), (5, "区直部门"), (4, "乡镇街道")]


def test_prose_around_and_between_stays_for_the_prose() -> None:
    builder = (
        DocumentBuilder()
        .paragraph("云岭区全年受理申请6件。")
        .table(
            [
                ["本区政府办公室围绕中心工作，全年答复7件，其他情况见下表，特此说明，请予监督并提出宝贵意见建议。"],
                ["第二十条第（六）项", "", ""],
            ]
        )
    )
    doc = (
        builder.paragraph("另有说明2条。")
        .table([["信息内容", "本年处理决定数量"], ["行政处罚", "3"], ["行政强制", "0"]])
        .build()
    )
    reading = read_forms(doc, 2022)
    inside = [doc.text[start:end] for start, end in reading.spans]
    assert values(reading, "proactive.penalty_decisions") == [3]
    assert not any("受理" in text or "答复" in text or "说明" in text for text in inside)


def test_every_numeral_of_a_form_is_accounted_for() -> None:
    doc = document(official(table_of("2021", "requests"), lambda key: "1,204"))
    reading = read_forms(doc, 2022)
    values = [n for n in reading.numerals if n.reason == "quantity"]
    labels = [n.surface for n in reading.numerals if n.reason == "form_label"]
    assert [n.quantity for n in values] == list(range(len(reading.quantities)))
    assert {n.surface for n in values} == {"1,204"}
    assert {"一", "二", "三", "四", "1", "8"} <= set(labels)


def test_a_table_given_twice_is_read_once() -> None:
    doc = document(REQUESTS)
    (table,) = doc.tables
    twice = type(doc)(doc.text, doc.kind, tables=(table, table))
    assert len(read_forms(twice, 2021).quantities) == len(read_forms(doc, 2021).quantities) == 35


@pytest.mark.parametrize(
    "grid",
    [
        [["项目", "数量"], ["行政许可", "12"], ["行政处罚", "5"]],
        [["办理结果", "件数"], ["予以公开", "966"], ["部分公开", "67"]],
        [["年份", "收到申请", "自然人"], ["2020", "5", "4"], ["2021", "7", "6"]],
        [["序号", "规章名称", "文号"], ["1", "云岭州城市绿化管理办法", "第3号"]],
        [["单位", "合计"], ["教育局", "4"], ["民政局", "5"]],
        [["科目", "总计", "其他"], ["行政事业性收费", "38", "2"]],
    ],
)
def test_other_tables_are_no_forms(grid: list[list[str]]) -> None:
    reading = read_forms(document(grid), 2021)
    assert (reading.form, reading.quantities, reading.spans, reading.numerals) == ("prose", [], [], [])


def test_a_long_table_that_is_no_form_is_passed_over_at_once() -> None:
    grid = [[str(i), f"云岭区第{i}号企业", "行政许可", f"许可事项之{i}", "12"] for i in range(4_000)]
    doc = document(grid)
    started = time.perf_counter()
    assert read_forms(doc, 2021).form == "prose"
    assert time.perf_counter() - started < 1


def test_without_a_year_the_period_is_empty() -> None:
    assert {q.period for q in read_forms(document(REQUESTS), None).quantities} == {""}
    assert {q.period for q in read_forms(document(REQUESTS), 2022).quantities} == {"2022"}


def test_a_figure_below_a_head_that_names_no_column_is_kept_uncoded() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    reading = read_forms(document([["行政诉讼"], ["未经复议直接起诉", "3"], outcomes * 3, ["0"] * 15]), 2022)
    assert [(q.value, q.surface) for q in uncoded(reading)] == [(3.0, "3")]
    assert len(values(reading, "remedies.reconsideration")) == 5


def test_merged_cells_printed_in_each_of_their_columns_are_one() -> None:
    grid = [
        ["第二十条第（五）项"] * 4,
        ["信息内容", *["本年处理决定数量"] * 3],
        ["行政许可", "5", "5", "5"],
        ["第二十条第（六）项"] * 4,
        ["信息内容", *["本年处理决定数量"] * 3],
        ["行政处罚", "0", "0", "0"],
        ["行政强制", "", "", ""],
        ["第二十条第（八）项"] * 4,
        ["信息内容", *["本年收费金额（单位：万元）"] * 3],
        ["行政事业性收费", "7", "7", "7"],
    ]
    reading = read_forms(document(grid), 2022)
    assert reading.form == "2021"
    assert [(q.row_label, q.value) for q in reading.quantities] == [
        ("行政许可", 5),
        ("行政处罚", 0),
        ("行政强制", None),
        ("行政事业性收费", 70_000),
    ]


def test_labels_merged_over_columns_and_printed_in_each_name_one_row() -> None:
    grid = [[cells[0], cells[0], *cells[0:]] for cells in REQUESTS]
    reading = read_forms(document(grid), 2022)
    assert values(reading, "requests.answered", outcome="granted") == [4, 1, 0, 0, 2, 0, 7]
    assert uncoded(reading) == []


@pytest.mark.parametrize("behind", [True, False], ids=["behind the figures", "before the figures"])
def test_blank_cells_that_merging_left_move_no_value_beside_blank_cells(behind: bool) -> None:
    rows = [
        ["一、本年新收政府信息公开申请数量", "", "1", "", "", "2", "", "3"],
        ["二、上年结转政府信息公开申请数量", "1", "", "", "", "", "", ""],
        ["（一）予以公开", "", "", "1", "", "", "", "1"],
        ["（七）总计", "", "4", "", "", "", "", ""],
    ]
    padded = [[cells[0], *cells[1:], "", ""] if behind else [cells[0], "", "", *cells[1:]] for cells in rows]
    reading = read_forms(document(padded), 2022)
    assert values(reading, "requests.received") == [None, 1, None, None, 2, None, 3]
    assert values(reading, "requests.carried_in") == [1, *[None] * 6]
    assert values(reading, "requests.answered", outcome="granted") == [None, None, 1, None, None, None, 1]


def test_a_head_with_blanks_within_its_labels_is_read_in_one_line() -> None:
    outcomes = "结果 维持 结果 纠正 其他 结果 尚未 审结 总计"
    head = f"行政复议 行政诉讼 {outcomes} 未经 复议 直接 起诉 复议后 起诉 {outcomes} {outcomes}"
    reading = read_forms(document([[head], ["1 2 3 4 10 0 0 1 0 1 5 0 0 0 5"]]), 2022)
    assert values(reading, "remedies.reconsideration") == [1, 2, 3, 4, 10]
    assert values(reading, "remedies.litigation_after_reconsideration") == [5, 0, 0, 0, 5]


SHEET = [
    ("（一）主动公开政府信息数", "条", "310"),
    ("1.政府公报公开政府信息数", "条", "12"),
    ("2.政府网站公开政府信息数", "条", "298"),
    ("四、行政复议数量", "件", "3"),
    ("（一）维持具体行政行为数", "件", "1"),
    ("（二）被依法纠错数", "件", "2"),
    ("五、行政诉讼数量", "件", "5"),
    ("（二）被依法纠错数", "件", "4"),
    ("六、举报投诉数量", "件", "0"),
]
OF_SHEET = [310, 12, 298, 3, 1, 2, 5, 4, 0]


def test_a_sheet_in_two_halves_side_by_side_is_read_down_one_half_and_then_the_other() -> None:
    head = ["统计指标", "单位", "统计数"]
    left, right = SHEET[:5], [*SHEET[5:], ("", "", "")]
    rows = [[*one, *other] for one, other in zip(left, right, strict=True)]
    reading = read_forms(document([head * 2, *rows]), 2016)
    assert {q.row_label: q.value for q in reading.quantities if q.indicator == "remedies.litigation"} == {
        "五、行政诉讼数量": 5,
        "（二）被依法纠错数": 4,
    }
    assert sorted(q.value or 0 for q in reading.quantities) == sorted(OF_SHEET)
    assert uncoded(reading) == []


def test_rows_of_a_sheet_typed_from_left_to_right_in_two_halves_keep_their_labels() -> None:
    left = [*SHEET[:3], ("（一）收到申请数", "件", "9"), ("1.当面申请数", "件", "6")]
    rows = [row for pair in zip(left, SHEET[3:8], strict=True) for row in pair]
    reading = read_forms(document(one_a_line([list(row) for row in rows])), 2016)
    assert values(reading, "remedies.reconsideration", outcome="corrected") == [2]
    assert values(reading, "remedies.litigation", outcome="corrected") == [4]


@pytest.mark.parametrize("place", [0, 2], ids=["a number before each row", "a code before each figure"])
def test_numbers_that_count_the_rows_are_no_figures(place: int) -> None:
    rows = [[*row[:place], f"{n:02d}" if place else str(n), *row[place:]] for n, row in enumerate(SHEET, 7)]
    reading = read_forms(document(one_a_line([["统计指标"], ["单位"], ["统计数"], *rows])), 2016)
    assert [q.value for q in reading.quantities] == OF_SHEET


def test_cases_in_blocks_below_each_other_are_read_block_by_block() -> None:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    blocks = ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]
    grid = [row for n, name in enumerate(blocks) for row in ([name, *[""] * 4], outcomes, [str(n), *"1012"])]
    reading = read_forms(document(REQUESTS, grid), 2022)
    assert values(reading, "remedies.reconsideration") == [0, 1, 0, 1, 2]
    assert values(reading, "remedies.litigation_direct") == [1, 1, 0, 1, 2]
    assert values(reading, "remedies.litigation_after_reconsideration") == [2, 1, 0, 1, 2]


YEARS = [
    ("（一）主动公开政府信息数", "310", "900"),
    ("（一）收到申请数", "9", "40"),
    ("1.当面申请数", "6", "20"),
    ("六、举报投诉数量", "0", "2"),
]


@pytest.mark.parametrize(
    ("heads", "periods", "indicator"),
    [
        (("2012年度", "历年累计"), ("2012", "../2012"), "proactive.disclosed_cumulative"),
        (("本年数", "累计"), ("2012", "../2012"), "proactive.disclosed_cumulative"),
        (("2012年", "2011年"), ("2012", "2011"), "proactive.disclosed"),
        (("本年度", "上年度"), ("2012", "2011"), "proactive.disclosed"),
    ],
)
@pytest.mark.parametrize("flat", [False, True], ids=["in columns", "a cell a line"])
def test_columns_of_a_sheet_tell_the_time_of_their_figures(
    heads: tuple[str, str], periods: tuple[str, str], indicator: str, flat: bool
) -> None:
    grid = [["统计指标", *heads], *map(list, YEARS)]
    reading = read_forms(document(one_a_line(grid) if flat else grid), 2012)
    figures = [(float(figure), period) for _, *row in YEARS for figure, period in zip(row, periods, strict=True)]
    assert [(q.value, q.period) for q in reading.quantities] == figures
    assert reading.quantities[1].indicator == indicator
    assert {q.scope for q in reading.quantities} == {""}


def test_part_of_the_year_and_changes_are_not_the_years_counts() -> None:
    grid = [["统计指标", "本期实际", "本年累计", "比上年增减"], *([*row, "5"] for row in YEARS)]
    reading = read_forms(document(grid), 2012)
    assert [q.value for q in reading.quantities if q.indicator] == [900, 40, 20, 2]
    assert [q.value for q in uncoded(reading)] == [310, 5, 9, 5, 6, 5, 0, 5]
    assert {q.rule for q in uncoded(reading)} == {
        f"form:uncoded: not the year's count: {head}" for head in ("本期实际", "比上年增减")
    }
