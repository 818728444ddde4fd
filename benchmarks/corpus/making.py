"""A corpus: so many reports in a folder, and beside it what they state. Not here: what one report says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpus.bodies import Body, bodies
from benchmarks.corpus.figures import Figures
from benchmarks.corpus.forms import form_parts
from benchmarks.corpus.prose import Fact, Part, fill, filler, grammar, sections
from benchmarks.corpus.writing import as_page, as_text

YEARS = range(2008, 2025)
_FORMS = {**dict.fromkeys(range(2019, 2021), "2019"), **dict.fromkeys(range(2021, 2025), "2021")}
_CHARACTERS = 6_200
"""Of a report's text: some 19 kB in UTF-8, as real ones have."""

_REPORTS = pa.schema(
    [(name, pa.string()) for name in ("source_path", "region_code", "body", "form", "kind", "encoding")]
    + [("year", pa.int32()), ("characters", pa.int32()), ("bytes", pa.int64())]
)
_FACTS = pa.schema(
    [("source_path", pa.string())]
    + [
        (field.name, {"value": pa.float64(), "char_start": pa.int32()}.get(field.name, pa.string()))
        for field in fields(Fact)
    ]
)


@dataclass(frozen=True, slots=True)
class Report:
    """A made report: a row of reports.parquet, its bytes, and its facts."""

    row: dict[str, Any]
    content: bytes
    facts: list[Fact]


def make_corpus(folder: Path, count: int, seed: int, only: str = "") -> None:
    """Writes `folder`/inbox, `folder`/reports.parquet and `folder`/facts.parquet. The same arguments give the same bytes."""
    with (
        pq.ParquetWriter(folder / "reports.parquet", _REPORTS) as reports,
        pq.ParquetWriter(folder / "facts.parquet", _FACTS) as facts,
    ):
        batch: list[Report] = []
        for report in make_reports(count, seed, only):
            path = folder / "inbox" / report.row["source_path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(report.content)
            batch.append(report)
            if len(batch) == 1000:
                _write(batch, reports, facts)
                batch.clear()
        _write(batch, reports, facts)


def make_reports(count: int, seed: int, only: str = "") -> Iterator[Report]:
    """Reports of one body after the other, all years of each. `only`: 'prose' or 'form', else both."""
    years = [year for year in YEARS if not only or (only == "form") == (year in _FORMS)]
    for body in bodies(-(-count // len(years))):
        for year in years[:count]:
            yield make_report(body, year, seed)
        count -= len(years)


def make_report(body: Body, year: int, seed: int) -> Report:
    """One body's report on one year. Text and page, UTF-8 and GB 18030, full and half width take turns."""
    figures, random = Figures(seed, body.code, year), Random(f"{seed}|{body.code}|{year}")
    form = _FORMS.get(year, "prose")
    title = f"{body.name}人民政府{year}年政府信息公开工作年度报告"
    parts = [Part("title", title), Part("paragraph", fill(grammar()["opening"][0], body, year))]
    told = list(sections("prose" if form == "prose" else "form", body, figures))
    tables = form_parts(form, figures) if form != "prose" else []
    closing = [Part("paragraph", fill(grammar()["closing"], body, year)), Part("paragraph", f"{year + 1}年3月12日")]
    length = sum(len(part.text) for part in [*parts, *chain(*told), *tables, *closing])
    length += sum(len(cell.text) for part in tables for row in part.rows or () for cell in row)
    for section in told:
        section += _fillers(body, year, random, (_CHARACTERS - length) // len(told))
    parts += [*chain(*told), *tables, *closing]

    kind, encoding = ("txt", "html")[random.random() < 0.5], ("utf-8", "gb18030")[random.random() < 0.5]
    if kind == "html":
        declared = "utf-8" if encoding == "utf-8" else "gbk"
        text, facts = as_page(parts, encoding=declared, title=title, office=body.office, date=f"{year + 1}-03-12")
    else:
        text, facts = as_text(parts, half_width=random.random() < 0.5)
    content = text.encode(encoding)
    row = {
        "source_path": f"{body.code[:4]}/{body.code}-{year}.{kind}",
        "region_code": body.code,
        "body": body.name,
        "year": year,
        "form": form,
        "kind": kind,
        "encoding": encoding,
        "characters": len(text),
        "bytes": len(content),
    }
    return Report(row, content, facts)


def _fillers(body: Body, year: int, random: Random, characters: int) -> list[Part]:
    parts: list[Part] = []
    while characters > 0:
        text = "".join(filler(body, year, random) for _ in range(3))
        characters -= len(text)
        parts.append(Part("paragraph", text))
    return parts


def _write(batch: list[Report], reports: pq.ParquetWriter, facts: pq.ParquetWriter) -> None:
    reports.write_table(pa.Table.from_pylist([report.row for report in batch], _REPORTS))
    columns: dict[str, list[Any]] = {"source_path": []}
    for report in batch:
        columns["source_path"] += [report.row["source_path"]] * len(report.facts)
    for field in fields(Fact):
        columns[field.name] = [getattr(fact, field.name) for report in batch for fact in report.facts]
    facts.write_table(pa.table(columns, _FACTS))
