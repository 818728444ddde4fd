"""Ruling lines to grids: which rectangles of a page are table cells, and how many rows and columns each spans."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipelines.reading.pdf_page import Ruling

_NEAR = 3.0  # points: lines no further apart are one line, drawn twice or a little crooked
_GAP = 4.0  # points: breaks in a line no longer are drawing
_MOST_LINES = 400
_MOST_TABLES = 40  # on a page; beyond these are the little boxes of a drawing


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a ruled table: grid place, spans, and bounds on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of a page: x of its column lines, y of its row lines, its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]
    places: dict[tuple[int, int], Box]

    def box_at(self, x: float, y: float) -> Box | None:
        """The cell at a place, if the place is in the table."""
        return self.places.get((bisect.bisect(self.ys, y) - 1, bisect.bisect(self.xs, x) - 1))


def find_grids(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> list[Grid]:
    """Ruled tables of two cells or more, from top to bottom."""
    across, down = _merge(horizontal), _merge(vertical)
    if len(across) + len(down) > 4 * _MOST_LINES:
        return []
    grids = [grid for grid in (_grid(h, v) for h, v in _connected(across, down)) if grid and len(grid.boxes) > 1]
    largest = sorted(grids, key=lambda g: len(g.boxes), reverse=True)[:_MOST_TABLES]
    return sorted(largest, key=lambda g: (g.ys[0], g.xs[0]))


def _merge(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Pieces that lie along one line made one."""
    lines: list[list[Ruling]] = []
    for ruling in sorted(rulings, key=lambda r: r.at):
        if lines and ruling.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(ruling)
        else:
            lines.append([ruling])
    merged = []
    for line in lines:
        at = sum(r.at for r in line) / len(line)
        low = high = None
        for ruling in sorted(line, key=lambda r: r.low):
            if high is not None and low is not None and ruling.low - high <= _GAP:
                high = max(high, ruling.high)
                continue
            if high is not None and low is not None:
                merged.append(Ruling(at, low, high))
            low, high = ruling.low, ruling.high
        if high is not None and low is not None:
            merged.append(Ruling(at, low, high))
    return merged


def _crosses(h: Ruling, v: Ruling) -> bool:
    return h.low - _GAP <= v.at <= h.high + _GAP and v.low - _GAP <= h.at <= v.high + _GAP


def _connected(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines in groups that touch each other: each group is a table."""
    left, groups = set(range(len(down))), []
    unseen = set(range(len(across)))
    while unseen:
        todo, hs, vs = [unseen.pop()], [], []
        while todo:
            h = across[todo.pop()]
            hs.append(h)
            touching = [j for j in left if _crosses(h, down[j])]
            left.difference_update(touching)
            for j in touching:
                vs.append(down[j])
                more = [i for i in unseen if _crosses(across[i], down[j])]
                unseen.difference_update(more)
                todo += more
        groups.append((hs, vs))
    return groups


def _positions(lines: Iterable[float]) -> list[float]:
    """Sorted places, those nearer than two lines can be taken as one."""
    places: list[float] = []
    for at in sorted(lines):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _grid(hs: list[Ruling], vs: list[Ruling]) -> Grid | None:
    """The cells between lines. The ends of lines bound the table where its outer lines are not drawn."""
    if len(hs) < 2 or not vs:
        return None
    xs = _positions([*(v.at for v in vs), min(h.low for h in hs), max(h.high for h in hs)])
    ys = _positions([*(h.at for h in hs), min(v.low for v in vs), max(v.high for v in vs)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if not (rows and columns) or max(rows, columns) > _MOST_LINES:
        return None
    down, across = [_near(vs, x) for x in xs], [_near(hs, y) for y in ys]
    owner = list(range(rows * columns))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not _wall(down[c + 1], ys[r], ys[r + 1]):
                owner[root(r * columns + c + 1)] = root(r * columns + c)
            if r + 1 < rows and not _wall(across[r + 1], xs[c], xs[c + 1]):
                owner[root((r + 1) * columns + c)] = root(r * columns + c)
    areas: dict[int, list[int]] = {}
    for i in range(rows * columns):
        areas.setdefault(root(i), []).append(i)
    boxes = tuple(box for area in areas.values() for box in _boxes(area, columns, xs, ys))
    return Grid(tuple(xs), tuple(ys), boxes, {place: box for box in boxes for place in _covered(box)})


def _near(lines: list[Ruling], at: float) -> list[Ruling]:
    return [line for line in lines if abs(line.at - at) <= _NEAR]


def _wall(lines: list[Ruling], low: float, high: float) -> bool:
    """Whether the lines run along most of the stretch."""
    covered = sum(max(0.0, min(line.high, high) - max(line.low, low)) for line in lines)
    return covered > (high - low) / 2


def _boxes(area: list[int], columns: int, xs: Sequence[float], ys: Sequence[float]) -> list[Box]:
    """The area as one cell if it is a rectangle, else a cell a stretch of a row: a line is missing."""
    places = [divmod(i, columns) for i in area]
    rows, cols = [r for r, _ in places], [c for _, c in places]
    top, left = min(rows), min(cols)
    height, width = max(rows) - top + 1, max(cols) - left + 1
    if height * width == len(area):
        return [_box(top, left, height, width, xs, ys)]
    boxes = []
    for row in sorted(set(rows)):
        run = sorted(c for r, c in places if r == row)
        first = run[0]
        for here, after in zip(run, [*run[1:], None], strict=True):
            if after != here + 1:
                boxes.append(_box(row, first, 1, here - first + 1, xs, ys))
                first = after if after is not None else first
    return boxes


def _covered(box: Box) -> Iterator[tuple[int, int]]:
    rows = range(box.row, box.row + box.row_span)
    return itertools.product(rows, range(box.column, box.column + box.column_span))


def _box(row: int, column: int, height: int, width: int, xs: Sequence[float], ys: Sequence[float]) -> Box:
    return Box(row, column, height, width, xs[column], ys[row], xs[column + width], ys[row + height])
