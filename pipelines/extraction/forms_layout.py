"""Tables as rows of labels and values, whichever way they were laid out. Here: shape; not here: what labels mean.

A cell's text is taken apart once, however often it is printed.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from pipelines.extraction.forms_cells import BLANK, TEXT, Printed, read_cell
from pipelines.extraction.forms_labels import find, is_label
from pipelines.reading.document import Cell, Document, Table

_NEAR = 40  # rows around a label of a form that are looked at
_SHORT = 3  # rows of a table without labels that may carry on the one before it
_LONG = 400  # rows beyond which a table needs more than a few different labels to be a form
_LABELS_OF_LONG = 8
_SURELY = 0.3  # cost below which a text with figures behind it is taken for a label
_HALVES = 3  # rows from which on labels right of figures make a second half
_CODED = 2  # rows from which on texts like 07 are codes
_NUMBERED = 6  # rows from which on rising figures may count them
_KEPT = 20_000  # texts that are remembered
_ROW, _COLUMN = itemgetter(1), itemgetter(2)  # of a cell
_CODE = re.compile(r"0\d$")  # no number for a cell: what is printed so is the code of a row
_PIECE = re.compile(r"\S+")
_RUN_TOGETHER = re.compile(
    r"(?P<label>.*?[^\doO\s.,/-])??\s*(?P<figures>(?:[\doO.,]+|[-—/]+)(?:\s+(?:[\doO.,]+|[-—/]+))*)$"
)


class Token(NamedTuple):
    """A cell, or a piece of one where a row is printed in one cell. `column` and `span` are its place in the grid."""

    text: str
    start: int
    end: int
    column: int
    span: int
    printed: Printed
    is_text: bool
    is_blank: bool


class _Part(NamedTuple):
    """A piece of a cell's text that is a token of its own."""

    text: str
    start: int
    end: int
    printed: Printed
    is_text: bool
    is_blank: bool


@dataclass(slots=True)
class Row:
    """A row's labels and the values behind them. `table` numbers the document's tables; `flat` rows have no columns."""

    table: int
    flat: bool
    labels: list[Token]
    values: list[Token]
    has_figures: bool


def form_rows(document: Document) -> Iterator[Row]:
    """The rows of the tables that may be forms, in text order."""
    carries_on = False
    for number, table in enumerate(document.tables):
        near = _rows_near_labels(table)
        if not near and carries_on and (height := _height(table)) <= _SHORT:
            near = set(range(height))
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
    last = done = -1
    for text, row, *_ in table.cells:
        if row != last and not text.isascii() and is_label(text):
            near.update(range(max(last + 1, done + 1, row - _NEAR), row + _NEAR + 1))
            last = row
            done = max(done, last + _NEAR)
            seen.add(text)
    if len(near) > _LONG and len(seen) < _LABELS_OF_LONG:
        return set()  # a list in which a word or two of a form come again and again
    if not near and _is_flat(table):
        return {0} if any(is_label(piece) for cell in table.cells for piece in cell.text.split()) else near
    return near


def _grid_rows(table: Table, number: int, near: set[int]) -> Iterator[Row]:
    rows: dict[int, list[Cell]] = {}
    for row, cells in itertools.groupby(table.cells, key=_ROW):
        if row in near:
            rows.setdefault(row, []).extend(cells)
    for part in _halves([_tokens(rows[index]) for index in sorted(rows)]):
        yield from (_split(tokens, number) for tokens in part)


def _tokens(cells: list[Cell]) -> list[Token]:
    """The cells of a row from left to right, a merged one once."""
    tokens: list[Token] = []
    for cell in sorted(cells, key=_COLUMN):
        text, _, column, _, span, place, _ = cell
        parts = _parts(text)
        if len(parts) == 1:
            text, start, end, printed, is_text, is_blank = parts[0]
            before = tokens[-1] if tokens else None
            if is_text and before and text == before.text and before.column + before.span == column:
                tokens[-1] = before._replace(span=before.span + span)  # a merged cell, printed in each of its columns
                continue
            tokens.append(Token(text, place + start, place + end, column, span, printed, is_text, is_blank))
        else:
            tokens += _pieces_of_cell(cell, parts)
    return tokens


def _halves(rows: list[list[Token]]) -> Iterator[list[list[Token]]]:
    """The rows of a grid; of a sheet that is printed in two halves side by side those of the left half, then of the right."""
    starts = Counter(token.column for row in rows for token in _labels_behind_figures(row))
    middle, found = max(starts.items(), key=itemgetter(1), default=(0, 0))
    if found < _HALVES:
        yield rows
        return
    yield [[token for token in row if token.column < middle] for row in rows]
    right = ([token for token in row if token.column >= middle] for row in rows)
    yield [row for row in right if any(token.text for token in row)]


