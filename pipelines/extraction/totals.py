"""Relations among the numbers of a sentence: running totals beside what is new, parts of a whole. Not here: single numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.extraction.quantity import Quantity

_NEW = re.compile(
    r"^[\s,;、(]*(?:其中|今年|本年度?|当年|(?:19|20)\d{2}年度?|本年度)*,?(?:新增加?|增加|新公开)(?:了|政府信息|信息|公开)*$"
)


# ... or is dated this year where the first count has no date: 公开615件,其中2018年公开94件.
_THIS_YEAR = re.compile(
    r"^[\s,;、(]*其中,?(?:今年|本年度?|当年|(?:19|20)\d{2}年度?)(?:主动|共|已)*(?:公开|发布|公布)(?:了|政府信息|信息)*$"
)
_DATED = re.compile(r"今年|本年|全年|当年|年内|年以来|(?:19|20)\d{2}年(?!底|末|\d)")


def mark_cumulative(quantities: list[Quantity], folded: str) -> None:
    """Where a count of disclosed items is followed by what is new this year (615 items, 94 of them new), the first is a running total; so
    are the other counts of the same list that are not called new."""
    pairs = [(a, b) for a, b in itertools.pairwise(quantities) if _disclosed(a) and _disclosed(b)]
    new = {id(b) for a, b in pairs if _tells_new(folded, a, b)}
    if not new:
        return
    totals = {id(a) for a, b in pairs if id(b) in new and id(a) not in new}
    quotes = {a.quote for a in quantities if id(a) in totals}
    for before, quantity in zip([None, *quantities], quantities, strict=False):
        if id(quantity) in new and before is not None:
            quantity.topic = before.topic
            quantity.channel = quantity.channel or before.channel
        elif _disclosed(quantity) and (id(quantity) in totals or quantity.quote in quotes):
            quantity.indicator = "proactive.disclosed_cumulative"
            quantity.period = f"../{quantity.period[-4:]}"
            quantity.rule += "; a running total, since what is new follows"


def _tells_new(folded: str, before: Quantity, quantity: Quantity) -> bool:
    """Whether the words between two counts say that the second is what of the first is new."""
    between = folded[before.char_end : quantity.char_start]
    if _NEW.match(between):
        return True
    if "其中" not in between or not _THIS_YEAR.match(between):
        return False
    sentence = max(folded.rfind("。", 0, before.char_start), folded.rfind("\n", 0, before.char_start))
    return not _DATED.search(folded, sentence + 1, before.char_start)


_YEARS = re.compile(r"((?:(?:19|20)\d{2}年?(?:度)?[、,和及]){1,8}(?:19|20)\d{2}年(?:度)?)[^。;\n]{0,40}?分别")


_YEARS_LENGTH = 8 * 7 + 6 + 40  # of the longest match: nine years, and what stands between them and 分别


def spread_years(quantities: list[Quantity], folded: str) -> None:
    """2015年、2016年、2017年分别…120条、150条、180条: gives the counts that follow the years in their order."""
    for match in _listed_years(folded):
        years = re.findall(r"(?:19|20)\d{2}", match[1])
        end = min((at for at in (folded.find(c, match.end()) for c in "。;\n") if at >= 0), default=len(folded))
        listed = [q for q in quantities if match.end() <= q.char_start < end and q.basis in {"level", "rate"}]
        if len(listed) == len(years):
            for quantity, year in zip(listed, years, strict=True):
                quantity.period = year


def _listed_years(folded: str) -> Iterator[re.Match[str]]:
    """Where several years stand before a 分别: the pattern is tried there alone, which is seldom."""
    at = 0
    while (respectively := folded.find("分别", at)) >= 0:
        yield from _YEARS.finditer(folded, max(at, respectively - _YEARS_LENGTH), respectively + 2)
        at = respectively + 2


def joint_zeros(quantities: list[Quantity]) -> list[Quantity]:
    """Where reconsideration and litigation together are 0, each is 0: turns the sum into the one, and returns the other."""
    others = []
    for quantity in quantities:
        if quantity.indicator == "other.remedies_total" and quantity.value == 0 and quantity.basis == "level":
            quantity.indicator = "remedies.reconsideration"
            others.append(replace(quantity, indicator="remedies.litigation"))
    return others


def _disclosed(quantity: Quantity) -> bool:
    return quantity.basis == "level" and quantity.indicator == "proactive.disclosed"
