"""Tables as rows of labels and values, whichever way they were laid out. Here: shape; not here: what labels mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.extraction.forms_cells import BLANK, TEXT, Printed, read_cell
from pipelines.extraction.forms_labels import is_label
from pipelines.reading.document import Cell, Document, Table

_NEAR = 40  # rows around a label of a form that are looked at
_SHORT = 3  # rows of a table without labels that may carry on the one before it
_LONG = 400  # rows beyond which a table needs more than a few different labels to be a form
_LABELS_OF_LONG = 8
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """A cell, or a piece of one where a row is printed in one cell. `column` and `span` are its place in the grid."""

    text: str
    start: int
    end: int
    column: int
    span: int
    printed: Printed

    @property
    def is_text(self) -> bool:
        return self.printed.cell == TEXT

    @property
    def is_blank(self) -> bool:
        return self.printed.cell == BLANK


@dataclass(slots=True)
class Row:
    """A row's labels and the values behind them. `table` numbers the document's tables; `flat` rows have no columns."""

    table: int
    flat: bool
    labels: list[Token]
    values: list[Token]

    @property
    def has_figures(self) -> bool:
        return any(not token.is_blank for token in self.values)


def form_rows(document: Document) -> Iterator[Row]:
    """The rows of the tables that may be forms, in text order."""
    carries_on = False
    for number, table in enumerate(document.tables):
        near = _rows_near_labels(table)
        if not near and carries_on and _height(table) <= _SHORT:
            near = set(range(_height(table)))
        carries_on = bool(near)
        if near:
            yield from _flat_rows(table, number) if _is_flat(table) else _grid_rows(table, number, near)


def _height(table: Table) -> int:
    return max((cell.row + 1 for cell in table.cells), default=0)


def _is_flat(table: Table) -> bool:
    return all(cell.column == 0 for cell in table.cells)


def _rows_near_labels(table: Table) -> set[int]:
    """Rows that stand close to a label of a form; empty for a table that is none."""
    near: set[int] = set()
    seen: set[str] = set()
    last = -1
    for cell in table.cells:
        if cell.row != last and not cell.text.isascii() and is_label(cell.text):
            near.update(range(max(last + 1, cell.row - _NEAR), cell.row + _NEAR + 1))
            last = cell.row
            seen.add(cell.text)
    if len(near) > _LONG and len(seen) < _LABELS_OF_LONG:
        return set()  # a list in which a word or two of a form come again and again
    if not near and _is_flat(table):
        pieces = (piece for cell in table.cells for piece in cell.text.split() if not piece.isascii())
        return {0} if any(is_label(piece) for piece in pieces) else near
    return near


def _grid_rows(table: Table, number: int, near: set[int]) -> Iterator[Row]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row in near:
            rows.setdefault(cell.row, []).append(cell)
    for index in sorted(rows):
        cells = sorted(rows[index], key=lambda cell: cell.column)
        tokens = [Token(c.text, c.start, c.end, c.column, c.column_span, read_cell(c.text)) for c in cells]
        yield _split(tokens, number)


def _split(tokens: Sequence[Token], table: int) -> Row:
    """Labels are the texts before the first figure; figures before the first text only number the row."""
    first = next((i for i, token in enumerate(tokens) if token.is_text), None)
    if first is None:
        return Row(table, False, [], list(tokens))
    figures = (i for i, t in enumerate(tokens) if i > first and not t.is_text and not t.is_blank)
    until = next(figures, len(tokens))
    last = max(i for i in range(first, until) if tokens[i].is_text)
    return Row(table, False, [t for t in tokens[first : last + 1] if t.is_text], list(tokens[last + 1 :]))


def _flat_rows(table: Table, number: int) -> Iterator[Row]:
    """A table typed one cell a line: a row ends where a text follows a value."""
    labels: list[Token] = []
    values: list[Token] = []
    for token in _pieces(sorted(table.cells, key=lambda cell: cell.row)):
        if token.is_text and values:
            yield Row(number, True, labels, values)
            labels, values = [], []
        (labels if token.is_text else values).append(token)
    yield Row(number, True, labels, values)


def _pieces(cells: Iterable[Cell]) -> Iterator[Token]:
    """Cells, and the pieces of cells that hold a label with its figures, several figures or several labels."""
    for cell in cells:
        printed = read_cell(cell.text)
        if printed.cell != TEXT:
            yield Token(cell.text, cell.start, cell.end, 0, 1, printed)
            continue
        for is_figure, group in itertools.groupby(_PIECE.finditer(cell.text), key=_is_figure):
            pieces = list(group)
            if not is_figure and sum(is_label(piece.group()) for piece in pieces) < 2:
                yield _token(cell, pieces[0].start(), pieces[-1].end())
            else:
                yield from (_token(cell, *piece.span()) for piece in pieces)


def _is_figure(piece: re.Match[str]) -> bool:
    return read_cell(piece.group()).cell != TEXT


def _token(cell: Cell, start: int, end: int) -> Token:
    text = cell.text[start:end]
    return Token(text, cell.start + start, cell.start + end, 0, 1, read_cell(text))
