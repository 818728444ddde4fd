"""Tables as rows of labels and values, whichever way they were laid out. Here: shape; not here: what labels mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.extraction.forms_cells import BLANK, TEXT, Printed, read_cell
from pipelines.extraction.forms_labels import find, is_label
from pipelines.reading.document import Cell, Document, Table

_NEAR = 40  # rows around a label of a form that are looked at
_SHORT = 3  # rows of a table without labels that may carry on the one before it
_LONG = 400  # rows beyond which a table needs more than a few different labels to be a form
_LABELS_OF_LONG = 8
_SURELY = 0.3  # cost below which a text with figures behind it is taken for a label
_PIECE = re.compile(r"\S+")
_RUN_TOGETHER = re.compile(
    r"(?P<label>.*?[^\doO\s.,/-])??\s*(?P<figures>(?:[\doO.,]+|[-—/]+)(?:\s+(?:[\doO.,]+|[-—/]+))*)$"
)


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
        yield _split([token for cell in cells for token in _in_cell(cell)], number)


def _in_cell(cell: Cell) -> list[Token]:
    """The cell; in pieces where text recognition put figures, or a label and its first figures, into one."""
    whole = Token(cell.text, cell.start, cell.end, cell.column, cell.column_span, read_cell(cell.text))
    found = _RUN_TOGETHER.match(cell.text) if whole.is_text else None
    if not found or (found["label"] and not any(hit.cost < _SURELY for hit in find(found["label"])[:1])):
        return [whole]
    spans = [found.span("label")] if found["label"] else []
    spans += [piece.span() for piece in _PIECE.finditer(cell.text, found.start("figures"))]
    last = cell.column + cell.column_span - 1
    return [
        replace(_token(cell, *span), column=min(cell.column + i, last), span=1 if i else whole.span - len(spans) + 1)
        for i, span in enumerate(spans)
    ]


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
