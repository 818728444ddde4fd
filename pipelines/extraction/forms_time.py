"""What the head of a sheet's column says of the time that its figures are about. Not here: which column a figure stands in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

YEAR, RUNNING, BEFORE, CHANGE, PORTION, TOTAL = "year", "running", "before", "change", "portion", "total"
_SPACES = re.compile(r"\s+")
_NAMED = re.compile(r"(20\d\d)年?度?(?:数量?|统计数|合计)?")
_MEANINGS = (
    (CHANGE, re.compile(r".*(?:增减|增长|同比|环比|增幅|比上年|较上年|比例|占比|百分比|%).*")),
    (RUNNING, re.compile(r"(?:历年|总)(?:累计|合计|总计)数?|累计总数|.*以来(?:累计)?数?")),
    (BEFORE, re.compile(r"(?:上年度?|上一年度?|去年)(?:同期)?(?:数量?|统计数|累计)?")),
    (
        PORTION,
        re.compile(r"(?:本期|本季度?|本月|当月|上半年|下半年|第?[一二三四]季度)(?:实际|发生|新增|合计)?(?:数量?)?"),
    ),
    (YEAR, re.compile(r"(?:本年度?|当年|年度|全年|今年)(?:新增|发生|实际|统计|累计|合计)?(?:数量?)?")),
    (TOTAL, re.compile(r"累计数?|总累计")),  # of the year, or since the beginning where a column is the year's
)


@lru_cache(maxsize=20_000)
def meaning(head: str) -> str:
    """One of the above; a year in digits where the head names it; '' where it says nothing of time."""
    text = re.sub(r"[(].*[)]$", "", _SPACES.sub("", unicodedata.normalize("NFKC", head)))
    named = _NAMED.fullmatch(text)
    if named:
        return named[1]
    return next((name for name, pattern in _MEANINGS if pattern.fullmatch(text)), "")


def period_of(when: str, year: str) -> str:
    """The EDTF period of figures in a report about `year` ('' if unknown); `when` as above, '' for the year."""
    if when.isdigit():
        return when
    if when == RUNNING:
        return f"../{year}" if year else ""
    return str(int(year) - 1) if when == BEFORE and year else "" if when == BEFORE else year
