"""The cells above rows: which columns of a form they name, and which values stand below them. Not here: how heads are told from rows.

All rows under the same cells share one `Heads`, so that each question is answered once for a head and not for each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.extraction.forms_labels import Label
from pipelines.extraction.forms_layout import Token
from pipelines.extraction.forms_model import FormTable

_Layout = tuple[tuple[int, int], ...]  # column and span of each value of a row


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A cell of the head, with the label that it may be. `table` numbers the document's tables."""

    token: Token
    table: int
    flat: bool
    label: Label


@dataclass(frozen=True, slots=True)
class Below:
    """Which values of a row, by their order in it, stand below which column of the form, and which below none.

    `in_order`: each value stands below a column of its own, in the order of the form.
    """

    columns: tuple[tuple[int, tuple[int, ...]], ...]
    outside: tuple[int, ...]
    in_order: bool


@dataclass(slots=True)
class Above:
    """What the cells say of one of the forms' tables: the likeliest cell for each column, and how sure that is in sum.

    `place` is the document's table in whose grid all of them stand, None where there is none.
    """

    cells: dict[int, Head]
    texts: list[str]  # of the cells
    support: float
    place: int | None
    _below: dict[_Layout, Below | None] = field(default_factory=dict)

    def below(self, values: Sequence[Token]) -> Below | None:
        """None where nothing stands below one of the cells."""
        layout = tuple([token[3:5] for token in values])  # column and span
        if layout not in self._below:
            self._below[layout] = self._lay_out(values)
        return self._below[layout]

    def _lay_out(self, values: Sequence[Token]) -> Below | None:
        columns = tuple(
            (index, tuple(i for i, token in enumerate(values) if overlap(token, head.token)))
            for index, head in self.cells.items()
        )
        if not all(places for _, places in columns):
            return None
        covered = {i for _, places in columns for i in places}
        outside = tuple(i for i in range(len(values)) if i not in covered)
        return Below(columns, outside, columns == tuple((i, (i,)) for i in range(len(values))))


class Heads:
    """The cells above a row, in text order."""

    def __init__(self, cells: Iterable[Head] = ()) -> None:
        self.cells = tuple(cells)
        self._above: dict[FormTable, Above] = {}
        self._in_grid: dict[int, list[Head]] = {}

    def above(self, table: FormTable) -> Above:
        """What they say of the form's table."""
        if table not in self._above:
            self._above[table] = self._look(table)
        return self._above[table]

    def in_grid(self, table: int) -> list[Head]:
        """Those that stand in the grid of the document's table."""
        if table not in self._in_grid:
            self._in_grid[table] = [head for head in self.cells if head.table == table and not head.flat]
        return self._in_grid[table]

    def columns(self, table_id: str) -> set[int]:
        """Columns of the tables of that id that any of them may name."""
        return {hit.index for head in self.cells for hit in head.label.columns.get(table_id, ())}

    def _look(self, table: FormTable) -> Above:
        best: dict[int, tuple[float, Head]] = {}
        support: dict[int, float] = {}
        for head in self.cells:
            named = [hit for hit in head.label.columns.get(table.id, ()) if hit.table.columns is table.columns]
            for hit in named:
                support[hit.index] = max(support.get(hit.index, 0.0), 1 - hit.cost)
            for hit in named[:1]:
                if hit.index not in best or hit.cost < best[hit.index][0]:
                    best[hit.index] = (hit.cost, head)
        cells = {index: best[index][1] for index in sorted(best)}
        places = {None if head.flat else head.table for head in cells.values()}
        return Above(
            cells,
            [head.token.text for head in cells.values()],
            sum(support.values()),
            places.pop() if len(places) == 1 else None,
        )


def overlap(value: Token, head: Token) -> bool:
    """Whether they share a column of the grid."""
    return value.column < head.column + head.span and head.column < value.column + value.span
