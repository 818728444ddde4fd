"""PDF to Document: prose joined over lines and pages, ruled tables joined over pages. Scans are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.reading.building import Builder, kind_of_line
from pipelines.reading.document import Document, ReadingError
from pipelines.reading.pdf_guard import check_streams
from pipelines.reading.pdf_page import Glyph, Page, read_pages
from pipelines.reading.pdf_tables import Part, continues, join_parts, make_part, raw_cells
from pipelines.reading.pdf_text import Line, drop_furniture, goes_on, join, make_lines, margins
from pipelines.reading.rulings import find_grids

_SCANNED = "a scanned PDF: its pages are images without text; run text recognition on it and put in the result"
_ENOUGH = 20  # characters that a report has at the very least
_GARBLED = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08]")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line or a part of a table, with the place that orders it."""

    top: float
    item: Line | Part


def read_pdf(data: bytes) -> Document:
    """Text and tables in reading order. Raises ReadingError for a broken, locked, scanned or boundless file."""
    check_streams(data)
    pages, title = read_pages(data)
    if sum(len(page.glyphs) for page in pages) < _ENOUGH:
        raise ReadingError(_SCANNED)
    builder = Builder()
    _assemble(builder, pages)
    document = builder.build("pdf", metadata={"title": title} if _looks_titled(title) else {})
    if len(_GARBLED.findall(document.text)) > len(document.text) / 5:
        raise ReadingError("a PDF whose fonts do not say which characters they print; run text recognition on it")
    return document


def _looks_titled(title: str) -> bool:
    """Whether the file's own title is one, and not the name of a file."""
    return bool(re.search(r"[\u4e00-\u9fff]{4}", title)) and "." not in title


def _assemble(builder: Builder, pages: list[Page]) -> None:
    """Writes the pages: a table at a page's end goes on at the next one's top, so does a paragraph."""
    split = [_split(page) for page in pages]
    prose = drop_furniture([lines for lines, _ in split])
    left, right = margins(prose)
    items: list[Line | Part] = []
    for lines, (_, parts) in zip(prose, split, strict=True):
        placed = [_Placed(line.top, line) for line in lines] + parts
        fresh = True
        for entry in sorted(placed, key=lambda p: p.top):
            last = items[-1] if items else None
            if fresh and isinstance(entry.item, Part) and isinstance(last, Part) and continues(last, entry.item):
                items[-1] = join_parts(last, entry.item)
            else:
                items.append(entry.item)
            fresh = False
    _write(builder, items, left, right)


def _split(page: Page) -> tuple[list[Line], list[_Placed]]:
    """The lines outside of tables, and the tables."""
    grids = find_grids(page.horizontal, page.vertical)
    rest: list[Glyph] = []
    inside: list[list[Glyph]] = [[] for _ in grids]
    for glyph in page.glyphs:
        home = next((i for i, grid in enumerate(grids) if grid.box_at(glyph.center, glyph.middle)), None)
        (rest if home is None else inside[home]).append(glyph)
    parts = [_Placed(g.ys[0], make_part(g, found)) for g, found in zip(grids, inside, strict=True) if found]
    return make_lines(rest), parts


def _write(builder: Builder, items: list[Line | Part], left: float, right: float) -> None:
    paragraph: list[Line] = []

    def flush() -> None:
        if paragraph:
            text = join(line.text for line in paragraph)
            builder.add(kind_of_line(text), text)
            paragraph.clear()

    for item in items:
        if isinstance(item, Part):
            flush()
            builder.add_table(raw_cells(item))
            continue
        if paragraph and not goes_on(paragraph[-1], item, left, right):
            flush()
        paragraph.append(item)
    flush()
