"""Ways of speaking about parts of parts, what a number does not count, and when: one class a case, in our own words about made-up bodies
(云岭省青川市 does not exist, nor do its figures)."""

from __future__ import annotations

import pytest

from pipelines.extraction.prose import read_prose


def facts(text: str, *fields: str, year: int = 2018) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


def test_parts_of_a_part_go_through_its_channel_and_are_linked_to_it() -> None:
    text = "公开信息90条,其中网站30条,具体为:通知20条、公告10条;微信公开60条,具体为:动态55条、公示5条。"
    found = facts(text, "channel", "topic", "part_of")
    assert found == [
        ("", "", None),
        ("website", "", 0),
        ("website", "通知", 1),
        ("website", "公告", 1),
        ("wechat", "", 0),
        ("wechat", "动态", 4),
        ("wechat", "公示", 4),
    ]


def test_the_points_of_an_enumeration_say_each_its_own_unless_announced_as_parts() -> None:
    text = "一是在网站公开信息30条,其中动态5条;二是发布项目3条,住房2条;三是办理提案,发布办事指南8条。"
    assert facts(text, "indicator", "channel", "topic", "part_of") == [
        ("proactive.disclosed", "website", "", None),
        ("proactive.disclosed", "website", "动态", 0),
        ("proactive.disclosed", "", "项目", None),
        ("proactive.disclosed", "", "住房", None),
        ("proactive.disclosed", "", "办事指南", None),
    ]
    text = "公开信息30条,其中:一是网站公开20条;二是微信公开10条。"
    assert facts(text, "channel", "part_of") == [("", None), ("website", 0), ("wechat", 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到信息公开申请10件,上年结转7件,其中公民6件,法人1件。", [
            ("requests.received", ""), ("requests.carried_in", ""), ("requests.carried_in", "natural_person"),
            ("requests.carried_in", "business")]),
        ("收到信息公开申请10件,上年转结1件,其中网上申请5件。", [
            ("requests.received", ""), ("requests.carried_in", ""), ("requests.received", "")]),
    ],
)  # fmt: skip
def test_what_was_carried_over_is_divided_and_dates_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text, "indicator", "applicant", "topic", "period") == [(*row, "", "2018") for row in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网站公开信息90条,其中2018年公开20条。", [("proactive.disclosed_cumulative", "../2018"), ("proactive.disclosed", "2018")]),
        ("截至2018年底,公开信息90条,其中今年公开20条。", [
            ("proactive.disclosed_cumulative", "../2018"), ("proactive.disclosed", "2018")]),
        ("2018年公开信息90条,其中本年度公开项目信息20条。", [("proactive.disclosed", "2018"), ("proactive.disclosed", "2018")]),
    ],
)  # fmt: skip
def test_what_only_a_part_of_is_of_this_year_is_a_running_total(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text, "indicator", "period") == expected


def test_a_share_of_which_the_part_is_named_behind_it() -> None:
    assert facts("公众号发布信息90条,其中80%以上为原创稿件。", "indicator", "basis", "topic", "qualifier") == [
        ("proactive.disclosed", "level", "", ""),
        ("proactive.disclosed", "share", "原创稿件", "at_least"),
    ]
    assert facts("收到信息公开申请9件,按时答复率100%。", "basis") == [("level",), ("rate",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("设立投诉电话2个。", [None]),
        ("接到群众投诉2个。", ["response.complaints_handled"]),
        ("表格下载总量900人次。", ["other.downloads"]),
        ("发布信息90条,其中动态64条,权责清单1条,办事目录1条。", ["proactive.disclosed"] * 4),
        ("发布信息90条,其中部门文件、政策解读、飞絮提示20条。", ["proactive.disclosed"] * 2),
        ("同步发布文字解读、一图读懂等政策解读类信息9条。", ["response.interpretations"]),
    ],
)
def test_a_number_finds_its_indicator(text: str, expected: list[str | None]) -> None:
    assert [row[0] for row in facts(text, "indicator")] == expected


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("收到网站在线咨询3条。", "website"),
        ("青川农业网发布信息9条。", "website"),
        ("单位官网公开信息9条。", "website"),
        ("微博、微信两个自媒体发布信息9条。", "new_media"),
        ("收到信息公开申请,9件属于网络平台申请。", "online"),
        ("局域网发布信息9条。", ""),
    ],
)
def test_the_channel_that_a_number_went_through(text: str, channel: str) -> None:
    assert facts(text, "channel") == [(channel,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("经清理,保留规范性文件9件。", ("in_force", "")),
        ("处理留言9条。", ("answered", "")),
    ],
)
def test_what_became_of_it_is_no_topic(text: str, expected: tuple[str, str]) -> None:
    assert facts(text, "outcome", "topic") == [expected]


