"""The values of a row in a table's columns: below the head's cells, or one after the other. Not here: which is right."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.extraction.forms_labels import COLUMN, IGNORED
from pipelines.extraction.forms_layout import Token
from pipelines.extraction.forms_model import FormTable, Line
from pipelines.extraction.forms_rows import Head, Reading

Cell = tuple[Token, Line, str]  # a value, its column, and the head printed above it


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


def by_head(reading: Reading, table: FormTable) -> list[Cell]:
    """Values below the cells of the head; empty where head and row do not agree."""
    heads = heads_of(reading, table)
    if not heads or any(head.flat or head.table != reading.row.table for head in heads.values()):
        return []
    below = {i: [t for t in reading.values if overlap(t, head.token)] for i, head in heads.items()}
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
    return any(not h.hits or h.hits[0].kind == IGNORED for h in reading.heads if overlap(token, h.token))


def adds_up(cells: list[Cell]) -> bool:
    """Whether the applicants' total is the sum of the others; false for tables without applicants."""
    applicants = {column.applicant: token.printed.value or Decimal(0) for token, column, _ in cells}
    return len(applicants) > 1 and applicants.pop("", None) == sum(applicants.values())


def overlap(value: Token, head: Token) -> bool:
    return value.column < head.column + head.span and head.column < value.column + value.span


def by_order(values: Sequence[Token], columns: Sequence[Line]) -> list[Cell]:
    fitting = trim(values, len(columns))
    return [(t, column, "") for t, column in zip(fitting, columns, strict=True)] if fitting else []


def trim(values: Sequence[Token], wanted: int, ends: Sequence[int] = (0, -1)) -> list[Token]:
    """As many values as wanted, without blank cells that merging left at the ends; empty where there are too few.

    `ends`: which end is cut first, 0 the front and -1 the back.
    """
    values = list(values)
    figures = [t for t in values if not t.is_blank]
    if len(values) > wanted and len(figures) == wanted:
        return figures
    for end in ends:
        while len(values) > wanted and values[end].is_blank:
            values.pop(end)
    return values if len(values) == wanted else []
