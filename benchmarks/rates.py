"""What a core reads in a second, step by step, on the same made-up text, beside the floor. Not here: the whole job (job.py).

The floor is the least that Python can do for "text in, quantities out": one regular expression over the text, each match with value,
unit and offsets, as an Arrow table. Seconds are those of the processor, so that a busy machine disturbs little.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from benchmarks.corpus.making import Report, make_reports
from pipelines.extraction.forms import read_forms
from pipelines.extraction.identity import identify
from pipelines.extraction.prose import read_prose
from pipelines.extraction.whole import extract_document
from pipelines.inbox import InboxFile
from pipelines.reading import Document
from pipelines.reading.dispatch import read_bytes
from pipelines.reading_pass import Task, make_shard
from pipelines.shards import Shard

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s?(万|亿)?(人次|条|件|次|期|个|家|项|篇|场|份|名|人|处|起|户|封|元|%)?")
_SCALE = {None: 1.0, "万": 1e4, "亿": 1e8}
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Rate:
    """A step: what it read, and how long it took, the best of some rounds."""

    step: str
    reports: int
    bytes: int
    seconds: float

    @property
    def megabytes_a_second(self) -> float:
        return self.bytes / 1e6 / self.seconds

    @property
    def reports_a_second(self) -> float:
        return self.reports / self.seconds


def measure(count: int, seed: int = 1) -> list[Rate]:
    """All steps in the order of the work; bytes are those of the text in UTF-8."""
    reports = list(make_reports(count, seed))
    documents = [read_bytes(report.content, f".{report.row['kind']}") for report in reports]
    pairs = list(zip(reports, documents, strict=True))
    prose = [pair for pair in pairs if pair[0].row["form"] == "prose"]
    forms = [pair for pair in pairs if pair[0].row["form"] != "prose"]
    rates = [_rate("floor", pairs, lambda: floor([document.text for document in documents]))]
    for kind in ("txt", "html"):
        for encoding in ("utf-8", "gb18030"):
            some = [p for p in pairs if (p[0].row["kind"], p[0].row["encoding"]) == (kind, encoding)]
            rates.append(_rate(f"read {kind}, {encoding}", some, lambda some=some: _read(some)))  # type: ignore[misc]
    rates.append(_rate("identify", pairs, lambda: [identify(document, "") for document in documents]))
    rates.append(_rate("prose", prose, lambda: [read_prose(d.text, r.row["year"], (), "") for r, d in prose]))
    rates.append(_rate("forms", forms, lambda: [read_forms(d, r.row["year"]) for r, d in forms]))
    rates.append(_rate("extraction, whole", pairs, lambda: [extract_document(document) for document in documents]))
    with tempfile.TemporaryDirectory() as folder:
        task = _task(Path(folder), reports)
        rates.append(_rate("files to stage", pairs, lambda: make_shard(task, lambda path: None)))
    return rates


def floor(texts: Sequence[str]) -> pa.Table:
    """Every number with a unit: value, unit, offsets."""
    values: list[float] = []
    units: list[str | None] = []
    starts: list[int] = []
    ends: list[int] = []
    for text in texts:
        for match in _NUMBER.finditer(text):
            digits, scale, unit = match.groups()
            values.append(float(digits.replace(",", "")) * _SCALE[scale])
            units.append(unit)
            starts.append(match.start())
            ends.append(match.end())
    return pa.table({"value": values, "unit": units, "start": starts, "end": ends})


def _read(pairs: Sequence[tuple[Report, Document]]) -> None:
    for report, _ in pairs:
        read_bytes(report.content, f".{report.row['kind']}")


def _rate(step: str, pairs: Sequence[tuple[Report, Document]], work: Callable[[], object]) -> Rate:
    best = float("inf")
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return Rate(step, len(pairs), sum(len(document.text.encode()) for _, document in pairs), best)


def _task(folder: Path, reports: Sequence[Report]) -> Task:
    import hashlib

    files = []
    for report in reports:
        path = folder / "inbox" / report.row["source_path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(report.content)
        digest = hashlib.sha256(report.content).hexdigest()
        files.append(InboxFile(report.row["source_path"], digest, len(report.content), report.row["kind"]))
    return Task(Shard("000", tuple(files)), "", folder / "inbox", folder / "stage")
