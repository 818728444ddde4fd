"""Numerals are found wherever they stand, though each way of printing one is tried only where it can begin."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction import scan, zeros

_WORDS = (
    "2018年 3月 12日 〔2018〕5号 (一) 1. 第 三 十二 百分之 一半 约 八成 24小时 12345 电话 0999-8123456 13912345678 www.gov.cn a@b.cn 每 周 一次 "
    "阅读: 计 1件 5万元 以上 二〇一八年 届 次会议 是 、 号 路 上午 平均 条 件 ABC-12 × 。 , ( : 半数"
)
_PIECES = ["\n", " ", *re.findall(r"\S+", _WORDS)]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_every_way_names_all_characters_that_it_begins_with(text: str) -> None:
    """Those with which no numeral is ever begun aside: what stands before one may be left out (a@b.cn in _a@b.cn)."""
    for way in scan._ways():
        pattern = re.compile(way.pattern)
        for place in range(len(text)):
            if pattern.match(text, place) and scan._first().match(text[place]):
                assert re.match(f"[{way.begins}]", text[place]), (way.name, text[place:])


_COUNTS = re.findall(r"\S+", "计 1 23 4567 条 件 人次 人民 起草 元 余 多 以上 不超过 约 、 《 》 年 第 12345 月")


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from([*_COUNTS, *_PIECES]), max_size=10).map("".join))
def test_the_short_way_to_a_count_says_what_the_long_one_does(text: str) -> None:
    ways = {way.name: way for way in scan._ways()}
    short = re.compile(ways["counted"].pattern + "(?P<counted>)")
    long = re.compile("|".join(f"(?:{w.pattern})(?P<{w.name}>)" for w in ways.values() if w.name != "counted"))
    for place in range(len(text)):
        if (place == 0 or not text[place - 1].isdigit()) and (quick := short.match(text, place)):
            slow = long.match(text, place)
            assert slow and slow.lastgroup == "number", text[place:]
            assert scan._counted(text, quick) == scan._digit_number(text, slow)


_NONE_SAID = ["\n", *re.findall(r"\S+", "未 没有 无 暂不 零 不 收到 行政复议 申请 费用 收取 为 均 、 。 , 投诉 向")]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_NONE_SAID), max_size=14).map("".join))
def test_what_is_said_to_be_none_is_found_in_the_sentences_that_hold_a_word_for_it(text: str) -> None:
    _, whole, _ = zeros._patterns()
    assert [m.span() for m in zeros._phrases(text)] == [m.span() for m in whole.finditer(text)]
