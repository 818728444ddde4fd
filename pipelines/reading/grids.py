"""Cells of marked-up tables put on a grid. Not here: where cells come from, what they say."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.reading.building import RawCell
from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_COLUMNS, MAX_ROWS


@dataclass(frozen=True, slots=True)
class SpanCell:
    """A cell as its row lists it: text and the spans that it claims."""

    text: str
    row_span: int = 1
    column_span: int = 1


def place(rows: Sequence[Sequence[SpanCell]]) -> list[RawCell]:
    """Each cell in the first free columns of its row, as browsers do; spans cut to what the table has."""
    if len(rows) > MAX_ROWS:
        raise ReadingError(f"a table of {len(rows)} rows, more than {MAX_ROWS}; split the file, or leave the annex out")
    free_from: dict[int, int] = {}
    cells = []
    for row, listed in enumerate(rows):
        column = 0
        for cell in listed:
            while free_from.get(column, 0) > row:
                column += 1
            if column >= MAX_COLUMNS:
                raise ReadingError(f"a table of more than {MAX_COLUMNS} columns; split the file, or leave it out")
            height = min(max(1, cell.row_span), len(rows) - row)
            width = min(max(1, cell.column_span), MAX_COLUMNS - column)
            for taken in range(column, column + width):
                if taken > column and free_from.get(taken, 0) > row:
                    width = taken - column  # a cell from above is in the way: the span is misprinted
                    break
                free_from[taken] = row + height
            cells.append(RawCell(cell.text, row, column, height, width))
            column += width
    return compact(cells)


def compact(cells: Iterable[RawCell]) -> list[RawCell]:
    """The cells renumbered without rows and columns in which none begins."""
    cells = list(cells)
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    compacted = []
    for cell in cells:
        row, column = bisect.bisect_left(rows, cell.row), bisect.bisect_left(columns, cell.column)
        row_span = bisect.bisect_left(rows, cell.row + cell.row_span) - row
        column_span = bisect.bisect_left(columns, cell.column + cell.column_span) - column
        compacted.append(replace(cell, row=row, column=column, row_span=row_span, column_span=column_span))
    return compacted
