"""EDTF periods to days. Here: the periods that quantities carry (2018, 2018-01/2018-11, ../2017); not here: finding them in text."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=10_000)
def bounds(period: str) -> tuple[date | None, date | None]:
    """First and last day of a period: None where it is open ('../2017') or unknown (''), or where it is no such period."""
    start, divided, end = period.partition("/")
    return _day(start, last=False), _day(end if divided else start, last=True)


def _day(point: str, *, last: bool) -> date | None:
    match = _POINT.fullmatch(point)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 12, 31) if last else date(year, 1, 1)
        if day is None:
            return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None
