"""A whole report: whose it is, its tables, its prose, put together. Not here: how any of these is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from pipelines.extraction.forms import read_forms
from pipelines.extraction.identity import Identity, identify
from pipelines.extraction.prose import read_prose
from pipelines.extraction.quantity import Extraction, Numeral, Quantity
from pipelines.reading.document import Document


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as read: whose it is, which statutory form its tables follow, and all that was found."""

    identity: Identity
    form: str
    extraction: Extraction


def extract(text: str, region: str | None = None, year: int | None = None) -> list[Quantity]:
    """Every measured number of a text, in text order.

    `year` is the year that the text is about and `region` the six-digit code of the body's region; what is not given is read off the
    text. Any string is fine, an empty one too; nothing is raised. Offsets count code points of `text`.
    """
    return _read(Document(text=text, kind="txt"), "", region, year).extraction.quantities


def extract_document(document: Document, source_path: str = "") -> Reading:
    """A read document with its identity, form and quantities; prose and table cells in one list, in text order."""
    return _read(document, source_path, None, None)


def _read(document: Document, source_path: str, region: str | None, year: int | None) -> Reading:
    identity = identify(document, source_path)
    year = year if year is not None else identity.report_year
    forms = read_forms(document, year)
    furniture = tuple((block.start, block.end) for block in document.blocks if block.kind == "furniture")
    prose = read_prose(document.text, year, skip=(*forms.spans, *furniture), body=identity.body or "")
    return Reading(identity, forms.form, _merge(Extraction(forms.quantities, forms.numerals), prose))


def _merge(first: Extraction, second: Extraction) -> Extraction:
    """Both in text order, with the indexes between quantities and numerals kept right."""
    if not first.quantities and not first.numerals:
        return second
    both = [*first.quantities, *second.quantities]
    keys = [(quantity.char_start, quantity.char_end) for quantity in both]
    order = sorted(range(len(both)), key=keys.__getitem__)
    places = [0] * len(both)
    for place, index in enumerate(order):
        places[index] = place
    split = len(first.quantities)
    for quantity in first.quantities:
        quantity.part_of = None if quantity.part_of is None else places[quantity.part_of]
    for quantity in second.quantities:
        quantity.part_of = None if quantity.part_of is None else places[split + quantity.part_of]
    numerals = [*_moved(first.numerals, places[:split]), *_moved(second.numerals, places[split:])]
    return Extraction([both[index] for index in order], sorted(numerals, key=attrgetter("char_start")))


def _moved(numerals: list[Numeral], places: list[int]) -> Iterator[Numeral]:
    for numeral in numerals:
        surface, start, end, reason, index = numeral
        yield numeral if index is None else Numeral(surface, start, end, reason, places[index])
