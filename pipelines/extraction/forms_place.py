"""Which column of the form a value stands in: by the head where spans agree, by order where they do not.

Here: columns; not here: rows. A row whose values cannot be told apart is left uncoded with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.extraction.forms_labels import COLUMN, IGNORED, ROW
from pipelines.extraction.forms_layout import Token
from pipelines.extraction.forms_model import FormTable, Line, variants
from pipelines.extraction.forms_rows import Head, Reading

Cell = tuple[Token, Line, str]  # a value, its column, and the head printed above it


@dataclass(frozen=True, slots=True)
class Placed:
    """A value with its row and column; `table` None where they are not known. `head` is the column's printed head."""

    token: Token
    table: FormTable | None
    row: Line | None
    column: Line | None
    head: str = ""
    reason: str = ""


def place(reading: Reading, preferred: Sequence[str] = (), head_is_right: bool = False) -> list[Placed]:
    """The values of a row in their columns. `preferred`: forms to take where the head does not tell, best first.

    `head_is_right`: the figures say that applicants stand in the head's order and not in the form's own.
    """
    if reading.table.side_by_side:
        return _side_by_side(reading)
    if reading.line is None:
        return _uncoded(reading, "no row of the form has this label")
    if reading.table.sheet:
        return _sheet(reading, reading.table.rows[reading.line])
    for table in candidates(reading, preferred):
        by_head, by_order = _by_head(reading, table), _by_order(reading.values, table.columns)
        has_total = len({column.applicant for column in table.columns}) > 1
        found = by_order or by_head if has_total and not head_is_right else by_head or by_order
        if found:
            row = table.rows[reading.line]
            chosen = [Placed(token, table, row, column, head) for token, column, head in found]
            return chosen + _beside(reading, [p.token for p in chosen])
    return _uncoded(reading, _too_few(reading, len(reading.table.columns)))


def tables_with_right_heads(readings: Iterable[Reading]) -> set[int]:
    """The document's tables whose applicants' head, unlike the form's order, makes the totals sums.

    Text recognition puts heads in wrong places far more often than bodies put applicants in another order.
    """
    votes: dict[int, int] = {}
    for reading in readings:
        for table in candidates(reading)[:1] if not reading.table.side_by_side else ():
            by_head, by_order = _by_head(reading, table), _by_order(reading.values, table.columns)
            vote = (_adds_up(by_head) - _adds_up(by_order)) if by_head and by_order else 0
            votes[reading.row.table] = votes.get(reading.row.table, 0) + vote
    return {table for table, vote in votes.items() if vote > 0}


def heads_of(reading: Reading, table: FormTable) -> dict[int, Head]:
    """The head's cells that name columns of the table, the likeliest where two name one."""
    best: dict[int, tuple[float, Head]] = {}
    for head in reading.heads:
        for hit in head.hits:
            if hit.kind == COLUMN and hit.table.id == table.id and hit.table.columns == table.columns:
                if hit.index not in best or hit.cost < best[hit.index][0]:
                    best[hit.index] = (hit.cost, head)
                break
    return {index: head for index, (_, head) in sorted(best.items())}


def support(reading: Reading, table: FormTable) -> float:
    """How much of the table's head stands above the row."""
    hits = (h for head in reading.heads for h in head.hits if h.kind == COLUMN and h.table.id == table.id)
    best: dict[int, float] = {}
    for hit in hits:
        if hit.table.columns == table.columns:
            best[hit.index] = max(best.get(hit.index, 0.0), 1 - hit.cost)
    return sum(best.values())


def candidates(reading: Reading, preferred: Sequence[str] = ()) -> list[FormTable]:
    """The forms' tables that may be meant: those whose head is there; without a head, those that fit its values."""
    if reading.line is None:
        return []
    tables = [t for t in variants(reading.table.id) if reading.line < len(t.rows)]
    if len({t.columns for t in tables}) == 1:
        return tables[:1]
    supported = sorted((t for t in tables if support(reading, t) > 0), key=lambda t: -support(reading, t))
    if supported:
        return supported
    fitting = [t for t in tables if _by_order(reading.values, t.columns)]
    if len(fitting) > 1:
        return [t for form in preferred[:1] for t in fitting if t.form == form]
    return fitting


def _by_head(reading: Reading, table: FormTable) -> list[Cell]:
    """Values below the cells of the head; empty where head and row do not agree."""
    heads = heads_of(reading, table)
    if not heads or any(head.flat or head.table != reading.row.table for head in heads.values()):
        return []
    below = {i: [t for t in reading.values if _overlap(t, head.token)] for i, head in heads.items()}
    figures = [[t for t in tokens if not t.is_blank] for tokens in below.values()]
    shared = [t.start for tokens in figures for t in tokens]
    if not all(below.values()) or any(len(tokens) > 1 for tokens in figures) or len(shared) != len(set(shared)):
        return []
    complete = len(heads) == len(table.columns)
    outside = [t for t in reading.values if not any(t in tokens for tokens in below.values())]
    if any(not t.is_blank and not (complete and _has_head_of_its_own(reading, t)) for t in outside):
        return []
    if not complete and len(reading.values) != len(heads):
        return []
    found = []
    for i, tokens in below.items():
        token = next((t for t in tokens if not t.is_blank), tokens[0])
        found.append((token, table.columns[i], heads[i].token.text))
    return found


