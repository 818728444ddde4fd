"""Writes reports with real tools: python-docx, LibreOffice, Chromium. Not here: what is compared."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import docx
from reports import Merged, Report

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SECONDS = 120


def write_docx(report: Report, path: Path) -> Path:
    """The report as a word processor has it: merged cells, the section heads as paragraphs, a title property."""
    document = docx.Document()
    for kind, part in report.parts:
        if kind == "table":
            _add_table(document, next(Report(report.form, [(kind, part)]).tables()))
        elif kind == "title":
            document.add_heading(str(part), 1)
        else:
            document.add_paragraph(("　　" if kind == "text" else "") + str(part))
    document.save(str(path))
    return path


def _add_table(document: docx.document.Document, rows: Sequence[Sequence[Merged]]) -> None:
    width = max(c.column + c.column_span for row in rows for c in row)
    table = document.add_table(len(rows), width, style="Table Grid")
    places = [list(row.cells) for row in table.rows]
    for i, row in enumerate(rows):
        for cell in row:
            first = places[i][cell.column]
            bottom = min(len(rows), i + cell.row_span) - 1
            if cell.row_span > 1 or cell.column_span > 1:
                first = first.merge(places[bottom][cell.column + cell.column_span - 1])
            first.text = cell.text


def convert(paths: Sequence[Path], suffix: str, folder: Path) -> list[Path]:
    """The files as LibreOffice writes them in another format; one call for all, since it takes seconds to start."""
    assert OFFICE
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return [folder / f"{path.stem}.{suffix}" for path in paths]


def print_pdf(page: Path, folder: Path) -> Path:
    """The page as Chromium prints it."""
    assert BROWSER
    target = folder / f"{page.stem}-printed.pdf"
    options = ["--headless", "--disable-gpu", "--no-sandbox", f"--user-data-dir={folder / 'browser'}"]
    command = [BROWSER, *options, "--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, env={**os.environ, "HOME": str(folder)})
    return target
