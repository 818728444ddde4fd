"""The values of a row in a table's columns: below the head's cells, or one after the other. Not here: which is right."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

from pipelines.extraction.forms_heads import Above, Below, overlap
from pipelines.extraction.forms_labels import IGNORED
from pipelines.extraction.forms_layout import Token
from pipelines.extraction.forms_model import FormTable, Line
from pipelines.extraction.forms_rows import Reading

Cell = tuple[Token, Line, str]  # a value, its column, and the head printed above it


def by_head(reading: Reading, table: FormTable) -> list[Cell]:
    """Values below the cells of the head; empty where head and row do not agree."""
    above, below = _below(reading, table)
    if below is None:
        return []
    values, columns = reading.values, table.columns
    complete = len(above.cells) == len(columns)
    if complete and below.in_order:
        return list(zip(values, columns, above.texts, strict=True))
    figures = [_filled(values, places) for _, places in below.columns]
    flat = [i for places in figures for i in places]
    if any(len(places) > 1 for places in figures) or len(flat) != len(set(flat)):
        return []
    outside = [values[i] for i in below.outside if not values[i].is_blank]
    if any(not (complete and _has_head_of_its_own(reading, token)) for token in outside):
        return []
    if not complete and len(values) != len(above.cells):
        return []
    shown = [(filled or places)[0] for filled, (_, places) in zip(figures, below.columns, strict=True)]
    return [(values[i], columns[c], above.cells[c].token.text) for i, (c, _) in zip(shown, below.columns, strict=True)]


def _filled(values: Sequence[Token], places: Sequence[int]) -> list[int]:
    """The figures below a cell of the head; one where a merged cell is printed in each of its columns."""
    filled = [i for i in places if not values[i].is_blank]
    repeated = len(filled) == len(places) and len({values[i].text for i in filled}) == 1
    return filled[:1] if repeated else filled


def is_in_order(reading: Reading, table: FormTable) -> bool:
    """Whether the values stand below the cells of the head one by one as the form has its columns."""
    above, below = _below(reading, table)
    return below is not None and below.in_order and len(above.cells) == len(table.columns)


def _below(reading: Reading, table: FormTable) -> tuple[Above, Below | None]:
    above = reading.heads.above(table)
    stands = above.cells and above.place == reading.row.table
    return above, above.below(reading.values) if stands else None


def _has_head_of_its_own(reading: Reading, token: Token) -> bool:
    return any(
        not head.label.hits or head.label.hits[0].kind == IGNORED
        for head in reading.heads.cells
        if overlap(token, head.token)
    )


def adds_up(cells: list[Cell]) -> bool:
    """Whether the applicants' total is the sum of the others; false for tables without applicants."""
    applicants = {column.applicant: token.printed.value or Decimal(0) for token, column, _ in cells}
    return len(applicants) > 1 and applicants.pop("", None) == sum(applicants.values())


def by_order(values: Sequence[Token], columns: Sequence[Line], flat: bool = False) -> list[Cell]:
    """The values in the columns' order; empty where there are not as many. `flat`: cells that merging left stand at the end."""
    return list(zip(trim(values, len(columns), (-1, 0) if flat else (0, -1)), columns, itertools.repeat("")))


def trim(values: Sequence[Token], wanted: int, ends: Sequence[int] = (0, -1)) -> Sequence[Token]:
    """As many values as wanted, without blank cells that merging left at the ends; empty where there are too few.

    `ends`: which end is cut first, 0 the front and -1 the back.
    """
    if len(values) <= wanted:
        return values if len(values) == wanted else []
    figures = [t for t in values if not t.is_blank]
    if len(figures) == wanted:
        return figures
    values = list(values)
    for end in ends:
        while len(values) > wanted and values[end].is_blank:
            values.pop(end)
    return values if len(values) == wanted else []
