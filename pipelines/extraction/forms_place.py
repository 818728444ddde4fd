"""Which column of the form a value stands in: by the head where spans agree, by order where they do not.

Here: columns; not here: rows. A row whose values cannot be told apart is left uncoded with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipelines.extraction.forms_columns import Cell, by_head, by_order, trim
from pipelines.extraction.forms_heads import Head, overlap
from pipelines.extraction.forms_labels import ROW
from pipelines.extraction.forms_layout import Token
from pipelines.extraction.forms_manner import Manner
from pipelines.extraction.forms_model import FormTable, Line, variants, variants_with
from pipelines.extraction.forms_rows import Reading
from pipelines.extraction.forms_time import BEFORE, CHANGE, PORTION, RUNNING, TOTAL, YEAR, meaning

_UNKNOWN = Manner()


class Placed(NamedTuple):
    """Values of one row of a form, each with its column and the head printed above it."""

    table: FormTable
    row: Line
    cells: Sequence[Cell]


class Unplaced(NamedTuple):
    """A figure of which row or column are not known; `head` is printed above it."""

    token: Token
    head: str
    reason: str


def place(reading: Reading, preferred: Sequence[str] = (), manner: Manner = _UNKNOWN) -> list[Placed | Unplaced]:
    """The values of a row in their columns. `preferred`: forms to take where the head does not tell, best first."""
    if reading.table.side_by_side:
        return _side_by_side(reading)
    if reading.line is None:
        return _unplaced(reading, "no row of the form has this label")
    if reading.table.sheet:
        return _sheet(reading, reading.table.rows[reading.line])
    for table in candidates(reading, preferred):
        found = _columns(reading, table, manner)
        if found:
            return [Placed(table, table.rows[reading.line], found), *_beside(reading, found)]
    return _unplaced(reading, _too_few(reading, len(reading.table.columns)))


def _columns(reading: Reading, table: FormTable, manner: Manner) -> list[Cell]:
    """By the head; applicants by the form's order if that is sure, since their head is misread more often than moved."""
    wanted = len(table.columns)
    values = manner.values(reading.values, wanted)
    ordered = by_order(values, table.columns, reading.row.flat)
    sure = len(values) == wanted or sum(not token.is_blank for token in values) == wanted
    if ordered and sure and table.has_applicants and not manner.head_is_right:
        return ordered
    return by_head(reading, table) or ordered


def candidates(reading: Reading, preferred: Sequence[str] = ()) -> Sequence[FormTable]:
    """The forms' tables that may be meant: those whose head is there; without a head, those that fit its values."""
    if reading.line is None:
        return []
    tables = variants_with(reading.table.id, reading.line)
    if len(tables) == 1:
        return tables
    above = reading.heads.above
    supported = sorted((t for t in tables if above(t).support > 0), key=lambda t: -above(t).support)
    if supported:
        return supported
    fitting = [t for t in tables if trim(reading.values, len(t.columns))]
    if len(fitting) > 1:
        return [t for form in preferred[:1] for t in fitting if t.form == form]
    return fitting


def _beside(reading: Reading, cells: list[Cell]) -> Iterator[Unplaced]:
    """Figures in columns that the form does not have."""
    chosen = [token for token, _, _ in cells]
    for token in reading.values if reading.values != chosen else ():
        if token.printed.value is not None and token not in chosen and not _repeats(reading, token, chosen):
            head = _above(reading, token)
            yield Unplaced(token, head, "the form has no such column" + (f": {head}" if head else ""))


def _repeats(reading: Reading, token: Token, chosen: Sequence[Token]) -> bool:
    """Whether it is one of the chosen printed again, below the same cell of the head: a merged cell in each of its columns."""
    alike = [t for t in chosen if t.text == token.text]
    heads = [h.token for h in reading.heads.in_grid(reading.row.table) if overlap(token, h.token)] if alike else []
    return any(overlap(t, head) for t in alike for head in heads[-1:])


def _above(reading: Reading, token: Token) -> str:
    over = (h.token.text for h in reversed(reading.heads.in_grid(reading.row.table)) if overlap(token, h.token))
    return next(over, "")


