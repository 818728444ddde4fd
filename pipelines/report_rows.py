"""A read report as rows of the stage's tables, by column; what is private in them is masked. Not here: files and shards
(reading_pass.py), how rows are stored (stage.py).
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from pipelines.extraction.quantity import Extraction, Quantity
from pipelines.extraction.whole import Reading
from pipelines.inbox import InboxFile
from pipelines.language.edtf import bounds
from pipelines.language.privacy import MASK, any_private, mask, masked, private_spans
from pipelines.reading import Document
from pipelines.schemas import QUANTITIES

Columns = dict[str, list[Any]]
"""The rows of a table: each column's values in the order of the rows."""
Rows = dict[str, Columns]
"""Rows by the name of their table."""


def report_rows(file: InboxFile, document: Document, reading: Reading, contacts: bool = False) -> Rows:
    """All rows that one read report gives; `contacts` lets the offices' own telephone numbers and addresses stand."""
    report_id = report_id_of(file.source_path)
    extraction = reading.extraction
    private = private_spans(document.text, contacts=contacts)
    shown = _shown(document.text, private, extraction.quantities)
    quantities = _quantity_columns(report_id, extraction.quantities)
    if shown != document.text:
        quantities["quote"] = _quotes(extraction.quantities, document.text, shown, contacts)
        _mask_words(quantities, {document.text[start:end] for start, end in private})
    return {
        "reports": _report_columns(report_id, file, document, reading),
        "report_texts": _text_columns(report_id, document, shown),
        "quantities": quantities,
        "ledger": _ledger_columns(report_id, extraction, quantities["quantity_id"], private),
    }


def report_id_of(source_path: str) -> str:
    return hashlib.sha256(source_path.encode()).hexdigest()[:12]


def broken_evidence(rows: Rows) -> int:
    """How many rows of prose have a `surface` that does not stand in the text where they say that it does."""
    if "quantities" not in rows:
        return 0
    (text,), columns = rows["report_texts"]["text"], rows["quantities"]
    places = zip(*(columns[name] for name in ("origin", "char_start", "char_end", "surface")), strict=True)
    return sum(origin == "prose" and text[start:end] != surface for origin, start, end, surface in places)


def _report_columns(report_id: str, file: InboxFile, document: Document, reading: Reading) -> Columns:
    identity = reading.identity
    row = {
        "report_id": report_id,
        "source_path": file.source_path,
        "sha256": file.sha256,
        "title": identity.title,
        "region_code": identity.region_code,
        "region_name": identity.region_name,
        "level": identity.level,
        "body": identity.body,
        "body_kind": identity.body_kind,
        "report_year": identity.report_year,
        "title_year": identity.title_year,
        "form": reading.form,
        "published_on": date.fromisoformat(identity.published_on) if identity.published_on else None,
        "characters": len(document.text),
    }
    return {name: [value] for name, value in row.items()}


def _text_columns(report_id: str, document: Document, text: str) -> Columns:
    blocks = [[block.kind, block.start, block.end] for block in document.blocks]
    row = {
        "report_id": report_id,
        "text": text,
        "blocks": json.dumps(blocks),
        "metadata": json.dumps(document.metadata, ensure_ascii=False),
    }
    return {name: [value] for name, value in row.items()}


_MADE_HERE = {"quantity_id", "report_id", "period_start", "period_end", "part_of"}
_AS_READ = tuple(column.name for column in QUANTITIES.columns if column.name not in _MADE_HERE)
_as_read = attrgetter(*_AS_READ)


def _quantity_columns(report_id: str, quantities: Sequence[Quantity]) -> Columns:
    columns: Columns = {name: [] for name in _AS_READ}
    columns |= dict(zip(_AS_READ, map(list, zip(*map(_as_read, quantities), strict=True)), strict=False))
    ids = list(_ids(report_id, columns["char_start"]))
    days = [bounds(period) for period in columns["period"]]
    return columns | {
        "quantity_id": ids,
        "report_id": [report_id] * len(ids),
        "period_start": [first for first, _ in days],
        "period_end": [last for _, last in days],
        "part_of": [None if quantity.part_of is None else ids[quantity.part_of] for quantity in quantities],
    }


def _ids(report_id: str, places: Sequence[int]) -> Iterator[str]:
    """Identifiers of quantities. Where several share a place, those of the second and further end in their order."""
    met: dict[int, int] = {}
    for place in places:
        met[place] = order = met.get(place, 0) + 1
        yield f"{report_id}-{place}" if order == 1 else f"{report_id}-{place}-{order}"


def _ledger_columns(
    report_id: str, extraction: Extraction, ids: Sequence[str], private: Sequence[tuple[int, int]]
) -> Columns:
    """Numerals that measure nothing are masked where they lie in `private`."""
    surfaces, starts, ends, reasons, quantities = (
        map(list, zip(*extraction.numerals, strict=True)) if extraction.numerals else ([], [], [], [], [])
    )
    for first, last in private:
        for number in range(bisect_right(ends, first), bisect_left(starts, last)):  # none overlaps another
            if quantities[number] is None:
                surfaces[number] = masked(extraction.numerals[number].surface, private, starts[number])
    return {
        "report_id": [report_id] * len(starts),
        "char_start": starts,
        "char_end": ends,
        "surface": surfaces,
        "reason": reasons,
        "quantity_id": [None if index is None else ids[index] for index in quantities],
    }


def _shown(text: str, private: Sequence[tuple[int, int]], quantities: Sequence[Quantity]) -> str:
    """The text with what is private masked, and every number that was read as it is printed."""
    if not private:
        return text
    shown = masked(text, private)
    places = [(quantity.char_start, quantity.char_end) for quantity in quantities]
    hidden = [(start, end) for start, end in places if shown[start:end] != text[start:end]]
    if hidden:
        characters = list(shown)
        for start, end in hidden:
            characters[start:end] = text[start:end]
        shown = "".join(characters)
    return shown


def _quotes(quantities: Sequence[Quantity], text: str, shown: str, contacts: bool) -> list[str]:
    """Quotes as they are shown: the same stretch of the shown text, or, where one was put together from cells, masked by itself."""
    quotes: list[str] = []
    apart: list[int] = []
    for number, quantity in enumerate(quantities):
        quote = quantity.quote
        length = len(quote)
        at = text.find(quote, max(0, quantity.char_end - length), quantity.char_start + length)
        if at < 0:
            apart.append(number)
        quotes.append(quote if at < 0 else shown[at : at + length])
    if apart and any_private([quotes[number] for number in apart], contacts=contacts):
        for number in apart:
            quotes[number] = mask(quotes[number], contacts=contacts, keep=(quantities[number].surface,))
    return quotes


_WORDS = ("topic", "scope", "section", "rule", "row_label", "column_label")


def _mask_words(columns: Columns, secrets: set[str]) -> None:
    """Masks what is private in the words that numbers took from around them."""
    for name in _WORDS:
        together = "\n".join(columns[name])
        for secret in secrets:
            if secret in together:
                columns[name] = [words.replace(secret, MASK * len(secret)) for words in columns[name]]
