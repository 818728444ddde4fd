"""Expressions of time: found wherever they stand, though only what lies near a word of time is searched."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.language import periods

_WORDS = (
    "自 从 2013 年 度 截至 截止到 去年 今年 上一年度 同期 比 较 1-11月 前三季度 底 12月 31日 以来 开通 施行 历年 目前 至今 上半年 第三 季度 "
    "结转 到 预算 公开 , 。 、 3 条 信息"
)
_PIECES = [" ", *re.findall(r"\S+", _WORDS)]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_no_expression_is_missed_or_cut(text: str) -> None:
    whole = [match.group() for match in periods._EXPRESSIONS.finditer(text)]
    assert [match.group() for match in periods._expressions(text, 0, len(text))] == whole