def _sheet(reading: Reading, row: Line) -> list[Placed | Unplaced]:
    """A sheet's figure; one for each part of the body where the head names parts."""
    table = reading.table
    columns = reading.heads.in_grid(reading.row.table)
    whole = [h for h in columns if table.id in h.label.columns]
    named = [h for h in columns if h.label.hits and table.id not in h.label.columns]
    right = max((h.token.column for h in named), default=-1)
    parts = [h for h in columns if not h.label.hits and h.token.column > right]
    heads = [*whole, *parts] or _flat_times(reading)
    if len(heads) > 1:
        return list(_by_time_or_part(reading, row, heads))
    below = [t for h in whole for t in reading.values if overlap(t, h.token)] or trim(reading.values, 1)
    if len(below) != 1:
        return _unplaced(reading, "several figures stand beside the label, and the head does not tell them apart")
    return [Placed(table, row, [(below[0], table.columns[0], "")])]


def _flat_times(reading: Reading) -> list[Head]:
    """The heads of a sheet typed one cell a line that tell times apart, if a row has a figure for each of them."""
    heads = [head for head in reading.heads.cells if head.flat and meaning(head.token.text)]
    return heads if len(heads) == len(reading.values) else []


def _by_time_or_part(reading: Reading, row: Line, heads: Sequence[Head]) -> Iterator[Placed | Unplaced]:
    """Figures of several times, of several parts of the body, or of the body and its parts."""
    table, column = reading.table, reading.table.columns[0]
    times = {head: meaning(head.token.text) for head in heads}
    has_year = any(time == YEAR or time.isdigit() for time in times.values())
    for i, head in enumerate(heads):
        time, text = times[head], head.token.text
        under = [reading.values[i]] if head.flat else [t for t in reading.values if overlap(t, head.token)]
        if time == CHANGE or (time == PORTION and has_year):
            yield from (
                Unplaced(t, text, f"not the year's count: {text}") for t in under if t.printed.value is not None
            )
            continue
        when = RUNNING if time == TOTAL and has_year else time if time in (RUNNING, BEFORE) or time.isdigit() else ""
        is_part = not time and table.id not in head.label.columns
        dated = replace(column, label=text, when=when) if when else column
        yield Placed(table, row, [(t, dated, text if is_part else "") for t in under])


def _side_by_side(reading: Reading) -> list[Placed | Unplaced]:
    """One row of figures under the heads of all rows; or a row for each of them; or a figure a row."""
    table = variants(reading.table.id)[0]
    columns, width = table.columns, len(table.columns)
    named = reading.heads.above(table).cells
    if named and reading.line is not None and len(reading.values) == 1 and len(reading.heads.cells) == 1:
        index, head = next(iter(named.items()))
        return [Placed(table, table.rows[reading.line], [(reading.values[0], columns[index], head.token.text)])]
    blocks = list(_blocks(reading)) if reading.line is None else [reading.line]
    for rows in ([*range(len(table.rows))], blocks):
        values = trim(_under_heads(reading, width * len(rows)), width * len(rows), (-1, 0)) if rows else []
        if values:
            parts = (values[place : place + width] for place in range(0, len(values), width))
            return [Placed(table, table.rows[row], by_order(p, columns)) for row, p in zip(rows, parts, strict=True)]
    return _unplaced(reading, _too_few(reading, width * len(table.rows)))


def _under_heads(reading: Reading, wanted: int) -> list[Token]:
    """The values of an unlabelled row without the padding before the first head, as far as enough are left."""
    heads = reading.heads.in_grid(reading.row.table) if not reading.labels else []
    first = min((head.token.column for head in heads), default=0)
    found = [t for t in reading.values if t.column >= first or not t.is_blank]
    return found if len(found) >= wanted else reading.values


def _blocks(reading: Reading) -> Iterator[int]:
    """The rows whose columns the head shows, in its order."""
    seen: set[int] = set()
    for head in reading.heads.cells:
        for hit in head.label.hits[:1]:
            if hit.kind == ROW and hit.table.id == reading.table.id and hit.index not in seen:
                seen.add(hit.index)
                yield hit.index


def _too_few(reading: Reading, columns: int) -> str:
    return f"the row prints {len(reading.values)} values and the form has {columns} columns, so theirs are not known"


def _unplaced(reading: Reading, reason: str) -> list[Placed | Unplaced]:
    figures = (token for token in reading.values if token.printed.value is not None)
    return [Unplaced(token, _above(reading, token), reason) for token in figures]
