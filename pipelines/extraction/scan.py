"""One pass over folded text: every numeral, as a measured number or with the reason why it is none.

Not here: what a number is about. Text given to these functions is folded (pipelines.language.fold).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipelines.language.numerals import SCALES, parse_digits, parse_han
from pipelines.language.units import load_units
from pipelines.reference import load_yaml

_HAN = "零〇○一二三四五六七八九十百千万亿两"
_SCALE = "万亿|千亿|百亿|千万|百万|十万|亿|万|千|百"
# What any alternative can begin with: most characters of a text are none of these, and the alternatives are not tried there.
_FIRST = rf"[\dA-Za-z{_HAN}第半\[(每电传邮手上下早晚浏阅点访:\s]"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"


class Found(NamedTuple):
    """A stretch of text with a numeral in it. `reason` is 'quantity' or why it is none; `value` and `unit` only of a quantity."""

    start: int
    end: int
    reason: str
    value: float = 0.0
    unit: str = ""
    qualifier: str = ""


@cache
def _pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The one alternation, and the reason that each of its groups n0, n1, … stands for.

    Each alternative ends with an empty group that names it: begun with one, it could not be passed over by its first character."""
    units = load_units()
    not_quantities = load_yaml("lexicon/not_quantities.yaml")["patterns"]
    reasons = [entry["reason"] for entry in not_quantities]
    skips = "|".join(f"(?:{entry['pattern']})(?P<n{i}>)" for i, entry in enumerate(not_quantities))
    number = (
        rf"(?:(?P<low>{_DIGITS})\s?%?(?:-|~|至|到)(?=\d))?(?P<digits>{_DIGITS})[ ]*(?P<few1>[余多来]?)[ ]*"
        rf"(?P<scale>{_SCALE})?[ ]*(?P<few2>[余多来几]?)(?:[ ]*(?P<unit>{units.any}))?(?P<few3>[余多]?)(?P<number>)"
    )
    han = rf"(?P<han>[{_HAN}]+)(?P<hanfew>[余多来几]?)(?P<hanscale>[万亿]?)(?P<hanunit>{units.han})(?P<hannumber>)"
    percent = rf"百分之(?P<whole>[{_HAN}]+)(?:点(?P<part>[零〇一二三四五六七八九]+))?(?P<percent>)"
    no_tenths = "为立功员果就效长熟本套交年群人绩都分品型文"
    tenths = (
        rf"(?<![一二三四五六七八九十两])(?P<tenth>[一二三四五六七八九])成(?![{no_tenths}])(?P<half>半?)(?P<tenths>)"
    )
    rest = rf"\d+(?P<bare>)|[{_HAN}]+(?P<word>)"
    half = r"(?:(?<=[占近约达过超有])一半(?!以[上下])|(?<=[占约])半数)(?P<half_of>)"
    every = "|".join((skips, percent, half, tenths, number, han, rest))
    return re.compile(rf"(?={_FIRST})(?:{every})"), tuple(reasons)


def scan(text: str, skip: tuple[tuple[int, int], ...] = ()) -> list[Found]:
    """All numerals of the text in order, none twice, those inside the `skip` spans left out. Every run of digits and of Han
    numerals outside them is covered by exactly one stretch."""
    pattern, reasons = _pattern()
    names = _name_spans(text)
    found: list[Found] = []
    for start, end in _between(len(text), skip):
        for match in pattern.finditer(text, start, end):
            found.extend(_classify(text, match, reasons, names))
    return found


def _between(length: int, skip: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for start, end in sorted(skip):
        if start > at:
            spans.append((at, start))
        at = max(at, end)
    return [*spans, (at, length)] if at < length else spans


_NAMES = re.compile(r"《[^《》\n]{1,60}》|“[^“”\n。;]{1,24}”|\"[^\"\n。;,]{1,16}\"|<[^<>\n]{2,60}>")


def _name_spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _NAMES.finditer(text)]


def _inside(names: list[tuple[int, int]], at: int) -> bool:
    """Whether a place lies in one of the sorted spans (bisection, since a text may hold many)."""
    low, high = 0, len(names)
    while low < high:
        middle = (low + high) // 2
        if names[middle][1] <= at:
            low = middle + 1
        else:
            high = middle
    return low < len(names) and names[low][0] <= at


def _classify(text: str, match: re.Match[str], reasons: tuple[str, ...], names: list[tuple[int, int]]) -> list[Found]:
    group = match.lastgroup or ""
    start, end = match.span()
    if group[0] == "n" and group[1:].isdigit():
        return [Found(start, end, reasons[int(group[1:])])]
    if group in {"word", "bare"} or _inside(names, start):
        return [Found(start, end, "name" if _inside(names, start) else group)]
    if group == "hannumber":
        return [_han_number(text, match)]
    if group == "percent":
        return [_percent(text, match)]
    if group == "half_of":
        return [Found(start, end, "quantity", 50.0, "%", "approx")]
    if group == "tenths":
        return [_tenths(match)]
    return [_digit_number(text, match)]


def _han_number(text: str, match: re.Match[str]) -> Found:
    start, end = match.span()
    value = parse_han(match["han"])
    if value is None or value == 0 or _idiom(text, match):
        return Found(start, end, "word" if value is None else "name")
    value *= SCALES.get(match["hanscale"], 1)
    few = match["hanfew"]
    end, qualifier = _qualify(text, start, end, bool(few))
    unit = match["hanunit"]
    return Found(start, end, "quantity", float(value), load_units().plain.get(unit, unit), qualifier)