def _has_head_of_its_own(reading: Reading, token: Token) -> bool:
    return any(not h.hits or h.hits[0].kind == IGNORED for h in reading.heads if _overlap(token, h.token))


def _adds_up(cells: list[Cell]) -> bool:
    """Whether the applicants' total is the sum of the others; false for tables without applicants."""
    applicants = {column.applicant: token.printed.value or Decimal(0) for token, column, _ in cells}
    return len(applicants) > 1 and applicants.pop("", None) == sum(applicants.values())


def _overlap(value: Token, head: Token) -> bool:
    return value.column < head.column + head.span and head.column < value.column + value.span


def _by_order(values: Sequence[Token], columns: Sequence[Line]) -> list[Cell]:
    fitting = trim(values, len(columns))
    return [(t, column, "") for t, column in zip(fitting, columns, strict=True)] if fitting else []


def trim(values: Sequence[Token], wanted: int) -> list[Token]:
    """As many values as wanted, without blank cells that merging left at the ends; empty where there are too few."""
    values = list(values)
    figures = [t for t in values if not t.is_blank]
    if len(values) > wanted and len(figures) == wanted:
        return figures
    while len(values) > wanted and values[0].is_blank:
        values.pop(0)
    while len(values) > wanted and values[-1].is_blank:
        values.pop()
    return values if len(values) == wanted else []


def _beside(reading: Reading, chosen: list[Token]) -> list[Placed]:
    """Figures in columns that the form does not have."""
    found = []
    for token in reading.values:
        if token not in chosen and token.printed.value is not None:
            head = _above(reading, token)
            reason = "the form has no such column" + (f": {head}" if head else "")
            found.append(Placed(token, None, None, None, head, reason))
    return found


def _above(reading: Reading, token: Token) -> str:
    over = [
        h.token.text for h in reading.heads if h.table == reading.row.table and not h.flat and _overlap(token, h.token)
    ]
    return over[-1] if over else ""


def _sheet(reading: Reading, row: Line) -> list[Placed]:
    """A sheet's figure; one for each part of the body where the head names parts."""
    table = reading.table
    columns = [h for h in reading.heads if h.table == reading.row.table and not h.flat]
    whole = [h for h in columns if any(x.kind == COLUMN and x.table.sheet for x in h.hits)]
    named = [h for h in columns if h.hits and h not in whole]
    right = max((h.token.column for h in named), default=-1)
    parts = [h for h in columns if not h.hits and h.token.column > right]
    if len(whole) + len(parts) > 1:
        found = [(t, h) for h in (*whole, *parts) for t in reading.values if _overlap(t, h.token)]
        return [Placed(t, table, row, table.columns[0], "" if h in whole else h.token.text) for t, h in found]
    below = [t for h in whole for t in reading.values if _overlap(t, h.token)] or trim(reading.values, 1)
    if len(below) != 1:
        return _uncoded(reading, "several figures stand beside the label, and the head does not tell them apart")
    return [Placed(below[0], table, row, table.columns[0])]


def _side_by_side(reading: Reading) -> list[Placed]:
    """One row of figures under the heads of all rows; or a row for each of them; or a figure a row."""
    table = variants(reading.table.id)[0]
    columns, width = table.columns, len(table.columns)
    if reading.line is not None and len(reading.values) == 1 and len(reading.heads) == 1:
        (index, head), *_ = heads_of(reading, table).items()
        return [Placed(reading.values[0], table, table.rows[reading.line], columns[index], head.token.text)]
    blocks = list(_blocks(reading)) if reading.line is None else [reading.line]
    for rows in ([*range(len(table.rows))], blocks):
        values = trim(reading.values, width * len(rows)) if rows else []
        if values:
            cells = [(table.rows[row], column) for row in rows for column in columns]
            return [Placed(t, table, row, column) for t, (row, column) in zip(values, cells, strict=True)]
    return _uncoded(reading, _too_few(reading, width * len(table.rows)))


def _blocks(reading: Reading) -> Iterator[int]:
    """The rows whose columns the head shows, in its order."""
    seen: set[int] = set()
    for head in reading.heads:
        for hit in head.hits[:1]:
            if hit.kind == ROW and hit.table.id == reading.table.id and hit.index not in seen:
                seen.add(hit.index)
                yield hit.index


def _too_few(reading: Reading, columns: int) -> str:
    return f"the row prints {len(reading.values)} values and the form has {columns} columns, so theirs are not known"


def _uncoded(reading: Reading, reason: str) -> list[Placed]:
    figures = (token for token in reading.values if token.printed.value is not None)
    return [Placed(token, None, None, None, _above(reading, token), reason) for token in figures]
