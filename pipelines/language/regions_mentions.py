"""Names of regions in running text. Here: where they stand and what each may mean; not here: which of them a report
is about.

A name is looked up behind each character that can end one, so the time does not grow with the number of regions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from pipelines.language.regions import Region, index

_END = re.compile(r"[省市区县州盟旗]")
_HAN = re.compile(r"[一-鿿]")
# Names that are common words as well (老城区, 林区和矿区): a region only right behind its parent's name.
_COMMON = frozenset(
    {"城区", "郊区", "矿区", "东区", "西区", "新城区", "老城区", "新市区", "东山区", "北市区", "南市区", "西市区"}
)
# What may stand before a county of one character (富县, but not 公开县政府): a mark, or a word that introduces a body.
_INTRODUCES = frozenset("由与布将向在对为及是到了请按据和系到")
_BODY = re.compile(r"(?:人民政府|政府|县委|人大|政协|[一-鿿]{2,8}局|20\d\d|年度|的|地处|位于|信息公开)")


class Mention(NamedTuple):
    """A name in a text, and the regions that it may mean given the parents written right before it."""

    start: int
    end: int
    name: str
    candidates: tuple[Region, ...]


def find_mentions(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """The names of regions in a stretch of text, in order, none overlapping another; the longest name wins."""
    names = index().by_name
    lengths = _lengths()
    found: list[Mention] = []
    floor = start
    for match in _END.finditer(text, start, len(text) if end is None else end):
        stop = match.end()
        for length in lengths.get(text[max(0, stop - 2) : stop], ()):
            begin = stop - length
            if begin < floor:
                continue
            candidates = names.get(text[begin:stop])
            if candidates is None:
                continue
            mention = _read(text, begin, stop, candidates, found)
            if mention is not None:
                found.append(mention)
                floor = stop
            break
    return found


def short_mention(word: str) -> tuple[Region, ...]:
    """The regions that a word without its kind may mean (南川 in 《南川日报》)."""
    return _by_word().get(word, ())


@cache
def _by_word() -> dict[str, tuple[Region, ...]]:
    held = index()
    return held.by_name | held.by_short


def _read(text: str, begin: int, stop: int, candidates: tuple[Region, ...], before: list[Mention]) -> Mention | None:
    """The mention at a place, narrowed by a parent's name right before it; None where it is no name there."""
    name = text[begin:stop]
    narrowed = _below(candidates, before[-1].candidates) if before and before[-1].end == begin else ()
    if narrowed:
        return Mention(begin, stop, name, narrowed)
    if name in _COMMON:
        return None
    if len(name) == 2 and not _stands_alone(text, begin, stop):
        return None
    return Mention(begin, stop, name, candidates)


def _below(candidates: tuple[Region, ...], above: tuple[Region, ...]) -> tuple[Region, ...]:
    """Those candidates that stand under one of the regions above."""
    prefixes = tuple({_own_digits(r) for r in above if r.level != "county"})
    return tuple(r for r in candidates if r.region_code.startswith(prefixes)) if prefixes else ()


def _own_digits(region: Region) -> str:
    return region.region_code[:2] if region.level == "province" else region.region_code[:4]


def _stands_alone(text: str, begin: int, stop: int) -> bool:
    previous = text[begin - 1 : begin]
    if not previous or not _HAN.match(previous):
        return True
    return previous in _INTRODUCES and _BODY.match(text, stop) is not None


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """For each two characters that can end a name the lengths that names ending so have, longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name, rows in index().by_name.items():
        if any(row.name == name or row.full_name != name for row in rows):
            lengths[name[-2:]].add(len(name))
    return {end: tuple(sorted(found, reverse=True)) for end, found in lengths.items()}
