"""Text files and Markdown: the text as it stands, and the tables that are typed into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.reading.building import kind_of_line
from pipelines.reading.decoding import decode
from pipelines.reading.document import Block, Document, ReadingError, Table
from pipelines.reading.limits import MAX_CHARACTERS
from pipelines.reading.lines import lines_between
from pipelines.reading.typed_tables import find_tables

_MARKUP = re.compile(r"^(#{1,6})\s")


def read_plain(data: bytes, kind: str = "txt") -> Document:
    """The file as it stands, less a byte order mark; tables typed with pipes, tabs or a cell a line found in place."""
    text, encoding = decode(data)
    return document_of(text, kind, encoding)


def document_of(text: str, kind: str, encoding: str, tables: tuple[Table, ...] = ()) -> Document:
    """Blocks and tables of a decoded text; `tables` are those already known, where none is looked for again."""
    if not text.strip():
        raise ReadingError("an empty file: nothing to read; put the report in again")
    if len(text) > MAX_CHARACTERS:
        raise ReadingError(f"more than {MAX_CHARACTERS} characters of text; split the file")
    found = sorted((*tables, *find_tables(text, tables)), key=lambda table: table.start)
    return Document(text, kind, encoding, tuple(_blocks(text, found)), tuple(found))


def _blocks(text: str, tables: list[Table]) -> Iterator[Block]:
    """A block a table and a block a line between them."""
    place = 0
    for table in tables:
        yield from _lines(text, place, table.start)
        yield Block("table", table.start, table.end)
        place = table.end
    yield from _lines(text, place, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Block]:
    for place, line in lines_between(text, start, end):
        marked = line[0] == "#" and _MARKUP.match(line)
        yield Block("heading" if marked else kind_of_line(line), place, place + len(line))
