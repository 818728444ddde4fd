"""HTML to Document: the main text of a page with its tables. Not here: which part is main, what it says of itself."""

from __future__ import annotations

import re

from lxml import etree

from pipelines.reading.building import Builder, kind_of_line
from pipelines.reading.deadline import Deadline
from pipelines.reading.decoding import decode
from pipelines.reading.document import Document, ReadingError
from pipelines.reading.html_metadata import is_index_bar, page_metadata
from pipelines.reading.html_page import find_main, parse_page, remove_unseen
from pipelines.reading.html_tables import Tables, own_tables
from pipelines.reading.html_text import BLOCKS, HEADINGS, LINE_BREAK, tidy
from pipelines.reading.limits import MAX_XML_BYTES

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]{2,20})""", re.IGNORECASE)
_ENOUGH = re.compile(r"(?:\s*\S){20}")  # characters that a report has at the very least
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
    builder, tables = Builder(), Tables()
    _Flow(builder, tables).run(find_main(root, tables))
    document = builder.build("html", encoding, metadata)
    if not _ENOUGH.match(document.text):
        raise ReadingError(_EMPTY)
    return document


class _Flow:
    """Writes an element's text as blocks, a block element or a line break ending each."""

    def __init__(self, builder: Builder, tables: Tables) -> None:
        self.builder, self.tables = builder, tables
        self.pending: list[str] = []
        self.kind = ""

    def run(self, main: etree._Element) -> None:
        """Writes an element."""
        self._write(main, next(main.iterancestors("pre"), None) is not None)
        self.flush()

    def _write(self, element: etree._Element, keeps_lines: bool) -> None:
        """An element within preformatted text or not, without what follows; no deeper than the parser lets elements be nested."""
        tag = element.tag
        ends_block = tag in BLOCKS
        if ends_block or tag == "br":
            self.flush()
            self.kind = "heading" if tag in HEADINGS else ""
        if tag != "table" or not self._take_table(element):
            keeps_lines = keeps_lines or tag == "pre"
            if text := element.text:
                self.pending.append(text.replace("\n", LINE_BREAK) if keeps_lines else text)
            for child in element:
                self._write(child, keeps_lines)
                if text := child.tail:
                    self.pending.append(text.replace("\n", LINE_BREAK) if keeps_lines else text)
        if ends_block:
            self.flush()

    def flush(self) -> None:
        """Ends a block."""
        if self.pending:
            text = "".join(self.pending)
            self.pending.clear()
            for line in () if text.isspace() else tidy(text).split("\n"):
                self.builder.add(self.kind or kind_of_line(line), line)
        self.kind = ""

    def _take_table(self, table: etree._Element) -> bool:
        """Writes a data table or index bar whole, tables within its cells behind it; a layout table is left to flow."""
        texts = self.tables.rows(table).texts
        if is_index_bar(texts):
            for row in texts:
                self.builder.add("furniture", " ".join(filter(None, row)))
            return True
        if not self.tables.holds_data(table):
            return False
        self.builder.add_table(self.tables.place(table))
        for inner in own_tables(table):
            if not self._take_table(inner):
                _Flow(self.builder, self.tables).run(inner)
        return True
