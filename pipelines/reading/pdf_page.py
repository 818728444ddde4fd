"""Pages of a PDF as glyphs and ruling lines in points, the origin at the top left. Here: all that touches PDFium.

PDFium and not a reader in Python: it takes a tenth of the time, knows more fonts, and repairs broken files.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipelines.reading.deadline import Deadline
from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_PAGE_OBJECTS, MAX_PAGES, MAX_PDF_OBJECTS

_THIN = 3.5  # points: a drawn shape no thicker is a line
_SHORT = 3.0  # points: a line no longer is a dot or a dash
_TALL = 36.0  # points: boxes beyond the size of a headline are looked at twice
_DESCENT = 0.12  # of the type size below the base line
_FORMS_DEEP = 6
_LINE_SEGMENTS = (raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_MOVETO)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character and its box."""

    char: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line along one axis: `at` is its y if horizontal, else its x; `low` to `high` its extent on the other axis."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on a page. Blanks are not glyphs: gaps tell."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]


_Box = tuple[float, float, float, float]


def read_pages(data: bytes) -> tuple[list[Page], str]:
    """All pages, and the title that the file gives itself. Raises ReadingError if broken, locked or boundless."""
    try:
        pdf = pdfium.PdfDocument(data)
        try:
            return _read_all(pdf), pdf.get_metadata_value("Title").strip()
        finally:
            pdf.close()
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadingError("a locked PDF (it asks for a password); save it without one") from error
        raise ReadingError("a broken PDF; open it in a viewer and save or print it anew as .pdf") from error


def _read_all(pdf: pdfium.PdfDocument) -> list[Page]:
    if len(pdf) > MAX_PAGES:
        raise ReadingError(f"a PDF of {len(pdf)} pages, more than {MAX_PAGES}; put in only the report")
    deadline = Deadline()
    pages: list[Page] = []
    budget = MAX_PDF_OBJECTS
    for page in pdf:
        pages.append(_read_page(page))
        page.close()
        budget -= len(pages[-1].glyphs) + len(pages[-1].horizontal) + len(pages[-1].vertical)
        if budget < 0:
            raise ReadingError("a PDF of more characters and lines than a report can have; put in only the report")
        deadline.check()
    return pages


def _read_page(page: pdfium.PdfPage) -> Page:
    """Glyphs and rulings of an open page, turned as it is shown. Raises ReadingError for a boundless page."""
    turn = _Turn(page)
    glyphs = tuple(_glyphs(page, turn))
    horizontal: list[Ruling] = []
    vertical: list[Ruling] = []
    for left, top, right, bottom in _shapes(page, turn):
        if bottom - top <= _THIN and right - left > _SHORT:
            horizontal.append(Ruling((top + bottom) / 2, left, right))
        elif right - left <= _THIN and bottom - top > _SHORT:
            vertical.append(Ruling((left + right) / 2, top, bottom))
    return Page(turn.width, turn.height, glyphs, tuple(horizontal), tuple(vertical))