# 一次性, 一名一策, 一件事: a single one with its measure word is an idiom more often than a count.
_ONE = {"一", "二"}
_COUNTING = re.compile(
    r"(?:共|了|仅|有|举办|举行|召开|开展|组织|印发|受理|收到|新增|增加|设立|配备|发布|编发|进行|为|达)$"
)
_ORDINAL_BEFORE = re.compile(r"(?:[第每逐同任某另这那首整头全统]|[一二三四五六七八九十]、)$")
_IDIOM_AFTER = re.compile(r"性|事(?!项|件)|[一二三四五六七八九十]|把手|贯|体|直|份(?!文件)|次办|时|线|律|般|旦|并|级")


def _idiom(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = text[max(0, start - 4) : start]
    if _ORDINAL_BEFORE.search(before) or _IDIOM_AFTER.match(text, end):
        return True
    if match["han"] in _ONE:
        return not _COUNTING.search(before)
    return False


def _percent(text: str, match: re.Match[str]) -> Found:
    value = parse_han(match["whole"])
    if match["whole"] == "百":
        value = 100
    if value is None:
        return Found(*match.span(), "word")
    part = match["part"]
    tail = "".join(str(parse_han(c) or 0) for c in part) if part else ""
    number = float(f"{value}.{tail}") if tail else float(value)
    end, qualifier = _qualify(text, match.start(), match.end(), False)
    return Found(match.start(), end, "quantity", number, "%", qualifier)


def _tenths(match: re.Match[str]) -> Found:
    value = (parse_han(match["tenth"]) or 0) * 10 + (5 if match["half"] else 0)
    return Found(*match.span(), "quantity", float(value), "%", "approx")


_BARE_BEFORE = re.compile(r"(?:达|到|为|共|计|超|超过|突破|约|近|数|量|额|:|人次|增至|至)\s*$")
_BARE_AFTER = re.compile(r"\s*(?:[,。;、)!?\n]|以上|左右|$)")


def _digit_number(text: str, match: re.Match[str]) -> Found:
    start, end = match.span()
    unit, scale = match["unit"] or "", match["scale"]
    if not unit and match["few3"]:
        end = match.start("few3")  # 1600多 without a unit keeps 多 only through few1 and few2
    reason = _not_measured(text, match, unit, scale)
    if reason:
        return Found(start, end, reason)
    value = parse_digits(match["digits"], SCALES.get(scale or "", 1))
    few = bool(match["few1"] or match["few2"] or match["few3"])
    end = start + len(text[start:end].rstrip())
    end, qualifier = _qualify(text, start, end, few)
    if unit in load_units().time and text.startswith("内", end):
        qualifier = "at_most"
    if match["low"]:
        qualifier = "at_most"
    if unit in {"元人民币", "人民币"}:
        unit = "元"
    return Found(start, end, "quantity", value, load_units().plain.get(unit, unit), qualifier)


@cache
def _enumerated() -> re.Pattern[str]:
    words = load_yaml("lexicon/not_quantities.yaml")["enumerated"]
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")")


_CLASSES = re.compile(
    r"\s*(?:种|类|大(?!事|会|类?信息)|级|方面|部分|年|号|层|点(?!击|赞)|期间|分(?!之)|度|届|代|师|时(?!限)|秒|米|岁|所谓)"
)


def _not_measured(text: str, match: re.Match[str], unit: str, scale: str | None) -> str:
    """Why a number in digits measures nothing, or '' where it does."""
    start, end = match.span()
    if not unit:
        if scale and not match["low"]:
            return ""
        if _CLASSES.match(text, end):
            return "enumeration"
        if (
            _BARE_BEFORE.search(text, max(0, start - 6), start)
            and _BARE_AFTER.match(text, end)
            and len(match["digits"]) < 7
        ):
            return ""
        return "bare"
    if unit in {"个", "项"} and not scale and _enumerated().match(text, end):
        return "enumeration"
    if start and text[start - 1] == "第":
        return "ordinal"
    return ""


_ABOUT = re.compile(r"(?:约|近|大约|将近|接近|大概|约为|左右|几乎)\s*$")
_AT_LEAST = re.compile(r"(?:超过|突破|超|不少于|不低于|至少|逾|多于|高于|大于|不小于|最少)\s*(?:了)?\s*$")
_AT_MOST = re.compile(
    r"(?:不超过|不多于|不高于|至多|最多|最迟|不大于|不得超过|最长|少于(?<!不少于)|低于(?<!不低于))\s*$"
)
_AFTER = re.compile(r"\s?(?:(及?以上)|(以内|之内|及?以下|内(?![容部设蒙在涵外置业]))|(左右|上下))")


def _qualify(text: str, start: int, end: int, few: bool) -> tuple[int, str]:
    """Where the surface ends, and the qualifier that the words around it give. A year's or day's 内 makes a limit."""
    after = _AFTER.match(text, end)
    window = max(0, start - 6)
    if _AT_MOST.search(text, window, start) or (after and after[2]):
        return end, "at_most"
    if _AT_LEAST.search(text, window, start) or (after and after[1]):
        return end, "at_least"
    if few or _ABOUT.search(text, window, start) or (after and after[3]):
        return end, "approx"
    return end, ""
