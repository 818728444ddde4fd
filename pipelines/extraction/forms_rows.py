"""Rows of a document's tables, each with the row of a form that its label names. Not here: columns of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.extraction.forms_heads import Head, Heads
from pipelines.extraction.forms_labels import COLUMN, ELSEWHERE, HEAD, IGNORED, TITLE, Hit, Label, find, numbering
from pipelines.extraction.forms_layout import Row, Token
from pipelines.extraction.forms_model import FormTable, Line
from pipelines.extraction.forms_time import meaning

_UNITS = frozenset(["--", "万元", "亿元", "人次", *"件条次篇个人元份期场家名项宗起部"])
_DISPUTED = 0.1  # difference in cost below which two labels may equally be meant
_PROSE = 40  # characters of a text without figures from which on it is no label
_JOINED = 4  # lines of a label that is typed over several


@dataclass(slots=True)
class Reading:
    """A row with values. `line` counts the rows of `table`, None where the label names none of them."""

    table: FormTable
    line: int | None
    cost: float
    labels: Sequence[Token]
    values: list[Token]
    heads: Heads
    row: Row
    used: list[tuple[int, int]]  # places of the text that this row and its heads take up
    titled: bool  # stands under the title of its table
    label: str
    reason: str = ""  # why it is not coded

    @property
    def official(self) -> Line | None:
        return None if self.line is None else self.table.rows[self.line]

    @property
    def is_blank(self) -> bool:
        return not self.row.has_figures


class _Item(NamedTuple):
    """A label as found: one text, or several lines of one."""

    tokens: Sequence[Token]
    label: Label


class RowReader:
    """Follows a document's rows: which table of which form they are in, under which head."""

    def __init__(self) -> None:
        self._table: FormTable | None = None
        self._line = -1  # the row of it that was read last
        self._place = -1  # the document's table that it was read in
        self._titled = ""
        self._heads: list[Head] = []
        self._shared: Heads | None = None  # the same, for the rows below them
        self._heads_are_used = False
        self._figures_are_bare = False  # those under its heads stand behind no label
        self._pending: list[tuple[int, int]] = []  # heads that no row with values has followed yet

    def read(self, rows: Iterable[Row]) -> Iterator[Reading]:
        """A reading for each row with values that belongs to a form, in text order."""
        for row in rows:
            items = self._items(row)
            if row.flat and row.values and items:  # labels of head and row stand in one run; the last is the row's
                self._take_head(items[:-1], row)
                items = items[-1:]
            if not row.values or (items and not row.has_figures and self._is_head(items, row)):
                self._take_head(items, row)
            elif items:
                yield from self._data(items[:-1], items[-1], row)
            else:
                yield from self._unlabelled(row, [])

    def _items(self, row: Row) -> list[_Item]:
        tokens = [token for token in row.labels if token.text not in _UNITS]
        if not row.flat:
            return [_Item((token,), find(token.text)) for token in tokens]
        items: list[_Item] = []
        place = 0
        while place < len(tokens):
            joined = 1 if meaning(tokens[place].text) else min(_JOINED, len(tokens) - place)
            parts = [tokens[place : place + n] for n in range(1, joined + 1)]
            found = [_Item(part, find("".join([token.text for token in part]))) for part in parts]
            item = min(found, key=lambda item: (item.label.cost, len(item.tokens)))
            items.append(item)
            place += len(item.tokens)
        return items

    def _is_head(self, items: list[_Item], row: Row) -> bool:
        """Whether labels without figures are a head, not a row whose cells are all blank."""
        if row.flat and self._table and self._table.side_by_side and items[-1].label.is_outcome:
            return len(row.values) < len(self._table.columns)
        if any(TITLE in item.label.kinds or item.label.names_column for item in items):
            return True
        last = self._row_hit(items[-1])
        if last is None:
            return any(not item.label.kinds.isdisjoint((COLUMN, HEAD, IGNORED)) for item in items)
        if last.table.side_by_side:
            heads = (head for head in self._heads if head.table == row.table)
            return self._figures_are_bare or not any(head.label.may_be_outcome for head in heads)
        reading = self._table is not None and self._table.id == last.table.id and self._line >= 0
        return COLUMN in items[-1].label.kinds and not reading

    def _take_head(self, items: list[_Item], row: Row) -> None:
        known = [item for item in items if item.label.hits]
        if not known:
            if any(len(item.tokens[0].text) > _PROSE for item in items):
                self._pending, self._place = [], -1
            return
        kept = [self._take_label(item, row) for item in items]
        if not row.flat:  # a label that opened its table has dropped those to its left
            self._heads += [head for head in kept if head not in self._heads[-len(kept) :]]
        self._pending.append((known[0].tokens[0].start, items[-1].tokens[-1].end))

    def _take_label(self, item: _Item, row: Row) -> Head:
        """A label without values. A title opens its table, as does a label that only one has; any may name a column."""
        tables, kinds = item.label.tables, item.label.kinds
        if TITLE in kinds and len(tables) != 1:
            self._enter(None)
        elif len(tables) == 1:
            (table,) = tables.values()
            if self._table is None or self._table.id != table.id or TITLE in kinds:
                self._enter(table)
            self._titled = table.id if TITLE in kinds else self._titled
        if self._heads_are_used and (COLUMN in kinds or (self._table and self._table.side_by_side)):
            self._heads, self._heads_are_used = [], False
        head = Head(item.tokens[0], row.table, row.flat, item.label)
        self._heads.append(head)
        self._shared = None
        return head

    def _enter(self, table: FormTable | None) -> None:
        self._table, self._line, self._titled, self._figures_are_bare = table, -1, "", False
        self._heads, self._heads_are_used, self._shared = [], False, None

    def _row_hit(self, item: _Item) -> Hit | None:
        """The row of a form that the label names: of the table being read if it can be, and the next such row of it."""
        hits = item.label.rows
        if not hits:
            return None
        current = self._table.id if self._table else ""

        def rank(hit: Hit) -> tuple[float, bool, int]:
            here = hit.table.id == current
            return hit.cost + (0 if here else ELSEWHERE), not (here and hit.index > self._line), hit.index

        best = min(hits, key=rank)
        return best if not best.cost else _undisputed(item, [(hit, rank(hit)[0]) for hit in sorted(hits, key=rank)])

    def _data(self, before: list[_Item], last: _Item, row: Row) -> Iterator[Reading]:
        blocks = [hit for item in before if (hit := self._row_hit(item)) and hit.table.side_by_side]
        if blocks and last.label.is_outcome and self._table is not blocks[-1].table:
            self._enter(blocks[-1].table)
        if self._table and self._table.side_by_side and last.label.is_outcome:
            yield from self._outcome(before, last, row)
            return
        hit = self._row_hit(last)
        if hit is None and before and not last.label.hits:
            earlier = self._row_hit(before[-1])
            if earlier and not earlier.table.rows[earlier.index].group:
                last, hit = before[-1], earlier  # a remark stands between label and figures
        if hit is None:
            yield from self._unlabelled(row, last.tokens)
        elif hit.table.rows[hit.index].heading:
            self._table, self._line, self._place = hit.table, hit.index, row.table
        else:
            if self._table is None or hit.table.id != self._table.id:
                self._titled = ""
            self._table, self._line = hit.table, hit.index
            yield self._reading(hit.table, hit.index, hit.cost, last.tokens, row)

    def _outcome(self, before: list[_Item], last: _Item, row: Row) -> Iterator[Reading]:
        """Figures behind 总计, the end of a head; or cases listed downwards: 行政复议, 结果维持, 72."""
        assert self._table is not None
        blocks = [hit for item in before if (hit := self._row_hit(item)) and hit.table.id == self._table.id]
        self._line = blocks[-1].index if blocks else self._line
        if len(row.values) > 1:
            self._take_label(last, row)
            yield self._reading(self._table, None, 0.0, [], row)
        elif self._line >= 0:
            reading = self._reading(self._table, self._line, 0.0, last.tokens, row)
            reading.heads = Heads([Head(last.tokens[0], -1, True, last.label)])
            yield reading

    def _unlabelled(self, row: Row, labels: Sequence[Token]) -> Iterator[Reading]:
        """Values behind no label, or behind one that no form has."""
        if self._table is None:
            return
        if self._table.side_by_side and self._heads:
            self._figures_are_bare = True
            yield self._reading(self._table, None, 0.0, labels, row)
        elif row.table == self._place:
            yield self._reading(self._table, None, 1.0, labels, row)

    def _reading(self, table: FormTable, line: int | None, cost: float, labels: Sequence[Token], row: Row) -> Reading:
        tokens = [*(labels if row.flat else row.labels), *row.values]
        used = [*self._pending, (min([token.start for token in tokens]), row.values[-1].end)]
        self._pending, self._heads_are_used, self._place = [], True, row.table
        if self._shared is None:
            self._shared = Heads(self._heads)
        text, titled = "".join([token.text for token in labels]), self._titled == table.id
        return Reading(table, line, cost, labels, row.values, self._shared, row, used, titled, text)


def _undisputed(item: _Item, ranked: list[tuple[Hit, float]]) -> Hit | None:
    """The first hit, unless a misprint may as well be another label: then the one with its number, or none."""

    def label(hit: Hit) -> str:
        return hit.table.rows[hit.index].label

    best, cost = ranked[0]
    rivals = [(hit, c) for hit, c in ranked if c <= cost + _DISPUTED and label(hit) != label(best)]
    if not rivals:
        return best
    number = numbering(item.tokens[0].text)
    same = [hit for hit, c in ranked if c <= cost + _DISPUTED and numbering(label(hit)) == number]
    if len({label(hit) for hit in same}) == 1:
        return same[0]
    return best if rivals[0][1] > cost + _DISPUTED / 2 else None
