"""Ruled tables of a PDF: the text of their cells, and the parts that page breaks cut put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.reading.building import RawCell, clean_cell
from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_ROWS
from pipelines.reading.pdf_page import Glyph
from pipelines.reading.pdf_text import join, make_lines
from pipelines.reading.rulings import Box, Grid

_SAME_EDGE = 6.0  # points that the outer edges of two parts of one table may differ
_NEAR = 3.0
_OPENS = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）).、．]|第[一二三四五六七八九十]+[条项]")
_FIGURE = re.compile(r"[-—/／\d.,%]*$")


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its edges on the page: columns of parts are told by their edges, not by their numbers."""

    text: str
    row: int
    row_span: int
    left: float
    right: float


@dataclass(slots=True)
class Part:
    """A table, or what of it one page holds."""

    cells: list[Placed]
    rows: int
    left: float
    right: float


def make_part(grid: Grid, glyphs: Sequence[Glyph]) -> Part:
    """A grid with the text of its cells. A run of figures that hangs over a line goes whole to where its middle is."""
    inside: dict[Box, list[Glyph]] = {box: [] for box in grid.boxes}
    for run in _runs(glyphs):
        box = grid.box_at((run[0].left + run[-1].right) / 2, run[0].middle)
        if box:
            inside[box] += run
    cells = [
        Placed(clean_cell(join(line.text for line in make_lines(found))), b.row, b.row_span, b.left, b.right)
        for b, found in inside.items()
    ]
    return Part(_whole_rows(cells), len(grid.ys) - 1, grid.xs[0], grid.xs[-1])


def _runs(glyphs: Iterable[Glyph]) -> Iterable[list[Glyph]]:
    """Figures printed side by side together, every other glyph alone."""
    run: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: (round(g.middle / 2), g.left)):
        figure = glyph.char.isdigit() or glyph.char in ".,%"
        if run and not (figure and abs(glyph.left - run[-1].right) < 1.5 and abs(glyph.middle - run[-1].middle) < 2):
            yield run
            run = []
        run.append(glyph)
        if not figure:
            yield run
            run = []
    if run:
        yield run


def _whole_rows(cells: list[Placed]) -> list[Placed]:
    """Rows renumbered without those that only a doubled line makes: every row begins some cell."""
    begins = sorted({cell.row for cell in cells})
    number = {row: i for i, row in enumerate(begins)}
    renumbered = []
    for cell in cells:
        span = sum(cell.row <= row < cell.row + cell.row_span for row in begins)
        renumbered.append(replace(cell, row=number[cell.row], row_span=span))
    return renumbered


def continues(above: Part, below: Part) -> bool:
    """Whether two parts that meet at a page break are one table: they are equally wide and stand in the same place."""
    return abs(above.left - below.left) <= _SAME_EDGE and abs(above.right - below.right) <= _SAME_EDGE


def join_parts(above: Part, below: Part) -> Part:
    """One table of two parts: a repeated head left out, a cell or row that the page break cuts made whole."""
    if above.rows > MAX_ROWS:
        raise ReadingError(f"a table of more than {MAX_ROWS} rows; split the file, or leave the annex out")
    below = _without_repeated_head(above, below)
    if not below.cells:
        return above
    last = [c for c in above.cells if c.row + c.row_span == above.rows]
    first = [c for c in below.cells if c.row == 0]
    cut_row = _is_cut_row(last, first)
    labelled = any(c.text and not _FIGURE.match(c.text) for c in first)  # else blanks there are blank figures
    pairs = {}
    for upper in last:
        lower = next((c for c in first if _same_column(upper, c)), None)
        if lower and (cut_row or (_is_cut_cell(upper, lower) and (lower.text or labelled))):
            pairs[upper] = lower
    shift = above.rows - (1 if cut_row and len(pairs) == len(first) else 0)
    cells = [replace(c, row=c.row + shift) for c in below.cells if c not in pairs.values()]
    for cell in above.cells:
        tail = pairs.get(cell)
        if tail is None:
            cells.append(cell)
            continue
        end = max(cell.row + cell.row_span, tail.row + shift + tail.row_span)
        cells.append(replace(cell, text=clean_cell(join((cell.text, tail.text))), row_span=end - cell.row))
    rows = below.rows + shift
    return Part(sorted(cells, key=lambda c: (c.row, c.left)), rows, above.left, above.right)


def _same_column(a: Placed, b: Placed) -> bool:
    return abs(a.left - b.left) <= _NEAR and abs(a.right - b.right) <= _NEAR


def _rows(part: Part) -> list[list[tuple[str, float]]]:
    rows: list[list[tuple[str, float]]] = [[] for _ in range(part.rows)]
    for cell in sorted(part.cells, key=lambda c: c.left):
        rows[cell.row].append((cell.text, round(cell.left / 4)))
    return rows


def _without_repeated_head(above: Part, below: Part) -> Part:
    """`below` without the rows at its top that repeat the head of `above`; a row of figures is no head."""
    same = 0
    for ours, theirs in zip(_rows(above), _rows(below), strict=False):
        texts = [text for text, _ in ours]
        if texts != [text for text, _ in theirs] or not any(texts) or any(t and _FIGURE.match(t) for t in texts):
            break
        same += 1
    while same and any(c.row < same < c.row + c.row_span for c in below.cells):
        same -= 1
    kept = [replace(c, row=c.row - same) for c in below.cells if c.row >= same]
    return Part(kept, below.rows - same, below.left, below.right)


def _is_cut_cell(upper: Placed, lower: Placed) -> bool:
    """A label over several rows that goes on behind the break: what follows opens nothing new."""
    if upper.row_span == 1 and lower.row_span == 1:
        return False
    return not lower.text or not (_OPENS.match(lower.text) or _FIGURE.match(lower.text))


def _is_cut_row(last: list[Placed], first: list[Placed]) -> bool:
    """One row on two pages: the same columns, figures on one side only, and a label below that opens nothing new."""
    pairs = [(u, next((c for c in first if _same_column(u, c)), None)) for u in last if u.row_span == 1]
    pairs = [(u, c) for u, c in pairs if c is not None and c.row_span == 1]
    if len(pairs) < 2 or any(u.text and c and c.text and _FIGURE.match(c.text) for u, c in pairs):
        return False
    labels = [c.text for _, c in pairs if c and c.text and not _FIGURE.match(c.text)]
    upper_figures = sum(bool(u.text and _FIGURE.match(u.text)) for u, _ in pairs)
    lower_figures = sum(bool(c and c.text and _FIGURE.match(c.text)) for _, c in pairs)
    one_side = (upper_figures == 0) != (lower_figures == 0)
    return one_side and not any(_OPENS.match(text) for text in labels) and bool(labels or lower_figures)


def raw_cells(part: Part) -> list[RawCell]:
    """The cells with column numbers, from the edges of all parts together."""
    edges: list[float] = []
    for edge in sorted({e for cell in part.cells for e in (cell.left, cell.right)}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)

    def number(x: float) -> int:
        return min(range(len(edges)), key=lambda i: abs(edges[i] - x))

    cells = []
    for cell in part.cells:
        column = number(cell.left)
        cells.append(RawCell(cell.text, cell.row, column, cell.row_span, max(1, number(cell.right) - column)))
    return cells
