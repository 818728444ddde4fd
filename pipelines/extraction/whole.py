"""A whole report: whose it is, its tables, its prose, put together. Not here: how any of these is read."""

from __future__ import annotations

from dataclasses import dataclass

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
    tagged = [(q.char_start, q.char_end, 0, i, q) for i, q in enumerate(first.quantities)]
    tagged += [(q.char_start, q.char_end, 1, i, q) for i, q in enumerate(second.quantities)]
    tagged.sort(key=lambda entry: entry[:4])
    place = {(which, i): at for at, (_, _, which, i, _) in enumerate(tagged)}
    for _, _, which, _, quantity in tagged:
        if quantity.part_of is not None:
            quantity.part_of = place[which, quantity.part_of]
    numerals = [_moved(n, place, which) for which, part in enumerate((first, second)) for n in part.numerals]
    return Extraction([entry[4] for entry in tagged], sorted(numerals, key=lambda n: n.char_start))


def _moved(numeral: Numeral, place: dict[tuple[int, int], int], which: int) -> Numeral:
    if numeral.quantity is None:
        return numeral
    return Numeral(
        numeral.surface, numeral.char_start, numeral.char_end, numeral.reason, place[which, numeral.quantity]
    )
