"""Text, blocks and tables put together so that offsets are true. Not here: where they come from."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from pipelines.reading.document import Block, Cell, Document, ReadingError, Table
from pipelines.reading.limits import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS

_SECTION = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部])"
)
_TITLE = re.compile(r"(?:报告|年报|统计表)[」》”\s]*$|情况表$")
_SENTENCE = re.compile(r"[。；;！？].")


CellValues: TypeAlias = tuple[str, int, int, int, int]
"""What a `RawCell` holds, in its order; a plain tuple where cells are many, as it is made in a fraction of the time."""


class RawCell(NamedTuple):
    """A cell before it has a place in the text. `text` may hold line breaks; they are taken out."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def kind_of_line(line: str) -> str:
    """'heading' for a short line that is numbered as a section or ends as a title does, else 'paragraph'."""
    line = line.strip()
    if not line or len(line) > 40 or _SENTENCE.search(line):
        return "paragraph"
    return "heading" if _SECTION.match(line) or _TITLE.search(line) else "paragraph"


_WIDE = r"[^\x00-\x7f]"
_BREAK = re.compile(r"[\t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_LOOSE = re.compile(r"[ \u00a0\u3000\u2000-\u200b\ufeff]+")
_BLANK = re.compile(r"[\s\u200b\ufeff]")
_WRAPPED_WORDS = re.compile(r"(?<=[A-Za-z,.])\s*[\n\r]+\s*(?=[A-Za-z])")
_TYPESET = re.compile(rf"(?<={_WIDE}) (?=\S)|(?<=\S) (?={_WIDE})")


def clean_cell(text: str) -> str:
    """A cell's text on one line: line breaks out, and spaces that only set Chinese type ('总 计', '447 条') with them.

    A line break between two figures or two Chinese characters joins them; between two Latin words it is a space.
    """
    if not _BLANK.search(text):
        return text
    text = _WRAPPED_WORDS.sub(" ", text.strip())
    text = _BREAK.sub(" " if "\t" in text else "", text)
    return _TYPESET.sub("", _LOOSE.sub(" ", text)).strip()


_PLACE = operator.itemgetter(1, 2)  # row and column


@dataclass(slots=True)
class Builder:
    """Collects blocks in reading order and gives the document. Raises ReadingError beyond the limits."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    cells: int = 0

    def add(self, kind: str, text: str) -> None:
        """A block on lines of its own. Nothing is added for blank text."""
        text = text.strip("\n")
        if text and not text.isspace():
            start = self.length
            self._write(text)
            self.blocks.append(Block(kind, start, start + len(text)))

    def add_table(self, raw: Iterable[CellValues]) -> None:
        """A table: tab between cells, a line a row; a spanning cell stands where it begins."""
        ordered = sorted(raw, key=_PLACE)
        if not ordered:
            return
        check_size(ordered)
        self.cells += len(ordered)
        if self.cells > MAX_CELLS:
            raise ReadingError(f"more than {MAX_CELLS} table cells; split the file, or leave the annex tables out")
        start, above = self.length, ordered[0][1]
        place = start
        parts: list[str] = []
        cells: list[Cell] = []
        for text, row, column, row_span, column_span in ordered:
            if cells:
                parts.append("\t" if row == above else "\n")
                place += 1
            above = row
            if not text.isalnum():  # few cells of most tables
                text = clean_cell(text)
            parts.append(text)
            cells.append(Cell(text, row, column, row_span, column_span, place, place + len(text)))
            place += len(text)
        self._write("".join(parts))
        self.tables.append(Table(tuple(cells), start, place))
        self.blocks.append(Block("table", start, place))

    def build(self, kind: str, encoding: str = "", metadata: dict[str, str] | None = None) -> Document:
        """The document as collected."""
        return Document(
            "".join(self.parts), kind, encoding, tuple(self.blocks), tuple(self.tables), dict(metadata or {})
        )

    def _write(self, text: str) -> None:
        """Adds a text and ends its line."""
        self.length += len(text) + 1
        if self.length > MAX_CHARACTERS:
            raise ReadingError(f"more than {MAX_CHARACTERS} characters of text; split the file")
        self.parts += (text, "\n")


def check_size(cells: Iterable[CellValues]) -> None:
    """Refuses a table that no report has."""
    for _, row, column, row_span, column_span in cells:
        if row + row_span > MAX_ROWS:
            raise ReadingError(f"a table of more than {MAX_ROWS} rows; split the file, or leave the annex tables out")
        if column + column_span > MAX_COLUMNS:
            raise ReadingError(f"a table of more than {MAX_COLUMNS} columns; split the file, or leave it out")
