"""Rows of a document's tables, each with the row of a form that its label names. Not here: columns of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipelines.extraction.forms_labels import COLUMN, HEAD, IGNORED, ROW, TITLE, Hit, find, numbering
from pipelines.extraction.forms_layout import Row, Token
from pipelines.extraction.forms_model import FormTable, Line

_UNITS = frozenset(["--", "万元", "亿元", "人次", *"件条次篇个人元份期场家名项宗起部"])
_ELSEWHERE = 0.35  # what a label of another table costs more than one of the table that is being read
_DISPUTED = 0.1  # difference in cost below which two labels may equally be meant
_PROSE = 40  # characters of a text without figures from which on it is no label
_JOINED = 4  # lines of a label that is typed over several


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of the head, with the labels that it may be."""

    token: Token
    table: int
    flat: bool
    hits: tuple[Hit, ...]


@dataclass(slots=True)
class Reading:
    """A row with values. `line` counts the rows of `table`, None where the label names none of them."""

    table: FormTable
    line: int | None
    cost: float
    labels: list[Token]
    values: list[Token]
    heads: list[Head]
    row: Row
    used: list[tuple[int, int]] = field(default_factory=list)  # places of the text that this row and its heads take up
    titled: bool = False  # stands under the title of its table
    reason: str = ""  # why it is not coded

    @property
    def label(self) -> str:
        return "".join(token.text for token in self.labels)

    @property
    def official(self) -> Line | None:
        return None if self.line is None else self.table.rows[self.line]

    @property
    def is_blank(self) -> bool:
        return all(token.is_blank for token in self.values)


@dataclass(slots=True)
class _Item:
    """A label as found: one text, or several lines of one."""

    tokens: list[Token]
    hits: tuple[Hit, ...]

    def best(self, *kinds: str) -> Hit | None:
        """The cheapest label of these kinds, if no label of another kind is cheaper."""
        found = [hit for hit in self.hits if hit.kind in kinds]
        return found[0] if found and found[0].cost <= self.hits[0].cost else None

    @property
    def names_column(self) -> bool:
        """Whether it heads a column and can be no row."""
        return self.best(COLUMN) is not None and self.best(ROW) is None

    @property
    def is_outcome(self) -> bool:
        return any(hit.kind == COLUMN and hit.table.side_by_side and not hit.cost for hit in self.hits)


