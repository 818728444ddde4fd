"""Expressions of time and the EDTF periods that they mean, in a report about a given year. Not here: which number they date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_QUARTERS = {c: i for i, c in enumerate("一二三四", 1)} | {str(i): i for i in range(1, 5)}
_YEAR = r"(?:(?:19|20)\d{2})"
# What is named by its year, whatever year the number is of: 2021年度部门决算.
_NAMED = r"(?=度?(?:[区县市省州级本部门政府财“”三公经费和及、]{0,8})(?:预算|决算|预决算|年报|年度报告|工作报告|工作要点|年鉴))"
_PART = (
    r"(?P<half>[上下])半年|(?:第)?(?P<quarter>[一二三四1-4])季度|前(?P<quarters>[二三2-3两])季度"
    r"|(?P<m1>\d{1,2})\s{0,2}月?(?:份|1日)?\s{0,2}(?:-+|~|至|到)\s{0,2}(?P<m2>\d{1,2})\s{0,2}月(?:份)?(?:\d{1,2}日)?"
)
# What an expression can begin with; elsewhere the alternatives need not be tried.
_FIRST = "自从开成实施上运历截比较同与和于是为由超占含包结转去前今本全当年目至下第一二三四"
_EXPRESSIONS = re.compile(
    rf"(?=[\d{_FIRST}])(?:"
    rf"(?P<since>(?:(?:自|从)\s{{0,2}})?(?P<since_year>{_YEAR})\s{{0,2}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[^,。;\n\d]{{0,12}}?(?:以来|至今|起至今))"
    rf"|(?P<ever>(?:(?:自|从)[^,。;\n\d]{{2,16}}|开通|成立|实施|施行|上线|运行)以来|历年来?)"
    rf"|(?P<span>(?P<y1>{_YEAR})\s{{0,2}}年?度?\s{{0,2}}(?:-+|~|至|到)\s{{0,2}}(?P<y2>{_YEAR})\s{{0,2}}年)"
    rf"|(?P<until>(?:截至|截止|截止到|截至到)\s{{0,2}}(?:(?P<uy>{_YEAR})\s{{0,2}}年|今年|本年度?|去年)?\s{{0,2}}(?:(?P<um>\d{{1,2}})\s{{0,2}}月(?:份)?(?:\s{{0,2}}\d{{1,2}}\s{{0,2}}日)?(?:底|末)?|(?:年)?底|年末|目前|今|现在|日前))"
    rf"|(?P<compared>(?:比|较|同|与|和|于|是|为|由|从|超过|占)\s{{0,2}}(?:{_YEAR}\s{{0,2}}年|去年|上一?年|前一?年)(?:度)?(?:同期)?|(?:去年|上一?年)度?(?:同期|相比)|上一?年度?(?:结转|转结|转入|遗留|延续)|(?:结转|转结)(?:自|了)?(?:上一?年|去年)度?|{_YEAR}\s{{0,2}}年{_NAMED}|(?:含|包括|为)\s{{0,2}}{_YEAR}\s{{0,2}}年(?:度)?|{_YEAR}\s{{0,2}}年度?(?=[^,。;\n\d]{{0,12}}(?:结转|转结|转至|转入))|(?:结转|转结|转)(?:到|至|入)?\s{{0,2}}{_YEAR}\s{{0,2}}年(?:度)?)"
    rf"|(?P<year>(?P<y>{_YEAR})\s{{0,2}}年度?(?:全年)?)(?:\s{{0,2}}(?:{_PART}))?"
    r"|(?P<this>今年以来|今年|本年度?|全年|当年|本年内|年内|一年来|目前|至今)"
    r"|(?P<last>去年|上一?年度?)"
    r"|(?P<part>上半年|下半年|(?:第)?[一二三四]季度|前三季度|1\s{0,2}-\s{0,2}\d{1,2}月|1月?至\d{1,2}月))"
)
_ADVERBIAL = re.compile(
    r"(?:^|[,。;:!?\n(、 年])(?:(?:其中|而|在|于|我[省市区县局镇乡委办院厅]|本[省市区县局镇乡级机关]+|全[省市区县局镇乡])*,?)\s{0,2}$"
)


class Mention(NamedTuple):
    """An expression of time: where it ends, the period, and how far it reaches ('paragraph', 'sentence' or 'number')."""

    start: int
    end: int
    period: str
    reach: str


_BRACKET = 40  # characters within which the bracket around a mention closes
_SENTENCE_END = re.compile(r"[。!?\n]")


def find_mentions(text: str, year: int, start: int) -> list[Mention]:
    """The expressions of time that can date a number in the paragraph of folded text that begins at `start`, in order. `year`: what the
    report is about."""
    mentions: list[Mention] = []
    end = text.find("\n", start)
    for match in _expressions(text, start, len(text) if end < 0 else end):
        mention = _mention(text, match, year)
        if mention and not (match[0] in _NOW and mentions and _dated(text, mentions[-1], mention, year)):
            mentions.append(mention)
    return mentions


# Each expression holds one of these, and begins and ends near the first that it holds.
_MARK = re.compile("年|季度|月|以来|截至|截止|目前|至今")
_BEFORE_MARK, _BEHIND_MARK = 20, 40


def _expressions(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The expressions between two places; those parts are not searched that are far from any mark."""
    at = start
    while mark := _MARK.search(text, at, end):
        first, last = max(at, mark.start() - _BEFORE_MARK), mark.end() + _BEHIND_MARK
        match = _EXPRESSIONS.search(text, first, min(last, end))
        at = mark.end()
        if match and match.start() < at:
            yield match
            at = match.end()


