"""Any text at all: no exception, offsets that hold, every numeral accounted for, time in proportion to length."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction import extract
from pipelines.extraction.prose import read_prose
from pipelines.language.fold import fold

_PIECES = ["公开信息", "3条", "12,5", "比去年增加", "(", ")", "《", "》", "其中", "占", "5%", "。", ",", "\n", "二十", "万", "余", "未收到", "申请",
           "2018年", "截至", "复议", "“", "百分之", "0", " ", "7×24", "😀", "1.2.3", "第", "号", "至", "-", "，", "１", "个", "部门"]  # fmt: skip
_NUMERALS = re.compile(r"\d+|[零〇一二三四五六七八九十百千万亿两]+")


def check(text: str) -> None:
    extraction = read_prose(text, 2018)
    for quantity in extraction.quantities:
        assert text[quantity.char_start : quantity.char_end] == quantity.surface
    covered = [(n.char_start, n.char_end) for n in extraction.numerals]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(covered))
    for match in _NUMERALS.finditer(fold(text)):
        assert all(any(start <= at < end for start, end in covered) for at in range(*match.span())), match
    for numeral in extraction.numerals:
        assert (numeral.reason == "quantity") == (numeral.quantity is not None)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_words_of_reports_in_any_order_are_read_without_a_slip(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_read_without_a_slip(text: str) -> None:
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_folding_never_moves_an_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The quick brown fox jumped over 13 lazy dogs in 2018, about 12% more than before.",
        "a\tb\t1\t2\n" * 500,
        "(" * 3000 + "12件" + "[" * 3000,
        "公开信息12",
        "公开信息1,23",
    ],
)
def test_text_of_any_kind_gives_quantities_or_none(text: str) -> None:
    check(text)
    assert isinstance(extract(text), list)


@pytest.mark.parametrize(
    "piece",
    [
        "7" * 50,
        "公开信息30条,",
        "二",
        "其中",
        "(",
        "“",
        "无",
        "行政复议、",
        "电话:",
        "《",
        "2018年",
        "比去年",
        "公开,",
        "0.",
        "1,111,",
        " ",
        "通过网站和",
        "未收到",
    ],
)
def test_time_is_in_proportion_to_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        read_prose(text, 2018)
        return time.process_time() - start

    seconds(2_000)
    short, long = min(seconds(4_000) for _ in range(3)), min(seconds(32_000) for _ in range(3))
    assert long < 0.1 + 24 * short, (short, long)  # eight times the text, three times that for noise