def test_parts_of_a_part_are_announced_in_any_way() -> None:
    found = facts(
        "公开信息90条,其中,通过网站公开30条,包括机构信息20条、人事信息10条;微信发布60条。", "channel", "part_of"
    )
    assert found == [("", None), ("website", 0), ("website", 1), ("website", 1), ("wechat", 0)]


def test_what_is_said_of_the_disclosed_items_in_a_paragraph_of_its_own_went_through_their_channel() -> None:
    text = "在政府网站主动公开信息5条,全文电子化率达100%。\n在主动公开的信息中,动态类信息2条,占40%;计划类信息3条。"
    assert facts(text, "channel") == [("website",), ("",), ("website",), ("website",), ("website",)]


def test_a_list_of_what_was_published_mixes_its_measure_words() -> None:
    found = facts("主动公开政府信息90篇,其中发布统计报告30篇、统计数据9期。", "indicator", "topic")
    assert found[1:] == [("proactive.disclosed", "统计报告"), ("proactive.disclosed", "统计数据")]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("梳理90项依申请类政务事项的办事指南。", "services.items"),
        ("接待咨询访问30人次。", "response.consultations"),
        ("解读3份文件的征求意见稿。", "response.interpretations"),
    ],
)
def test_words_that_name_one_thing_do_not_count_another(text: str, indicator: str) -> None:
    assert [row[0] for row in facts(text, "indicator")] == [indicator]


@pytest.mark.parametrize("text", ["公开9条(2018年未接到依申请公开),机构1条。", "本年未收到依申请公开事项."])
def test_none_in_words_ends_with_its_bracket_or_full_stop(text: str) -> None:
    zeros = [q for q in read_prose(text, 2018).quantities if q.value == 0]
    assert [q.surface.strip("未接收到依申请公开事项") for q in zeros] == [""]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("网站公开信息30条,新区报发布8条。", ["website", "press"]),
        ("公开信息90条(其中:网站公开80条,政务微信公开3次10条)。", ["", "website", "wechat", "wechat"]),
        ("情况通报发布8条。", [""]),
    ],
)
def test_a_paper_by_its_name_and_one_thing_counted_twice(text: str, channels: list[str]) -> None:
    assert [row[0] for row in facts(text, "channel")] == channels


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("公开信息90条,其中人大代表建议及政协委员提案办理信息7条。", ["proactive.disclosed"] * 2),
        ("公开信息90条,其中人大代表建议和政协委员提案7条。", ["proactive.disclosed", "proposals.total"]),
        ("向群众解读政策5000人次。", [None]),
        ("8家政府网站公开涉及市场主体的信息。", [None]),
        ("政务服务事项网上办理90项。", ["services.items"]),
    ],
)
def test_what_is_counted_is_told_by_its_measure_word(text: str, indicators: list[str | None]) -> None:
    assert [row[0] for row in facts(text, "indicator")] == indicators


def test_a_first_count_is_a_whole_whatever_its_words_include() -> None:
    found = facts("门户网包括部门专栏共发布信息90条;其中公开通知20条;动态信息30条。", "channel", "part_of")
    assert found == [("website", None), ("website", 0), ("website", 0)]


def test_others_have_their_own_channels_but_parts_keep_that_of_the_whole() -> None:
    found = facts("县政府网站公开信息90条,县政府部门和镇(街道)公开信息30条。", "channel", "scope")
    assert found == [("website", ""), ("", "县政府部门和镇(街道)")]
    found = facts("政府网站公开信息90条,其中市直各部门公开信息30条。", "channel", "scope")
    assert found == [("website", ""), ("website", "市直各部门")]


def test_one_verb_governs_a_list_in_its_clause() -> None:
    found = facts(
        "办理书记信箱和县长信箱的来信9件、政务服务便民热线30件、人大代表建议7件、政协提案8件。", "indicator", "outcome"
    )
    assert found[2:] == [("proposals.npc", "handled"), ("proposals.cppcc", "handled")]


def test_articles_of_a_law_count_nothing() -> None:
    text = "按照条例第19条、20条、21条规定公开信息9条。"
    assert facts(text, "value") == [(9,)]
    assert facts("按照条例第19、20条的要求公开信息9条,其中第1批3条。", "value") == [(9,), (3,)]


def test_the_way_that_is_named_last_is_the_channel() -> None:
    text = "发挥政务新媒体的优势,借助微信公众号“青川发布”,全年发布信息9条,关注量300。"
    assert facts(text, "channel") == [("wechat",), ("wechat",)]


def test_one_verb_publishes_all_answers_of_its_list() -> None:
    text = "公开人大代表建议答复件2件,政协委员提案答复件3件。"
    assert facts(text, "outcome") == [("published",), ("published",)]


def test_a_share_is_of_the_class_that_its_own_words_name() -> None:
    found = facts("处理网络舆情90条,其中三农类占36%,政务监督类约占21%。", "basis", "topic")
    assert found == [("level", ""), ("share", "三农"), ("share", "政务监督")]
