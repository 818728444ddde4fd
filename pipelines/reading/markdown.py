"""Markdown as people and text recognition write it: plain text, in which tables may also stand as HTML."""

from __future__ import annotations

import re

from pipelines.reading.building import Builder
from pipelines.reading.decoding import decode
from pipelines.reading.document import Cell, Document, Table
from pipelines.reading.html_page import parse_page
from pipelines.reading.html_tables import Tables
from pipelines.reading.plain import document_of

_TABLE = re.compile(r"<table\b[^>]*>.*?</table\s*>", re.IGNORECASE | re.DOTALL)


def read_markdown(data: bytes) -> Document:
    """The text with each HTML table replaced by its cells, tab between them and a line a row. Else as a text file."""
    text, encoding = decode(data)
    parts: list[str] = []
    tables: list[Table] = []
    length = place = 0
    for match in _TABLE.finditer(text):
        written, table = _write_table(match.group())
        if table is None:
            continue
        before = text[place : match.start()]
        # A table begins a line of its own.
        before += "" if not before or before.endswith("\n") else "\n"
        length += len(before)
        tables.append(_moved(table, length))
        parts += [before, written]
        length += len(written)
        place = match.end()
    parts.append(text[place:])
    return document_of("".join(parts), "md", encoding, tuple(tables))


def _write_table(markup: str) -> tuple[str, Table | None]:
    """A table's cells as text, and the table with its places in that text; None for markup without a table."""
    table = next(parse_page(markup).iter("table"), None)
    builder = Builder()
    if table is not None:
        builder.add_table(Tables().place(table))
    document = builder.build("md")
    return document.text, next(iter(document.tables), None)


def _moved(table: Table, by: int) -> Table:
    """The table with its places counted from `by`."""
    cells = tuple(
        Cell(c.text, c.row, c.column, c.row_span, c.column_span, c.start + by, c.end + by) for c in table.cells
    )
    return Table(cells, table.start + by, table.end + by)
