"""Headings, paragraphs and sentences of folded text. Not here: what they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_BREAK = re.compile(r"[。!?\n]")
_HAN = "一二三四五六七八九十"
# The four ranks of numbering in official writing: 一、 (一) 1. (1); GB/T 9704-2012, 7.3.3.
_MARKERS = (
    re.compile(rf"\s*(?:第[{_HAN}]+部分|[{_HAN}]{{1,3}}\s*[、.])\s*"),
    re.compile(rf"\s*\([{_HAN}]{{1,3}}\)\s*[、.]?\s*"),
    re.compile(r"\s*\d{1,2}\s*[、.](?!\d(?!\d{3}年))\s*"),
    re.compile(r"\s*\(\d{1,2}\)\s*[、.]?\s*|\s*\d{1,2}\)\s*"),
)
_HEADING_LENGTH = 45


class Sentence(NamedTuple):
    """A sentence's place, its paragraph's place, and the headings above it, outermost first."""

    start: int
    end: int
    paragraph_start: int
    paragraph_end: int
    headings: tuple[str, ...]


def split(text: str) -> list[Sentence]:
    """All sentences of folded text, in order; together they cover it, and none crosses a line."""
    sentences: list[Sentence] = []
    path: list[str] = ["", "", "", ""]
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end + 1
        rank, title = _heading(text[at:end])
        if rank >= 0:
            path[rank:] = [title, *[""] * (3 - rank)]
        headings = tuple(filter(None, path))
        sentences += [Sentence(start, stop, at, end, headings) for start, stop in _pieces(text, at, end)]
        at = end
    return sentences


def _heading(line: str) -> tuple[int, str]:
    """Rank and words of the heading that a line is or begins with; rank -1 where there is none."""
    for rank, marker in enumerate(_MARKERS):
        match = marker.match(line)
        if match:
            words = _BREAK.split(line[match.end() :], maxsplit=1)[0].strip(" :")
            return (rank, words) if len(words) <= _HEADING_LENGTH else (rank, "")
    return -1, ""


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces, at = [], start
    for match in _BREAK.finditer(text, start, end):
        pieces.append((at, match.end()))
        at = match.end()
    if at < end:
        pieces.append((at, end))
    return pieces


_QUOTE = 400  # characters to either side that a quotation shows of a longer sentence


def quote_of(text: str, sentence: Sentence, start: int, end: int) -> str:
    """The words of a sentence around a stretch of it: all, or those nearest where the sentence is very long."""
    return text[max(sentence.start, start - _QUOTE) : min(sentence.end, end + _QUOTE)].strip()


class Sentences:
    """The sentences of a text, found by place."""

    def __init__(self, text: str) -> None:
        self.all = split(text)
        self._starts = [sentence.start for sentence in self.all]

    def at(self, place: int) -> Sentence:
        """The sentence that holds a place of the text."""
        return self.all[max(0, bisect_right(self._starts, place) - 1)]
