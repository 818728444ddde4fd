"""Ways of speaking in the middle and at the end of reports: consultations, trainings, inspections, the ways requests end, services.
One class a case, in our own words about made-up bodies (云岭省青川市 does not exist, nor do its figures)."""

from __future__ import annotations

import pytest

from pipelines.extraction.prose import read_prose


def facts(text: str, *fields: str, year: int = 2018) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发规范性文件2件,非规范性文件30件。", [("proactive.normative_documents", 2), ("proactive.disclosed", 30)]),
        ("公开规范性文件3件,政府公文120件。", [("proactive.normative_documents", 3), ("proactive.disclosed", 120)]),
        ("公众号发文50条。", [("proactive.disclosed", 50)]),
        ("网站累计公开信息300条,其中公文类60条。2018年新增40条。", [
            ("proactive.disclosed_cumulative", 300), ("proactive.disclosed_cumulative", 60), ("proactive.disclosed", 40)]),
        ("公布行政许可28个、行政处罚18个。", [("proactive.licensing_decisions", 28), ("proactive.penalty_decisions", 18)]),
        ("行政许可决定公示120件,行政处罚决定公示8件。", [
            ("proactive.licensing_decisions", 120), ("proactive.penalty_decisions", 8)]),
        ("法定公开内容100%全覆盖。", [("proactive.disclosure_rate", 100)]),
        ("在图书馆设查阅点2个,移送文件300份。", [("proactive.reading_points", 2), ("proactive.archived_documents", 300)]),
        ("收到政府信息公开申请5件,办复率100%。", [("requests.received", 5), ("requests.answer_rate", 100)]),
        ("申请内容主要涉及土地征收9件、社会保障4件。", [("requests.received", 9), ("requests.received", 4)]),
        ("建议提案办结12件,其中协办提案2件。", [("proposals.total", 12), ("proposals.total", 2)]),
        ("在线接听了3名听众的咨询。", [("response.consultations", 3)]),
        ("召开2次局党组会专题研究。", [("capacity.meetings", 2)]),
        ("由办公室指定2人负责政务公开。", [("capacity.staff", 2)]),
        ("开展政务公开日活动6次。", [("capacity.publicity", 6)]),
        ("组织专项督查3次,检查单位56家,发现问题78个。", [
            ("capacity.inspections", 3), ("capacity.bodies_inspected", 56), ("other.problems_found", 78)]),
        ("抽查市场主体560户。", [("oversight.entities_inspected", 560)]),
        ("便民服务中心共办理事项560件。", [("services.cases_completed", 560)]),
        ("最多跑一次事项占比99%。", [("services.once_share", 99)]),
        ("向社会征求意见2次,收到意见15条,采纳8条。", [
            ("other.solicitations", 2), ("response.suggestions", 15), ("other.suggestions_adopted", 8)]),
        ("推文点击量900次,转载80次。", [("other.media_reads", 900), ("other.reposts", 80)]),
    ],
)  # fmt: skip
def test_a_number_finds_its_indicator(text: str, expected: list[tuple[str, float]]) -> None:
    assert facts(text, "indicator", "value") == expected


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("开展法治讲座12场。", ["other.public_lectures"]),
        ("提供法律咨询90场,发放宣传资料7000份。", ["other.legal_advice", "other.leaflets"]),
        ("出具审查意见7份。", [None]),
        ("关停网站12家。", ["other.accounts"]),
        ("邀请人大代表、政协委员列席会议12人次。", [None]),
        ("完善公开指南、不予公开备案等10项制度。", ["other.rules"]),
    ],
)
def test_a_body_s_other_work_is_not_taken_for_disclosure_work(text: str, indicators: list[str | None]) -> None:
    assert [row[0] for row in facts(text, "indicator")] == indicators


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("接受咨询90人次,其中现场咨询30人次,电话咨询40人次,网上咨询20人次。", ["", "in_person", "telephone", "online"]),
        ("查阅室接待9人次。", ["reading_point"]),
        ("在政府信息公开系统公布信息9条,今日头条发布8条。", ["website", "new_media"]),
        ("通过“青川普法网”公开信息9条。", ["website"]),
    ],
)  # fmt: skip
def test_the_channel_that_a_number_went_through(text: str, channels: list[str]) -> None:
    assert [row[0] for row in facts(text, "channel")] == channels


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("收到申请9件,其中1件属行政执法案卷信息,2件申请人主动撤回。", ["", "refused.enforcement_file", "other"]),
        ("收到申请4件,其中3件依法答复公开,1件逾期未补正。", ["", "granted", "other.correction_overdue"]),
        ("申请中不予处理3件,其中信访投诉类2件、重复申请1件。", [
            "not_processed", "not_processed.complaint", "not_processed.duplicate"]),
        ("收到行政复议申请9件,已办结6件,撤回2件,确认违法1件。", ["", "completed", "other", "corrected"]),
        ("主动公开规范性文件4件。", ["disclosed"]),
        ("有效解答网民留言9条。", ["answered"]),
    ],
)  # fmt: skip
def test_what_became_of_a_case(text: str, outcomes: list[str]) -> None:
    assert [row[0] for row in facts(text.replace("收到申请", "收到信息公开申请"), "outcome")] == outcomes


