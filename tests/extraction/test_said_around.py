"""What the words around a number say of its indicator, period, channel and outcome: one class a case, in our own words about made-up
bodies (云岭省青川市 does not exist, nor do its figures)."""

from __future__ import annotations

import pytest

from pipelines.extraction.prose import read_prose


def facts(text: str, *fields: str, year: int = 2020) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请5件,结转上年2件,按时办结6件,结转下年继续办理1件。", ["2020"] * 4),
        ("上年公开信息5条,今年公开信息6条。", ["2019", "2020"]),
    ],
)
def test_what_was_carried_over_from_last_year_dates_nothing_behind_it(text: str, expected: list[str]) -> None:
    assert facts(text, "period") == [(period,) for period in expected]


@pytest.mark.parametrize(
    ("text", "indicator", "outcome"),
    [
        ("复议后提起行政诉讼3件。", "remedies.litigation_after_reconsideration", ""),
        ("复议后又提起诉讼3件。", "remedies.litigation_after_reconsideration", ""),
        ("未经复议直接诉讼3件。", "remedies.litigation_direct", ""),
        ("行政诉讼3件。", "remedies.litigation", ""),
        ("行政复议案件未办结3件。", "remedies.reconsideration", "pending"),
    ],
)
def test_cases_are_told_apart_by_what_went_before_and_how_they_ended(text: str, indicator: str, outcome: str) -> None:
    assert facts(text, "indicator", "outcome") == [(indicator, outcome)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("召开新闻发布会、举办访谈,利用图解等方式开展解读,公开政策解读7条,图解5条。", ["", ""]),
        ("召开新闻发布会公开信息7条。", ["press_conference"]),
        ("在新闻发布会、电视等公开信息7条。", ["press"]),
    ],
)
def test_press_conferences_held_beside_other_things_are_no_channel(text: str, expected: list[str]) -> None:
    assert facts(text, "channel") == [(channel,) for channel in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未收到网络申请。", [("requests.received", "online")]),
        ("全年无当面申请公开政府信息的申请。", [("requests.received", "in_person")]),
        ("没有收到书面或其他形式的信息公开申请。", [("requests.received", "")]),
        ("未受到公民申请公开政府信息。", [("requests.received", "")]),
        ("提供政府信息暂不收费。", [("fees.charged", "")]),
        ("公布一律不收费的项目。", []),
        ("微信公众号公开信息6条,未收到留言。", [("proactive.disclosed", "wechat"), ("response.messages", "wechat")]),
        ("微信公众号公开信息6条;全年未收到留言。", [("proactive.disclosed", "wechat"), ("response.messages", "")]),
    ],
)
def test_none_came_through_the_channel_that_the_words_name(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text, "indicator", "channel") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在平台公开信息20条,其中主动公开信息18条,依申请公开信息数为2条,不予公开信息数为0条。",
         ["proactive.disclosed", "proactive.disclosed", "other.items_on_request", "other.items_withheld"]),
        ("主动公开信息18条,收到依申请公开2件,不予公开1件。",
         ["proactive.disclosed", "requests.received", "requests.answered"]),
    ],
)  # fmt: skip
def test_items_by_whether_they_are_open_are_no_requests(text: str, expected: list[str]) -> None:
    assert facts(text, "indicator") == [(indicator,) for indicator in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("信函申请政府信息公开数1次,网络申请政府信息公开数2次。", [
            ("requests.received", "post", ""), ("requests.received", "online", "")]),
        ("通过报纸回应答记者问事件数1次;其他方式回应事件数2次。", [
            ("response.opinion_cases", "press", ""), ("response.opinion_cases", "other", "")]),
        ("市级以上媒体报道30篇。", [("proactive.disclosed", "press", "")]),
        ("处理群众来信6件。", [("response.letters", "", "answered")]),
        ("在门户网站主动发布规范性文件7件,印发规范性文件3件。", [
            ("proactive.normative_documents", "", "disclosed"), ("proactive.normative_documents", "", "issued")]),
    ],
)  # fmt: skip
def test_what_is_counted_is_said_before_the_number(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert facts(text, "indicator", "channel", "outcome") == expected


def test_some_measures_are_not_one() -> None:
    assert facts("推出了一批便民措施,开展抽查一批。", "surface") == [("一批",)]


def test_the_share_of_what_is_online_is_no_rate_of_cases_closed() -> None:
    text = "跨市通办5件,“一网通办”率100%,办结率99%。"
    assert facts(text, "indicator") == [("services.cases_completed",), (None,), ("services.completion_rate",)]


def test_a_level_owns_the_powers_that_are_said_to_be_its() -> None:
    assert facts("保留省级权责事项7项,市级权力事项5项。", "scope") == [("省级",), ("市级",)]


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("各类媒体报道稿件90篇,央视新闻频道刊播3条,新华社2篇,青川日报15篇,人民网4篇。",
         ["press", "television", "press", "press", "press"]),
        ("青川发布微信公众号发挥新媒体传播优势,公开信息9条。", ["wechat"]),
        ("在人民网、云岭网开通了政务微博,发布信息9条。", ["microblog"]),
    ],
)  # fmt: skip
def test_media_that_published_are_channels(text: str, channels: list[str]) -> None:
    found = facts(text, "indicator", "channel", "topic")
    assert found == [("proactive.disclosed", channel, "") for channel in channels]


