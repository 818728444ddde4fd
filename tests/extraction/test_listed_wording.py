"""Ways of speaking about what lists hold: items announced above or before them, documents among them, what names no channel, what counts
nothing; one class a case, in our own words about made-up bodies (云岭省青川市 does not exist, nor do its figures)."""

from __future__ import annotations

import pytest

from pipelines.extraction.prose import read_prose


def facts(text: str, *fields: str, year: int = 2018) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("网站公开以下内容:领导简介20条,工作职能3条。", "website"),
        ("主动公开的主要内容包括:领导简介20条,工作职能3条。", ""),
        ("公开的信息中,领导简介20条,工作职能3条。", ""),
        ("在门户网站公开各类信息,其中领导简介20条,工作职能3条。", "website"),
        ("我局网站公开住建领域的信息:\n\n(1)公示类:领导简介20条;\n(2)数据类:工作职能3条。", "website"),
        ("一、公开情况\n在区政府网站发布:\n1.领导简介20条;\n2.工作职能3条。", "website"),
    ],
)
def test_a_list_announced_as_disclosed_counts_disclosed_items(text: str, channel: str) -> None:
    items = [row for row in facts(text, "indicator", "channel", "topic") if row[2] in {"领导简介", "工作职能"}]
    assert items == [("proactive.disclosed", channel, "领导简介"), ("proactive.disclosed", channel, "工作职能")]


def test_what_an_announcement_leads_ends_with_its_lines() -> None:
    text = "二、公开情况\n在区政府网站公开以下信息:\n1.领导简介20条;\n2.工作职能3条。\n三、其他情况\n1.公开信息9条。"
    assert [row[0] for row in facts(text, "channel")] == ["website", "website", ""]
    assert facts("公开工作情况报告如下:处理事务20条。", "indicator") == [(None,)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网站公开信息90条,其中发布规范性文件3件。", ("website", "disclosed")),
        ("网站公开信息90条,其中制发规范性文件3件。", ("", "issued")),
        ("网站公开信息90条,其中公开政府规章3部。", ("website", "disclosed")),
        ("网站公开信息90条。制发规范性文件3件。", ("", "issued")),
    ],
)
def test_documents_among_what_was_disclosed_went_its_way(text: str, expected: tuple[str, str]) -> None:
    assert facts(text, "channel", "outcome")[1] == expected


@pytest.mark.parametrize(
    "item", ["法规文件及解读10条", "人大24条", "审批核准结果18个", "气候评估报告7期", "其他政府文件6件"]
)
def test_an_item_of_a_list_of_what_was_disclosed_is_a_disclosed_item(item: str) -> None:
    text = f"主动公开信息200条,其中工作动态34条、{item}、规划计划15条。"
    assert [row[0] for row in facts(text, "indicator")] == ["proactive.disclosed"] * 4


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("公开政策文件、政府公报信息75条。", ""),
        ("聚焦财政预决算、公报和应急等信息,主动公开信息75条。", ""),
        ("通过政府公报公开信息75条。", "gazette"),
        ("在云岭省采购网上发布信息75条。", "website"),
        ("通过网上发布信息75条。", "online"),
        ("“青川人社”微信视频号发布信息75条。", "wechat"),
        ("“青川人社”视频号发布信息75条。", "new_media"),
        ("“青川人社”南方号发布推文75条。", "new_media"),
        ("在省级以上刊物公开信息75条。", "press"),
        ("发布灾害预警短信75条。", "sms"),
    ],
)
def test_a_name_of_a_channel_names_it_only_where_it_is_one(text: str, channel: str) -> None:
    assert facts(text, "indicator", "channel") == [("proactive.disclosed", channel)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市68个政府信息公开成员单位都设立了领导机构。", ("proactive.disclosing_bodies", 68.0)),
        ("全区入网的委办局和乡镇共64家。", ("proactive.disclosing_bodies", 64.0)),
        ("本年度政府信息公开财政预算34.5万元。", ("capacity.budget", 345000.0)),
        ("公开政府集中采购信息,累计金额2017万元。", ("proactive.procurement_amount", 20170000.0)),
        ("召开各类新闻发布359次。", ("response.press_conferences", 359.0)),
        ("12333热线回应群众关切400次。", ("response.hotline_calls", 400.0)),
        ("并通过电话、微信等方式回应200人次。", ("response.consultations", 200.0)),
        ("全年平台激活企业用户数2629家。", ("website.users", 2629.0)),
        ("收到信息公开申请9件,2017年转办申请2件。", ("requests.carried_in", 2.0)),
        ("收到信息公开申请9件,于下年度答复的有2件。", ("requests.carried_out", 2.0)),
        ("收到信息公开申请9件,印发告知书8件。", ("requests.answered", 8.0)),
        ("收到信息公开申请9件,电话回复2件。", ("requests.answered", 2.0)),
        ("企业申请政务公开信息1条。", ("requests.received", 1.0)),
        ("向区图书馆和区档案馆公开文件14件。", ("proactive.archived_documents", 14.0)),
        ("机构职能类信息占总体的比例为4.28%。", ("proactive.disclosed", 4.28)),
    ],
)
def test_what_a_number_counts(text: str, expected: tuple[str, float]) -> None:
    assert facts(text, "indicator", "value")[-1] == expected


