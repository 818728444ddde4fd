"""Ways of speaking that reports share and that a reader of many meets again: one class a case, in our own words about made-up bodies
(云岭省青川市 does not exist, nor do its figures). Here: what a list, a bracket or a word beside decides."""

from __future__ import annotations

import pytest

from pipelines.extraction.prose import read_prose


def facts(text: str, *fields: str, year: int = 2018) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Items of a list of what was disclosed are disclosed items, whatever they are about.
        ("公开信息90条,其中通知20条、建议提案9条、政府公报4条。", ["proactive.disclosed"] * 4),
        ("公开信息90条,其中机构类20条;意见征集类9条。", ["proactive.disclosed"] * 3),
        ("公开信息90条,其中建议提案办理结果信息9条,政策解读3条。", [
            "proactive.disclosed", "proactive.disclosed", "response.interpretations"]),
        # What documents were marked as is no request and no answer.
        ("全年制发公文90件,其中主动公开60件,依申请公开20件,不予公开10件。", [
            "other.documents_issued", "proactive.disclosed", "other.items_on_request", "other.items_withheld"]),
        ("收到并办结政府信息公开申请9件。", ["requests.received"]),
        ("收到信息公开申请9件,其中撤销2件,依规答复处理7件。", [
            "requests.received", "requests.answered", "requests.answered"]),
        ("因信息公开被申请复议3件,1件经复议后起诉,1件未经复议直接起诉。", [
            "remedies.reconsideration", "remedies.litigation_after_reconsideration", "remedies.litigation_direct"]),
        ("回应群众关心的用水热点信息9条。", ["response.opinion_cases"]),
        ("参加民生热线节目3期。", ["response.interviews"]),
        ("全年安排工作经费2万元。", ["capacity.budget"]),
        ("将大厅90项许可和服务类事项的指南上网。", ["services.items"]),
        ("设立一个专门的申请受理点。", ["requests.service_points"]),
        ("在全县30个乡镇设置信息联络员。", [None]),
        ("主动公开规范性文件9条,制发规范性文件2条。", ["proactive.normative_documents"] * 2),
        ("在网站栏目公开部门文件9件。", ["proactive.disclosed"]),
        ("发布信息90条,其中权责清单信息公开数9条,建议办理信息公开数2条。", ["proactive.disclosed"] * 3),
        ("发布信息90条,其中政策文件1件,科室简介4条,政民互动5条。", ["proactive.disclosed"] * 4),
        ("公开行政许可决定9条、行政处罚决定4条。", ["proactive.licensing_decisions", "proactive.penalty_decisions"]),
        ("制作依申请公开文件数9件。", ["other.items_on_request"]),
        ("受理信息公开申请9件,上年度结转办件1件,共办理10件。", [
            "requests.received", "requests.carried_in", "requests.completed"]),
        ("组织规范性文件意见征求3次。", ["other.solicitations"]),
        ("纳入绩效考核,案件质量合格率100%。", [None]),
        ("累计公开信息90条。其中,包括部门文件信息9条、工作动态信息81条。", ["proactive.disclosed_cumulative"] * 3),
        ("热线受理诉求90件,日均受理3件,办结88件。其中,求助类60件,投诉类20件,建议类8件。", [
            "response.hotline_calls", "other.daily_cases", *["response.hotline_calls"] * 4]),
        ("受理“12345”热线9件,办结8件。", ["response.hotline_calls"] * 2),
        ("办结“12345”回复9条。", ["response.hotline_calls"]),
        ("配有1名信息专干。", ["capacity.staff"]),
        ("公众号发布政策解读、工作动态等90条。", ["proactive.disclosed"]),
        ("转办上一年度申请公开1件。", ["requests.carried_in"]),
        ("推进跨省通办,共办结事项3件。", ["services.cases_completed"]),
        ("局领导接受媒体采访9次。", ["other.media_interviews"]),
        ("收到信息公开申请9件。从申请的内容看,许可类5件,项目建设情况3件,拆迁信息1件。", ["requests.received"] * 4),
        ("公开群众信访件办理一览表9件,投诉案件情况一览表2件。", ["proactive.disclosed"] * 2),
        ("公示用地批复9件、矿权办理结果4个。", ["proactive.disclosed"] * 2),
        ("项目审批文件公布9个。", ["proactive.disclosed"]),
        ("在新闻媒体发布政策宣传9次。", ["proactive.disclosed"]),
        ("回应群众关注的问题,公开县政府文件9个。", ["proactive.disclosed"]),
        ("收到行政复议9件,办结率100%。", ["remedies.reconsideration", "other.remedies_rate"]),
    ],
)  # fmt: skip
def test_a_number_finds_its_indicator(text: str, expected: list[str | None]) -> None:
    assert [row[0] for row in facts(text, "indicator")] == expected


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("开设专栏2个,发布信息90条。", ["", "website"]),
        ("网站公开信息90条,其中通知20条,公众号发布信息9条,收到留言5条。", ["website", "website", "wechat", "wechat"]),
        ("在报纸等媒体(包括新媒体)刊发信息9条。", ["press"]),
        ("大厅电子屏公开信息90条。", ["notice_board"]),
        ("微博微信发布信息90条,广播电视播发信息9条。", ["new_media", "press"]),
        ("信箱、留言板等其他方式公开信息9条。", ["other"]),
        ("网站公告栏公开信息9条。", ["website"]),
        ("网站公开信息90条,其中公示栏公开信息9条。", ["website", "website"]),
        ("央视播发信息9条。", ["television"]),
        ("提升网上服务水平,全年公开信息9条。", [""]),
        ("在网站开设专栏。按季度公开信息9条。", ["website"]),
        ("收到信息公开申请9件,其中当面申请9件。从申请的内容看,许可类5件。", ["", "in_person", ""]),
        ("收到信息公开申请9件,通过网络申请的数量为9件。", ["", "online"]),
        ("收到信息公开申请3件,其中2件为网上申请,1件为现场申请。", ["", "online", "in_person"]),
        ("接待咨询90人次,其中电话咨询90人次。", ["", "telephone"]),
    ],
)  # fmt: skip
def test_the_channel_that_a_number_went_through(text: str, channels: list[str]) -> None:
    assert [row[0] for row in facts(f"三、咨询处理情况\n{text}", "channel")] == channels


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("主动公开政府规章3件。", ["disclosed"]),
        ("答复并公开建议提案9件。", ["published"]),
        ("公示建议提案的答复函9份,其中人大代表建议6份,政协提案3份。", ["published"] * 3),
        ("网站公开信息90条,其中政协提案办理结果答复2件。", ["", "published"]),
        ("收到信息公开申请9件,其中申请的信息经查不存在2件。", ["", "not_held"]),
        ("收到信息公开申请9件,其中因不掌握相关信息无法提供2件。", ["", "unable.not_held"]),
        ("回复留言9条,在线解答30人次。", ["answered", ""]),
        ("向群众反馈网上问题9次。", ["answered"]),
    ],
)
def test_what_became_of_a_case(text: str, outcomes: list[str]) -> None:
    assert [row[0] for row in facts(text, "outcome")] == outcomes


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("以市政府名义发布的文件经清理,规范性文件继续有效9件,失效2件。", ["市政府", "市政府"]),
        ("网站公开信息90条,市直各部门公开信息50条。", ["", "市直各部门"]),
        ("各乡镇公开信息90条。", ["各乡镇"]),
        ("县区公开信息90条。", ["县区"]),
        ("市、县(市、区)政府及其部门和乡镇政府受理信息公开申请9件。", ["市、县(市、区)政府及其部门和乡镇政府"]),
        ("公布市本级办理的9条许可信息。", ["市本级"]),
    ],
)
def test_whose_number_it_is(text: str, scopes: list[str]) -> None:
    assert [row[0] for row in facts(text, "scope")] == scopes


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("发布会议纪要、政策解读、项目建设、资金分配等政务信息90条。", ["会议纪要、政策解读、项目建设、资金分配"]),
        ("网站受理咨询9条。", ["咨询"]),
        ("受理求助信件9件,办结8件。", ["求助信件", "求助信件"]),
        ("公开政府文件9件(累计公开30件)。", ["政府文件", "政府文件"]),
        ("发布中标公告9项。", ["中标公告"]),
        ("“财政预算”栏目共发布消息9条。", ["财政预算"]),
        ("转载上级重要政策信息9条。", ["上级重要政策"]),
        ("办公室有2名兼职人员。", ["兼职"]),
        ("发布本级办理的9条双公示信息。", ["双公示"]),
        ("公开社会组织年检信息9条。", ["社会组织年检"]),
        ("发布信息90条,其中工作部署落实情况信息公开数9条。", ["", "工作部署落实"]),
        ("发布信息90条,其中政务公开标准目录1条,建议办理情况5条。", ["", "政务公开标准目录", "建议办理"]),
        ("公示公告栏发布信息9条。", ["公示公告"]),
        ("发布重点领域信息和决策落实信息9条。", ["重点领域信息和决策落实"]),
        ("发布《青川市人才办法》等人才政策9条。", ["人才政策"]),
        ("发布许可类9条信息、处罚类5条信息。", ["许可", "处罚"]),
    ],
)
def test_a_topic_is_the_words_for_what_a_number_is_about(text: str, topics: list[str]) -> None:
    assert [row[0] for row in facts(text, "topic")] == topics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新增公开信息9件(历年累计90件)。其中,通知类5件,约占56%。", [
            ("proactive.disclosed", "2018", ""), ("proactive.disclosed_cumulative", "../2018", ""),
            ("proactive.disclosed", "2018", ""), ("proactive.disclosed", "2018", "approx")]),
        ("新增公开信息9件(历年累计90件),电子化率100%。", [
            ("proactive.disclosed", "2018", ""), ("proactive.disclosed_cumulative", "../2018", ""),
            ("proactive.full_text_rate", "2018", "")]),
        ("公开信息9条,其中通知类8条、统计1条。", [("proactive.disclosed", "2018", "")] * 3),
    ],
)  # fmt: skip
def test_a_bracket_dates_only_what_it_holds(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert facts(text, "indicator", "period", "qualifier") == expected


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("全年未涉及公开信息的申请。", ["requests.received"]),
        ("提供信息未收取费用,不存在减免情况。", ["fees.charged", "fees.waived"]),
        ("本年度无责任追究情况。", ["other.accountability_cases"]),
    ],
)
def test_none_in_words_is_a_zero(text: str, indicators: list[str]) -> None:
    assert facts(text, "indicator", "value") == [(indicator, 0) for indicator in indicators]


