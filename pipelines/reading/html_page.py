"""A page parsed, and its main part found by density. Not here: how it becomes text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from lxml import etree

from pipelines.reading.deadline import Deadline
from pipelines.reading.document import ReadingError
from pipelines.reading.html_tables import Tables
from pipelines.reading.html_text import all_text
from pipelines.reading.limits import MAX_ELEMENTS, MAX_NESTING

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
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
_SENTENCE = re.compile(r"[，。；：、]")
_DIGIT = re.compile(r"\d")
_SHARE = 0.85
_LARGE = 400  # characters of running text: an element with more is not only around the report


def parse_page(text: str) -> etree._Element:
    """The page's tree without comments. Raises ReadingError for one nested or filled without bound."""
    text = _ILLEGAL.sub(" ", text)
    root = _parse(text)
    if root is None:
        # Unclosed inline tags nest without end in old pages; they say nothing about the text.
        root = _parse(_INLINE.sub("", text))
    if root is None:
        raise ReadingError(f"a page nested deeper than {MAX_NESTING} elements; save it anew from a browser")
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def _parse(text: str) -> etree._Element | None:
    """The tree; None where it is nested too deep."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError) as error:
        raise ReadingError("a page without any content; save it anew from a browser") from error
    if any("depth" in entry.message for entry in parser.error_log):
        return None
    if root is None:
        raise ReadingError("a page without any content; save it anew from a browser")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise ReadingError(f"a page of more than {MAX_ELEMENTS} elements; save only the report")
    return root


def remove_unseen(root: etree._Element, deadline: Deadline) -> None:
    """Takes out scripts, form fields, what is hidden, and what lies around the text of a page; but no long text and no table
    of figures: tabs hide whole reports.
    """
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    _drop_where(root, _is_hidden, deadline)
    _drop_where(_body(root), _is_around, deadline)


def find_main(root: etree._Element, tables: Tables) -> etree._Element:
    """The deepest element that holds nearly all running text and every data table.

    What lies around it must have been taken out: `tables` are those of the tree as it is now.
    """
    body = _body(root)
    good, sentences = _weights(body, tables)
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


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return (style is not None and bool(_HIDDEN.search(style))) or element.get("hidden") is not None


def _is_around(element: etree._Element) -> bool:
    """Whether an element is named after what surrounds a text: navigation, footer and the like."""
    name, number = element.get("class"), element.get("id")
    if (name or number) and _AROUND.search(f"{name or ''} {number or ''}"):
        return True
    return element.tag in ("nav", "footer")


def _drop_where(root: etree._Element, fits: Callable[[etree._Element], bool], deadline: Deadline) -> None:
    """Takes the fitting elements out, but not those that hold a form or much text."""
    tables = Tables()
    found: dict[etree._Element, None] = {}
    for element in list(filter(fits, root.iterdescendants(etree.Element))):
        if found and not found.keys().isdisjoint(element.iterancestors()):
            continue
        deadline.check()
        if not _matters(element, tables):
            found[element] = None
    for element in found:
        _drop(element)


def _weights(body: etree._Element, tables: Tables) -> tuple[dict[etree._Element, int], dict[etree._Element, int]]:
    """Below each element: characters of running text and of data tables, links not counted; and characters of text with a
    full stop, as a heavy element may be only the cells of a table.
    """
    good: dict[etree._Element, int] = defaultdict(int)
    sentences: dict[etree._Element, int] = defaultdict(int)

    def count(element: etree._Element, text: str | None) -> None:
        if text and not text.isspace():
            if element.tag != "a":
                good[element] += _running(text)
            if "。" in text:
                sentences[element] += len(text)

    for element in reversed(list(body.iter(etree.Element))):  # those below an element stand behind it
        count(element, element.text)
        if element.tag == "table" and tables.holds_data(element):
            good[element] += sum(cell.characters for row in tables.rows(element) for cell in row)
        above = element.getparent()
        if element is body or above is None:
            break
        count(above, element.tail)
        if element in good:
            good[above] += good[element]
        if element in sentences:
            sentences[above] += sentences[element]
    return good, sentences


def _running(text: str | None) -> int:
    """Length of text that reads as sentences rather than as labels and links."""
    text = (text or "").strip()
    return len(text) if len(text) >= 8 or _SENTENCE.search(text) else len(text) // 4


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


def _drop(element: etree._Element) -> None:
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
