"""A report's text with its numbers marked. Here: from text, blocks and places to markup. Not here: the page around it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

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
    pieces, at = [], start
    for mark in marks:
        if mark.start < start or (mark.start >= end and not (mark.start == mark.end == end)):
            continue
        pieces += [escape(text[at : mark.start]), _anchor(text, mark, min(mark.end, end))]
        at = max(at, min(mark.end, end))
    return Markup("").join([*pieces, escape(text[at:end])])


def _anchor(text: str, mark: Mark, end: int) -> Markup:
    if mark.style == _LEFT_OUT:
        link = Markup('<a class="out" href="#{0}" data-rows="{0}" tabindex="-1">{1}</a>')
        return link.format(mark.rows[0], text[mark.start : end])
    others = Markup("").join(Markup('<span id="q-{}"></span>').format(name) for name in mark.ids[1:])
    shown = text[mark.start : end] or _BLANK_CELL
    link = Markup('<a class="n {}" id="q-{}" href="#{}" data-rows="{}">{}</a>').format(
        mark.style, mark.ids[0], mark.rows[0], " ".join(mark.rows), shown
    )
    flags = Markup("").join(
        Markup(
            '<a class="flag {0}" href="#f-{1}"><span class="hidden zh">{2}</span><span class="hidden en" lang="en">{3}</span>'
            '<span aria-hidden="true">{4}</span></a>'
        ).format(severity, name, *_FLAGS[severity])
        for severity, name in mark.flags
    )
    return others + link + flags


_FLAGS = {"red": ("矛盾", "contradiction", "▲"), "yellow": ("待核", "to be looked at", "△")}


def _table(text: str, marks: Sequence[Mark], start: int, end: int) -> Markup:
    """Lines are rows and tabs divide cells. A row that is short of cells has a wide first one: its label."""
    within = [mark for mark in marks if start <= mark.start <= end]
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
            wide = Markup(' colspan="{}"').format(span) if span > 1 else Markup("")
            row.append(Markup("<td{}>{}</td>").format(wide, _cell(text, within, left, right)))
        rows.append(Markup("<tr>{}</tr>").format(Markup("").join(row)))
    return Markup("<table>{}</table>").format(Markup("").join(rows))


def _cell(text: str, marks: Sequence[Mark], start: int, end: int) -> Markup:
    return _inline(text, [mark for mark in marks if start <= mark.start <= end and mark.end <= end], start, end)
