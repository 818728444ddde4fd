"""Ways of speaking, one class a case, in our own words about made-up bodies (青川 in 云岭省 does not exist, nor do its figures)."""

from __future__ import annotations

import pytest

from pipelines.extraction.prose import read_prose
from pipelines.extraction.quantity import Quantity


def read(text: str, year: int = 2018) -> list[Quantity]:
    return read_prose(text, year).quantities


def facts(text: str, *fields: str, year: int = 2018) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read(text, year)]


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit", "qualifier"),
    [
        ("全年公开信息1,204条。", "1,204条", 1204, "条", ""),
        ("全年公开信息１２０４条。", "１２０４条", 1204, "条", ""),
        ("全年公开信息 1204 条。", "1204 条", 1204, "条", ""),
        ("网站访问量达842.13万次。", "842.13万次", 8421300, "次", ""),
        ("拨付经费1207.88万元。", "1207.88万元", 12078800, "元", ""),
        ("网站访问量3200万余次。", "3200万余次", 32000000, "次", "approx"),
        ("办理来信二十余件。", "二十余件", 20, "件", "approx"),
        ("电子化率达百分之九十五。", "百分之九十五", 95, "%", ""),
        ("网上申请占一半。", "一半", 50, "%", "approx"),
        ("网上申请占八成。", "八成", 80, "%", "approx"),
        ("公开信息近500条。", "500条", 500, "条", "approx"),
        ("公开信息超过500条。", "500条", 500, "条", "at_least"),
        ("公开信息500条左右。", "500条", 500, "条", "approx"),
        ("公开信息500余条。", "500余条", 500, "条", "approx"),
        ("95%以上的意见得到落实。", "95%", 95, "%", "at_least"),
        ("信息在3个工作日内公开。", "3个工作日", 3, "工作日", "at_most"),
        ("信息在3至5个工作日内公开。", "3至5个工作日", 5, "工作日", "at_most"),
        ("召开新闻发布会三次。", "三次", 3, "次", ""),
        ("年内全县开展业务培训一次,参加40多部门。", "一次", 1, "次", ""),
        ("召集镇街联席会议二次。", "二次", 2, "次", ""),
        ("收取费用1.2万元。", "1.2万元", 12000, "元", ""),
        ("全年公開信息30條。", "30條", 30, "条", ""),
        ("解读稿件转载12篇次。", "12篇次", 12, "篇次", ""),
    ],
)
def test_a_number_is_read_as_printed(text: str, surface: str, value: float, unit: str, qualifier: str) -> None:
    [quantity] = read(text)
    assert (quantity.surface, quantity.value, quantity.unit, quantity.qualifier) == (surface, value, unit, qualifier)
    assert text[quantity.char_start : quantity.char_end] == surface


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2018年3月5日发布。", "date"),
        ("时间为2018-03-05 10:20。", "date"),
        ("二〇一八年三月五日", "date"),
        ("云政办发〔2018〕23号文件", "document_number"),
        ("电话:0999-8220051。", "telephone"),
        ("请联系:86552285。", "bare"),
        ("邮编:737100", "telephone"),
        ("见www.qingchuan.gov.cn/2018", "url"),
        ("地址:青川市新华路82号。", "address"),
        ("根据第二十条的规定", "ordinal"),
        ("依照第9至12条的规定", "ordinal"),
        ("(1)主动公开情况", "list_marker"),
        ("一是加强领导。", "list_marker"),
        ("落实“五公开”要求", "name"),
        ("拨打12345政务热线", "name"),
        ("实行24小时值班", "name"),
        ("《“十三五”规划》", "name"),
        ("对总投资2000万及以上项目", "threshold"),
        ("每周一期", "schedule"),
        ("围绕5个方面开展", "enumeration"),
        ("今后4年的工作", "duration"),
        ("浏览次数：1502 字号：大 中 小", "page_counter"),
        ("不同渠道公开相同信息计1条", "definition"),
        ("进一步统一思想", "word"),
    ],
)
def test_a_number_that_measures_nothing_is_left_out_with_the_reason(text: str, reason: str) -> None:
    extraction = read_prose(text, 2018)
    assert extraction.quantities == []
    assert reason in {numeral.reason for numeral in extraction.numerals}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年主动公开政府信息300条。", [("proactive.disclosed", 300)]),
        ("通过网站公开200条,微信推送80条。", [("proactive.disclosed", 200), ("proactive.disclosed", 80)]),
        ("印发规范性文件2份、公报4期,解读政策9篇。", [
            ("proactive.normative_documents", 2), ("proactive.gazette_issues", 4), ("response.interpretations", 9)]),
        ("举办20场新闻发布会。", [("response.press_conferences", 20)]),
        ("新闻发布会:20场。", [("response.press_conferences", 20)]),
        ("共受理群众来电150个,办结率98.5%。", [("response.hotline_calls", 150), ("response.completion_rate", 98.5)]),
        ("市长信箱收到来信76件,答复率100%。", [("response.letters", 76), ("response.completion_rate", 100)]),
        ("全年收到政府信息公开申请12件,已答复11件,答复率91.7%。", [
            ("requests.received", 12), ("requests.answered", 11), ("requests.answer_rate", 91.7)]),
        ("全年收到申请12件,上年结转3件,办结14件,结转下年度继续办理1件。".replace("申请", "政府信息公开申请"), [
            ("requests.received", 12), ("requests.carried_in", 3), ("requests.completed", 14), ("requests.carried_out", 1)]),
        ("办理人大代表建议5件、政协提案8件。", [("proposals.npc", 5), ("proposals.cppcc", 8)]),
        ("举办培训班3期,培训120人次。", [("capacity.trainings", 3), ("capacity.trainees", 120)]),
        ("设立查阅点4个。", [("proactive.reading_points", 4)]),
        ("因信息公开被申请行政复议2件,行政诉讼1件。", [("remedies.reconsideration", 2), ("remedies.litigation", 1)]),
        ("全县23家单位公开部门预算。", [("proactive.budget_units", 23)]),
        ("聘请6名社会监督员。", [("capacity.supervisors", 6)]),
    ],
)  # fmt: skip
def test_a_number_finds_its_indicator(text: str, expected: list[tuple[str, float]]) -> None:
    assert facts(text, "indicator", "value") == expected


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("全年未收取任何费用。", ["fees.charged"]),
        ("全年没有发生行政复议、行政诉讼。", ["remedies.litigation", "remedies.reconsideration"]),
        ("本年度未收到政府信息公开申请。", ["requests.received"]),
        ("政府信息公开申请为零。", ["requests.received"]),
        ("行政复议、行政诉讼均为零。", ["remedies.litigation", "remedies.reconsideration"]),
        ("未发生收费和减免情况。", ["fees.charged", "fees.waived"]),
        ("提供信息暂未收费。", ["fees.charged"]),
        ("没有发生减免费用的情况。", ["fees.waived"]),
        ("本年度无人申请公开政府信息。", ["requests.received"]),
        ("五、行政复议和行政诉讼情况\n无。\n六、存在的问题\n无。", ["remedies.litigation", "remedies.reconsideration"]),
        ("全年无网络安全事件发生。", ["website.incidents"]),
        ("无因政府信息公开引起行政复议,提起行政诉讼的情况。", ["remedies.litigation", "remedies.reconsideration"]),
    ],
)
def test_none_in_words_is_a_zero_for_each_thing_named(text: str, indicators: list[str]) -> None:
    found = read(text)
    assert sorted(q.indicator or "" for q in found) == indicators
    assert {(q.value, q.unit) for q in found} == {(0, "")}


