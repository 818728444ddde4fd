"""Whole reports: every cell of every form comes back, however it is laid out, cut, misprinted or filled."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from forms_builder import document, official, one_a_line, ragged, table_of, texts, value_keys
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.forms import read_forms
from pipelines.extraction.forms_labels import squeeze
from pipelines.reading.dispatch import read
from pipelines.reading.document import Document

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FORMS = {
    "2014": ["sheet"],
    "2019": ["20-1", "20-5", "20-6", "20-8", "20-9", "requests", "remedies"],
    "2021": ["20-1", "20-5", "20-6", "20-8", "requests", "remedies"],
}
LAYOUTS = {"as printed": lambda grid: grid, "without spans": texts, "ragged": ragged, "one cell a line": one_a_line}
PRINTED = ["0", "", "-", "/", "7", "12", "1,234", "3.50", "－", "１２", "86 "]
Expected = dict[tuple[str | None, str, str, str], str]  # indicator, outcome, labels of row and column


def fill(form: str, random: Random) -> tuple[list[list[list]], Expected]:
    """The form's tables filled at random, and what stands in each cell."""
    grids, expected = [], {}
    for table_id in FORMS[form]:
        table = table_of(form, table_id)
        printed = {key: random.choice(PRINTED) for key in value_keys(table)}
        for (row, column), text in printed.items():
            expected[column.indicator or row.indicator, column.outcome or row.outcome, row.label, column.label] = text
        grids.append(official(table, lambda key, printed=printed: printed[key]))
    return grids, expected


def check(doc: Document, form: str, expected: Expected) -> None:
    reading = read_forms(doc, 2022)
    assert reading.form == form
    assert [(q.rule, q.quote) for q in reading.quantities if not q.indicator] == []
    found = {(q.indicator, q.outcome, q.row_label, q.column_label): q.surface for q in reading.quantities}
    assert found == expected
    assert len(reading.quantities) == len(expected)
    assert all((q.value is None) == (q.surface in ("", "-", "/", "－")) for q in reading.quantities)
    assert all(doc.text[q.char_start : q.char_end] == q.surface for q in reading.quantities)
    assert [q.char_start for q in reading.quantities] == sorted(q.char_start for q in reading.quantities)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_every_cell_of_a_whole_report_comes_back(form: str, layout: str, random: Random) -> None:
    grids, expected = fill(form, random)
    check(document(*(LAYOUTS[layout](grid) for grid in grids)), form, expected)


@pytest.mark.parametrize("layout", ["as printed", "without spans"])
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_every_cell_comes_back_when_pages_cut_the_tables(form: str, layout: str, random: Random) -> None:
    grids, expected = fill(form, random)
    pieces = []
    for grid in grids:
        rows = LAYOUTS[layout](grid)
        cut = random.randrange(1, len(rows))
        pieces += [rows[:cut], rows[cut:]]
    check(document(*pieces), form, expected)


def misprint(label: str, random: Random) -> str:
    """One character left out, changed or doubled, as typists and text recognition do; short labels stay."""
    plain = squeeze(label)
    if len(plain) < 6 or random.random() < 0.4:
        return label
    place = random.choice([i for i, c in enumerate(label) if c in plain[1:]])
    return label[:place] + random.choice(["", "囗", label[place] * 2]) + label[place + 1 :]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=12, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_every_cell_comes_back_from_misprinted_labels(form: str, random: Random) -> None:
    grids, expected = fill(form, random)

    def damage(entry: object) -> object:
        if isinstance(entry, tuple):
            return (entry[0] and misprint(entry[0], random), entry[1])
        return misprint(entry, random) if entry else entry

    check(document(*([[damage(entry) for entry in row] for row in grid] for grid in grids)), form, expected)


def test_sections_of_two_forms_are_a_mixed_form() -> None:
    grids = [official(table_of("2021", name), lambda key: "1") for name in FORMS["2021"][:4]]
    reading = read_forms(document(*grids, official(table_of("2019", "requests"), lambda key: "2")), 2023)
    assert reading.form == "mixed"
    assert {q.outcome for q in reading.quantities if q.outcome.startswith("other")} == {"other"}


@pytest.mark.parametrize("name", ["hongze-district-2023", "hongze-district-2024", "huaian-city-2024"])
def test_published_reports_give_every_labelled_cell(name: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: the labelled reports are not part of the repository")
    lines = (SHARED / "gold" / "forms" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    report, *gold = map(json.loads, lines)
    reading = read_forms(read(SHARED / "reports" / f"{name}.pdf"), report["year"])
    assert reading.form == report["form"]
    keys = ("indicator", "applicant", "outcome", "value", "unit", "period")
    found = [
        (*(getattr(q, key) for key in keys), q.row_label, q.column_label, q.cell == "number")
        for q in reading.quantities
    ]
    assert found == [(*(g[key] for key in keys), g["row"], g["column"], not g["blank"]) for g in gold]


def test_the_official_blank_form_gives_only_blanks() -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: the official blank form is not part of the repository")
    reading = read_forms(read(SHARED / "data" / "form-2021-blank.docx"), None)
    assert reading.form == "2021"
    assert len(reading.quantities) == sum(len(value_keys(table_of("2021", name))) for name in FORMS["2021"])
    assert {(q.value, q.cell, q.period) for q in reading.quantities} == {(None, "blank", "")}
