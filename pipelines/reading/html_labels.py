"""The lines of a page that hold a label of an index bar (发布日期, 索引号) or its value. Not here: what they say.

A line is what stands in a row, tab between cells, or in another short element that holds no rows, again for those within it.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from pipelines.reading.html_text import Texts

LABELS = (
    "索引号|信息索引号|信息分类|主题分类|体裁分类|发布机构|发文机关|公开主体|信息来源|来源|发文日期|生成日期|成文日期|发布日期|日期|"
    "发布时间|公开日期|信息名称|名称|标题|文号|发文字号|主题词|公开方式|公开范围|有效性|内容概述|时效|组配分类|公开类别|"
    "字号|字体|作者|编辑|责任编辑|浏览次数|阅读次数|点击次数|访问次数|浏览量|打印"
)
_ANY = re.compile(LABELS)
_HALVES = [(label[:cut], label[cut:]) for label in LABELS.split("|") for cut in range(1, len(label))]
_MIDDLES = frozenset(left[start:] for left, _ in _HALVES for start in range(1, len(left)))
_LEFT_OUT = "\0"
_LONGEST = 400  # characters of a line
_CELLS = 8  # of a row
_TAGS = ("tr", "li", "p", "div", "span", "td")
_FEW = 300  # elements with lines up to which all lines are read as quickly as those around labels are found
_LARGE = 200_000  # characters of a page from which on it is read whole: what lies in each other is then too long to read twice
_all_texts = etree.XPath("//text()", smart_strings=False)
_text_of = etree.XPath("string()", smart_strings=False)


def labelled_lines(root: etree._Element) -> Iterator[str]:
    """The lines that hold a label, or its end or value where its beginning stands in the line before; what is left out
    between them leaves a mark, so that nothing is joined over it.
    """
    elements = list(root.iter(*_TAGS))
    if len(elements) < _FEW:
        return _labelled(list(_lines(root)))
    texts = [text for text in cast("list[str]", _all_texts(root)) if not text.isspace()]
    bare = [text if text.isalnum() else "".join(text.split()) for text in texts]
    if _may_be_torn(bare) or sum(map(len, texts)) > _LARGE:
        return _labelled(list(_lines(root)))
    ends = list(itertools.accumulate(map(len, bare)))
    found = {texts[bisect.bisect_right(ends, match.start())] for match in _ANY.finditer("".join(bare))}
    holders = _holders(root, found)
    if len(holders) != sum(text in found for text in texts):  # texts that a comment divided
        return _labelled(list(_lines(root)))
    return _around(elements, holders)


def _may_be_torn(texts: list[str]) -> bool:
    """Whether a label may begin in one of the texts and end in another."""
    first, last = {text[0] for text in texts}, {text[-1] for text in texts}
    halves = [(left, right) for left, right in _HALVES if left[-1] in last and right[0] in first]
    return not _MIDDLES.isdisjoint(texts) or any(
        any(text.endswith(left) for text in texts) and any(text.startswith(right) for text in texts)
        for left, right in halves
    )


def _holders(root: etree._Element, texts: set[str]) -> list[etree._Element | None]:
    """The elements in which the texts stand."""
    holders: list[etree._Element | None] = []
    for element in root.iter() if texts else ():
        if element.text in texts:
            holders.append(element)
        if element.tail in texts:
            holders.append(element.getparent())
    return holders


def _around(elements: list[etree._Element], holders: list[etree._Element | None]) -> Iterator[str]:
    """As `_labelled` gives of all lines, where a label stands in no other elements than `holders` and those around them."""
    lines = _LinesAsAsked(elements)
    places = {element: place for place, element in enumerate(elements)}
    around = {above for holder in holders if holder is not None for above in (holder, *holder.iterancestors())}
    done = 0
    for place in sorted(places[element] for element in around if element in places):
        bare = "".join((lines.at(place) or "").split())
        for match in _ANY.finditer(bare):
            until = place if match.end() < len(bare) else lines.next_filled(place)
            if any(lines.at(left_out) is not None for left_out in range(done, place)):
                yield _LEFT_OUT
            yield from (line for line in map(lines.at, range(max(place, done), until + 1)) if line is not None)
            done = max(done, until + 1)


class _LinesAsAsked:
    """The lines of some elements in the order of the page, each read when it is asked for."""

    def __init__(self, elements: list[etree._Element]) -> None:
        self._elements = elements
        self._read: dict[int, str | None] = {}

    def at(self, place: int) -> str | None:
        if place not in self._read:
            self._read[place] = self._line(self._elements[place])
        return self._read[place]

    def next_filled(self, place: int) -> int:
        """The place of the next line that is not blank; the last place where there is none."""
        later = range(place + 1, len(self._elements))
        return next((other for other in later if self.at(other)), len(self._elements) - 1)

    def _line(self, element: etree._Element) -> str | None:
        if next(element.iterdescendants("table"), None) is not None:
            return None
        if element.tag == "tr":
            return _row([self._short(cell) for cell in _cells(element)])
        if next(element.iterdescendants("tr"), None) is not None:
            return None
        return self._short(element) or None

    @staticmethod
    def _short(element: etree._Element) -> str | None:
        text = " ".join(cast("str", _text_of(element)).split())
        return text if len(text) <= _LONGEST else None


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row if cell.tag in ("td", "th")][:_CELLS]


def _row(cells: list[str | None]) -> str | None:
    """The line of a row; None where a cell or all together are too long."""
    parts = [cell for cell in cells if cell is not None]
    if len(parts) < len(cells) or sum(map(len, parts)) > _LONGEST:
        return None
    return "\t".join(filter(None, parts))


def _lines(root: etree._Element) -> Iterator[str]:
    """All lines of a page."""
    tables, rows = _above(root, "table"), _above(root, "tr")
    texts = Texts(root)
    for element in root.iter(*_TAGS):
        if element in tables:
            continue
        if element.tag == "tr":
            line = _row([texts.short(cell, _LONGEST) for cell in _cells(element)])
            if line is not None:
                yield line
        elif element not in rows and (part := texts.short(element, _LONGEST)):
            yield part


def _above(root: etree._Element, tag: str) -> set[etree._Element]:
    """The elements that hold one of a kind."""
    found: set[etree._Element] = set()
    for element in root.iter(tag):
        for above in element.iterancestors():
            if above in found:
                break
            found.add(above)
    return found


def _labelled(lines: list[str]) -> Iterator[str]:
    """Of all lines those that `labelled_lines` gives."""
    squeezed = ["".join(line.split()) for line in lines]
    ends = list(itertools.accumulate(map(len, squeezed)))
    done = 0
    for match in _ANY.finditer("".join(squeezed)):
        first = bisect.bisect_right(ends, match.start())
        last = bisect.bisect_right(ends, match.end())  # the next character's line, where the value is at the latest
        if first > done:
            yield _LEFT_OUT
        yield from lines[max(first, done) : last + 1]
        done = max(done, last + 1)