@pytest.mark.parametrize(
    "text",
    [
        "没有法律依据的一律取消。",
        "公开内容不够全面。",
        "确保不发生泄密。",
        "未经批准不得公开。",
        "无正当理由大量反复申请的不予处理。",
    ],
)
def test_not_every_negation_is_a_zero(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("全年公开信息30条。", ["2018"]),
        ("截至11月底,公开信息30条。", ["2018-01/2018-11"]),
        ("上半年公开信息30条,下半年公开信息40条。", ["2018-01/2018-06", "2018-07/2018-12"]),
        ("一季度公开信息30条。", ["2018-01/2018-03"]),
        ("1-10月公开信息30条。", ["2018-01/2018-10"]),
        ("去年公开信息30条,今年公开信息40条。", ["2017", "2018"]),
        ("2016年,办理建议12件。", ["2016"]),
        ("自2008年以来,公开信息3000条。", ["2008/2018"]),
        ("历年累计公开信息3000条。", ["../2018"]),
        ("2018年1月至12月,公开信息30条。", ["2018"]),
        ("截至2018年底公开信息30条。", ["2018"]),
        ("栏目由原来的8个增加到16个。", ["", "2018"]),
        ("2016年、2017年、2018年分别公开信息30条、40条、50条。", ["2016", "2017", "2018"]),
    ],
)
def test_words_date_a_number(text: str, periods: list[str]) -> None:
    assert [q.period for q in read(text)] == periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息900条,比去年增加100条。", [(900, "level", ""), (100, "change_abs", "2017")]),
        ("公开信息900条,比上年减少100条。", [(900, "level", ""), (-100, "change_abs", "2017")]),
        ("受理来电900件,较2017年(600件)同比增长50%。", [(900, "level", ""), (600, "level", ""), (50, "change_pct", "2017")]),
        ("公开信息900条,同比下降5.2%。", [(900, "level", ""), (-5.2, "change_pct", "2017")]),
        ("公开信息900条,是上年的1.5倍。", [(900, "level", ""), (1.5, "multiple", "2017")]),
        ("答复率95%,比上年提高8.2个百分点。", [(95, "rate", ""), (8.2, "change_abs", "2017")]),
        ("公开信息由2016年的600条增加到900条。", [(600, "level", ""), (900, "level", "")]),
        ("审批事项缩减为18项,减幅达59.5%。", [(18, "level", ""), (-59.5, "change_pct", "")]),
        ("公开信息900条,其中概况类90条,占10%。", [(900, "level", ""), (90, "level", ""), (10, "share", "")]),
        ("信息应在20个工作日内公开。", [(20, "target", "")]),
    ],
)  # fmt: skip
def test_a_change_knows_its_size_sign_and_base(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert facts(text, "value", "basis", "base_period") == expected


def test_a_base_value_in_brackets_belongs_to_the_year_before_it() -> None:
    assert facts("受理来电900件,较2017年(600件)增长。", "value", "period") == [(900, "2018"), (600, "2017")]


def test_changes_and_shares_carry_the_code_of_their_count() -> None:
    found = read("全年公开信息900条,比去年增加100条;其中概况类90条,占10%。")
    assert {q.indicator for q in found} == {"proactive.disclosed"}
    assert [q.topic for q in found][2:] == ["概况", "概况"]


def test_running_totals_are_told_from_what_is_new() -> None:
    found = facts("网站共公开信息615条,今年新增94条。", "indicator", "period")
    assert found == [("proactive.disclosed_cumulative", "../2018"), ("proactive.disclosed", "2018")]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("通过政府网站公开信息30条。", ["website"]),
        ("通过微博、微信等新媒体发布信息30条。", ["new_media"]),
        ("通过报刊、广播、电视发布信息30条。", ["press"]),
        ("通过网站和微信公开信息30条。", [""]),
        ("通过政府网站公开信息30条,其中概况类10条。", ["website", "website"]),
        ("通过网站公开信息30条,通过公开栏公示信息10条。", ["website", "notice_board"]),
        ("收到信息公开申请9件,其中当面申请2件,网络申请7件。", ["", "in_person", "online"]),
    ],
)
def test_a_channel_holds_until_another_is_named(text: str, channels: list[str]) -> None:
    assert [q.channel for q in read(text)] == channels


