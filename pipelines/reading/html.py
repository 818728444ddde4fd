"""HTML to Document: the main text of a page with its tables. Not here: which part is main, what it says of itself."""

from __future__ import annotations

import re

from lxml import etree

from pipelines.reading.building import Builder, kind_of_line
from pipelines.reading.deadline import Deadline
from pipelines.reading.decoding import decode
from pipelines.reading.document import Document, ReadingError
from pipelines.reading.html_metadata import index_lines, is_index_bar, page_metadata
from pipelines.reading.html_page import find_main, parse_page, remove_unseen
from pipelines.reading.html_tables import is_data_table, own_tables, place_table
from pipelines.reading.html_text import BLOCKS, HEADINGS, LINE_BREAK, tidy
from pipelines.reading.limits import MAX_XML_BYTES

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]{2,20})""", re.IGNORECASE)
_ENOUGH = 20  # characters that a report has at the very least
_EMPTY = (
    "a page without a text of its own (its content is loaded by a script, a frame or an attachment); "
    "open it in a browser and save the report itself as .html, .pdf or .docx"
)


def read_html(data: bytes) -> Document:
    """The main text of a page, its tables and what it says of itself. Raises ReadingError."""
    declared = _CHARSET.search(data[:8192]) or _XML_ENCODING.search(data[:200])
    if len(data) > MAX_XML_BYTES:
        raise ReadingError(f"a page of more than {MAX_XML_BYTES // 1_000_000} MB; save only the report, without images")
    text, encoding = decode(data, declared.group(1).decode("ascii", "replace") if declared else "")
    root = parse_page(text)
    metadata = page_metadata(root)
    deadline = Deadline()
    remove_unseen(root, deadline)
    builder = Builder()
    _Flow(builder).run(find_main(root, deadline))
    document = builder.build("html", encoding, metadata)
    if len("".join(document.text.split())) < _ENOUGH:
        raise ReadingError(_EMPTY)
    return document


class _Flow:
    """Writes an element's text as blocks, a block element or a line break ending each."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.pending: list[str] = []
        self.kind = ""

    def run(self, main: etree._Element) -> None:
        """Walks without recursion: pages may be nested as deep as the parser lets them."""
        walk = etree.iterwalk(main, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                self._open(element)
                if element.tag == "table" and self._take_table(element):
                    walk.skip_subtree()
                elif element.text:
                    self.pending.append(_shown(element, element.text))
                continue
            if element.tag in BLOCKS:
                self.flush()
            if element.tail and element is not main:
                self.pending.append(_shown(element.getparent(), element.tail))
        self.flush()

    def flush(self) -> None:
        """Ends a block."""
        for line in tidy("".join(self.pending)).split("\n"):
            self.builder.add(self.kind or kind_of_line(line), line)
        self.pending.clear()
        self.kind = ""

    def _open(self, element: etree._Element) -> None:
        if element.tag in BLOCKS:
            self.flush()
            self.kind = "heading" if element.tag in HEADINGS else ""
        elif element.tag == "br":
            self.flush()

    def _take_table(self, table: etree._Element) -> bool:
        """Writes a data table or index bar whole, tables within its cells behind it; a layout table is left to flow."""
        if is_index_bar(table):
            for line in index_lines(table):
                self.builder.add("furniture", line)
            return True
        if not is_data_table(table):
            return False
        self.builder.add_table(place_table(table))
        for inner in own_tables(table):
            if not self._take_table(inner):
                _Flow(self.builder).run(inner)
        return True


def _shown(element: etree._Element | None, text: str) -> str:
    """Text of an element, in which preformatted text keeps its lines."""
    if "\n" in text and element is not None:
        kept = element.tag == "pre" or any(True for _ in element.iterancestors("pre"))
        return text.replace("\n", LINE_BREAK) if kept else text
    return text
