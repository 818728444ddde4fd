"""Cells of marked-up tables put on a grid. Not here: where cells come from, what they say."""

from __future__ import annotations

import bisect
import operator
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pipelines.reading.building import CellValues
from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_COLUMNS, MAX_ROWS

SpanCell: TypeAlias = tuple[str, int, int]
"""A cell as its row lists it: text, and the rows and columns that it claims to span."""


def place(rows: Sequence[Sequence[SpanCell]]) -> list[CellValues]:
    """Each cell in the first free columns of its row, as browsers do; spans cut to what the table has."""
    if len(rows) > MAX_ROWS:
        raise ReadingError(f"a table of {len(rows)} rows, more than {MAX_ROWS}; split the file, or leave the annex out")
    free_from: dict[int, int] = {}
    hanging = 0  # the first row into which no cell from above hangs
    cells: list[CellValues] = []
    for row, listed in enumerate(rows):
        column = 0
        for text, row_span, column_span in listed:
            while hanging > row and free_from.get(column, 0) > row:
                column += 1
            if column >= MAX_COLUMNS:
                raise ReadingError(f"a table of more than {MAX_COLUMNS} columns; split the file, or leave it out")
            if row_span <= 1 and column_span <= 1:
                cells.append((text, row, column, 1, 1))
                column += 1
                continue
            height = min(max(1, row_span), len(rows) - row)
            width = min(max(1, column_span), MAX_COLUMNS - column)
            for taken in range(column, column + width):
                if taken > column and free_from.get(taken, 0) > row:
                    width = taken - column  # a cell from above is in the way: the span is misprinted
                    break
                free_from[taken] = row + height
            hanging = max(hanging, row + height)
            cells.append((text, row, column, height, width))
            column += width
    return compact(cells)


def compact(cells: Iterable[CellValues]) -> list[CellValues]:
    """The cells renumbered without rows and columns in which none begins."""
    cells = list(cells)
    if not cells:
        return cells
    _, tops, lefts, row_spans, column_spans = zip(*cells, strict=True)
    rows, columns = sorted(set(tops)), sorted(set(lefts))
    height, width = max(map(operator.add, tops, row_spans)), max(map(operator.add, lefts, column_spans))
    if len(rows) == height and len(columns) == width:
        return cells
    compacted: list[CellValues] = []
    for text, row, column, row_span, column_span in cells:
        above, left = bisect.bisect_left(rows, row), bisect.bisect_left(columns, column)
        height = bisect.bisect_left(rows, row + row_span) - above
        width = bisect.bisect_left(columns, column + column_span) - left
        compacted.append((text, above, left, height, width))
    return compacted
