"""A page parsed, and its main part found by density. Not here: how it becomes text."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
_STYLES, _HIDDEN_MARKS = etree.XPath(".//@style"), etree.XPath(".//@hidden")
_CLASSES, _IDS = etree.XPath(".//@class"), etree.XPath(".//@id")
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
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def _parse(data: bytes) -> etree._Element | None:
    """The tree; None where it is nested too deep."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
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


def _hidden(root: etree._Element) -> Iterator[etree._Element]:
    """The elements that are hidden, found by their attributes, which most elements do not have."""
    styled = (element for element, style in _with_values(_STYLES, root) if _hides(style))
    return itertools.chain(styled, (element for element, _ in _with_values(_HIDDEN_MARKS, root)))


def _hides(style: str) -> bool:
    plain = style.lower()
    return ("none" in plain or "dden" in plain) and _HIDDEN.search(style) is not None


def _around(body: etree._Element) -> Iterator[etree._Element]:
    """The elements named after what surrounds a text, in no order."""
    named = [element for names in (_CLASSES, _IDS) for element, _ in _with_values(names, body)]
    return filter(_is_around, dict.fromkeys([*named, *body.iter(*_AROUND_TAGS)]))


def _with_values(attribute: etree.XPath, root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The elements that have an attribute, with its value."""
    for value in cast("list[etree._ElementUnicodeResult]", attribute(root)):
        yield cast("etree._Element", value.getparent()), value


def _is_around(element: etree._Element) -> bool:
    """Whether an element is named after what surrounds a text: navigation, footer and the like."""
    name, number = element.get("class"), element.get("id")
    if (name or number) and _AROUND.search(f"{name or ''} {number or ''}"):
        return True
    return element.tag in _AROUND_TAGS


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
        self.good: dict[etree._Element, int] = defaultdict(int)
        self.sentences: dict[etree._Element, int] = defaultdict(int)
        plain = _plain_tables(body, tables)
        for element in reversed(_not_within(body, plain)):  # those below an element stand behind it
            for text in _texts_within(element) if element in plain else (element.text,):
                self._count(element, text)
            if element.tag == "table" and tables.holds_data(element):
                self.good[element] += sum(cell.characters for row in tables.rows(element) for cell in row)
            above = element.getparent()
            if element is body or above is None:
                break
            self._count(above, element.tail)
            self._pass_on(element, above)

    def _count(self, element: etree._Element, text: str | None) -> None:
        if text and not text.isspace():
            if element.tag != "a":
                self.good[element] += _running(text)
            if "。" in text:
                self.sentences[element] += len(text)

    def _pass_on(self, element: etree._Element, above: etree._Element) -> None:
        for sums in (self.good, self.sentences):
            if element in sums:
                sums[above] += sums[element]


def _plain_tables(body: etree._Element, tables: Tables) -> dict[etree._Element, None]:
    """Tables of data without links and tables in them: what they hold need not be told apart."""
    found = (table for table in body.iter("table") if tables.holds_data(table))
    return dict.fromkeys(t for t in found if next(t.iterdescendants("table", "a"), None) is None)


def _not_within(body: etree._Element, tables: Iterable[etree._Element]) -> list[etree._Element]:
    """All elements but those within the tables, in the order of the page."""
    within = {element for table in tables for element in table.iterdescendants(etree.Element)}
    return [element for element in body.iter(etree.Element) if element not in within]


def _texts_within(table: etree._Element) -> Iterator[str]:
    for element in table.iter(etree.Element):
        if text := element.text:
            yield text
        if element is not table and (text := element.tail):
            yield text


def _running(text: str | None) -> int:
    """Length of text that reads as sentences rather than as labels and links."""
    text = (text or "").strip()
    is_long = len(text) >= 8 or (not text.isalnum() and _SENTENCE.search(text) is not None)
    return len(text) if is_long else len(text) // 4


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