_NOW = {"目前", "截至目前", "截止目前", "至今", "现在", "截至现在"}


def _dated(text: str, before: Mention, now: Mention, year: int) -> bool:
    """Whether a 目前 means the day that its sentence has named before: 截至11月底,受理9件,目前已办结8件."""
    return "-" in before.period and not _SENTENCE_END.search(text, before.end, now.start)


def _mention(text: str, match: re.Match[str], year: int) -> Mention | None:
    start, end = match.span()
    if match["since"]:
        return _of(
            start, end, f"{match['since_year']}/{year}" if int(match["since_year"]) < year else str(year), "sentence"
        )
    if match["ever"]:
        return _of(start, end, f"../{year}", "sentence")
    if match["span"]:
        return _of(start, end, f"{match['y1']}/{match['y2']}", "sentence") if match["y1"] < match["y2"] else None
    if match["until"]:
        return _of(start, end, _until(match, year), "paragraph")
    if match["compared"]:
        return None
    if match["year"]:
        return _year(text, match, year)
    if match["last"]:
        return _of(start, end, str(year - 1), "sentence")
    if match["part"]:
        return _of(start, end, _part(match["part"], year), "paragraph")
    return _of(start, end, str(year), "paragraph")


def _of(start: int, end: int, period: str, reach: str) -> Mention:
    return Mention(start, end, period, reach)


def _until(match: re.Match[str], year: int) -> str:
    of = int(match["uy"] or year)
    month = int(match["um"] or 12)
    return f"{of}-01/{of}-{month:02}" if 1 <= month < 12 else str(of)


def _year(text: str, match: re.Match[str], year: int) -> Mention | None:
    start, end = match.span()
    of = int(match["y"])
    if not _ADVERBIAL.search(text, max(0, start - 12), start) and of != year:
        return None
    if any(match[name] for name in ("half", "quarter", "quarters", "m1")):
        return _of(start, end, _part(text[match.end("year") : end], of), "paragraph")
    return _of(start, end, str(of), "paragraph" if of == year else "sentence")


@cache
def _part(words: str, year: int) -> str:
    """The period of a part of a year: 上半年, 第三季度, 前三季度, 1-11月."""
    months = [int(digits) for digits in re.findall(r"\d{1,2}(?=\s{0,2}(?:月|-|~|至|到))", words)]
    if "半年" in words:
        return f"{year}-01/{year}-06" if "上" in words else f"{year}-07/{year}-12"
    if "季度" in words:
        number = next((_QUARTERS[c] for c in words if c in _QUARTERS), 1)
        first = 1 if "前" in words else number * 3 - 2
        return str(year) if (first, number) == (1, 4) else f"{year}-{first:02}/{year}-{number * 3:02}"
    if len(months) >= 2 and 1 <= months[0] < months[-1] <= 12:
        return str(year) if (months[0], months[-1]) == (1, 12) else f"{year}-{months[0]:02}/{year}-{months[-1]:02}"
    return str(year)


class Periods:
    """The mentions of a text, found by place."""

    def __init__(self, text: str, year: int) -> None:
        self.year = year
        self._text = text
        self._paragraph = -1  # where the one begins that was asked for last: in most is no number
        self._mentions: list[Mention] = []
        self._ends: list[int] = []

    def at(self, place: int, sentence_start: int, paragraph_start: int) -> str:
        """The period that the words before a place give to a number there; the report's year where they give none."""
        if paragraph_start != self._paragraph:
            self._paragraph = paragraph_start
            self._mentions = find_mentions(self._text, self.year, paragraph_start)
            self._ends = [mention.end for mention in self._mentions]
        for index in range(bisect_right(self._ends, place) - 1, -1, -1):
            mention = self._mentions[index]
            if mention.reach == "sentence" and self._closed(mention, place):
                continue
            if mention.reach == "paragraph" or mention.start >= sentence_start:
                return mention.period
        return str(self.year)

    def _closed(self, mention: Mention, place: int) -> bool:
        """Whether the mention stands in a bracket that closes before the place: 新增51件(历年累计4142件),其中9件."""
        close = self._text.find(")", mention.end, min(place, mention.end + _BRACKET))
        return close >= 0 and self._text.find("(", mention.end, close) < 0


def shift(period: str, years: int) -> str:
    """The same stretch, so many years later: 2018-01/2018-11 → 2017-01/2017-11 for -1."""
    return re.sub(r"(?:19|20)\d{2}", lambda m: str(int(m[0]) + years), period)
