"""What the words around a number give it besides a code: period, channel, outcome, topic. One class a case, in our own words about
made-up figures."""

from __future__ import annotations

import pytest

from pipelines.extraction.prose import read_prose


def facts(text: str, *fields: str, year: int = 2022) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("截至11月底,受理复议9件,目前已办结8件。", ["2022-01/2022-11", "2022-01/2022-11"]),
        ("截至11月底,受理复议9件。目前共有工作人员8人。", ["2022-01/2022-11", "2022"]),
        ("公开2021年决算和2022年预算等信息2条。", ["2022"]),
        ("公开2020年度部门预算信息7条。", ["2022"]),
        ("2020年,公开预算信息7条。", ["2020"]),
    ],
)
def test_a_number_is_dated_by_the_time_it_was_counted_in(text: str, periods: list[str]) -> None:
    assert [period for (period,) in facts(text, "period")] == periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.网站公开情况\n主动公开信息9条。", ("proactive.disclosed", "website")),
        ("1.网站公开情况\n通过政务微博公开信息9条。", ("proactive.disclosed", "microblog")),
        ("1.网站和微博公开情况\n主动公开信息9条。", ("proactive.disclosed", "")),
        ("1.网站公开情况\n受理信息公开申请9件。", ("requests.received", "")),
    ],
)
def test_a_heading_names_the_channel_of_what_is_disclosed_under_it(text: str, expected: tuple[str, str]) -> None:
    assert facts(text, "indicator", "channel") == [expected]


def test_an_outcome_ends_with_its_clause() -> None:
    assert facts("解答留言9条;开展在线访谈2场。", "outcome") == [("answered",), ("",)]


def test_topics_stand_in_the_characters_of_the_text() -> None:
    text = "全年公開工作動態9條、人事（任免）資訊3條。"
    assert facts(text, "indicator", "topic") == [
        ("proactive.disclosed", "工作動態"),
        ("proactive.disclosed", "人事（任免）資訊"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年沒有減免費用。", [("fees.waived", 0.0)]),
        ("本年度答覆申請6件。", [("requests.answered", 6.0)]),
        ("舉行新聞發佈會5場。", [("response.press_conferences", 5.0)]),
    ],
)
def test_traditional_characters_are_read_like_simplified_ones(text: str, expected: list[tuple[str, float]]) -> None:
    assert facts(text, "indicator", "value") == expected


def test_a_case_named_by_its_parties_is_a_lawsuit() -> None:
    assert facts("某公司诉青川州人民政府信息公开案1件。", "indicator", "value")[0] == ("remedies.litigation", 1.0)
