"""What was written comes back: each cell right, no blank invented, none too many, from every format and build.

Set GONGKAI_ROUNDTRIPS to a number for that many random reports a form and build, in all of the real tools' formats too.
"""

from __future__ import annotations

import os
from pathlib import Path

import html_builds
import pytest
import text_builds
import tools
from reports import FORMS, Report, make_report, score

from pipelines.extraction.whole import extract_document
from pipelines.reading import read

MANY = int(os.environ.get("GONGKAI_ROUNDTRIPS", "0"))
SEEDS = range(max(1, MANY))
PRINTED = ["cms", "word_export", "one_table"] if MANY else ["one_table"]
needs_office = pytest.mark.skipif(
    not tools.OFFICE, reason="LibreOffice is not installed: no PDF or HTML of a word processor was read back"
)
needs_browser = pytest.mark.skipif(
    not tools.BROWSER, reason="Chromium is not installed: no PDF that a browser prints was read back"
)


def check(path: Path, report: Report) -> None:
    result = score(path, report)
    assert (result.right, result.invented, result.stray, result.wrong) == (result.cells, 0, 0, []), path.name


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("build", html_builds.BUILDS)
def test_html_comes_back(build: str, form: str, seed: int, tmp_path: Path) -> None:
    report = make_report(form, seed, blanks=build not in html_builds.WITHOUT_BLANKS)
    path = tmp_path / "report.html"
    path.write_text(html_builds.BUILDS[build](report), encoding="utf-8")
    check(path, report)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("written", "declared"), [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("gb18030", "")])
def test_html_comes_back_whatever_encoding_it_declares(written: str, declared: str, form: str, tmp_path: Path) -> None:
    report = make_report(form, 1)
    page = html_builds.cms(report).replace("charset=utf-8", f"charset={declared}" if declared else "")
    path = tmp_path / "report.html"
    path.write_bytes(page.encode(written))
    check(path, report)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("build", text_builds.BUILDS)
def test_text_and_markdown_come_back(build: str, form: str, seed: int, tmp_path: Path) -> None:
    report = make_report(form, seed, blanks=build not in text_builds.WITHOUT_BLANKS)
    suffix, write = text_builds.BUILDS[build]
    path = tmp_path / f"report{suffix}"
    path.write_text(write(report), encoding="utf-8")
    check(path, report)


@pytest.fixture(scope="module")
def word_files(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Report]:
    folder = tmp_path_factory.mktemp("word")
    reports = {f"{form}-{seed}": make_report(form, seed + 100) for form in FORMS for seed in SEEDS}
    return {tools.write_docx(report, folder / f"{name}.docx"): report for name, report in reports.items()}


def test_docx_comes_back(word_files: dict[Path, Report]) -> None:
    for path, report in word_files.items():
        check(path, report)


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_cell_that_left_no_trace_moves_no_figure(form: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        report = make_report(form, seed)
        path = tmp_path / "report.txt"
        path.write_text(text_builds.one_a_line(report), encoding="utf-8")
        result = score(path, report)
        assert result.invented == 0
        assert result.right + result.stray == result.cells  # what has no column is kept, uncoded with the reason


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("build", ["cms", "one_table", "without_tables"])
def test_figures_of_tables_do_not_come_out_of_the_prose_again(build: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(html_builds.BUILDS[build](make_report(form, 3, blanks=False)), encoding="utf-8")
    found = extract_document(read(path)).extraction
    assert [q.surface for q in found.quantities if q.origin == "prose"] == ["4次", "310人次", "0元"]
    assert len({n.char_start for n in found.numerals}) == len(found.numerals)


@needs_office
@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_what_a_word_processor_saves_comes_back(suffix: str, word_files: dict[Path, Report], tmp_path: Path) -> None:
    saved = tools.convert(list(word_files), suffix, tmp_path)
    for path, report in zip(saved, word_files.values(), strict=True):
        check(path, report)


@needs_browser
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("build", PRINTED)
def test_what_a_browser_prints_comes_back(build: str, form: str, tmp_path: Path) -> None:
    report = make_report(form, 200)
    page = tmp_path / f"{build}.html"
    page.write_text(html_builds.BUILDS[build](report), encoding="utf-8")
    check(tools.print_pdf(page, tmp_path), report)
