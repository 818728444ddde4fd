"""Lines broken at the right edge of a page: joined for reading, told at their own places. The body and its figures are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction import extract
from pipelines.language.wrapping import join_lines

PARAGRAPHS = [
    "青川县2018年政府信息公开工作年度报告",
    "一、主动公开情况",
    "2018年,全县各级各部门通过政府门户网站主动公开政府信息共计1233条,其中政策法规类信息33条,工作动态类信息1200条。全县举办集中培训2次,"
    "培训300余人次。在网站公开各类政务信息,接受群众监督。共收到人大建议166件、政协提案63件,均在规定时间内办结。",
    "二、依申请公开情况",
    "全年收到政府信息公开申请4件,均按时答复。其中予以公开3件,因申请内容不属于本机关掌握而无法提供的1件,没有收取任何费用,也没有因此引起的行政复议。",
]


def broken(width: int, between: str = "\n") -> str:
    """The paragraphs with a break after so many characters."""
    return "\n".join(
        between.join(paragraph[at : at + width] for at in range(0, len(paragraph), width)) for paragraph in PARAGRAPHS
    )


def told(text: str) -> list[tuple[object, ...]]:
    return [(q.value, q.unit, q.indicator, q.channel, q.outcome, q.topic, q.period) for q in extract(text)]


@pytest.mark.parametrize("width", [24, 27, 31, 38])
@pytest.mark.parametrize("between", ["\n", "\r\n", " \n", "\n- 3 -\n"])
def test_broken_lines_say_what_the_paragraphs_say(width: int, between: str) -> None:
    text = broken(width, between)
    assert told(text) == told("\n".join(PARAGRAPHS))
    for quantity in extract(text):
        assert text[quantity.char_start : quantity.char_end] == quantity.surface
        assert quantity.quote in text
        assert quantity.surface in quantity.quote


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n".join(f"2018年{month}月通过政府网站主动公开政府信息共计{month + 10}条" for month in range(1, 13)),
        "信息内容\n本年新公开数\n对外公开总数量\n规章\n0\n0\n规范性文件\n12\n30\n行政许可\n9\n其他对外管理服务事项\n3\n",
        "公开目录\n" + "关于印发青川县政务公开工作要点的通知。\n" * 12,
        "",
        "\n" * 40,
    ],
)
def test_lines_that_are_paragraphs_stay(text: str) -> None:
    assert join_lines(text) is None


def test_headings_and_new_paragraphs_are_not_joined_to_what_stands_above() -> None:
    start = "全县各级各部门通过政府门户网站主动公开各类政府信息"
    lines = [start[at:] + start[:at] for at in range(6)]
    heading = "二、依申请公开情况和收费减免情况以及其他有关情况"
    joined = join_lines("\n".join([*lines, heading, *lines, "  " + lines[0]]))
    assert joined is not None
    assert joined.text.split("\n") == ["".join(lines), heading + "".join(lines), "  " + lines[0]]


def test_nothing_is_joined_into_a_table() -> None:
    text = broken(27)
    start = text.index("二、依申请")
    joined = join_lines(text, [(start, len(text))])
    assert joined is not None
    assert joined.text[joined.back(start) :] == text[start:]


@given(
    st.lists(
        st.sampled_from(
            ["公开信息9条,", "在网站上", "2018年", "(三)", "。", "\n", "3\n", "  ", "很长的一行字没有句读" * 3]
        ),
        max_size=60,
    )
)
def test_every_place_has_its_way_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    joined = join_lines(text)
    if joined is None:
        return
    for at, character in enumerate(joined.text):
        assert text[joined.place(at)] == character
        assert joined.back(joined.place(at)) == at