def test_how_often_items_were_seen_does_not_end_their_channel() -> None:
    text = "网站发布信息90条,访问量60人次,发布解读5条,粉丝量7人,解读8条。"
    assert facts(text, "channel") == [("website",), ("",), ("website",), ("website",), ("website",)]


def test_documents_counted_among_items_are_documents() -> None:
    text = "主动公开信息90条,其中网站60条,规范性文件数1条。"
    assert facts(text, "indicator")[2] == ("proactive.normative_documents",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("指派一名专职工作人员。", [("一名", "capacity.staff", "专职")]),
        ("发布政策解读稿5篇。", [("5篇", "response.interpretations", "")]),
        ("主动公开政务信息9条。", [("9条", "proactive.disclosed", "")]),
        ("县林业局接到信息公开申请9件。", [("9件", "requests.received", "")]),
        ("门户网站公开信息9条、国家企业信用信息公示系统公开信息8条。", [
            ("9条", "proactive.disclosed", ""), ("8条", "proactive.disclosed", "")]),
        ("归集涉企信息8条。", [("8条", "oversight.records_collected", "")]),
        ("“青川发布”抖音发布视频9条,视频号发布7期。", [("9条", "proactive.disclosed", "视频"), ("7期", "proactive.disclosed", "")]),
    ],
)  # fmt: skip
def test_names_of_systems_and_of_what_is_counted_are_told_apart(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    found = facts(text, "surface", "indicator", "topic")
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市行政许可、行政处罚、行政强制决定数量分别为7宗、8宗和9宗。",
         [("proactive.licensing_decisions", ""), ("proactive.penalty_decisions", ""), ("proactive.coercion_decisions", "")]),
        ("网站、微信、微博分别发布信息7条、8条和9条。", [
            ("proactive.disclosed", "website"), ("proactive.disclosed", "wechat"), ("proactive.disclosed", "microblog")]),
        ("在政府网站和部门网站分别公开信息7条。", [("proactive.disclosed", "website")]),
        ("人大建议、政协提案分别为7件、8件。", [("proposals.npc", ""), ("proposals.cppcc", "")]),
    ],
)  # fmt: skip
def test_subjects_share_out_the_counts_that_follow(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text, "indicator", "channel") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政复议、诉讼案件共9件,结果维持7件。", [("other.remedies_total", ""), ("other.remedies_outcomes", "upheld")]),
        ("网站浏览量90次,访客数70位。", [("website.visits", ""), ("website.visits", "")]),
        ("主动发布规范性文件9件,部门规范性文件8件。", [
            ("proactive.normative_documents", "disclosed"), ("proactive.normative_documents", "disclosed")]),
    ],
)  # fmt: skip
def test_what_a_first_count_says_holds_for_the_second(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text, "indicator", "outcome") == expected


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("公开信息90条,其中网站发布新闻类30条,通知类20条;微信推送动态9条,图解8篇。",
         ["", "website", "website", "wechat", "wechat"]),
        ("公开信息90条,其中通知30条、政府公报4条、要闻8条。", ["", "", "gazette", ""]),
        ("公开信息90条,其中网站发布新闻类30条,更新通知类20条。", ["", "website", ""]),
    ],
)  # fmt: skip
def test_a_verb_and_its_channel_govern_the_parts_that_it_lists(text: str, channels: list[str]) -> None:
    assert facts(text, "channel") == [(channel,) for channel in channels]


def test_pieces_of_other_measures_are_parts_of_what_was_published() -> None:
    text = "公开信息90篇,其中部门文件2件,建议提案答复5篇。"
    assert facts(text, "indicator", "topic") == [
        ("proactive.disclosed", ""),
        ("proactive.disclosed", "部门文件"),
        ("proactive.disclosed", "建议提案答复"),
    ]
