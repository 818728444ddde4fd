"""Statutory forms in a document's tables → quantities, a cell each. Not here: prose, or whether the figures add up.

A form is recognised by its labels, never by the report's year: bodies go on using old forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from pipelines.extraction.forms_cells import BLANK, MONEY, NUMBER
from pipelines.extraction.forms_layout import Token, form_rows
from pipelines.extraction.forms_manner import Manner, manners
from pipelines.extraction.forms_model import Line
from pipelines.extraction.forms_place import Placed, Unplaced, candidates, place
from pipelines.extraction.forms_rows import Reading, RowReader
from pipelines.extraction.forms_runs import settle
from pipelines.extraction.forms_time import RUNNING, period_of
from pipelines.extraction.quantity import Numeral, Quantity
from pipelines.reading.document import Document

_NUMERAL = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?|[〇零一二三四五六七八九十百千万亿两]+")
_UNKNOWN = Manner()
_SHARED = ("requests", "remedies")  # tables with the same columns in several forms
_CUMULATIVE = {"proactive.disclosed": "proactive.disclosed_cumulative"}
_MONEY_IN_HEAD = re.compile(r"(亿元|万元|(?<![^\s(（:：,，位])元)")  # 囗元 is 万元 misread


@dataclass(slots=True)
class FormReading:
    """The cells of a document's forms in text order, and the stretches of text that they stand in.

    `form`: prose (none), 2014, 2019, 2021, or mixed. `numerals` accounts for every numeral inside the spans.
    """

    quantities: list[Quantity] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    numerals: list[Numeral] = field(default_factory=list)
    form: str = "prose"


def read_forms(document: Document, year: int | None) -> FormReading:
    """Every value cell of the statutory forms that the document has, blank ones with value None."""
    readings = settle(RowReader().read(form_rows(document)))
    if not readings:
        return FormReading()
    form_of_requests = _form_of_requests(readings)
    preferred = _forms_told_by_heads(readings) or ([form_of_requests] if form_of_requests else [])
    told = manners(readings, lambda reading: next(iter(candidates(reading, preferred)), None))
    shared = form_of_requests or next(iter(preferred), "")
    period = str(year) if year else ""
    found: dict[tuple[int, str, str], Quantity] = {}
    forms: set[str] = set()
    for reading in readings:
        for part in place(reading, preferred, told.get((reading.row.table, reading.table.id), _UNKNOWN)):
            if isinstance(part, Unplaced):
                cells: Iterable[Quantity] = [_uncoded(reading, part, period)]
            else:
                cells = _coded(reading, part, period, shared)
                forms |= {part.table.form} if part.table.id not in _SHARED else set()
            for quantity in cells:
                found.setdefault((quantity.char_start, quantity.row_label, quantity.column_label), quantity)
    quantities = sorted(found.values(), key=attrgetter("char_start"))
    spans = _merge((place for reading in readings for place in reading.used), document.text)
    return FormReading(quantities, spans, _numerals(document.text, spans, quantities), _form(forms, form_of_requests))


def _forms_told_by_heads(readings: list[Reading]) -> list[str]:
    """Forms by how many rows stand under a head that only this form has, most first."""
    counts: dict[str, int] = {}
    for reading in readings:
        tables = candidates(reading)
        if tables and not reading.table.side_by_side and reading.heads.above(tables[0]).support > 0:
            counts[tables[0].form] = counts.get(tables[0].form, 0) + (reading.table.id not in _SHARED)
    return sorted((form for form, count in counts.items() if count), key=lambda form: -counts[form])


def _form_of_requests(readings: list[Reading]) -> str:
    """Section three is the form of 2021 if （六）其他处理 has rows of its own, of 2019 if it has the figures itself."""
    outcomes = {r.official.outcome: r.official.group for r in readings if r.table.id == "requests" and r.official}
    rows = [r.official for r in readings if r.table.id == "requests" and r.official]
    if any(row.outcome.startswith("other") and not row.group for row in rows):
        return "2021"
    return "2019" if outcomes.get("other") else ""


def _form(forms: set[str], form_of_requests: str) -> str:
    told = forms | ({form_of_requests} if form_of_requests else set())
    if len(told) > 1:
        return "mixed"
    return next(iter(told), "2019")


def _coded(reading: Reading, placed: Placed, period: str, shared: str) -> Iterator[Quantity]:
    table, row, cells = placed
    form = shared if shared and table.id in _SHARED else table.form
    label = reading.label or row.label
    section, rule = reading.table.section, f"form:{form}:{row.label}/"
    for token, column, head in cells:
        indicator = column.indicator or row.indicator
        text, start, end, _, _, printed, is_text, _ = token
        quote = f"{label} | {head or column.label}"
        yield Quantity(  # by position: twice as fast
            "form",
            text,
            start,
            end,
            _money(reading, token, row, column, head) if column.money or row.money else printed.amount,
            column.unit or row.unit,
            _CUMULATIVE.get(indicator or "", indicator) if column.when == RUNNING else indicator,
            BLANK if is_text else printed.cell,
            "level",
            period_of(column.when, period) if column.when else period,
            "",  # base_period
            row.channel,
            column.applicant,
            row.topic,
            column.outcome or row.outcome,
            head if table.sheet else "",
            "",  # qualifier
            f"{quote} | {text}" if text else quote,
            section,
            row.label,
            column.label,
            f"{rule}{column.label}: the cell prints no number" if is_text else rule + column.label,
        )


def _uncoded(reading: Reading, found: Unplaced, period: str) -> Quantity:
    token, head, reason = found
    return Quantity(
        "form",
        token.text,
        token.start,
        token.end,
        None if token.printed.value is None else float(token.printed.value),
        cell=token.printed.cell,
        period=period,
        quote=" | ".join([part for part in (reading.label, head, token.text) if part]),
        section=reading.table.section,
        row_label=reading.label,
        column_label=head,
        rule=f"form:uncoded: {reading.reason or reason}",
    )


def _money(reading: Reading, token: Token, row: Line, column: Line, head: str) -> float | None:
    """In 元, by the unit that the cell prints, its head, another label of its row, or else the form."""
    printed = token.printed
    if printed.cell != NUMBER or printed.value is None:
        return None
    told = _MONEY_IN_HEAD.search(head) or next(
        (found for label in reading.row.labels if (found := _MONEY_IN_HEAD.search(label.text))), None
    )
    return float(printed.value * MONEY[printed.money or (told.group() if told else column.money or row.money)])


def _merge(places: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Stretches of text, joined where only blanks lie between."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if spans and (start <= spans[-1][1] or not text[spans[-1][1] : start].strip()):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _numerals(text: str, spans: list[tuple[int, int]], quantities: list[Quantity]) -> list[Numeral]:
    """Every numeral inside the spans: a value's, or part of a label."""
    printed = [(q.char_start, q.char_end, i) for i, q in enumerate(quantities) if q.char_end > q.char_start]
    printed.append((len(text), 0, -1))
    upcoming = iter(printed)
    index, until, (following, *value) = -1, 0, next(upcoming)
    found = []
    for start, end in spans:
        for match in _NUMERAL.finditer(text, start, end):
            place, behind = match.span()
            while following <= place:
                until, index = value
                following, *value = next(upcoming)
            if place < until:
                found.append(Numeral(match[0], place, behind, "quantity", index))
            else:
                found.append(Numeral(match[0], place, behind, "form_label", None))
    return found
