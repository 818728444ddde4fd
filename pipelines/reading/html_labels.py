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
_ALL = tuple(LABELS.split("|"))
_TORN = [(label[:cut], label[cut:]) for label in _ALL for cut in range(1, len(label))]
_TORN_TWICE = [(left, right[:cut]) for left, right in _TORN for cut in range(1, len(right))]
"""The beginnings of labels with their ends, or with what may stand in a text of its own between the two."""
_FIRST_OF_REST = frozenset(right[0] for _, right in _TORN)
_LONGEST_PART = max(map(len, _ALL)) - 1
_LEFT_OUT = "\0"
_LONGEST = 400  # characters of a line
_CELLS = 8  # of a row
_TAGS = ("tr", "li", "p", "div", "span", "td")
_LARGE = 200_000  # characters of a page from which on it is read whole: what lies in each other is then too long to read twice
_all_texts = etree.XPath("descendant::text()")
_text_of = etree.XPath("string()", smart_strings=False)


def labelled_lines(root: etree._Element) -> Iterator[str]:
    """The lines that hold a label, or its end or value where its beginning stands in the line before; what is left out
    between them leaves a mark, so that nothing is joined over it.
    """
    texts = [text for text in cast("list[etree._ElementUnicodeResult]", _all_texts(root)) if not text.isspace()]
    if sum(map(len, texts)) > _LARGE:
        return _labelled(list(_lines(root)))
    bare = {text: text if text.isalnum() else "".join(text.split()) for text in texts}
    begun = _beginnings(set(bare.values()))
    short = [(text, squeezed) for text, squeezed in bare.items() if len(squeezed) <= _LONGEST]
    found = {text for text, squeezed in short if squeezed.endswith(begun) or _ANY.search(squeezed)}
    return _labelled(list(_around(root, [_holder(text) for text in texts if text in found], begun)))


def _beginnings(texts: set[str]) -> tuple[str, ...]:
    """The beginnings of labels that may go on in another of the texts."""
    heads = "\n".join(("", *{text[:_LONGEST_PART] for text in texts if text[0] in _FIRST_OF_REST}))
    found = {left for left, right in _TORN if f"\n{right}" in heads}
    return tuple(found.union(left for left, middle in _TORN_TWICE if middle in texts))


def _holder(text: etree._ElementUnicodeResult) -> etree._Element | None:
    """The element in which a text stands."""
    beside = text.getparent()
    return beside.getparent() if text.is_tail and beside is not None else beside


def _around(root: etree._Element, holders: list[etree._Element | None], begun: tuple[str, ...]) -> Iterator[str]:
    """The lines of elements that hold, or lie around, one of the `holders`, as far as `_labelled` may give them of all lines,
    with marks for those left out between them; a label may be torn behind what is `begun`.
    """
    holding = {above for holder in holders if holder is not None for above in (holder, *holder.iterancestors())}
    awaited = sum(element.tag in _TAGS for element in holding)
    left_out: list[etree._Element] = []
    # Of the lines before: their last characters, and whether a label or the beginning of one stands there.
    end, goes_on = "", False
    for element in root.iter(*_TAGS) if awaited else ():
        holds = element in holding
        awaited -= holds
        line = _line(element) if holds or goes_on else None
        squeezed = "".join(line.split()) if line else ""
        went_on = goes_on
        if squeezed:
            end = (end if went_on else "")[-_LONGEST_PART:] + squeezed
            goes_on = end.endswith((*_ALL, *begun))
        if not (went_on or goes_on or _ANY.search(squeezed)):
            left_out.append(element)
            continue
        if any(_line(other) is not None for other in left_out):
            yield _LEFT_OUT
        left_out.clear()
        if line is not None:
            yield line
        if not (awaited or goes_on):
            return


def _line(element: etree._Element) -> str | None:
    """The line of an element; None for one that has none."""
    if next(element.iterdescendants("table"), None) is not None:
        return None
    if element.tag == "tr":
        return _row([_short(cell) for cell in _cells(element)])
    if next(element.iterdescendants("tr"), None) is not None:
        return None
    return _short(element) or None


def _short(element: etree._Element) -> str | None:
    """The text of an element with single blanks; None where it is too long for a line."""
    text = cast("str", _text_of(element))
    if len(text) > 3 * _LONGEST and len("".join(text[: 3 * _LONGEST].split())) > _LONGEST:
        return None  # not all of a long text need be looked at
    text = " ".join(text.split())
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
