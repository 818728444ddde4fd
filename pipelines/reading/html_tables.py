"""Tables of HTML: which hold data and which only lay out a page, and their cells on a grid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipelines.reading.building import CellValues
from pipelines.reading.document import ReadingError
from pipelines.reading.grids import SpanCell, place
from pipelines.reading.html_text import BLOCKS, LINE_BREAK, all_text, tidy
from pipelines.reading.limits import MAX_COLUMNS, MAX_ROWS

_SPAN = re.compile(r"\s*(\d{1,9})")
_BREAKING = BLOCKS | {"br"}
_LONG = 220  # characters: a cell of more is a column of a page rather than data
_BREAKS = re.compile(r"\n+")
_SPLIT_FIGURES = re.compile(r"(?<=[\d%])\n(?=[-+\d])")


@dataclass(slots=True)
class Rows:
    """A table's rows without those of tables within it: each cell's own text on one line, beside it the cell's element.

    `pieces` are all texts of the table as they stand in its elements, without those of tables within it; breaks of lines
    that the page shows stand among them. `characters` is how many the cells hold in all, with tables within them.
    """

    texts: list[list[str]] = field(default_factory=list)
    cells: list[list[etree._Element]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    characters: int = 0

    def read(self, element: etree._Element) -> None:
        """Adds the rows below an element; no deeper than the parser lets elements be nested."""
        pieces = self.pieces
        if text := element.text:
            pieces.append(text)
        for child in element:
            tag = child.tag
            if tag == "td" or tag == "th":
                self._read_cell(child)
            elif tag != "table":
                if tag == "tr":
                    self._begin_row()
                self.read(child)
            if text := child.tail:
                pieces.append(text)

    def _begin_row(self) -> None:
        self.texts.append([])
        self.cells.append([])
        if len(self.texts) > MAX_ROWS:
            raise ReadingError(f"a table of more than {MAX_ROWS} rows; split the file, or leave the annex out")

    def _read_cell(self, cell: etree._Element) -> None:
        text = _sole_text(cell)
        if text is None:
            text = self._read_pieces(cell)
        else:
            self.pieces.append(text)
            text = text.strip()
            self.characters += len(text)
            if not text.isalnum():  # few cells of most tables: there may be blanks to look for
                self.characters -= text.count(LINE_BREAK)
                text = _one_line(text)
        if not self.texts:
            self._begin_row()
        self.texts[-1].append(text)
        self.cells[-1].append(cell)

    def _read_pieces(self, cell: etree._Element) -> str:
        pieces: list[str] = []
        nested = _gather(cell, pieces)
        self.pieces += pieces
        text = "".join(pieces).strip()
        self.characters += len(all_text(cell).strip()) if nested else len(text) - text.count(LINE_BREAK)
        return _one_line(text)


def _sole_text(cell: etree._Element) -> str | None:
    """The text of a cell that stands in one place, in elements that hold nothing else: of nearly all cells, and read in
    half the time. None for others, and where a table lies in the cell.
    """
    element, inner, text = cell, len(cell), cell.text
    while inner == 1 and (text is None or text.isspace()):
        element = element[0]
        tail = element.tail
        if element.tag == "table" or not (tail is None or tail.isspace()):
            return None
        inner, text = len(element), element.text
    return None if inner else text or ""


def _gather(element: etree._Element, pieces: list[str]) -> bool:
    """Adds the texts below an element with the line breaks between them; whether tables lie there, whose texts are left out."""
    nested = False
    if text := element.text:
        pieces.append(text)
    for child in element:
        tag = child.tag
        breaks = tag in _BREAKING
        if breaks:
            pieces.append(LINE_BREAK)
        if tag == "table" or _gather(child, pieces):
            nested = True
        if breaks:
            pieces.append(LINE_BREAK)
        if text := child.tail:
            pieces.append(text)
    return nested


def _one_line(text: str) -> str:
    """Two figures in paragraphs of their own stay apart; else line breaks only wrap."""
    text = tidy(text).strip()
    return _SPLIT_FIGURES.sub(" ", _BREAKS.sub("\n", text)).replace("\n", "") if "\n" in text else text


class Tables:
    """The tables of a page, each walked once. Holds as long as the page's tree is not changed."""

    def __init__(self) -> None:
        self._rows: dict[etree._Element, Rows] = {}
        self._data: dict[etree._Element, bool] = {}

    def rows(self, table: etree._Element) -> Rows:
        """What a table holds."""
        found = self._rows.get(table)
        if found is None:
            found = self._rows[table] = Rows()
            found.read(table)
        return found

    def holds_data(self, table: etree._Element) -> bool:
        """Whether a table holds data: two rows and columns at least, cells short, and not a frame around other tables."""
        found = self._data.get(table)
        if found is None:
            found = self._data[table] = _is_data_table(table, self.rows(table))
        return found

    def place(self, table: etree._Element) -> list[CellValues]:
        """The cells of a data table on its grid."""
        rows = self.rows(table)
        return place([list(map(_span_cell, *row)) for row in zip(rows.texts, rows.cells, strict=True)])


def _is_data_table(table: etree._Element, rows: Rows) -> bool:
    if table.get("role") == "presentation" or len(rows.texts) < 2:
        return False
    filled = [text for row in rows.texts for text in row if text]
    several = sum(len(row) > 1 for row in rows.texts)
    if not filled or (several < 1 and len(filled) < 8):
        return False
    if (len(filled) < 8 or several < 2) and own_tables(table):
        return False
    long = sum(len(text) > _LONG for text in filled)
    if long > max(1, len(filled) // 6) or (long and len(filled) < 8):
        return False
    if next(table.iter("a"), None) is None:
        return True
    return sum(next(cell.iter("a"), None) is not None for row in rows.cells for cell in row) <= len(filled) / 2


def own_tables(table: etree._Element) -> list[etree._Element]:
    """The tables within a table's cells, without those within these."""
    found: list[etree._Element] = []
    if next(table.iterdescendants("table"), None) is None:
        return found
    walk = etree.iterwalk(table, events=("start",), tag="table")
    for _, element in walk:
        if element is not table:
            found.append(element)
            walk.skip_subtree()
    return found


def _span_cell(text: str, cell: etree._Element) -> SpanCell:
    if not cell.keys():
        return text, 1, 1
    rows, columns = cell.get("rowspan"), cell.get("colspan")
    return (
        text,
        _span(rows, MAX_ROWS, MAX_ROWS) if rows else 1,  # 0 in rowspan means the rest of the table
        _span(columns, MAX_COLUMNS, 1) if columns else 1,
    )


def _span(given: str, most: int, of_zero: int) -> int:
    match = _SPAN.match(given)
    if not match:
        return 1
    return min(int(match.group(1)), most) or of_zero
