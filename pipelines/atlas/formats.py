"""Numbers, dates and periods as readers of Chinese and of English expect them. Not here: markup."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from pipelines.atlas.words import Words, label

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def number(value: float | None) -> str:
    """143,212 and 99.96; a dash where there is none. Both languages group by thousands."""
    if value is None:
        return "–"
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit(code: str) -> Words:
    return label("unit", code)


@lru_cache(maxsize=50_000)
def amount(value: float | None, code: str, qualifier: str = "") -> Words:
    """A value with its unit, and whether it is exact: 约 1,200 条, about 1,200 items."""
    about, of = label("qualifier", qualifier), unit(code)
    return Words(
        " ".join(filter(None, (about.zh, number(value), of.zh))),
        " ".join(filter(None, (about.en, number(value), of.en))),
    )


def day(date: datetime.date | None) -> Words:
    """2018年3月5日, 5 March 2018."""
    if date is None:
        return Words("–", "–")
    return Words(f"{date.year}年{date.month}月{date.day}日", f"{date.day} {_MONTHS[date.month - 1]} {date.year}")


@lru_cache(maxsize=5_000)
def period(edtf: str) -> Words:
    """An EDTF period in words: 2018年, 2018; 截至2018年, up to 2018. As it is where it is none that we write."""
    if not edtf:
        return Words("未注明", "not told")
    first, divided, last = edtf.partition("/")
    if not divided:
        return _point(edtf)
    start, end = _point(first), _point(last)
    if first in ("", ".."):
        return Words(f"截至{end.zh}", f"up to {end.en}")
    if last in ("", ".."):
        return Words(f"{start.zh}以来", f"since {start.en}")
    return Words(f"{start.zh}至{end.zh}", f"{start.en} to {end.en}")


_ARTICLE = re.compile(r"(\d{4}):(\d+)(\(\d+\))?")
_FORM = re.compile(r"(\d{4}) form(?: (\d+)(\(\d+\))?)?")


@lru_cache(maxsize=5_000)
def law(text: str, english: bool) -> str:
    """A text whose references to the law, as 2008:32(1), are said in words: 条例（2008年）第32条第(1)项."""
    if english:
        text = _ARTICLE.sub(lambda m: f"Regulation of {m[1]}, art. {m[2]}{m[3] or ''}", text)
        return _FORM.sub(lambda m: f"form of {m[1]}" + (f", art. {m[2]}{m[3] or ''}" if m[2] else ""), text)
    text = _ARTICLE.sub(lambda m: f"《条例》（{m[1]}年）第{m[2]}条{_item(m[3])}", text)
    return _FORM.sub(lambda m: f"{m[1]}年统计表" + (f"，第{m[2]}条{_item(m[3])}" if m[2] else ""), text)


def _item(number: str | None) -> str:
    return f"第{number}项" if number else ""


def legal_basis(text: str) -> Words:
    """Articles of the regulation on disclosure of government information and statutory forms, divided by blanks."""
    parts = re.split(r" (?=\d{4}[: ])", text) if text else []
    return Words("；".join(law(part, False) for part in parts), "; ".join(law(part, True) for part in parts))


def finding(row: dict[str, str]) -> Words:
    """The sentence of a finding."""
    return Words(law(row["message_zh"], False), law(row["message"], True))


def _point(text: str) -> Words:
    match = _DATE.match(text)
    if match is None:
        return Words(text, text)
    year, month, of_month = match.groups()
    if month is None or not 1 <= int(month) <= len(_MONTHS):
        return Words(f"{year}年", year)
    name = _MONTHS[int(month) - 1]
    if of_month is None:
        return Words(f"{year}年{int(month)}月", f"{name} {year}")
    return Words(f"{year}年{int(month)}月{int(of_month)}日", f"{int(of_month)} {name} {year}")
