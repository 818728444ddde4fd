"""Made-up reports: the same ones again, of real size, and stating what they are said to state."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus.bodies import bodies
from benchmarks.corpus.making import make_reports
from pipelines.extraction import extract_document
from pipelines.extraction.forms import read_forms
from pipelines.reading.dispatch import read_bytes
from pipelines.reference import load_csv

REPORTS = list(make_reports(34, seed=3))


def test_the_same_seed_gives_the_same_reports_and_another_seed_others() -> None:
    assert [report.content for report in make_reports(5, seed=3)] == [report.content for report in REPORTS[:5]]
    assert [report.content for report in make_reports(5, seed=4)] != [report.content for report in REPORTS[:5]]


def test_no_body_bears_the_name_of_a_real_region() -> None:
    real = {row["name"] for row in load_csv("regions.csv")}
    assert not real & {body.name for body in bodies(3400)}


def test_reports_are_of_real_size_and_of_all_kinds() -> None:
    text = [report for report in REPORTS if report.row["kind"] == "txt" and report.row["encoding"] == "utf-8"]
    assert all(14_000 < report.row["bytes"] < 25_000 for report in text)
    assert {(r.row["kind"], r.row["encoding"]) for r in REPORTS} == {
        (kind, encoding) for kind in ("txt", "html") for encoding in ("utf-8", "gb18030")
    }
    assert {report.row["form"] for report in REPORTS} == {"prose", "2019", "2021"}


@pytest.mark.parametrize("report", [r for r in REPORTS if r.row["kind"] == "txt"], ids=lambda r: r.row["source_path"])
def test_every_fact_of_a_text_stands_where_it_is_said_to(report) -> None:  # type: ignore[no-untyped-def]
    text = report.content.decode(report.row["encoding"])
    placed = [fact for fact in report.facts if fact.char_start >= 0]
    assert len(placed) >= 6
    for fact in placed:
        assert text[fact.char_start : fact.char_start + len(fact.surface)] == fact.surface


@pytest.mark.parametrize(
    "report", [r for r in REPORTS if r.row["form"] != "prose"][:4], ids=lambda r: r.row["source_path"]
)
def test_every_cell_of_a_form_is_read_as_it_was_made(report) -> None:  # type: ignore[no-untyped-def]
    document = read_bytes(report.content, Path(report.row["source_path"]).suffix)
    found = {
        (q.indicator, q.applicant, q.outcome): q.value for q in read_forms(document, report.row["year"]).quantities
    }
    stated = {(f.indicator, f.applicant, f.outcome): f.value for f in report.facts if f.origin == "form"}
    assert len(stated) > 150
    assert found == pytest.approx(stated)


def test_most_of_what_prose_states_is_found_with_its_indicator() -> None:
    stated = hit = 0
    for report in REPORTS[:8]:
        read = extract_document(read_bytes(report.content, Path(report.row["source_path"]).suffix), "")
        found = {(q.indicator, q.value, q.basis) for q in read.extraction.quantities}
        stated += len(report.facts)
        hit += sum((fact.indicator, fact.value, fact.basis) in found for fact in report.facts)
    assert hit / stated > 0.9