def test_parts_are_linked_to_their_whole() -> None:
    found = read("全年公开信息100条。其中,部门60条,乡镇40条。")
    assert [q.part_of for q in found] == [None, 0, 0]


def test_two_breakdowns_of_one_total_are_kept_apart() -> None:
    found = read("全年公开信息100条。从公开主体看,部门60条,乡镇40条;从公开渠道看,网站70条,微信30条。")
    assert [(q.part_of, q.breakdown) for q in found[1:]] == [(0, 1), (0, 1), (0, 2), (0, 2)]


def test_a_bureau_that_acts_is_the_scope_but_not_in_its_own_report() -> None:
    text = "由水利局牵头,全年公开信息30条。"
    assert read(text)[0].scope == "水利局"
    assert read_prose(text, 2018, body="青川市水利局").quantities[0].scope == ""


def test_a_number_that_no_cue_explains_stays_uncoded_with_the_reason() -> None:
    [quantity] = read("栽种果树300株。")
    assert quantity.indicator is None
    assert quantity.rule.startswith("none:")


def test_a_skipped_stretch_gives_nothing_and_moves_nothing() -> None:
    text = "表格:规章 3 件。全年公开信息30条。"
    [quantity] = read_prose(text, 2018, skip=((0, 11),)).quantities
    assert text[quantity.char_start : quantity.char_end] == "30条"


def test_a_part_never_looks_like_its_whole() -> None:
    whole, *parts = read("全年公开信息90条,其中规范性文件20条、公开类30条、政府信息40条。")
    dimensions = [(q.channel, q.outcome, q.topic, q.scope) for q in (whole, *parts)]
    assert len(set(dimensions)) == 4


def test_a_bracket_behind_a_part_divides_that_part() -> None:
    found = read("全年公开信息90条,其中工作信息60条(动态55条、计划5条),民生事项30条。")
    assert [(q.part_of, q.breakdown) for q in found] == [(None, None), (0, 1), (1, 1), (1, 1), (0, 1)]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("公开财政预算信息30条。", ["财政预算"]),
        ("人事任免信息公开30条。", ["人事任免"]),
        ("全年主动公开政府信息30条。", [""]),
        ("知识产权栏目发布信息30条。", ["知识产权"]),
        ("公开30条农业补贴信息。", ["农业补贴"]),
        ("推进水利工程信息公开,公开信息30条。", ["水利工程"]),
        ("开展“问需于民”活动,干部120名走访农户。", ["问需于民"]),
        ("编印《青川政报》6期。", ["青川政报"]),
        ("编印《青川市人民政府公报》6期。", [""]),
        ("对政务舆情应在48小时内回应。", ["政务舆情"]),
        ("配备2名专职工作人员。", ["专职"]),
        ("受理舆情50条,其中农业和教育类舆情,分别占30%和20%。", ["", "农业", "教育"]),
    ],
)
def test_a_topic_is_what_the_text_says_beyond_the_indicator(text: str, topics: list[str]) -> None:
    assert [q.topic for q in read(text)] == topics
