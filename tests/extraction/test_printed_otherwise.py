"""The same words printed otherwise: with spaces around the numbers, as in PDF files, or as a list below the line that announces it. In our
own words, with made-up figures."""

from __future__ import annotations

import re

import pytest

from pipelines.extraction.prose import read_prose

_SENTENCES = [
    "网站公开信息90条,其中行政许可决定20条、行政处罚决定8条;规范性文件数3件。",
    "收到信息公开申请9件,予以公开7件,占77%,不予公开2件,结转下年继续办理1件。",
    "公开信息20条,其中主动公开信息18条,依申请公开信息2条,不予公开信息1条。",
    "设立查阅点3个,配备专职人员2名和兼职人员4名,培训60人次。",
    "人大代表建议办理9件、政协提案办理8件,办复率100%。",
    "由2019年的60条增加到2020年的90条,2020年县政府公开解读7篇。",
    "在各级媒体刊发报道700余篇,网站访问量达98000余人次,覆盖街道23个。",
    "公告栏每季度更新1次,公开信息9条。",
]


def facts(text: str, year: int = 2020) -> list[tuple[object, ...]]:
    fields = (
        "indicator",
        "value",
        "unit",
        "basis",
        "period",
        "channel",
        "applicant",
        "outcome",
        "scope",
        "topic",
        "qualifier",
    )
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


@pytest.mark.parametrize("space", [" ", "\u00a0"])
@pytest.mark.parametrize("text", _SENTENCES)
def test_spaces_around_numbers_change_nothing(text: str, space: str) -> None:
    before = re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)", space, text)
    around = re.sub(r"(?<=\d)(?=[\u4e00-\u9fff])", space, before)
    assert facts(before) == facts(text)
    assert facts(around) == facts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网站主动公开下列信息:\n(1)公示类:规划15条,住房8条;\n(2)数据类:项目7条。\n共配备人员3名。", [
            ("proactive.disclosed", "website", "规划"), ("proactive.disclosed", "website", "住房"),
            ("proactive.disclosed", "website", "项目"), ("capacity.staff", "", "")]),
        ("网站主动公开下列信息:\n\n1.规划15条。", [("proactive.disclosed", "website", "规划")]),
        ("2020年网站公开9条。\n(1)规划15条。", [("proactive.disclosed", "website", ""), (None, "", "规划")]),
    ],
)  # fmt: skip
def test_a_line_that_announces_a_list_speaks_for_its_items(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(q.indicator, q.channel, q.topic) for q in read_prose(text, 2020).quantities] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息共计28项,其中行政许可3项,行政处罚12项。", ["proactive.disclosed"] * 3),
        ("梳理行政许可3项,行政处罚12项。", ["services.powers_listed"] * 2),
        ("这3起依申请公开事项均未发生行政诉讼。", ["proactive.disclosed", "remedies.litigation"]),
        ("办理答复8件申请(其中1件为去年结转)。", ["requests.answered", "requests.carried_in"]),
        ("通过报纸刊稿9篇。", ["proactive.disclosed"]),
    ],
)
def test_what_a_list_is_of(text: str, expected: list[str]) -> None:
    assert [q.indicator for q in read_prose(text, 2020).quantities] == expected


def test_parts_behind_a_count_of_visits_are_of_what_was_published() -> None:
    text = "网站发布信息90条,点击量60次。其中:动态30条,公告20条。"
    assert [(q.channel, q.part_of) for q in read_prose(text, 2020).quantities] == [
        ("website", None),
        ("", None),
        ("website", 0),
        ("website", 0),
    ]


def test_requests_by_who_asked_come_through_no_one_channel() -> None:
    text = "收到信息公开申请4件,3件为网络申请,1件为信件申请;申请人为自然人的2件,法人或者其他组织的2件。"
    found = [(q.channel, q.applicant) for q in read_prose(text, 2020).quantities]
    assert found == [("", ""), ("online", ""), ("post", ""), ("", "natural_person"), ("", "business")]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("网站公开信息90条,其中:动态60条,公告30条。", "网站公开信息90条,其中:\n动态60条,\n公告30条。"),
        (
            "收到申请9件,具体包括:(1)信函申请7件;(2)网上申请2件。",
            "收到申请9件,具体包括:\n(1)信函申请7件;\n(2)网上申请2件。",
        ),
        ("网站公开信息90条,其中:动态60条;公告30条。", "网站公开信息90条,其中:\n\n动态60条;\n  公告30条。"),
    ],
)
def test_parts_listed_line_by_line_are_parts(text: str, lines: str) -> None:
    def links(words: str) -> list[int | None]:
        return [q.part_of for q in read_prose(words, 2020).quantities]

    assert facts(lines) == facts(text)
    assert links(lines) == links(text) != [None] * len(links(text))


def test_lines_that_announce_no_parts_say_each_its_own() -> None:
    text = "(一)网站公开信息9条;\n(二)微信公开信息8条;\n三、收到申请7件"
    assert [(q.indicator, q.channel) for q in read_prose(text, 2020).quantities] == [
        ("proactive.disclosed", "website"),
        ("proactive.disclosed", "wechat"),
        ("requests.received", ""),
    ]


@pytest.mark.parametrize(
    ("year", "indicator"), [(2016, "proactive.disclosed_cumulative"), (2022, "proactive.disclosed")]
)
def test_up_to_the_end_of_the_year_is_the_year_since_reports_follow_one_form(year: int, indicator: str) -> None:
    text = f"截至{year}年12月31日,累计主动公开政府信息90条。"
    assert [q.indicator for q in read_prose(text, year).quantities] == [indicator]