class _Turn:
    """From PDF coordinates (y upwards, before rotation) to those of the page as shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.low, self.right, self.high = page.get_cropbox()
        self.rotation = page.get_rotation()
        across, along = self.right - self.left, self.high - self.low
        self.width, self.height = (along, across) if self.rotation in (90, 270) else (across, along)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> _Box:
        """left, top, right, bottom of a box given by two corners."""
        (a, b), (c, d) = self._point(x0, y0), self._point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.low, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.low
        if self.rotation == 270:
            return self.high - y, self.right - x
        return x - self.left, self.high - y


def _glyphs(page: pdfium.PdfPage, turn: _Turn) -> Iterator[Glyph]:
    text = page.get_textpage()
    count = text.count_chars()
    if count > MAX_PAGE_OBJECTS:
        raise ReadingError(f"a page of more than {MAX_PAGE_OBJECTS} characters; save the report anew as .pdf or .docx")
    loose = raw.FS_RECTF()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code <= 32 or code == 160 or code == 0x3000 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if raw.FPDFText_IsGenerated(text.raw, index) == 1 or not raw.FPDFText_GetLooseCharBox(text.raw, index, loose):
            continue
        if loose.top - loose.bottom > _TALL:
            _mend(text, index, loose)
        left, top, right, bottom = turn.box(loose.left, loose.bottom, loose.right, loose.top)
        if 0 <= (left + right) / 2 <= turn.width and 0 <= (top + bottom) / 2 <= turn.height:
            # PDFium's mark for a hyphen at the end of a line.
            yield Glyph("-" if code == 0xFFFE else chr(code), left, right, top, bottom)
    text.close()


def _mend(text: pdfium.PdfTextPage, index: int, box: raw.FS_RECTF) -> None:
    """Sets the box of a glyph from its origin and size: PDFium forgets to scale the boxes of vertical type."""
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text.raw, index, matrix)
    size = raw.FPDFText_GetFontSize(text.raw, index) * math.hypot(matrix.c, matrix.d)
    if not 0 < size < (box.top - box.bottom) / 1.6:
        return
    raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
    box.left, box.right = x.value, x.value + size
    box.bottom, box.top = y.value - _DESCENT * size, y.value + (1 - _DESCENT) * size


def _shapes(page: pdfium.PdfPage, turn: _Turn) -> Iterator[_Box]:
    """Boxes of straight pieces of paths, and of filled shapes as a whole."""
    budget = MAX_PAGE_OBJECTS
    for path, matrix in _paths(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, pdfium.PdfMatrix(), 0):
        points = _points(path, matrix)
        budget -= len(points) + 1
        if budget < 0:
            raise ReadingError(
                f"a page of more than {MAX_PAGE_OBJECTS} drawn lines; save the report anew as .pdf or .docx"
            )
        yield from _pieces(path, points, turn)


def _paths(
    parent: object, count: object, get: object, matrix: pdfium.PdfMatrix, depth: int
) -> Iterator[tuple[object, pdfium.PdfMatrix]]:
    """Path objects with the matrix that puts them on the page, those within form objects too."""
    number = count(parent)  # type: ignore[operator]
    if number > MAX_PAGE_OBJECTS:
        raise ReadingError(
            f"a page of more than {MAX_PAGE_OBJECTS} drawn objects; save the report anew as .pdf or .docx"
        )
    for index in range(number):
        item = get(parent, index)  # type: ignore[operator]
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            continue
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(item, own)
        placed = pdfium.PdfMatrix.from_raw(own).multiply(matrix)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, placed
        elif depth < _FORMS_DEEP:
            yield from _paths(item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, placed, depth + 1)


def _points(path: object, matrix: pdfium.PdfMatrix) -> list[tuple[int, float, float, bool]]:
    """Segment kind, place on the page, and whether the figure closes there."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for index in range(min(raw.FPDFPath_CountSegments(path), MAX_PAGE_OBJECTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind, closes = raw.FPDFPathSegment_GetType(segment), bool(raw.FPDFPathSegment_GetClose(segment))
        points.append((kind, *matrix.on_point(x.value, y.value), closes))
    return points


def _pieces(path: object, points: list[tuple[int, float, float, bool]], turn: _Turn) -> Iterator[_Box]:
    """A thin shape is one line; the outline of a larger one is lines if stroked; a fill (a background) is none."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    for figure in _figures(points):
        xs, ys = [p[1] for p in figure], [p[2] for p in figure]
        box = turn.box(min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            if fill.value or stroke.value:
                yield box
        elif stroke.value:
            ring = [*figure, figure[0]] if figure[-1][3] else figure
            for before, after in itertools.pairwise(ring):
                if after[0] in _LINE_SEGMENTS:
                    yield turn.box(before[1], before[2], after[1], after[2])


def _figures(points: list[tuple[int, float, float, bool]]) -> Iterator[list[tuple[int, float, float, bool]]]:
    figure: list[tuple[int, float, float, bool]] = []
    for point in points:
        if point[0] == raw.FPDF_SEGMENT_MOVETO and figure:
            yield figure
            figure = []
        figure.append(point)
    if figure:
        yield figure
