"""The statutory forms are read cell by cell, whichever form and however laid out."""

from __future__ import annotations

from random import Random

import pytest
from forms_builder import document, official, one_a_line, table_of, texts, value_keys
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.forms import FormReading, read_forms

FORMS = {
    "2014": ["sheet"],
    "2019": ["20-1", "20-5", "20-6", "20-8", "20-9", "requests", "remedies"],
    "2021": ["20-1", "20-5", "20-6", "20-8", "requests", "remedies"],
}
LAYOUTS = {"as printed": lambda grid: grid, "without spans": texts, "one cell a line": one_a_line}


def cells_of(reading: FormReading) -> dict[tuple[str, str], str]:
    coded = [q for q in reading.quantities if q.indicator]
    assert len({(q.row_label, q.column_label, q.section) for q in coded}) == len(coded)
    return {(q.row_label, q.column_label): q.surface for q in coded}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_every_cell_of_a_whole_report_comes_back(form: str, layout: str, random: Random) -> None:
    values = ["0", "", "-", "/", "7", "12", "1,234", "3.50"]
    grids, expected = [], {}
    for table_id in FORMS[form]:
        table = table_of(form, table_id)
        printed = {key: random.choice(values) for key in value_keys(table)}
        if not any(text not in ("", "-", "/") for text in printed.values()):
            printed[next(iter(printed))] = "1"
        for key, text in printed.items():
            expected[(table_id, *key)] = text
        grids.append(LAYOUTS[layout](official(table, lambda key, printed=printed: printed[key])))
    doc = document(*grids)
    reading = read_forms(doc, 2022)
    assert reading.form == form
    sections = {table_id: table_of(form, table_id).section for table_id in FORMS[form]}
    found = {(q.section, q.row_label, q.column_label): q for q in reading.quantities if q.indicator}
    assert [q.rule for q in reading.quantities if not q.indicator] == []
    assert {key: q.surface for key, q in found.items()} == {
        (sections[table_id], row, column): text for (table_id, row, column), text in expected.items()
    }
    assert all((q.value is None) == (q.surface in ("", "-", "/")) for q in reading.quantities)
    assert all(doc.text[q.char_start : q.char_end] == q.surface for q in reading.quantities)
