"""Numerals are found wherever they stand, though each way of printing one is tried only where it can begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction import scan, zeros

_WORDS = (
    "2018年 3月 12日 〔2018〕5号 [2018] 索引号: 街道 早上 8时 浏览 (一) 1. 第 三 十二 百分之 一半 约 八成 "
    "24小时 12345 电话 0999-8123456 13912345678 www.gov.cn a@b.cn "
    "每 周 一次 "
    "阅读: 计 1件 5万元 以上 二〇一八年 届 次会议 是 、 号 路 上午 平均 条 件 ABC-12 × 。 , ( : 半数"
)
_PIECES = ["\n", " ", *re.findall(r"\S+", _WORDS)]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


@settings(max_examples=500, deadline=None)
@given(_TEXTS)
def test_every_way_names_all_characters_that_it_begins_with(text: str) -> None:
    """And what must stand behind them. Those with which no numeral is ever begun aside: what stands before one may be left out
    (a@b.cn in _a@b.cn)."""
    any_way = "".join(way.begins for way in scan._ways())
    for way in scan._ways():
        pattern = re.compile(way.pattern)
        for place in range(len(text)):
            if pattern.match(text, place) and re.match(f"[{any_way}]", text[place]):
                assert re.match(f"[{way.begins}]", text[place]), (way.name, text[place:])
                assert scan._first().match(text, place), (way.name, text[place:])


_BEHIND = {
    "电话:0999-8123456": "telephone",
    "传真0999-8123456": "telephone",
    "邮编835000": "telephone",
    "邮政编码:835000": "telephone",
    "手机13912345678": "telephone",
    "QQ:123456": "telephone",
    "Tel:0999-8123456": "telephone",
    "(0999)-8123456": "telephone",
    "[2018]5号": "document_number",
    "( 2018 )第5号": "document_number",
    "索引号:A-2018-3": "document_number",
    "索引 号 :2018-003": "document_number",
    "编码:00123": "document_number",
    "上午 9时": "date",
    "下午3点": "date",
    "早上8时": "date",
    "早 8时": "date",
    "晚7点": "date",
    "晚上 7点": "date",
    "\n 1、": "list_marker",
    "\n\n(一)": "list_marker",
    "说明:\n  [2] 略": "list_marker",
    "见(三)": "list_marker",
    "人民路 12号": "address",
    "街道 3)": "address",
    "村道\n\n5号": "address",
    "浏览次数:99": "page_counter",
    "阅读: 99": "page_counter",
    "点击量:99": "page_counter",
    "访问:99": "page_counter",
}


@pytest.mark.parametrize("text", _BEHIND)
def test_a_character_that_is_frequent_begins_a_numeral_where_what_follows_says_so(text: str) -> None:
    assert _BEHIND[text] in {found.reason for found in scan.scan(text)}, scan.scan(text)


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
