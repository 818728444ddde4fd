"""A page parsed, and its main part found by density. Not here: how it becomes text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from lxml import etree

from pipelines.reading.deadline import Deadline
from pipelines.reading.document import ReadingError
from pipelines.reading.html_tables import Tables
from pipelines.reading.html_text import all_text
from pipelines.reading.limits import MAX_ELEMENTS, MAX_NESTING

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ILLEGAL_BYTES = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)))
_INLINE = re.compile(r"</?(?:span|font|b|i|u|em|strong|o:p|big|small|a|st1:\w+)\b[^<>]*>", re.IGNORECASE)
_UNREAD = (
    *("script", "style", "noscript", "template", "iframe", "frame", "frameset", "svg", "canvas", "object", "embed"),
    *("select", "option", "input", "button", "textarea", "audio", "video", "map", "link", "meta"),
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:^|[-_\s])(?:nav|menu|foot|footer|copyright|bottom|crumb|crumbs|breadcrumb|breadcrumbs|toolbar|sidebar|share|"
    r"wza|accessib\w*|friendlink\w*|links|dqwz|location|position|pager|print|search|qrcode|ewm|weizhi)(?:$|[-_\s\d])"
    r"|(?:footer|navbar|navigation|breadcrumb|copyright)",
    re.IGNORECASE,
)
_AROUND_TAGS = ("nav", "footer")
_STYLES, _HIDDEN_MARKS, _CLASSES, _IDS = (
    etree.XPath(f"descendant-or-self::*/@{name}") for name in ("style", "hidden", "class", "id")
)
_SENTENCE = re.compile(r"[，。；：、]")
_DIGIT = re.compile(r"\d")
_SHARE = 0.85
_LARGE = 400  # characters of running text: an element with more is not only around the report


def parse_page(text: str) -> etree._Element:
    """The page's tree without comments. Raises ReadingError for one nested or filled without bound."""
    data = text.encode("utf-8", "replace")
    if len(data.translate(None, _ILLEGAL_BYTES)) < len(data) or "\ufffe" in text or "\uffff" in text:
        text = _ILLEGAL.sub(" ", text)
        data = text.encode("utf-8", "replace")
    root = _parse(data)
    if root is None:
        # Unclosed inline tags nest without end in old pages; they say nothing about the text.
        root = _parse(_INLINE.sub("", text).encode("utf-8", "replace"))
    if root is None:
        raise ReadingError(f"a page nested deeper than {MAX_NESTING} elements; save it anew from a browser")
    return root


