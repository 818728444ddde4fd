"""DOCX to Document: paragraphs, tables with merged cells, text boxes. Not here: unpacking (docx_parts)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.reading.building import Builder, RawCell, kind_of_line
from pipelines.reading.document import Document, ReadingError
from pipelines.reading.docx_parts import Parts, open_parts
from pipelines.reading.grids import compact
from pipelines.reading.limits import MAX_COLUMNS, MAX_ROWS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _W + "txbxContent", _FALLBACK})
_PRINTED = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "softHyphen": ""}
_HEADING_STYLE = re.compile(r"(?:heading|标题|title)\s*\d*$", re.IGNORECASE)


def read_docx(data: bytes) -> Document:
    """Text and tables in reading order; a text box stands behind the paragraph that holds it. Raises ReadingError."""
    parts = open_parts(data)
    body = parts.document.find(_W + "body")
    if body is None:
        strict = parts.document.tag.startswith(_STRICT)
        what = "a DOCX in the strict variant" if strict else "a DOCX without a body"
        raise ReadingError(f"{what}; open it in a word processor and save it anew as .docx")
    builder = Builder()
    _flow(builder, body, _heading_styles(parts))
    document = builder.build("docx", metadata=_metadata(parts))
    if not document.text.strip():
        raise ReadingError(
            "a DOCX without text (perhaps only images); run text recognition on it and put in the result"
        )
    return document


def _heading_styles(parts: Parts) -> frozenset[str]:
    """Ids of the styles that are headings by name or by outline level."""
    found = set()
    for style in parts.styles.iter(_W + "style") if parts.styles is not None else ():
        name = style.find(_W + "name")
        named = name is not None and _HEADING_STYLE.match(name.get(_W + "val", ""))
        if named or style.find(f"{_W}pPr/{_W}outlineLvl") is not None:
            found.add(style.get(_W + "styleId", ""))
    return frozenset(found)


def _metadata(parts: Parts) -> dict[str, str]:
    title = parts.core.findtext(_TITLE) if parts.core is not None else None
    return {"title": title.strip()} if title and re.search(r"[\u4e00-\u9fff]{4}", title) else {}


def _flow(builder: Builder, container: etree._Element, headings: frozenset[str]) -> None:
    """Paragraphs and tables below `container` in order, through content controls and tracked insertions."""
    for child in container:
        if child.tag == _W + "p":
            _paragraph(builder, child, headings)
        elif child.tag == _W + "tbl":
            _table(builder, child, headings)
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            _flow(builder, child, headings)


def _paragraph(builder: Builder, paragraph: etree._Element, headings: frozenset[str]) -> None:
    text = _text(paragraph).strip()
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    styled = style is not None and style.get(_W + "val") in headings and len(text) <= 60
    for line in text.split("\n"):
        builder.add("heading" if styled else kind_of_line(line), line)
    for box in paragraph.iter(_W + "txbxContent"):
        # Word writes a text box twice, for old and for new readers.
        if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
            _flow(builder, box, headings)


def _text(element: etree._Element) -> str:
    """The visible text of runs below an element, without that of text boxes, deletions and hidden runs."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start",))
    for _, node in walk:
        hidden = node.tag == _W + "r" and node.find(f"{_W}rPr/{_W}vanish") is not None
        inner_table = node.tag == _W + "tbl" and node is not element
        if hidden or inner_table or node.tag in _SKIPPED:
            walk.skip_subtree()
        elif node.tag == _W + "t":
            parts.append(node.text or "")
        elif node.tag == _W + "p" and parts:
            parts.append("\n")
        else:
            parts.append(_PRINTED.get(node.tag, ""))
    return "".join(parts)


def _table(builder: Builder, table: etree._Element, headings: frozenset[str]) -> None:
    """A table; tables and text boxes within its cells come behind it."""
    rows = list(_own(table, _W + "tr"))
    if len(rows) > MAX_ROWS:
        raise ReadingError(f"a table of {len(rows)} rows, more than {MAX_ROWS}; split the file, or leave the annex out")
    cells = _cells(rows)
    if len(cells) == 1:
        for inner in _own(rows[0], _W + "tc"):
            _flow(builder, inner, headings)
        return
    builder.add_table(compact(cells))
    for row in rows:
        for cell in _own(row, _W + "tc"):
            for inner in _own(cell, _W + "tbl"):
                _table(builder, inner, headings)
            for box in cell.iter(_W + "txbxContent"):
                if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                    _flow(builder, box, headings)


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children with the tag, those within content controls and the like too, but none within tables below."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != _W + "tbl" and child.tag != _W + "p" and child.tag not in _SKIPPED and len(child):
            yield from _own(child, tag)


def _cells(rows: list[etree._Element]) -> list[RawCell]:
    """Cells on the grid: gridSpan is how wide, vMerge and the old hMerge say that a cell goes on from another."""
    cells: list[RawCell] = []
    above: dict[int, int] = {}
    for number, row in enumerate(rows):
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _own(row, _W + "tc"):
            width = max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
            if column >= MAX_COLUMNS:
                raise ReadingError(f"a table of more than {MAX_COLUMNS} columns; split the file, or leave it out")
            width = min(width, MAX_COLUMNS - column)
            text = _text(cell)
            if _goes_on(cell, "vMerge") and column in above:
                index = above[column]
                old = cells[index]
                cells[index] = RawCell(
                    old.text + text, old.row, old.column, number - old.row + 1, max(old.column_span, width)
                )
            elif _goes_on(cell, "hMerge") and cells and cells[-1].row == number:
                old = cells[-1]
                cells[-1] = RawCell(old.text + text, old.row, old.column, old.row_span, old.column_span + width)
            else:
                cells.append(RawCell(text, number, column, 1, width))
                above[column] = len(cells) - 1
            column += width
    return cells


def _goes_on(cell: etree._Element, kind: str) -> bool:
    """Whether the cell goes on from the one above (vMerge) or before (hMerge)."""
    merge = cell.find(f"{_W}tcPr/{_W}{kind}")
    return merge is not None and merge.get(_W + "val", "continue") == "continue"


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(_W + "val", "") if element is not None else ""
    return int(value) if re.fullmatch(r"\d{1,9}", value, re.ASCII) else default
