"""What a report's page shows by its form: title, lines of the masthead, signature, dates. Not here: what the
words mean.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from typing import NamedTuple

from pipelines.language.fold import fold
from pipelines.reading.document import Document

HEAD = 3000
_LINES = 40
_WIDE = 200  # no title, body or date is wider
_TAIL = 1500, 20_000
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_TITLE = re.compile(
    r"信息公开[^。]{0,14}(?:年度?报告?|年报|报告|总结|情况)|政务公开[^。]{0,14}(?:报告|总结)|公开[^。]{0,6}年度?报"
)
_NOT_TITLE = re.compile(
    r"位置|首页|>|根据|《.*》|本报告|本年报|如下|语音|下载|目录|指南|栏目|[。,;!?]|\.(?:pdf|docx?|xlsx?)$"
    r"|^[(第]?[一二三四五六七八九十]+[)、.章]"
)
_LABEL = re.compile(r"(?:标\s*题|名\s*称|信息名称|文件名称|文\s*号|关键[字词]|当前位置)\s*[:|]?\s*")
_MARKS = re.compile(r"[\s•·●■◆*#|>\-]+|\d+[、.]\s*")
_ENDS_BLANK = re.compile(r"[\s|]+$")
_YEAR = re.compile(r"(?:19|20)\d\d|[二2][〇零○O0o][〇零○O0一二三\d][〇零○O0一二三四五六七八九\d](?=\s*年)")
_DATE = re.compile(r"(20\d\d)\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*日?")
_HAN_DATE = re.compile(
    r"二[〇零○O0]([〇零○O0一二])([〇零○O0一二三四五六七八九])年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_DATE_LINE = re.compile(
    r"^[(\[]?\s*20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?\s*[)\]]?$|^[(\[]?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}[)\]]?$"
)
_HAN_DATE_LINE = re.compile(rf"^[(\[]?{_HAN_DATE.pattern}[)\]]?$")
_SIGNED_LINE = re.compile(r"^([一-鿿()、 ]{3,40}?)\s*(20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)$")
_PAGE_DATE = re.compile(
    r"(?:日期|时间|发布)(?<!统计..)(?:(?<=发布)于)?[^\d\n一-鿿。,]{0,12}(20\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2})"
)
_BARE_DATE = re.compile(r"(20(?<!\d20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d)")
_ISSUER = re.compile(
    r"(?:发布机构|发文机关|发文机构|发文单位|发布单位|公开机构|公开单位|制作单位|编制机构|信息来源|文章来源|责任部门|来源|作者)"
    r"\s*[:|]\s*([一-鿿()、]{3,30})"
)


class Page(NamedTuple):
    """What the form of the page tells. Dates are ISO; `head` is its first lines, folded, without marks and labels, none empty;
    `signer` is the line above the date at the end.
    """

    title: str | None
    title_words: str
    head: tuple[str, ...]
    issuers: tuple[str, ...]
    signer: str
    signed_on: str | None
    dated_on: str | None


def read_page(document: Document, text: str) -> Page:
    """Read the page. `text` is the folded text of the document."""
    head = tuple(islice(_lines(text[:HEAD].split("\n")), _LINES))
    title, words = _find_title(head, fold(document.metadata.get("title", "")))
    signer, signed_on = _find_signature(head, text)
    issuer = fold(document.metadata.get("issuer", ""))
    issuers = tuple(filter(None, (issuer, *(m.group(1) for m in _ISSUER.finditer(text[:HEAD])))))
    given = iso_date(document.metadata.get("published_on", ""))
    return Page(title, words, head, issuers, signer, signed_on, given or _find_page_date(text[:HEAD]))


def year_in(words: str) -> int | None:
    """The first year that words name, in digits or Han numerals."""
    match = _YEAR.search(words)
    if match is None:
        return None
    year = int(re.sub(r"[○Oo]", "0", match.group()).translate(_DIGITS))
    return year if 2000 <= year <= 2099 else None


def iso_date(words: str) -> str | None:
    """The first whole date in words as ISO, None where there is none that the calendar knows."""
    match = _DATE.search(fold(words))
    if match:
        return _iso(*(int(part) for part in match.groups()))
    match = _HAN_DATE.search(words)
    if match is None:
        return None
    tens, ones = (int(re.sub(r"[○Oo]", "0", digit).translate(_DIGITS)) for digit in match.groups()[:2])
    return _iso(2000 + 10 * tens + ones, _han_number(match.group(3)), _han_number(match.group(4)))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:  # 2月30日
        return None


def _han_number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    value = int(ones.translate(_DIGITS)) if ones and "十" not in ones else 0
    return value + (10 * (int(tens.translate(_DIGITS)) if tens and "十" not in tens else 1) if ten else 0)


def _lines(printed: Iterable[str]) -> Iterator[str]:
    """The words of lines without marks and labels; empty lines are left out."""
    for line in printed:
        words = _without_lead(_MARKS, line.strip()[:_WIDE])
        if words and (words[-1] == "|" or words[-1].isspace()):
            words = _ENDS_BLANK.sub("", words)
        if words := _without_lead(_LABEL, words):
            yield words


def _without_lead(lead: re.Pattern[str], words: str) -> str:
    match = lead.match(words)
    return words[match.end() :] if match else words


def _find_title(head: tuple[str, ...], given: str) -> tuple[str | None, str]:
    """The title as printed, and its words with the body's line above and a broken line's rest joined."""
    best, best_score = -1, 0
    for number in range(len(head)):
        score = _title_score(_with_rest(head, number))
        if score > best_score:
            best, best_score = number, score
    named = re.split(r"[_|]| - |--", given)[0].strip()
    if best < 0 or _title_score(named) > best_score + 1:
        return (named, named) if _title_score(named) else (None, "")
    title = _with_rest(head, best)
    above = head[best - 1] if best else ""
    if not _starts_with_year(title) or _TITLE.search(above):
        return title, title
    if re.fullmatch(r"[一-鿿()]{3,30}20\d\d年度?", above):
        return above + title, above + title
    return title, above + title if re.fullmatch(r"[一-鿿()]{3,30}", above) else title


def _starts_with_year(title: str) -> bool:
    return bool(re.match(r"\s*(?:20\d\d|二)|政府信息|政务", title))


def _with_rest(head: tuple[str, ...], number: int) -> str:
    """A line, with the next where a title is broken between them (…政府信息公开工作 / 年度报告)."""
    words = head[number]
    following = head[number + 1] if number + 1 < len(head) else ""
    if (
        len(following) <= 6
        and re.fullmatch(r"(?:工作)?年度?报告?", following)
        and len(words) < 50
        and not _TITLE.search(words)
    ):
        return words + following
    if re.search(r"20\d\d.{0,4}(?:政府|政务)$", words) and re.fullmatch(r"信息公开(?:工作)?(?:年度)?报告", following):
        return words + following
    return words


def _title_score(words: str) -> int:
    """How much a line looks like the report's title; 0 where it does not at all."""
    if len(words) > 70 or "公开" not in words or not _TITLE.search(words) or _NOT_TITLE.search(words):
        return 0
    return (
        1
        + 2 * bool(year_in(words))
        + bool(re.search("报告", words))
        + bool(re.search(r"[省市县区州局镇乡委厅]", words[:14]))
    )


def _find_signature(head: tuple[str, ...], text: str) -> tuple[str, str | None]:
    """The last line that is a date and nothing else, with the line above; else such a line below the title."""
    wanted = min(max(_TAIL[0], len(text) // 4), _TAIL[1])
    tail = text[max(0, len(text) - wanted) :].split("\n")
    if found := _signed(_lines(reversed(tail))) or _signed(reversed(head[:12])):
        return found
    last = next(_lines(reversed(tail)), "")
    return (last if len(last) <= 30 else ""), None


def _signed(from_end: Iterable[str]) -> tuple[str, str | None] | None:
    """The first of the lines that is a date, and who signed it; `from_end`: each line comes before the one above it."""
    for words, above in pairwise(chain(from_end, [""])):
        if len(words) > 60 or not ("20" in words or "二" in words):
            continue
        if _DATE_LINE.match(words) or _HAN_DATE_LINE.match(words):
            return above if len(above) <= 40 else "", iso_date(words)
        if together := _SIGNED_LINE.match(words):
            return together.group(1), iso_date(together.group(2))
    return None


def _find_page_date(head: str) -> str | None:
    match = _PAGE_DATE.search(head) or _BARE_DATE.search(head[:800])
    return iso_date(match.group(1)) if match else None
