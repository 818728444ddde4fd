"""Statutory forms in a document's tables → quantities, a cell each. Not here: prose, or whether the figures add up.

A form is recognised by its labels, never by the report's year: bodies go on using old forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.extraction.forms_cells import BLANK, MONEY, NUMBER, TEXT
from pipelines.extraction.forms_columns import support
from pipelines.extraction.forms_layout import form_rows
from pipelines.extraction.forms_manner import Manner, manners
from pipelines.extraction.forms_model import Line
from pipelines.extraction.forms_place import Placed, candidates, place
from pipelines.extraction.forms_rows import Reading, RowReader
from pipelines.extraction.forms_runs import settle
from pipelines.extraction.quantity import Numeral, Quantity
from pipelines.reading.document import Document

_NUMERAL = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?|[〇零一二三四五六七八九十百千万亿两]+")
_SHARED = ("requests", "remedies")  # tables with the same columns in several forms
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
    cells = [
        (reading, cell)
        for reading in readings
        for cell in place(reading, preferred, told.get((reading.row.table, reading.table.id), Manner()))
    ]
    shared = form_of_requests or next(iter(preferred), "")
    found: dict[tuple[int, str, str], Quantity] = {}
    forms: set[str] = set()
    for reading, cell in cells:
        quantity = _quantity(reading, cell, year, shared)
        found.setdefault((quantity.char_start, quantity.row_label, quantity.column_label), quantity)
        if cell.table is not None and cell.table.id not in _SHARED:
            forms.add(cell.table.form)
    quantities = sorted(found.values(), key=lambda q: q.char_start)
    spans = _merge((place for reading in readings for place in reading.used), document.text)
    return FormReading(quantities, spans, _numerals(document.text, spans, quantities), _form(forms, form_of_requests))


def _forms_told_by_heads(readings: list[Reading]) -> list[str]:
    """Forms by how many rows stand under a head that only this form has, most first."""
    counts: dict[str, int] = {}
    for reading in readings:
        tables = candidates(reading)
        if len(tables) > 0 and support(reading, tables[0]) > 0 and not reading.table.side_by_side:
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


def _quantity(reading: Reading, cell: Placed, year: int | None, shared: str) -> Quantity:
    row, column, token = cell.row, cell.column, cell.token
    kind = token.printed.cell
    quantity = Quantity("form", token.text, token.start, token.end, None, cell=BLANK if kind == TEXT else kind)
    quantity.period = str(year) if year else ""
    quantity.section = reading.table.section
    printed = reading.label or (row.label if row else "")
    quantity.quote = " | ".join(
        part for part in (printed, cell.head or (column.label if column else ""), token.text) if part
    )
    if cell.table is None or row is None or column is None:
        quantity.row_label, quantity.column_label = reading.label, cell.head
        quantity.value = None if token.printed.value is None else float(token.printed.value)
        quantity.rule = f"form:uncoded: {reading.reason or cell.reason}"
        return quantity
    form = shared if shared and cell.table.id in _SHARED else cell.table.form
    quantity.row_label, quantity.column_label = row.label, column.label
    quantity.indicator = column.indicator or row.indicator
    quantity.outcome = column.outcome or row.outcome
    quantity.applicant, quantity.channel, quantity.topic = column.applicant, row.channel, row.topic
    quantity.unit = column.unit or row.unit
    quantity.scope = cell.head if cell.table.sheet else ""
    quantity.value = _value(reading, cell, row, column)
    unreadable = ": the cell prints no number" if kind == TEXT else ""
    quantity.rule = f"form:{form}:{row.label}/{column.label}{unreadable}"
    return quantity


def _value(reading: Reading, cell: Placed, row: Line, column: Line) -> float | None:
    printed = cell.token.printed
    if printed.cell != NUMBER or printed.value is None:
        return None
    default = column.money or row.money
    if not default:
        return float(printed.value * MONEY.get(printed.money, Decimal(1)))
    told = _MONEY_IN_HEAD.search(cell.head) or next(
        (found for token in reading.row.labels if (found := _MONEY_IN_HEAD.search(token.text))), None
    )
    return float(printed.value * MONEY[printed.money or (told.group() if told else default)])


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
    owner = {}
    for i, quantity in enumerate(quantities):
        owner.update(dict.fromkeys(range(quantity.char_start, quantity.char_end), i))
    found = []
    for start, end in spans:
        for match in _NUMERAL.finditer(text, start, end):
            index = owner.get(match.start())
            reason = "quantity" if index is not None else "form_label"
            found.append(Numeral(match.group(), match.start(), match.end(), reason, index))
    return found
