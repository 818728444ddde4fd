"""Which year a report's figures are about. Here: the weighing of what title, text and dates say; not here:
finding them.
"""

from __future__ import annotations

import re
from collections import defaultdict

from pipelines.extraction.identity_page import Page, year_in

FIRST, LAST = 2003, 2099
_HEAD = 4000
# A stated period (统计期限自2018年1月1日起至12月31日止): its end is the year. Bounded gaps keep the search linear.
_PERIOD = re.compile(
    r"20\d\d年?\d{0,2}月?\d{0,2}日?(?:起|以来|开始)?[至到\-~—]+(?:(20\d\d)年)?\d{1,2}月\d{1,2}日|截[至止]到?(20\d\d)年12月"
)
_PERIOD_START = re.compile(r"20\d\d")
_ABOUT = re.compile(r"(20\d\d)\s*年度?[^。\n]{0,24}(?:政府|政务)?信息公开[^。\n]{0,8}(?:报告|情况|总结)")
_ANY = re.compile(r"(20(?<![\d\[(〔]20)\d\d)\s*年(?!.{0,3}号)(?:(\d{1,2})月)?(度|,)?")
_PLAN = re.compile(r"计划|打算|规划|将|下一步|安排|谋划|要点|展望|明年")
_DATE_END = re.compile(r"\d{1,2}日?[ )]*(?:\n|$)")  # a signature is weighed as a date
_SINCE = re.compile(r"自$|从$")


def year_of(text: str, page: Page) -> int | None:
    """The year that has most in favour of it; None where nothing names one. `text` is folded."""
    score: dict[int, float] = defaultdict(float)
    title_year = year_in(page.title_words)
    if title_year:
        score[title_year] += 5
    _weigh_periods(text[:_HEAD], score)
    # The title itself has had its say.
    for number, match in enumerate(_ABOUT.finditer(text[:_HEAD].replace(page.title or "\n", "\n"))):
        score[int(match.group(1))] += 3 if number == 0 else 0.5
    _weigh_counts(text, score)
    _weigh_dates(page, score)
    likely = {year: value for year, value in score.items() if FIRST <= year <= LAST}
    return max(likely, key=lambda year: (likely[year], -year)) if likely else None


def _weigh_periods(head: str, score: dict[int, float]) -> None:
    """The first statement of a period counts most: later ones may be of single figures."""
    for number, match in enumerate(_PERIOD.finditer(head.replace(" ", ""))):
        year = match.group(1) or match.group(2)
        if year is None:
            start = _PERIOD_START.match(match.group())
            year = start.group() if start else "0"
        score[int(year)] += 9 if number == 0 else 1
        if number > 4:
            break


def _weigh_counts(text: str, score: dict[int, float]) -> None:
    """How often the text names a year in passing; one with a month from April on cannot be told before it has begun."""
    counts: dict[int, float] = defaultdict(float)
    dated: dict[int, float] = defaultdict(float)
    for match in _ANY.finditer(text):
        year, month = int(match.group(1)), int(match.group(2) or 0)
        before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 14]
        if _PLAN.search(after) or _SINCE.search(before) or (month and _DATE_END.match(after)):
            continue
        counts[year] += 0.5 if month else 1
        if month >= 4 and "《" not in before:
            dated[year] += 1
    total = sum(counts.values())
    for year, count in counts.items():
        score[year] += 6 * count / total + min(2 * dated[year], 4)


def _weigh_dates(page: Page, score: dict[int, float]) -> None:
    """Reports are signed from January to spring for the year before; late in a year they tell of that year."""
    for date, weight in ((page.signed_on, 4.0), (page.dated_on, 1.5)):
        if date:
            year, month = int(date[:4]), int(date[5:7])
            late = month >= 10
            score[year if late else year - 1] += weight + (1 if late else 0)
