"""A read report as rows of the stage's tables, by column; what is private in them is masked. Not here: files and shards
(reading_pass.py), how rows are stored (stage.py).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from pipelines.extraction.quantity import Extraction, Numeral, Quantity
from pipelines.extraction.whole import Reading
from pipelines.inbox import InboxFile
from pipelines.language.edtf import bounds
from pipelines.language.privacy import MASK, mask, masked, private_spans
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
        quantities["quote"] = [_quote(quantity, document.text, shown, contacts) for quantity in extraction.quantities]
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
        zip(*extraction.numerals, strict=True) if extraction.numerals else [()] * 5
    )
    return {
        "report_id": [report_id] * len(starts),
        "char_start": list(starts),
        "char_end": list(ends),
        "surface": [_numeral(numeral, private) for numeral in extraction.numerals] if private else list(surfaces),
        "reason": list(reasons),
        "quantity_id": [None if index is None else ids[index] for index in quantities],
    }


def _numeral(numeral: Numeral, private: Sequence[tuple[int, int]]) -> str:
    surface, start, end, _, quantity = numeral
    if quantity is not None or not any(first < end and start < last for first, last in private):
        return surface
    return masked(surface, private, start)


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


def _quote(quantity: Quantity, text: str, shown: str, contacts: bool) -> str:
    """A quote as it is shown: the same stretch of the shown text, or, where it was put together from cells, masked by itself."""
    length = len(quantity.quote)
    at = text.find(quantity.quote, max(0, quantity.char_end - length), quantity.char_start + length)
    if at >= 0:
        return shown[at : at + length]
    return mask(quantity.quote, contacts=contacts, keep=(quantity.surface,))


_WORDS = ("topic", "scope", "section", "rule", "row_label", "column_label")


def _mask_words(columns: Columns, secrets: set[str]) -> None:
    """Masks what is private in the words that numbers took from around them."""
    for name in _WORDS:
        together = "\n".join(columns[name])
        for secret in secrets:
            if secret in together:
                columns[name] = [words.replace(secret, MASK * len(secret)) for words in columns[name]]