def test_a_quarter_dates_what_follows_and_counts_nothing() -> None:
    assert facts("四季度收到信息公开申请2件。", "value", "period") == [(2, "2018-10/2018-12")]


def test_no_document_issued_is_a_zero_with_its_outcome() -> None:
    assert facts("本年度未制定行政规范性文件。", "indicator", "value", "outcome") == [
        ("proactive.normative_documents", 0, "issued")
    ]


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    [quantity] = read_prose("臺辦收到政協提案9件。", 2018).quantities
    assert (quantity.indicator, quantity.value) == ("proposals.cppcc", 9)


@pytest.mark.parametrize("announced", ["其中", "具体为", "具体是", "分别为"])
def test_parts_announced_in_any_way_keep_the_channel_and_what_is_explained_stays_explained(announced: str) -> None:
    assert facts(f"网站公开信息9条,{announced}:采购类信息6条、政策解读类信息3条。", "indicator", "channel") == [
        ("proactive.disclosed", "website"),
        ("proactive.disclosed", "website"),
        ("response.interpretations", "website"),
    ]


@pytest.mark.parametrize("about", ["约", "近", "约达", "近达"])
def test_about_before_a_number(about: str) -> None:
    assert facts(f"网站访问量{about}90万次。", "value", "qualifier") == [(900000, "approx")]
