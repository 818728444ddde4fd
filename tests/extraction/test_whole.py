"""A whole report: what tables and sentences hold stands in one list, and every index in it still leads where it did. Figures are made up."""

from __future__ import annotations

import itertools

from forms_builder import DocumentBuilder

from pipelines.extraction.quantity import Quantity
from pipelines.extraction.whole import Reading, extract_document

BEFORE = "2022年，全年主动公开政府信息1200条，其中政府网站公开900条，政务微信公开300条。"
AFTER = "全年收到政府信息公开申请57件，其中网络申请40件，信函申请17件。"
PENALTIES = [["信息内容", "本年处理决定数量"], ["行政处罚", "33"], ["行政强制", "0"]]


def read(*parts: str | list[list[str]]) -> tuple[str, Reading]:
    builder = DocumentBuilder()
    for part in parts:
        builder = builder.paragraph(part) if isinstance(part, str) else builder.table(part)
    document = builder.build()
    return document.text, extract_document(document)


def wholes(quantities: list[Quantity]) -> dict[float | None, float | None]:
    return {q.value: quantities[q.part_of].value for q in quantities if q.part_of is not None}


def test_cells_and_sentences_stand_in_text_order() -> None:
    _, reading = read(BEFORE, PENALTIES, AFTER)
    found = [(q.origin, q.value) for q in reading.extraction.quantities]
    assert found == [
        *(("prose", v) for v in (1200, 900, 300)),
        ("form", 33),
        ("form", 0),
        *(("prose", v) for v in (57, 40, 17)),
    ]


def test_parts_keep_their_wholes_around_a_table() -> None:
    _, reading = read(BEFORE, PENALTIES, AFTER)
    assert wholes(reading.extraction.quantities) == {900: 1200, 300: 1200, 40: 57, 17: 57}


def test_every_numeral_leads_to_the_quantity_printed_there() -> None:
    text, reading = read(PENALTIES, BEFORE, AFTER)
    quantities, numerals = reading.extraction.quantities, reading.extraction.numerals
    assert all(one.char_end <= following.char_start for one, following in itertools.pairwise(numerals))
    assert all(text[n.char_start : n.char_end] == n.surface for n in numerals)
    led = [(n, quantities[n.quantity]) for n in numerals if n.quantity is not None]
    assert len(led) == len(quantities) == 8
    assert all(q.char_start <= n.char_start < q.char_end for n, q in led)


def test_a_report_without_tables_is_its_prose() -> None:
    _, reading = read(BEFORE)
    assert (reading.form, wholes(reading.extraction.quantities)) == ("prose", {900: 1200, 300: 1200})
