"""Glyphs to lines to paragraphs, as printed Chinese is set. Not here: tables."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.reading.pdf_page import Glyph

_LATIN_GAP = 0.22  # of the glyph's height: wider is a blank between Latin words or figures
_WIDE_GAP = 1.6  # of the glyph's height: wider is a blank even in Chinese; justified type spreads less
_INDENT = 1.2  # of the line's height
_PAGE_NUMBER = re.compile(
    r"[-—–－_·\s]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*页)?(?:[,，/\s]*共\s*\d{1,4}\s*页)?[-—–－_·\s]*$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its text and its box."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def make_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from top to bottom: glyphs whose middles lie within half their height of each other, from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.middle, g.left)):
        if rows and glyph.middle - rows[-1][0].middle < max(glyph.bottom - glyph.top, 4.0) / 2:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(sorted(row, key=lambda g: g.left)) for row in rows]


def _line(row: Sequence[Glyph]) -> Line:
    parts = [row[0].char]
    for before, glyph in itertools.pairwise(row):
        size = max(glyph.bottom - glyph.top, before.bottom - before.top, 1.0)
        latin = before.char.isascii() and glyph.char.isascii()
        if glyph.left - before.right > size * (_LATIN_GAP if latin else _WIDE_GAP):
            parts.append(" ")
        parts.append(glyph.char)
    return Line(
        "".join(parts),
        row[0].left,
        max(g.right for g in row),
        min(g.top for g in row),
        max(g.bottom for g in row),
    )


def drop_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without page numbers and running heads and feet: first and last lines that are numbers or recur."""
    edges = Counter(text for lines in pages for text in {_shape(line) for line in (*lines[:2], *lines[-2:])})
    often = {text for text, times in edges.items() if times >= max(3, len(pages) * 0.6)}
    kept = []
    for lines in pages:
        first, last = 0, len(lines)
        while first < last and _is_furniture(lines[first], often):
            first += 1
        while last > first and _is_furniture(lines[last - 1], often):
            last -= 1
        kept.append(lines[first:last])
    return kept


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _is_furniture(line: Line, often: set[str]) -> bool:
    return bool(_PAGE_NUMBER.match(line.text)) or _shape(line) in often


def margins(pages: Iterable[Iterable[Line]]) -> tuple[float, float]:
    """Left and right edge of the type area: the edges that most lines share."""
    lines = [line for page in pages for line in page if len(line.text) > 12]
    if not lines:
        return 0.0, 0.0
    left = Counter(round(line.left / 3) for line in lines).most_common(1)[0][0] * 3
    rights = sorted(line.right for line in lines)
    return float(left), rights[int(len(rights) * 0.8)]


def goes_on(before: Line, after: Line, left: float, right: float) -> bool:
    """Whether `after` continues the paragraph of `before`: that line is full, and this one is not set in."""
    full = before.right > right - 2.2 * min(before.height, after.height)
    set_in = after.left > left + _INDENT * after.height
    same_type = abs(before.height - after.height) < 0.2 * max(before.height, after.height)
    return full and not set_in and same_type


def join(texts: Iterable[str]) -> str:
    """Lines of a paragraph made one: a blank only between two Latin words, so that a cut number comes out whole."""
    joined = ""
    for text in texts:
        if joined and re.search(r"[A-Za-z,;]$", joined) and re.match(r"[A-Za-z]", text):
            joined += " "
        joined += text
    return joined
