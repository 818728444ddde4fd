"""Lines that a print or a conversion broke at its right edge, joined for reading: 主动公开政府信息共计⏎1233条. Here: whether a text is
broken so, and the way back from the joined text to its places. Not here: paragraphs and sentences, or what a PDF says of its lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Characters of a full line of a page: most texts have a line a paragraph, much longer or shorter.
_SHORTEST, _LONGEST = 18, 72
_HEADING = 10  # characters up to which a line is a heading or a cell, and says nothing of the width
_ENOUGH = 5  # full lines, and they must be half of all that are longer than that
_SLACK = 8  # half-widths by which lines of one page differ: no mark begins a line, and figures are half as wide
_CLOSED = re.compile(r"[。!?:;！？：；]\s*$")
_STARTS = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+[章节部条]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[、.．](?!\d))"
)
_PAGE_NUMBER = re.compile(r"\s*[-—–－·]*\s*\d{1,3}\s*[-—–－·]*\s*|\f?\s*")


class Joined(NamedTuple):
    """A text without the breaks, and where its stretches begin: in it, and in the text as it was."""

    text: str
    starts: list[int]
    origins: list[int]

    def place(self, at: int) -> int:
        """Where a character of the joined text stands in the text as it was."""
        stretch = bisect_right(self.starts, at) - 1
        return self.origins[stretch] + at - self.starts[stretch]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the joined text, breaks within it included."""
        return self.place(start), self.place(end - 1) + 1

    def back(self, at: int) -> int:
        """Where a place of the text as it was lies in the joined text; of a break, where it was."""
        stretch = bisect_right(self.origins, at) - 1
        begins = self.starts[stretch]
        ends = self.starts[stretch + 1] if stretch + 1 < len(self.starts) else len(self.text)
        return min(begins + at - self.origins[stretch], ends)


class _Line(NamedTuple):
    start: int
    words: str

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def join_lines(text: str, skip: Sequence[tuple[int, int]] = ()) -> Joined | None:
    """The text with its broken lines joined; None where its lines are its paragraphs. Nothing inside the `skip` spans is joined."""
    if text.count("\n") < _ENOUGH or not (edge := _edge(text)):
        return None
    starts, origins, parts, at, length = [0], [0], [], 0, 0
    for start, end in _breaks(text, edge, skip):
        parts.append(text[at:start])
        length += start - at
        starts.append(length)
        origins.append(end)
        at = end
    parts.append(text[at:])
    return Joined("".join(parts), starts, origins) if len(parts) > 1 else None


def _edge(text: str) -> int:
    """The width of the page in half-widths, 0 where there is none: half of the lines reach it, hardly one goes beyond, and they end
    anyhow, as the lines of a list do not."""
    lines = [line.rstrip() for line in text.split("\n") if len(line) > _HEADING and not line.isspace()]
    if len(lines) < _ENOUGH or sum(_SHORTEST <= len(line) <= _LONGEST for line in lines) * 2 < len(lines):
        return 0
    widths = sorted(map(_width, lines))
    full, edge = max(
        (bisect_right(widths, width) - bisect_left(widths, width - _SLACK), width) for width in set(widths)
    )
    beyond = len(widths) - bisect_right(widths, edge + _SLACK)
    ends = [line[-1] for line in lines if _width(line) >= edge - _SLACK and not _CLOSED.search(line)]
    anyhow = ends and max(Counter(ends).values()) * 5 <= len(ends) * 2
    return edge if full >= _ENOUGH and full * 2 >= len(lines) and beyond * 10 <= len(lines) and anyhow else 0


def _width(line: str) -> int:
    """In half-widths: GB 18030 has two bytes for what is twice as wide."""
    return len(line.encode("gb18030", "replace"))


def _breaks(text: str, edge: int, skip: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The breaks within paragraphs, each from the last character of a line to the first of the next, a page's number between included."""
    before: _Line | None = None
    for line in _lines(text):
        if _PAGE_NUMBER.fullmatch(line.words):
            continue
        if before and _goes_on(before, line, edge) and not any(a < line.end and before.start < b for a, b in skip):
            yield before.start + len(before.words.rstrip()), line.start + len(line.words) - len(line.words.lstrip())
        before = line


def _goes_on(before: _Line, line: _Line, edge: int) -> bool:
    """Whether a line goes on in the next one: it reaches the edge, ends in the middle, and the next begins nothing."""
    if _width(before.words.rstrip()) < edge - _SLACK or _CLOSED.search(before.words) or _STARTS.match(line.words):
        return False
    return _indent(line.words) <= _indent(before.words)


def _indent(words: str) -> int:
    return _width(words[: len(words) - len(words.lstrip())] + "|")


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for words in text.split("\n"):
        yield _Line(at, words)
        at += len(words) + 1