@pytest.mark.parametrize(
    ("text", "applicant"),
    [
        ("信息公开申请中,科研机构申请2件。", "research"),
        ("信息公开申请中,社会公益组织1件。", "public_interest"),
        ("信息公开申请中,法律服务机构3件。", "legal_service"),
    ],
)
def test_who_applied(text: str, applicant: str) -> None:
    assert facts(text, "indicator", "applicant") == [("requests.received", applicant)]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("暂未对申请人收取检索、复印费用。", "fees.charged"),
        ("全年未收到书记信箱来信。", "response.letters"),
        ("公众号未收到留言。", "response.messages"),
        ("本年度无行政强制的事项。", "proactive.coercion_decisions"),
    ],
)
def test_none_in_words_is_a_zero(text: str, indicator: str) -> None:
    assert facts(text, "indicator", "value") == [(indicator, 0)]


@pytest.mark.parametrize("text", ["青川市十届人大四次会议的建议。", "平均三天发布一次信息。"])
def test_sessions_and_schedules_count_nothing(text: str) -> None:
    assert facts(text, "value") == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("专门配备2名兼职工作人员。", "兼职"),
        ("按季度发布8条项目核准信息。", "项目核准"),
        ("政务动态信息更新量300条。", "政务动态"),
        ("及时向上级部门通报,发布中央环保督察信息9条。", "中央环保督察"),
    ],
)
def test_a_topic_begins_and_ends_with_its_own_words(text: str, topic: str) -> None:
    assert [row[0] for row in facts(text, "topic")] == [topic]


def test_a_government_and_its_departments_are_a_scope() -> None:
    found = facts("网站公开信息900条。市政府及其部门公开信息500条,县(区)政府及其部门公开信息400条。", "scope")
    assert found == [("",), ("市政府及其部门",), ("县(区)政府及其部门",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开建议提案9件、行政许可结果40条、人事管理3条。", ["proposals.total", "proactive.disclosed", "proactive.disclosed"]),
        ("复议3件、诉讼2件,其中行政复议结果维持3件,行政诉讼均胜诉2件。", [
            "remedies.reconsideration", "remedies.litigation", "remedies.reconsideration", "remedies.litigation"]),
        ("上报信息30条,采用9条。新闻媒体刊发信息12条。", ["reporting.submitted", "reporting.adopted", "proactive.disclosed"]),
        ("受理咨询、投诉、建议90件。", ["response.messages"]),
        ("处理网上投诉和建议9件。", ["response.complaints_handled"]),
        ("研究解决问题5个。", [None]),
        ("培训覆盖率100%。", [None]),
    ],
)  # fmt: skip
def test_a_number_keeps_clear_of_its_neighbours(text: str, expected: list[str | None]) -> None:
    assert [row[0] for row in facts(text, "indicator")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开的主要类别:机构概况3条,行政权力清单1条,工作会议4条。", ["proactive.disclosed"] * 3),
        ("依申请公开政务信息数3件。", ["requests.received"]),
        ("未发生与诉讼有关的费用。", ["other.litigation_costs"]),
        ("推出165项“一次不用跑”清单。", ["services.once_items"]),
        ("全程网办事项86项,跨省通办事项13项。", ["services.items", "services.items"]),
        ("公共资源交易项目56个。", ["services.tenders"]),
        ("全年办理婚姻登记业务360件。", ["services.cases_completed"]),
        ("公布行政许可事项清单28项。", ["services.approval_items"]),
    ],
)
def test_services_and_lists_keep_their_own_indicator(text: str, expected: list[str]) -> None:
    assert [row[0] for row in facts(text, "indicator")] == expected
