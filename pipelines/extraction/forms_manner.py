"""What all rows of a document's table tell together: where its values stand, and whether its head is to be believed.

Here: evidence; not here: the columns of a single row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from pipelines.extraction.forms_columns import adds_up, by_head, by_order, is_in_order
from pipelines.extraction.forms_layout import Token
from pipelines.extraction.forms_model import FormTable
from pipelines.extraction.forms_rows import Reading

_Rows = Sequence[tuple[Reading, FormTable]]


class Manner:
    """The manner of rows that stand in one table, each with the form's table that it belongs to; looked at when asked for."""

    def __init__(self, rows: _Rows = ()) -> None:
        self._rows = rows

    def values(self, values: Sequence[Token], wanted: int) -> Sequence[Token]:
        """The values of a row with blank cells around or between them, as far as the full rows tell."""
        if len(values) <= wanted:
            return values
        columns, indices = self._places
        found = [token for token in values if token.column in columns]
        if not columns and indices and indices[-1] < len(values):
            found = [values[i] for i in indices]
        left_out = len(found) != wanted or any(not token.is_blank and token not in found for token in values)
        return self._without_padding(values, wanted) if left_out else found

    def _without_padding(self, values: Sequence[Token], wanted: int) -> Sequence[Token]:
        """Without the blank cells at the end where no row with as many has a figure in them, but some have before them."""
        first, last = self._extents.get(len(values), (0, len(values) - 1))
        at_front, at_end = first >= len(values) - wanted, last < wanted
        if at_front == at_end:
            at_front, at_end = self._padded_at_front, not self._padded_at_front
        return values[:wanted] if at_end and last < wanted else values

    @cached_property
    def _padded_at_front(self) -> bool:
        """Whether more rows can have their padding only before their figures than only behind them, where rows have columns."""
        votes = -any(reading.row.flat for reading, _ in self._rows)
        for length, (first, last) in self._extents.items():
            wanted = len(self._rows[0][1].columns)
            votes += (first >= length - wanted) - (last < wanted) if length > wanted else 0
        return votes >= 0

    @cached_property
    def _extents(self) -> dict[int, tuple[int, int]]:
        """By the number of their values: the first and the last place in which rows have figures."""
        extents: dict[int, tuple[int, int]] = {}
        for reading, _ in self._rows:
            figures = [i for i, token in enumerate(reading.values) if not token.is_blank]
            if figures:
                length = len(reading.values)
                first, last = extents.get(length, (figures[0], figures[-1]))
                extents[length] = min(first, figures[0]), max(last, figures[-1])
        return extents

    @cached_property
    def _places(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The grid's columns that all full rows have their figures in; and their order in the row; empty where rows differ."""
        columns, indices = set(), set()
        for reading, table in self._rows:
            figures = [i for i, token in enumerate(reading.values) if not token.is_blank]
            if len(figures) == len(table.columns):
                columns.add(tuple(reading.values[i].column for i in figures))
                indices.add(tuple(figures))
        flat = any(reading.row.flat for reading, _ in self._rows)
        return columns.pop() if len(columns) == 1 and not flat else (), indices.pop() if len(indices) == 1 else ()

    @cached_property
    def head_is_right(self) -> bool:
        """Whether the applicants' head, unlike the form's order, makes the totals sums.

        Text recognition puts heads in wrong places far more often than bodies put applicants in another order.
        """
        votes = 0
        for reading, table in self._rows:
            if not table.has_applicants or is_in_order(reading, table):
                continue
            head, order = by_head(reading, table), by_order(reading.values, table.columns)
            votes += (adds_up(head) - adds_up(order)) if head and order else 0
        return votes > 0


def manners(
    readings: Iterable[Reading], table_of: Callable[[Reading], FormTable | None]
) -> dict[tuple[int, str], Manner]:
    """By the document's table and the form's: what its rows tell. `table_of` gives the form's table of a row."""
    groups: dict[tuple[int, str], list[tuple[Reading, FormTable]]] = {}
    for reading in readings:
        table = table_of(reading)
        if table is not None and not table.side_by_side and not table.sheet:
            groups.setdefault((reading.row.table, table.id), []).append((reading, table))
    return {key: Manner(rows) for key, rows in groups.items()}
