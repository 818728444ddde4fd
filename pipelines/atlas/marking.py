"""A report's text with its numbers marked. Here: from text, blocks and places to markup. Not here: the page around it."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from pipelines.atlas.words import label

_BLANK_CELL = "▢"
_LEFT_OUT = "out"


@dataclass(slots=True)
class Mark:
    """A stretch of the text that leads to rows of the tables below it."""

    start: int
    end: int
    style: str
    rows: list[str]
    ids: list[str] = field(default_factory=list)
    flags: list[tuple[str, str]] = field(default_factory=list)  # severity and identifier of a finding


def joined(marks: Sequence[Mark]) -> list[Mark]:
    """Marks in text order, those that overlap made one; what is left out gives way to a number."""
    made: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.style == _LEFT_OUT)):
        before = made[-1] if made else None
        if before is None or (mark.start >= before.end and (mark.start, mark.end) != (before.start, before.end)):
            made.append(mark)
        elif mark.style != _LEFT_OUT:
            before.end = max(before.end, mark.end)
            before.rows += mark.rows
            before.ids += mark.ids
            before.flags += mark.flags
    return made


def marked_blocks(text: str, blocks: str, marks: Sequence[Mark], start: int, end: int) -> Iterator[tuple[str, Markup]]:
    """The blocks between two offsets with their kind; what no block holds is a paragraph."""
    for kind, left, right in _covering(text, blocks, start, end):
        if kind == "table":
            yield kind, _table(text, marks, left, right)
        else:
            yield kind, _inline(text, marks, left, right)


def _covering(text: str, blocks: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    at = start
    for kind, left, right in sorted(json.loads(blocks), key=lambda block: block[1]):
        left, right = max(left, at), min(right, end)
        if right <= left:
            continue
        if text[at:left].strip():
            yield "paragraph", at, left
        yield kind, left, right
        at = right
    if text[at:end].strip():
        yield "paragraph", at, end


def _inline(text: str, marks: Sequence[Mark], start: int, end: int) -> Markup:
    """Text from `start` to `end` with the marks that begin there; one of a blank cell may stand at its end."""
    pieces, at = [], start
    for mark in _between(marks, start, end):
        if mark.start == end and mark.end > end:
            continue
        pieces += [escape(text[at : mark.start]), _anchor(text, mark, min(mark.end, end))]
        at = max(at, min(mark.end, end))
    return Markup("".join([*pieces, escape(text[at:end])]))


def _between(marks: Sequence[Mark], start: int, end: int) -> Sequence[Mark]:
    """Those of the marks, which are in the order of the text, that begin from `start` to `end`, both included."""
    left = bisect_left(marks, start, key=_start)
    return marks[left : bisect_right(marks, end, lo=left, key=_start)]


def _start(mark: Mark) -> int:
    return mark.start


def _anchor(text: str, mark: Mark, end: int) -> str:
    row = mark.rows[0]
    if mark.style == _LEFT_OUT:
        told = escape(text[mark.start : end])
        return f'<a class="out" href="#{row}" data-rows="{row}" tabindex="-1">{told}</a>'
    others = "".join(f'<span id="q-{name}"></span>' for name in mark.ids[1:])
    shown, rows = escape(text[mark.start : end] or _BLANK_CELL), " ".join(mark.rows)
    link = f'<a class="n {mark.style}" id="q-{mark.ids[0]}" href="#{row}" data-rows="{rows}">{shown}</a>'
    return others + link + "".join(_flag(severity, name) for severity, name in mark.flags)


def _flag(severity: str, finding: str) -> str:
    told, shape = label("severity", severity), _SHAPES[severity]
    words = f'<span class="hidden zh">{told.zh}</span><span class="hidden en" lang="en">{told.en}</span>'
    return f'<a class="flag {severity}" href="#f-{finding}">{words}<span aria-hidden="true">{shape}</span></a>'


_SHAPES = {"red": "▲", "yellow": "△"}


def _table(text: str, marks: Sequence[Mark], start: int, end: int) -> Markup:
    """Lines are rows and tabs divide cells. A row that is short of cells has a wide first one: its label."""
    grid, at = [], start
    for line in text[start:end].split("\n"):
        cells = []
        for cell in line.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        grid.append(cells)
    width = max(len(cells) for cells in grid)
    rows = []
    for cells in grid:
        row = []
        for place, (left, right) in enumerate(cells):
            span = width - len(cells) + 1 if place == 0 else 1
            wide = f' colspan="{span}"' if span > 1 else ""
            row.append(f"<td{wide}>{_cell(text, marks, left, right)}</td>")
        rows.append(f"<tr>{''.join(row)}</tr>")
    return Markup(f"<table>{''.join(rows)}</table>")


def _cell(text: str, marks: Sequence[Mark], start: int, end: int) -> Markup:
    return _inline(text, [mark for mark in _between(marks, start, end) if mark.end <= end], start, end)
