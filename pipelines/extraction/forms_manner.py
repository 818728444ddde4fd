"""What all rows of a document's table tell together: where its values stand, and whether its head is to be believed.

Here: evidence; not here: the columns of a single row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipelines.extraction.forms_columns import adds_up, by_head, by_order
from pipelines.extraction.forms_layout import Token
from pipelines.extraction.forms_model import FormTable
from pipelines.extraction.forms_rows import Reading


@dataclass(frozen=True, slots=True)
class Manner:
    """`columns`: the grid's columns that all full rows have their figures in; `indices`: else their order in the row.

    `head_is_right`: the figures say that applicants stand in the head's order and not in the form's own.
    """

    columns: tuple[int, ...] = ()
    indices: tuple[int, ...] = ()
    head_is_right: bool = False

    def values(self, values: Sequence[Token], wanted: int) -> Sequence[Token]:
        """The values of a row with blank cells around or between them, as far as the full rows tell."""
        if len(values) <= wanted:
            return values
        found = [token for token in values if token.column in self.columns]
        if not self.columns and self.indices and self.indices[-1] < len(values):
            found = [values[i] for i in self.indices]
        left_out = len(found) != wanted or any(not token.is_blank and token not in found for token in values)
        return values if left_out else found


def manners(
    readings: Iterable[Reading], table_of: Callable[[Reading], FormTable | None]
) -> dict[tuple[int, str], Manner]:
    """By the document's table and the form's: what its rows tell. `table_of` gives the form's table of a row."""
    groups: dict[tuple[int, str], list[tuple[Reading, FormTable]]] = {}
    for reading in readings:
        table = table_of(reading)
        if table is not None and not table.side_by_side and not table.sheet:
            groups.setdefault((reading.row.table, table.id), []).append((reading, table))
    return {key: _manner(rows) for key, rows in groups.items()}


def _manner(rows: list[tuple[Reading, FormTable]]) -> Manner:
    columns, indices = set(), set()
    for reading, table in rows:
        figures = [i for i, token in enumerate(reading.values) if not token.is_blank]
        if len(figures) == len(table.columns):
            columns.add(tuple(reading.values[i].column for i in figures))
            indices.add(tuple(figures))
    flat = any(reading.row.flat for reading, _ in rows)
    return Manner(
        columns.pop() if len(columns) == 1 and not flat else (),
        indices.pop() if len(indices) == 1 else (),
        _trusts_head(rows),
    )


def _trusts_head(rows: list[tuple[Reading, FormTable]]) -> bool:
    """Whether the applicants' head, unlike the form's order, makes the totals sums.

    Text recognition puts heads in wrong places far more often than bodies put applicants in another order.
    """
    votes = 0
    for reading, table in rows:
        if table.has_applicants and (order := by_order(reading.values, table.columns)):
            head = by_head(reading, table)
            votes += (adds_up(head) - adds_up(order)) if head else 0
    return votes > 0