class RowReader:
    """Follows a document's rows: which table of which form they are in, under which head."""

    def __init__(self) -> None:
        self._table: FormTable | None = None
        self._line = -1  # the row of it that was read last
        self._place = -1  # the document's table that it was read in
        self._titled = ""
        self._heads: list[Head] = []
        self._heads_are_used = False
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
        items: list[_Item] = []
        while tokens:
            parts = [tokens[:n] for n in range(1, min(_JOINED if row.flat else 1, len(tokens)) + 1)]
            found = [_Item(part, find("".join(t.text for t in part))) for part in parts]
            item = min(found, key=lambda i: (i.hits[0].cost if i.hits else 1, len(i.tokens)))
            items.append(item)
            tokens = tokens[len(item.tokens) :]
        return items

    def _is_head(self, items: list[_Item], row: Row) -> bool:
        """Whether labels without figures are a head, not a row whose cells are all blank."""
        if row.flat and self._table and self._table.side_by_side and items[-1].is_outcome:
            return len(row.values) < len(self._table.columns)
        last = self._row_hit(items[-1])
        if any(item.best(TITLE) for item in items) or any(item.names_column for item in items):
            return True
        if last is None:
            return any(item.best(COLUMN, HEAD, IGNORED) for item in items)
        if last.table.side_by_side:
            return not any(hit.kind == COLUMN and hit.table.side_by_side for head in self._heads for hit in head.hits)
        reading = self._table is not None and self._table.id == last.table.id and self._line >= 0
        return bool(items[-1].best(COLUMN)) and not reading

    def _take_head(self, items: list[_Item], row: Row) -> None:
        known = [item for item in items if item.hits]
        if not known:
            if any(len(item.tokens[0].text) > _PROSE for item in items):
                self._pending, self._place = [], -1
            return
        for item in items:
            self._take_label(item, row)
        if not row.flat:  # a label that opened its table has dropped those to its left
            heads = [Head(item.tokens[0], row.table, False, item.hits) for item in items]
            self._heads += [head for head in heads if head not in self._heads]
        self._pending.append((known[0].tokens[0].start, items[-1].tokens[-1].end))

    def _take_label(self, item: _Item, row: Row) -> None:
        """A label without values. A title opens its table, as does a label that only one has; any may name a column."""
        places = {hit.table.id: hit.table for hit in item.hits if hit.cost == item.hits[0].cost < _ELSEWHERE}
        if item.best(TITLE) and len(places) != 1:
            self._enter(None)
        elif len(places) == 1:
            (table,) = places.values()
            if self._table is None or self._table.id != table.id or item.best(TITLE):
                self._enter(table)
            self._titled = table.id if item.best(TITLE) else self._titled
        if self._heads_are_used and (item.best(COLUMN) or (self._table and self._table.side_by_side)):
            self._heads, self._heads_are_used = [], False
        self._heads.append(Head(item.tokens[0], row.table, row.flat, item.hits))

    def _enter(self, table: FormTable | None) -> None:
        self._table, self._line, self._titled = table, -1, ""
        self._heads, self._heads_are_used = [], False

    def _row_hit(self, item: _Item) -> Hit | None:
        """The row of a form that the label names: of the table being read if it can be, and the next such row of it."""
        current = self._table.id if self._table else ""

        def rank(hit: Hit) -> tuple[float, bool, int]:
            here = hit.table.id == current
            return hit.cost + (0 if here else _ELSEWHERE), not (here and hit.index > self._line), hit.index

        hits = sorted((hit for hit in item.hits if hit.kind == ROW), key=rank)
        if not hits:
            return None
        return _undisputed(item, [(hit, rank(hit)[0]) for hit in hits])

    def _data(self, before: list[_Item], last: _Item, row: Row) -> Iterator[Reading]:
        blocks = [hit for item in before if (hit := self._row_hit(item)) and hit.table.side_by_side]
        if blocks and last.is_outcome and self._table is not blocks[-1].table:
            self._enter(blocks[-1].table)
        if self._table and self._table.side_by_side and last.is_outcome:
            yield from self._outcome(before, last, row)
            return
        hit = self._row_hit(last)
        if hit is None and before and not last.hits:
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
            reading.heads = [Head(last.tokens[0], -1, True, last.hits)]
            yield reading

    def _unlabelled(self, row: Row, labels: list[Token]) -> Iterator[Reading]:
        """Values behind no label, or behind one that no form has."""
        if self._table is None:
            return
        if self._table.side_by_side and self._heads:
            yield self._reading(self._table, None, 0.0, labels, row)
        elif row.table == self._place:
            yield self._reading(self._table, None, 1.0, labels, row)

    def _reading(self, table: FormTable, line: int | None, cost: float, labels: list[Token], row: Row) -> Reading:
        tokens = [*labels, *row.values] if row.flat else [*row.labels, *row.values]
        used = [*self._pending, (min(t.start for t in tokens), row.values[-1].end)]
        self._pending, self._heads_are_used, self._place = [], True, row.table
        return Reading(table, line, cost, labels, row.values, list(self._heads), row, used, self._titled == table.id)


def _undisputed(item: _Item, ranked: list[tuple[Hit, float]]) -> Hit | None:
    """The first hit, unless a misprint may as well be another label: then the one with its number, or none."""

    def label(hit: Hit) -> str:
        return hit.table.rows[hit.index].label

    best, cost = ranked[0]
    rivals = [(hit, c) for hit, c in ranked if c <= cost + _DISPUTED and label(hit) != label(best)]
    if not best.cost or not rivals:
        return best
    number = numbering(item.tokens[0].text)
    same = [hit for hit, c in ranked if c <= cost + _DISPUTED and numbering(label(hit)) == number]
    if len({label(hit) for hit in same}) == 1:
        return same[0]
    return best if rivals[0][1] > cost + _DISPUTED / 2 else None