def _parse(data: bytes) -> etree._Element | None:
    """The tree; None where it is nested too deep."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, etree.ParserError) as error:
        raise ReadingError("a page without any content; save it anew from a browser") from error
    if any("depth" in entry.message for entry in parser.error_log):
        return None
    if root is None:
        raise ReadingError("a page without any content; save it anew from a browser")
    # A tag opens an element, and makes one or two more that the page leaves out: most pages need no counting.
    if data.count(b"<") > MAX_ELEMENTS / 4 and sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise ReadingError(f"a page of more than {MAX_ELEMENTS} elements; save only the report")
    return root


def remove_unseen(root: etree._Element, deadline: Deadline) -> None:
    """Takes out scripts, form fields, what is hidden, and what lies around the text of a page; but no long text and no table
    of figures: tabs hide whole reports.
    """
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    _drop([element for element in _hidden(root) if element is not root], deadline)
    body = _body(root)
    _drop([element for element in _around(body) if element is not body], deadline)


def find_main(root: etree._Element, tables: Tables) -> etree._Element:
    """The deepest element that holds nearly all running text and every data table.

    What lies around it must have been taken out: `tables` are those of the tree as it is now.
    """
    body = _body(root)
    weights = _Weights(body, tables)
    good, sentences = weights.good, weights.sentences
    whole = good[body]
    main = body
    while True:
        heavy = next((child for child in main if good.get(child, 0) >= _SHARE * whole), None)
        if heavy is None or (heavy.tag == "table" and tables.holds_data(heavy)):
            return main
        if _leaves_table_out(main, heavy, good, tables) or sentences[heavy] < sentences[main] / 2:
            return main
        main = heavy


def _body(root: etree._Element) -> etree._Element:
    body = root.find("body")
    return root if body is None else body


def _hidden(root: etree._Element) -> list[etree._Element]:
    """The elements that are hidden, found by their attributes, which most elements do not have."""
    return [*_with_value(_STYLES, root, _hides), *_with_value(_HIDDEN_MARKS, root, lambda _: True)]


def _hides(style: str) -> bool:
    return _HIDDEN.search(style) is not None


def _around(body: etree._Element) -> Iterable[etree._Element]:
    """The elements named after what surrounds a text: navigation, footer and the like; in no order."""
    named = [element for names in (_CLASSES, _IDS) for element in _with_value(names, body, _names_what_surrounds)]
    return dict.fromkeys([*named, *body.iter(*_AROUND_TAGS)])


def _names_what_surrounds(name: str) -> bool:
    return _AROUND.search(name) is not None


def _with_value(attribute: etree.XPath, root: etree._Element, fits: Callable[[str], bool]) -> Iterator[etree._Element]:
    """The elements whose attribute has a fitting value. Few values are told from many elements."""
    values = cast("list[etree._ElementUnicodeResult]", attribute(root))
    fitting = {value for value in set(values) if fits(value)}
    for value in values if fitting else ():
        if value in fitting:
            yield cast("etree._Element", value.getparent())


def _drop(elements: Iterable[etree._Element], deadline: Deadline) -> None:
    """Takes the elements out, but not those that hold a form or much text."""
    tables = Tables()
    found: dict[etree._Element, None] = {}
    for element in elements:
        if found and not found.keys().isdisjoint(element.iterancestors()):
            continue
        deadline.check()
        if not _matters(element, tables):
            found[element] = None
    for element in found:
        _take_out(element)


class _Weights:
    """Below each element: characters of running text and of data tables, links not counted; and characters of text with a
    full stop, as a heavy element may be only the cells of a table.
    """

    def __init__(self, body: etree._Element, tables: Tables) -> None:
        self.good: dict[etree._Element, int] = {}
        self.sentences: dict[etree._Element, int] = {}
        self._tables = tables
        self._weigh(body)

    def _weigh(self, element: etree._Element) -> tuple[int, int]:
        """Weighs an element and all below it; no deeper than the parser lets elements be nested."""
        is_data = element.tag == "table" and self._tables.holds_data(element)
        good, sentences, links = 0, 0, element.tag == "a"
        texts: list[str | None]
        if is_data and next(element.iterdescendants("table", "a"), None) is None:  # its texts need not be told apart
            texts = [*self._tables.rows(element).pieces]
        else:
            texts = [element.text]
            for child in element:
                below = self._weigh(child)
                good += below[0]
                sentences += below[1]
                texts.append(child.tail)
        for text in texts:
            if text and not text.isspace():
                if not links:
                    good += _running(text)
                if "。" in text:
                    sentences += len(text)
        if is_data:
            good += self._tables.rows(element).characters
        self.good[element], self.sentences[element] = good, sentences
        return good, sentences


def _running(text: str) -> int:
    """Length of text that reads as sentences rather than as labels and links."""
    text = text.strip()
    length = len(text)
    is_long = length >= 8 or (not text.isalnum() and _SENTENCE.search(text) is not None)
    return length if is_long else length // 4


def _leaves_table_out(
    outer: etree._Element, inner: etree._Element, good: dict[etree._Element, int], tables: Tables
) -> bool:
    return any(
        tables.holds_data(table)
        for child in outer
        if child is not inner and good.get(child)
        for table in child.iter("table")
    )


def _matters(element: etree._Element, tables: Tables) -> bool:
    """Whether an element holds much running text or a data table with figures."""
    if any(tables.holds_data(table) and _DIGIT.search(all_text(table)) for table in element.iter("table")):
        return True
    return sum(_running(str(t)) for t in element.itertext() if _SENTENCE.search(str(t))) > _LARGE


def _take_out(element: etree._Element) -> None:
    """Takes an element out and leaves the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
