"""Tables of HTML: which hold data and which only lay out a page, and their cells on a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.reading.building import RawCell
from pipelines.reading.document import ReadingError
from pipelines.reading.grids import SpanCell, place
from pipelines.reading.html_text import BLOCKS, LINE_BREAK, tidy
from pipelines.reading.limits import MAX_COLUMNS, MAX_ROWS

_SPAN = re.compile(r"\s*(\d{1,9})")
_LONG = 220  # characters: a cell of more is a column of a page rather than data
_SPLIT_FIGURES = re.compile(r"(?<=[\d%])\n(?=[-+\d])")


def own_rows(table: etree._Element) -> list[list[etree._Element]]:
    """The rows of a table as lists of cells, without those of tables within it."""
    rows: list[list[etree._Element]] = []
    walk = etree.iterwalk(table, events=("start",))
    for _, element in walk:
        if element.tag == "table" and element is not table:
            walk.skip_subtree()
        elif element.tag == "tr":
            rows.append([])
            if len(rows) > MAX_ROWS:
                raise ReadingError(f"a table of more than {MAX_ROWS} rows; split the file, or leave the annex out")
        elif element.tag in ("td", "th"):
            if not rows:
                rows.append([])
            rows[-1].append(element)
            walk.skip_subtree()
    return rows


def own_tables(table: etree._Element) -> list[etree._Element]:
    """The tables within a table's cells, without those within these."""
    found = []
    walk = etree.iterwalk(table, events=("start",))
    for _, element in walk:
        if element.tag == "table" and element is not table:
            found.append(element)
            walk.skip_subtree()
    return found


def is_data_table(table: etree._Element) -> bool:
    """Whether a table holds data: two rows and columns at least, cells short, and not a frame around other tables."""
    if table.get("role") == "presentation":
        return False
    rows = own_rows(table)
    texts = [cell_text(cell) for row in rows for cell in row]
    filled = [text for text in texts if text]
    several = sum(len(row) > 1 for row in rows)
    if not filled or len(rows) < 2 or (several < 1 and len(filled) < 8):
        return False
    if own_tables(table) and (len(filled) < 8 or several < 2):
        return False
    long = sum(len(text) > _LONG for text in filled)
    if long > max(1, len(filled) // 6) or (long and len(filled) < 8):
        return False
    linked = sum(len(cell.findall(".//a")) > 0 for row in rows for cell in row)
    return linked <= len(filled) / 2


def place_table(table: etree._Element) -> list[RawCell]:
    """The cells of a data table on its grid."""
    return place([[_span_cell(cell) for cell in row] for row in own_rows(table)])


def cell_text(cell: etree._Element) -> str:
    """A cell's own text on one line. Two figures in paragraphs of their own stay apart; else line breaks only wrap."""
    text = tidy("".join(_pieces(cell)))
    return _SPLIT_FIGURES.sub(" ", re.sub(r"\n+", "\n", text.strip())).replace("\n", "")


def _pieces(cell: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        breaks = element is not cell and (element.tag in BLOCKS or element.tag == "br")
        if event == "start":
            if breaks:
                yield LINE_BREAK
            if element.tag == "table":
                walk.skip_subtree()
            elif element.text:
                yield element.text
        elif element is not cell:
            if breaks:
                yield LINE_BREAK
            yield element.tail or ""


def _span_cell(cell: etree._Element) -> SpanCell:
    return SpanCell(cell_text(cell), _span(cell, "rowspan", MAX_ROWS), _span(cell, "colspan", MAX_COLUMNS))


def _span(cell: etree._Element, name: str, most: int) -> int:
    """A span as given; 0 in rowspan means the rest of the table."""
    match = _SPAN.match(cell.get(name) or "1")
    if not match:
        return 1
    number = int(match.group(1))
    return min(number, most) if number else (most if name == "rowspan" else 1)
