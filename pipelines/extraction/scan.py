"""One pass over folded text: every numeral, as a measured number or with the reason why it is none.

Not here: what a number is about. Text given to these functions is folded (pipelines.language.fold).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from pipelines.language.numerals import SCALES, parse_digits, parse_han
from pipelines.language.units import load_units
from pipelines.reference import load_yaml

_HAN = "零〇○一二三四五六七八九十百千万亿两"
_SCALE = "万亿|千亿|百亿|千万|百万|十万|亿|万|千|百"
# Measure words with which no number of a few digits right before them measures nothing: most numbers stand so, and no other way is tried.
_COUNTED = "条件次期篇份宗户家部起封名人位场例批册本套张块台处幅则页卷门所座间笔组支版轮栏字辆"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"


class Found(NamedTuple):
    """A stretch of text with a numeral in it. `reason` is 'quantity' or why it is none; `value` and `unit` only of a quantity."""

    start: int
    end: int
    reason: str
    value: float = 0.0
    unit: str = ""
    qualifier: str = ""


class _Way(NamedTuple):
    """A way in which a numeral is printed: the characters that it can begin with, as a class, its pattern, which ends with an empty
    group of this name, and what must hold behind the first character for a match."""

    name: str
    begins: str
    pattern: str
    then: str = ""


@cache
def _ways() -> tuple[_Way, ...]:
    """All ways, the most frequent first, then those in which a number measures nothing; an earlier one wins over a later one at the same
    place."""
    units = load_units()
    nothing = [
        _Way(f"n{i}", entry["begins"], entry["pattern"], entry.get("then", ""))
        for i, entry in enumerate(load_yaml("lexicon/not_quantities.yaml")["patterns"])
    ]
    number = (
        rf"(?:(?P<low>{_DIGITS})\s?%?(?:-|~|至|到)(?=\d))?(?P<digits>{_DIGITS})[ ]*(?P<few1>[余多来]?)[ ]*"
        rf"(?P<scale>{_SCALE})?[ ]*(?P<few2>[余多来几]?)(?:[ ]*(?P<unit>{units.any}))?(?P<few3>[余多]?)"
    )
    no_tenths = "为立功员果就效长熟本套交年群人绩都分品型文"
    tenth = rf"(?<![一二三四五六七八九十两])(?P<tenth>[一二三四五六七八九])成(?![{no_tenths}])(?P<half>半?)"
    counted = rf"(?<![计算按第])(?P<count>\d{{1,4}})(?=[{_COUNTED}])(?P<measure>{units.any})(?P<more>[余多]?)"
    return (
        _Way("counted", r"\d", counted),
        *nothing,
        _Way("percent", "百", rf"百分之(?P<whole>[{_HAN}]+)(?:点(?P<part>[零〇一二三四五六七八九]+))?"),
        _Way("half_of", "一半", r"(?<=[占近约达过超有])一半(?!以[上下])|(?<=[占约])半数"),
        _Way("tenths", "一二三四五六七八九", tenth),
        _Way("number", r"\d", number),
        _Way(
            "hannumber",
            _HAN,
            rf"(?P<han>[{_HAN}]+)(?P<hanfew>[余多来几]?)(?P<hanscale>[万亿]?)(?P<hanunit>{units.han})",
        ),
        _Way("bare", r"\d", r"\d+"),
        _Way("word", _HAN, rf"[{_HAN}]+"),
    )


@cache
def _first() -> re.Pattern[str]:
    """What any way can begin with: most characters of a text are none of these. The class of all comes first: `re` looks for one of a
    class by itself, several times as fast."""
    surely = "".join(way.begins for way in _ways() if not way.then)
    perhaps = [f"(?<=[{way.begins}])(?={way.then})" for way in _ways() if way.then]
    return re.compile(f"[{''.join(way.begins for way in _ways())}](?:{'|'.join([f'(?<=[{surely}])', *perhaps])})")


@cache
def _match_at(first: str) -> Callable[[str, int, int], re.Match[str] | None]:
    """Matches the ways that can begin with a character; the others, which are most, are not tried there.

    Each alternative ends with the group that names it: begun with one, it could not be passed over by its first character."""
    ways = [way for way in _ways() if re.match(f"[{way.begins}]", first)]
    return re.compile("|".join(f"(?:{way.pattern})(?P<{way.name}>)" for way in ways)).match


def scan(text: str, skip: tuple[tuple[int, int], ...] = ()) -> list[Found]:
    """All numerals of the text in order, none twice, those inside the `skip` spans left out. Every run of digits and of Han
    numerals outside them is covered by exactly one stretch."""
    search, names = _first().search, _Names(text)
    found: list[Found] = []
    for at, end in _between(len(text), skip):
        while first := search(text, at, end):
            match = _match_at(first[0])(text, first.start(), end)
            if match is None:
                at = first.end()
            else:
                found.append(_classify(text, match, names))
                at = match.end()
    return found


def _between(length: int, skip: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for start, end in sorted(skip):
        if start > at:
            spans.append((at, start))
        at = max(at, end)
    return [*spans, (at, length)] if at < length else spans


class _Names:
    """The stretches of a text that are names and quotations, asked for places in order."""

    _PATTERN = re.compile(r"《[^《》\n]{1,60}》|“[^“”\n。;]{1,24}”|\"[^\"\n。;,]{1,16}\"|<[^<>\n]{2,60}>")

    def __init__(self, text: str) -> None:
        self._spans = (match.span() for match in self._PATTERN.finditer(text))
        self._start, self._end = next(self._spans, _NOWHERE)

    def hold(self, place: int) -> bool:
        """Whether a place, none before the last one asked for, lies in a name."""
        while self._end <= place:
            self._start, self._end = next(self._spans, _NOWHERE)
        return self._start <= place


_NOWHERE = (sys.maxsize, sys.maxsize)


def _classify(text: str, match: re.Match[str], names: _Names) -> Found:
    group, (start, end) = match.lastgroup or "", match.span()
    if reason := _reasons().get(group):
        return Found(start, end, reason)
    if names.hold(start):
        return Found(start, end, "name")
    read = _READ.get(group)
    return read(text, match) if read else Found(start, end, group)


@cache
def _reasons() -> dict[str, str]:
    """Why the ways that measure nothing do not."""
    patterns = load_yaml("lexicon/not_quantities.yaml")["patterns"]
    return {f"n{i}": entry["reason"] for i, entry in enumerate(patterns)}


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
    r"(?:共|了|仅|有|举办|举行|召开|开展|组织|印发|受理|收到|新增|增加|设立|设置|开设|开辟|建立|建成|配备|指派|指定|安排|选派|抽调|发布|编发|进行|为|达)$"
)
# ... and what is done so many times, where the clause ends with that: 召开会议一次, 明察暗访二次.
_ACTING = re.compile(
    r"(?:会议|培训|检查|督查|督察|暗访|抽查|自查|清查|测评|测试|演练|考核|评估|评议|调研|座谈|讲座|通报|活动)$"
)
_CLOSED = re.compile(r"\s*[,;。)\n]")
_ORDINAL_BEFORE = re.compile(r"(?:[第每逐同任某另这那首整头全统]|[一二三四五六七八九十]、)$")
_IDIOM_AFTER = re.compile(r"性|事(?!项|件)|[一二三四五六七八九十]|把手|贯|体|直|份(?!文件)|次办|时|线|律|般|旦|并|级")


def _idiom(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = text[max(0, start - 4) : start]
    if _ORDINAL_BEFORE.search(before) or _IDIOM_AFTER.match(text, end):
        return True
    if match["han"] in _ONE:
        if match["hanunit"] == "批" and not _CLOSED.match(text, end):
            return True  # 推出了一批措施: some
        return not (_COUNTING.search(before) or (_CLOSED.match(text, end) and _ACTING.search(before)))
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


def _half(text: str, match: re.Match[str]) -> Found:
    return Found(*match.span(), "quantity", 50.0, "%", "approx")


def _tenths(text: str, match: re.Match[str]) -> Found:
    value = (parse_han(match["tenth"]) or 0) * 10 + (5 if match["half"] else 0)
    return Found(*match.span(), "quantity", float(value), "%", "approx")


_BARE_BEFORE = re.compile(r"(?:达|到|为|共|计|超|超过|突破|约|近|数|量|额|:|人次|增至|至)\s*$")
# An item of a numbered list: 其中1.组织机构5;2.规章100.
_ITEM_BEFORE = re.compile(r"(?:[;,:。\n]|其中)\s*\d{1,2}[.、]\s*[\u4e00-\u9fff()、]{2,24}\s*$")
_BARE_AFTER = re.compile(r"\s*(?:[,。;、)!?\n]|以上|左右|$)")


def _counted(text: str, match: re.Match[str]) -> Found:
    """What `_digit_number` says of the same number."""
    start, end = match.span()
    count, unit, more = match.group("count", "measure", "more")
    end, qualifier = _qualify(text, start, end, bool(more))
    return Found(start, end, "quantity", float(count), load_units().plain.get(unit, unit), qualifier)


def _digit_number(text: str, match: re.Match[str]) -> Found:
    start, end = match.span()
    low, digits, few1, scale, few2, unit, few3 = match.group("low", "digits", "few1", "scale", "few2", "unit", "few3")
    if not unit and few3:
        end = match.start("few3")  # 1600多 without a unit keeps 多 only through few1 and few2
    reason = _not_measured(text, start, end, digits, unit, scale, low)
    if reason:
        return Found(start, end, reason)
    value = parse_digits(digits, SCALES.get(scale or "", 1))
    if text[end - 1] == " ":
        end = start + len(text[start:end].rstrip())
    end, qualifier = _qualify(text, start, end, bool(few1 or few2 or few3))
    if low or (unit in load_units().time and text.startswith("内", end)):
        qualifier = "at_most"
    if unit in {"元人民币", "人民币"}:
        unit = "元"
    return Found(start, end, "quantity", value, load_units().plain.get(unit, unit or ""), qualifier)


@cache
def _enumerated() -> re.Pattern[str]:
    words = load_yaml("lexicon/not_quantities.yaml")["enumerated"]
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")")


_CLASSES = re.compile(
    r"\s*(?:种|类|大(?!事|会|类?信息)|级|方面|部分|年|号|层|点(?!击|赞)|期间|分(?!之)|度|届|代|师|时(?!限)|秒|米|岁|所谓)"
)


def _not_measured(
    text: str, start: int, end: int, digits: str, unit: str | None, scale: str | None, low: str | None
) -> str:
    """Why a number in digits measures nothing, or '' where it does."""
    if not unit:
        if scale and not low:
            return ""
        if _CLASSES.match(text, end):
            return "enumeration"
        if len(digits) < 7 and _BARE_AFTER.match(text, end):
            counts = _BARE_BEFORE.search(text, max(0, start - 6), start)
            return "" if counts or _ITEM_BEFORE.search(text, max(0, start - 34), start) else "bare"
        return "bare"
    if unit in {"个", "项"} and not scale and _enumerated().match(text, end):
        return "enumeration"
    if start and text[start - 1] == "第":
        return "ordinal"
    return ""


_AFTER = re.compile(
    r"\s?(?:(?P<at_least>及?以上)|(?P<at_most>以内|之内|及?以下|内(?![容部设蒙在涵外置业]))|(?P<approx>左右|上下))"
)
_BEFORE = {
    "at_most": "不超过 不多于 不高于 至多 最多 最迟 不大于 不得超过 最长 少于(?<!不少于) 低于(?<!不低于)",
    "at_least": "超过 突破 超 不少于 不低于 至少 逾 多于 高于 大于 不小于 最少",
    "approx": "约 近 大约 将近 接近 大概 约为 左右 几乎 约达 近达 约占 约占的 "
    "约占总数 约占总量 约占全部 约占总数的 约占总量的 约占全部的",
}
_SAID_BEFORE = {
    qualifier: re.compile(rf"(?:{'|'.join(words.split())})\s*{'(?:了)?' if qualifier == 'at_least' else ''}\s*$")
    for qualifier, words in _BEFORE.items()
}
# What the words before a number end with where they qualify it: elsewhere the patterns need not be tried.
_QUALIFYING = {word.partition("(")[0][-1] for words in _BEFORE.values() for word in words.split()} | {"了"}


def _qualify(text: str, start: int, end: int, few: bool) -> tuple[int, str]:
    """Where the surface ends, and the qualifier that the words around it give. A year's or day's 内 makes a limit."""
    match = _AFTER.match(text, end)
    after = match.lastgroup if match else ""
    last = text[start - 1 : start]
    before = last in _QUALIFYING or last.isspace()
    window = max(0, start - 6)
    for qualifier, said in _SAID_BEFORE.items():
        if after == qualifier or (before and said.search(text, window, start)):
            return end, qualifier
        if qualifier == "at_least" and few:
            return end, "approx"
    return end, ""


_READ: dict[str, Callable[[str, re.Match[str]], Found]] = {
    "counted": _counted,
    "percent": _percent,
    "half_of": _half,
    "tenths": _tenths,
    "number": _digit_number,
    "hannumber": _han_number,
}
