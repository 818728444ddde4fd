"""Text of HTML elements with the blanks of the source taken out. Not here: tables."""

from __future__ import annotations

import itertools
import re

from lxml import etree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK_NAMES = (
    "p div section article main header footer nav aside body html center form ul ol li dl dt dd blockquote pre address "
    "fieldset figure hr ucapcontent table thead tbody tfoot tr td th caption"
)
BLOCKS = HEADINGS | frozenset(_BLOCK_NAMES.split())
LINE_BREAK = "\u2028"
"""Stands for a line break that the page shows, while one of the source is only a blank."""

# Begun at the first blank only: tried from each of a thousand blanks, it would take the square of their number.
_SOURCE_BREAK = re.compile(r"(?<![ \t])[ \t]*[\r\n\f\v][ \t\r\n\f\v]*")
_WIDE_SIDE = re.compile(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_UNSEEN = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")


def tidy(text: str) -> str:
    """Blanks as a page shows them: a source line break is none beside Chinese, else one; shown ones become newlines."""
    if text.isprintable() and " " not in text:  # as most: no other blank is printable, and nothing that is not seen
        return text
    text = _UNSEEN.sub("", text)
    if _SOURCE_BREAK.search(text):
        text = _WIDE_SIDE.sub("", _SOURCE_BREAK.sub("\n", text)).replace("\n", " ")
    if LINE_BREAK not in text:
        return _BLANKS.sub(" ", text).strip()
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split(LINE_BREAK))


def all_text(element: etree._Element) -> str:
    """Every text below an element, as it stands."""
    return "".join(element.itertext())  # type: ignore[arg-type]


class Texts:
    """Every text of a page in one list, and which part of it stands below each element."""

    def __init__(self, root: etree._Element) -> None:
        self._texts: list[str] = []
        self._begins: dict[etree._Element, int] = {}
        self._ends: dict[etree._Element, int] = {}
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._begins[element] = len(self._texts)
                text = element.text
            else:
                self._ends[element] = len(self._texts)
                text = element.tail
            if text:
                self._texts.append(text)
        sizes = [0 if text.isspace() else len("".join(text.split())) for text in self._texts]
        self._sizes = list(itertools.accumulate(sizes, initial=0))

    def short(self, element: etree._Element, most: int) -> str | None:
        """The text of an element with single blanks; None where it has more characters."""
        begin, end = self._begins[element], self._ends[element]
        if self._sizes[end] - self._sizes[begin] > most:
            return None
        text = " ".join("".join(self._texts[begin:end]).split())
        return text if len(text) <= most else None