@pytest.mark.parametrize(
    "text",
    ["在全国330多个地级市中排名第10。", "推文10万+的有多少。", "宣传为民办十件实事。"],
)
def test_numbers_in_names_ranks_and_idioms_count_nothing(text: str) -> None:
    assert facts(text, "value") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("无下年度结转。", [("requests.carried_out", "")]),
        ("未引起行政复议。", [("remedies.reconsideration", "")]),
        ("行政诉讼4件,其中1件不予立案。", [("remedies.litigation", ""), ("remedies.litigation", "other")]),
        ("青川县人民政府及县直部门共收到申请42件。", [("requests.received", "")]),
    ],
)
def test_zeros_outcomes_and_whole_bodies(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text, "indicator", "outcome") == expected
    assert {row[0] for row in facts(text, "scope")} == {""}


def test_followers_belong_to_the_account_whose_readers_were_counted_before() -> None:
    text = "微信公众号推送信息20条,总阅读量9万次,关注人数8万人。"
    assert facts(text, "indicator", "channel")[2] == ("response.followers", "wechat")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建议提案沟通率、办结率、满意率均为100%。", [
            ("other.callback_rate", 100.0), (None, 100.0), ("other.satisfaction_rate", 100.0)]),
        ("申请办结率和满意率分别为98%和99%。", [(None, 98.0), ("other.satisfaction_rate", 99.0)]),
        ("热线受理900件,办结率和回复率均达100%。", [("response.hotline_calls", 900.0), ("response.completion_rate", 100.0)]),
    ],
)  # fmt: skip
def test_one_number_may_state_several_rates(text: str, expected: list[tuple[str | None, float]]) -> None:
    assert facts(text, "indicator", "value") == expected


@pytest.mark.parametrize(
    ("text", "surface", "unit"),
    [
        ("网站访问量1.34万人(次)。", "1.34万人(次)", "人次"),
        ("媒体刊稿630余篇(条)。", "630余篇", "篇"),
    ],
)
def test_only_persons_or_how_often_they_came_is_a_measure_in_brackets(text: str, surface: str, unit: str) -> None:
    assert facts(text, "surface", "unit") == [(surface, unit)]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("我局发布4次红色预警信息。", "红色预警"),
        ("发布中选公告76条。", "中选公告"),
        ("1.领导简介公开20条。", "领导简介"),
        ("将6名领导干部的照片上墙。", "领导干部"),
    ],
)
def test_a_topic_is_what_the_verb_has_before_or_behind_it(text: str, topic: str) -> None:
    assert facts(text, "topic")[0][0].startswith(topic)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主动公开政府信息496条,其中1.组织机构5;2.规章100;3.其他信息391。", [
            ("proactive.disclosed", 496.0), ("proactive.disclosed", 5.0), ("proactive.disclosed", 100.0),
            ("proactive.disclosed", 391.0)]),
        ("公开部门信息34条,部门预算1条,部门决算1条。", [("proactive.disclosed", 34.0)] + [("proactive.disclosed", 1.0)] * 2),
        ("收到信息公开申请9件。其中8件已公开;1件部分公开。", [
            ("requests.received", 9.0), ("requests.answered", 8.0), ("requests.answered", 1.0)]),
        ("收到信息公开申请9件,已回复7件,2件正在办理中。", [
            ("requests.received", 9.0), ("requests.answered", 7.0), ("requests.carried_out", 2.0)]),
        ("收到区长信箱交办件35件,办结35件。", [("response.letters", 35.0), ("response.letters", 35.0)]),
        ("行政诉讼9件,7件法院作出判决。", [("remedies.litigation", 9.0), ("remedies.litigation", 7.0)]),
        ("以市政府名义印发的规范性文件19条。", [("proactive.normative_documents", 19.0)]),
        ("发布能力清单2个批次。", [("proactive.disclosed", 2.0)]),
    ],
)  # fmt: skip
def test_items_and_what_became_of_them(text: str, expected: list[tuple[str, float]]) -> None:
    assert facts(text, "indicator", "value") == expected


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("网上申请公开信息9件,信函申请3件,合计12件。", ["online", "post", ""]),
        ("网站公开信息9条,网站公开公告3条,总计12条。", ["website", "website", "website"]),
        ("政务新媒体“青川政务”微信公众号发布信息9条。", ["wechat"]),
        ("在门户网站开设专栏。全年主动发布信息9条。", ["website"]),
    ],
)
def test_sums_accounts_and_sentences_without_a_subject_have_their_channel(text: str, channels: list[str]) -> None:
    assert [row[0] for row in facts(text, "channel")] == channels