def _labels_behind_figures(row: list[Token]) -> Iterator[Token]:
    """Labels of a form that stand right of figures that have a label of their own."""
    labelled = False
    for before, token in itertools.pairwise(row):
        labelled = labelled or before.is_text
        if labelled and token.is_text and not before.is_text and is_label(token.text):
            yield token


def _pieces_of_cell(cell: Cell, parts: tuple[_Part, ...]) -> Iterator[Token]:
    """The pieces, the first as wide as the others leave it."""
    last = cell.column + cell.column_span - 1
    for i, part in enumerate(parts):
        span = 1 if i else cell.column_span - len(parts) + 1
        yield _token(part, cell.start, min(cell.column + i, last), span)


def _token(part: _Part, place: int, column: int, span: int) -> Token:
    text, start, end, printed, is_text, is_blank = part
    return Token(text, place + start, place + end, column, span, printed, is_text, is_blank)


@lru_cache(maxsize=_KEPT)
def _parts(text: str) -> tuple[_Part, ...]:
    """The text; in pieces where text recognition put figures, or a label and its first figures, into one cell."""
    whole = _part(text, 0, len(text))
    found = _RUN_TOGETHER.match(text) if whole.is_text else None
    if not found or (found["label"] and find(found["label"]).cost >= _SURELY):
        return (whole,)
    spans = [found.span("label")] if found["label"] else []
    spans += [piece.span() for piece in _PIECE.finditer(text, found.start("figures"))]
    return tuple(_part(text, start, end) for start, end in spans)


def _part(text: str, start: int, end: int) -> _Part:
    printed = read_cell(text[start:end])
    return _Part(text[start:end], start, end, printed, printed.cell == TEXT, printed.cell == BLANK)


def _split(tokens: list[Token], table: int) -> Row:
    """Labels are the texts before the first figure; figures before the first text only number the row."""
    labels: list[Token] = []
    behind = 0  # the first token behind the last label
    figures = False
    for i, token in enumerate(tokens, 1):
        if token.is_text:
            labels.append(token)
            behind, figures = i, False
        elif not token.is_blank:
            figures = True
            if labels:
                break
    if len(labels) > 1 and _CODE.match(labels[-1].text):
        labels.pop()
    return Row(table, False, labels, tokens[behind:], figures)


def _flat_rows(table: Table, number: int) -> Iterator[Row]:
    """A table typed one cell a line: a row ends where a text follows a value."""
    rows = list(_rows_of_values(table, number))
    for end in (0, -1):
        _leave_out_numbers(rows, end)
    yield from rows


def _leave_out_numbers(rows: list[Row], end: int) -> None:
    """Takes numbers that count the rows out of their values, where these stand at one end of most."""
    numbered = [row for row in rows if len(row.values) > 1]
    counts = [value for row in numbered if (value := row.values[end].printed.value) is not None]
    in_order = sum(following - count == 1 for count, following in itertools.pairwise(counts))
    if len(counts) >= _NUMBERED and in_order >= len(numbered) * 0.8:
        for row in numbered:
            row.values.pop(end)
    coded = [row for row in rows if len(row.labels) > 1 and _CODE.match(row.labels[-1].text)]
    for row in coded if len(coded) >= _CODED else ():
        row.labels.pop()


def _rows_of_values(table: Table, number: int) -> Iterator[Row]:
    labels: list[Token] = []
    values: list[Token] = []
    for cell in sorted(table.cells, key=attrgetter("row")):
        for part in _parts_of_line(cell.text):
            token = _token(part, cell.start, 0, 1)
            if token.is_text and values:
                yield _flat_row(number, labels, values)
                labels, values = [], []
            (labels if token.is_text else values).append(token)
    yield _flat_row(number, labels, values)


def _flat_row(number: int, labels: list[Token], values: list[Token]) -> Row:
    return Row(number, True, labels, values, any(not token.is_blank for token in values))


@lru_cache(maxsize=_KEPT)
def _parts_of_line(text: str) -> tuple[_Part, ...]:
    """The text; in pieces where it holds a label with its figures, several figures or several labels."""
    whole = _part(text, 0, len(text))
    if not whole.is_text:
        return (whole,)
    parts: list[_Part] = []
    pieces = [_part(text, *piece.span()) for piece in _PIECE.finditer(text)]
    for is_text, group in itertools.groupby(pieces, key=attrgetter("is_text")):
        run = list(group)
        if is_text and _labels_in(run) < 2:
            run = [_part(text, run[0].start, run[-1].end)]
        parts += run
    return tuple(parts)


def _labels_in(run: list[_Part]) -> int:
    """How many labels of a form texts are, one by one or two together (结果 维持)."""
    pairs = (one.text + following.text for one, following in itertools.pairwise(run))
    return max(sum(is_label(part.text) for part in run), sum(map(is_label, pairs)))
