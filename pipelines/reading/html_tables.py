"""Tables of HTML: which hold data and which only lay out a page, and their cells on a grid."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from pipelines.reading.building import RawCell
from pipelines.reading.document import ReadingError
from pipelines.reading.grids import place
from pipelines.reading.html_text import BLOCKS, LINE_BREAK, all_text, tidy
from pipelines.reading.limits import MAX_COLUMNS, MAX_ROWS

_SPAN = re.compile(r"\s*(\d{1,9})")
_BREAKING = BLOCKS | {"br"}
_OF_TABLES = frozenset({"table", "tr", "td", "th"})
_LONG = 220  # characters: a cell of more is a column of a page rather than data
_BREAKS = re.compile(r"\n+")
_SPLIT_FIGURES = re.compile(r"(?<=[\d%])\n(?=[-+\d])")


class TableCell(NamedTuple):
    """A cell as its page has it: its element, its own text on one line, and how many characters it holds in all."""

    element: etree._Element
    text: str
    characters: int


class Tables:
    """The tables of a page, each walked once. Holds as long as the page's tree is not changed."""

    def __init__(self) -> None:
        self._rows: dict[etree._Element, list[list[TableCell]]] = {}
        self._data: dict[etree._Element, bool] = {}

    def rows(self, table: etree._Element) -> list[list[TableCell]]:
        """The rows of a table, without those of tables within it."""
        found = self._rows.get(table)
        if found is None:
            found = self._rows[table] = _rows(table)
        return found

    def holds_data(self, table: etree._Element) -> bool:
        """Whether a table holds data: two rows and columns at least, cells short, and not a frame around other tables."""
        found = self._data.get(table)
        if found is None:
            found = self._data[table] = _is_data_table(table, self.rows(table))
        return found

    def place(self, table: etree._Element) -> list[RawCell]:
        """The cells of a data table on its grid."""
        return place([list(map(_span_cell, row)) for row in self.rows(table)])


def _is_data_table(table: etree._Element, rows: list[list[TableCell]]) -> bool:
    if table.get("role") == "presentation" or len(rows) < 2:
        return False
    filled = [cell.text for row in rows for cell in row if cell.text]
    several = sum(len(row) > 1 for row in rows)
    if not filled or (several < 1 and len(filled) < 8):
        return False
    if (len(filled) < 8 or several < 2) and own_tables(table):
        return False
    long = sum(len(text) > _LONG for text in filled)
    if long > max(1, len(filled) // 6) or (long and len(filled) < 8):
        return False
    if next(table.iter("a"), None) is None:
        return True
    return sum(next(cell.element.iter("a"), None) is not None for row in rows for cell in row) <= len(filled) / 2


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


def _rows(table: etree._Element) -> list[list[TableCell]]:
    """Rows and cells, tables within them passed over."""
    rows: list[list[TableCell]] = []
    for element in table.iter("tr", "td", "th", "table"):
        if element.tag == "tr":
            _begin_row(rows)
        elif element.tag != "table":
            pieces = _pieces_of_one(element)
            if pieces is None:
                return _rows_walked(table)
            (rows or _begin_row(rows))[-1].append(_cell(element, pieces, False))
        elif element is not table:
            return _rows_walked(table)
    return rows


def _begin_row(rows: list[list[TableCell]]) -> list[list[TableCell]]:
    rows.append([])
    if len(rows) > MAX_ROWS:
        raise ReadingError(f"a table of more than {MAX_ROWS} rows; split the file, or leave the annex out")
    return rows


def _pieces_of_one(cell: etree._Element) -> list[str] | None:
    """The text of a cell that holds one element at most, which holds one at most, and so on: as nearly all do, and read in
    half the time of a walk. None for others, and where a table begins in it.
    """
    pieces, behind = [cell.text or ""], []
    element = cell
    while inner := len(element):
        element = element[0]
        tag = element.tag
        if inner > 1 or tag in _OF_TABLES:
            return None
        if text := element.tail:
            behind.append(text)
        if tag in _BREAKING:
            pieces.append(LINE_BREAK)
            behind.append(LINE_BREAK)
        if text := element.text:
            pieces.append(text)
    behind.reverse()
    return pieces + behind


def _rows_walked(table: etree._Element) -> list[list[TableCell]]:
    """Rows and cells of any table in one walk."""
    rows: list[list[TableCell]] = []
    walk = etree.iterwalk(table, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            continue
        tag = element.tag
        if tag == "td" or tag == "th":
            if not rows:
                rows.append([])
            rows[-1].append(_read_cell(element, walk))
        elif tag == "tr":
            _begin_row(rows)
        elif tag == "table" and element is not table:
            walk.skip_subtree()
    return rows


def _read_cell(cell: etree._Element, walk: etree.iterwalk[tuple[str, etree._Element]]) -> TableCell:
    """A cell that a walk has just entered; the walk goes on behind it."""
    pieces, nested = [cell.text or ""], False
    for event, element in walk:
        if element is cell:
            break
        tag = element.tag
        if tag in _BREAKING:
            pieces.append(LINE_BREAK)
        if event == "end":
            text = element.tail
        elif tag == "table":
            nested, text = True, None
            walk.skip_subtree()
        else:
            text = element.text
        if text:
            pieces.append(text)
    return _cell(cell, pieces, nested)


def _cell(element: etree._Element, pieces: list[str], nested: bool) -> TableCell:
    """Two figures in paragraphs of their own stay apart; else line breaks only wrap."""
    text = "".join(pieces).strip()
    if not nested and text.isalnum():  # most cells of most tables: no blanks to look for
        return TableCell(element, text, len(text))
    characters = len(all_text(element).strip()) if nested else len(text) - text.count(LINE_BREAK)
    text = tidy(text).strip()
    if "\n" in text:
        text = _SPLIT_FIGURES.sub(" ", _BREAKS.sub("\n", text)).replace("\n", "")
    return TableCell(element, text, characters)


def _span_cell(cell: TableCell) -> tuple[str, int, int]:
    element, text, _ = cell
    rows, columns = element.get("rowspan"), element.get("colspan")
    if not (rows or columns):
        return text, 1, 1
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
