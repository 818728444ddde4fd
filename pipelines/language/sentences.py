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
# Lines that may begin with one of them.
_NUMBERED = re.compile(rf"(?m:^)[^\S\n]*[第(\d{_HAN}][^\n]*\n?")
_HEADING_LENGTH = 45


class Sentence(NamedTuple):
    """A sentence's place, where its paragraph begins, and the headings above it, outermost first: a line each, and the innermost."""

    start: int
    end: int
    paragraph_start: int
    headings: str
    heading: str


class Sentences:
    """The sentences of a folded text, found by place; together they cover it, and none crosses a line."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places, self._headings = [-1], [("", "")]
        path: list[str] = ["", "", "", ""]
        for line in _NUMBERED.finditer(text):
            rank, title = _heading(line[0])
            if rank >= 0:
                path[rank:] = [title, *[""] * (3 - rank)]
                above = [*filter(None, path)]
                self._places.append(line.start())
                self._headings.append(("\n".join(above), above[-1] if above else ""))
        self._last = Sentence(0, 0, 0, "", "")

    def at(self, place: int) -> Sentence:
        """The sentence that holds a place of the text; most often the one asked for before."""
        if not self._last.start <= place < self._last.end:
            self._last = self._find(place)
        return self._last

    def _find(self, place: int) -> Sentence:
        text, last = self._text, self._last
        known = (
            last.end if last.end <= place else 0
        )  # a sentence begins here: nothing before it need be looked at again
        line = text.rfind("\n", known, place) + 1
        paragraph = line or (last.paragraph_start if known and text[known - 1] != "\n" else known)
        start = max(known, paragraph, *(text.rfind(mark, max(known, paragraph), place) + 1 for mark in "。!?"))
        closing = _BREAK.search(text, place)
        end = closing.end() if closing else len(text)
        if text.find("二是", start, end) >= 0:
            start, end = _point(text, start, end, place)
        headings = self._headings[bisect_right(self._places, paragraph) - 1]
        return Sentence(start, end, paragraph, *headings)


# The points of an enumeration say each its own, unless they are announced as the parts of something: 其中:一是…;二是….
_POINT = re.compile(r"[;:](?=[二三四五六七八九十]是)")
_POINTS_ARE_PARTS = re.compile(r"(?:其中|包括|分别(?:为|是)|具体(?:为|是))[,:]?一是")


def _point(text: str, start: int, end: int, place: int) -> tuple[int, int]:
    """Of a sentence that enumerates points, the point that holds a place."""
    if _POINTS_ARE_PARTS.search(text, start, end):
        return start, end
    for mark in _POINT.finditer(text, start, end):
        if mark.end() > place:
            return start, mark.end()
        start = mark.end()
    return start, end


def _heading(line: str) -> tuple[int, str]:
    """Rank and words of the heading that a line is or begins with; rank -1 where there is none."""
    for rank, marker in enumerate(_MARKERS):
        match = marker.match(line)
        if match:
            words = _BREAK.split(line[match.end() :], maxsplit=1)[0].strip(" :")
            return (rank, words) if len(words) <= _HEADING_LENGTH else (rank, "")
    return -1, ""


# A line that ends so goes on in the next one, unless that is a heading.
_GOES_ON = re.compile(r"(?<=[;,、:])[^\S\n]*\n\s*")
_PARTS_GO_ON = ("其中:", "包括:", "分别为:", "分别是:", "具体为:", "具体是:", "主要有:")


def join_lists(text: str) -> str:
    """The folded text with spaces for the line breaks within a list of parts (公开信息90条,其中:/网站60条;/微信30条), as long as before."""
    joined: list[str] = []
    at = 0
    line = text.find("\n")
    while line >= 0:
        start = line
        while start and text[start - 1] in " \t\u00a0":
            start -= 1
        end = _GOES_ON.match(text, start)
        line = text.find("\n", end.end() if end else line + 1)
        if not end:
            continue
        mark, first = start, end.end()
        if text[mark - 1] == ":" and not text.endswith(_PARTS_GO_ON, max(0, mark - 4), mark):
            continue
        if text[mark - 1] == ";" and (not joined or text.find("\n", at, mark) >= 0):
            continue  # no parts were announced: the lines say each its own
        if _MARKERS[0].match(text, first) or _MARKERS[1].match(text, first):
            continue
        joined += [text[at:mark], " " * (first - mark)]
        at = first
    return "".join([*joined, text[at:]]) if joined else text


_QUOTE = 400  # characters to either side that a quotation shows of a longer sentence


def quote_of(text: str, sentence: Sentence, start: int, end: int) -> str:
    """The words of a sentence around a stretch of it: all, or those nearest where the sentence is very long."""
    return text[max(sentence.start, start - _QUOTE) : min(sentence.end, end + _QUOTE)].strip()
