"""One shard, read once: files to rows of reports, report_texts, refusals, quantities and ledger. A pure
function of the files and the code; not here: which shards are made (shards.py), and by which process (pool.py).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import stage
from pipelines.extraction.identity import Identity
from pipelines.extraction.quantity import Extraction, Quantity
from pipelines.extraction.whole import Reading, extract_document
from pipelines.inbox import InboxFile
from pipelines.language.edtf import bounds
from pipelines.language.privacy import mask, masked, private_spans
from pipelines.reading import Document, ReadingError, bytes_of, read_bytes
from pipelines.schemas import QUANTITIES, TableSpec
from pipelines.shards import MADE_BY_READING, Shard


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to make. `given_up` maps files that must not be tried again in this run to the reason; `contacts` lets
    the offices' own telephone numbers and addresses stand.
    """

    shard: Shard
    fingerprint: str
    inbox: Path
    stage: Path
    given_up: Mapping[str, str] = field(default_factory=dict)
    contacts: bool = False


Rows = dict[str, list[dict[str, Any]]]
"""Rows by the name of their table."""


def make_shard(task: Task, on_file: Callable[[str], None]) -> None:
    """Reads the files of a shard and writes its tables; calls `on_file` with each path before it is read."""
    found: list[Rows] = [_refusal(path, reason) for path, reason in task.shard.refused]
    for file in task.shard.files:
        on_file(file.source_path)
        given_up = task.given_up.get(file.source_path)
        found.append(_refusal(file.source_path, given_up) if given_up else _checked(_read(task, file), file))
    columns = {spec.name: _columns(spec, found) for spec in MADE_BY_READING}
    texts = dict(zip(columns["report_texts"]["report_id"], columns["report_texts"]["text"], strict=True))
    stamp = {
        "fingerprint": task.fingerprint,
        "broken_evidence": count_broken_evidence(texts, columns["quantities"]),
    }
    for spec in MADE_BY_READING:
        stage.write(task.stage, spec, task.shard.name, columns[spec.name], stamp)


def count_broken_evidence(texts: Mapping[str, str], quantities: Mapping[str, Sequence[Any]]) -> int:
    """Rows of prose whose `surface` does not stand in the text where they say that it does."""
    wanted = ("report_id", "origin", "surface", "char_start", "char_end")
    return sum(
        origin == "prose" and texts[report_id][start:end] != surface
        for report_id, origin, surface, start, end in zip(*(quantities[name] for name in wanted), strict=True)
    )


def report_rows(file: InboxFile, document: Document, reading: Reading, contacts: bool = False) -> Rows:
    """All rows that one read report gives, what is private in them masked."""
    report_id = report_id_of(file.source_path)
    extraction = reading.extraction
    quantities = quantity_rows(report_id, extraction.quantities, contacts)
    private = private_spans(document.text, contacts=contacts)
    return {
        "reports": [report_row(file, document, reading.identity, reading.form)],
        "report_texts": [_text_row(report_id, document, _shown(document.text, private, extraction.quantities))],
        "quantities": quantities,
        "ledger": ledger_rows(report_id, extraction, [row["quantity_id"] for row in quantities], private),
    }


def report_id_of(source_path: str) -> str:
    return hashlib.sha256(source_path.encode()).hexdigest()[:12]


def _read(task: Task, file: InboxFile) -> Rows:
    """The rows of one file: those of its report, or one of table `refusals`."""
    path = task.inbox / file.source_path
    try:
        data = bytes_of(path)
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return _refusal(file.source_path, "changed while the run was reading it; run again")
        document = read_bytes(data, path.suffix.lower())
        return report_rows(file, document, extract_document(document, file.source_path), task.contacts)
    except ReadingError as error:
        return _refusal(file.source_path, str(error))
    except MemoryError:
        return _refusal(file.source_path, "needs more memory than a worker may use; split the file")
    except Exception as error:  # noqa: BLE001 - a mistake of ours with one file must not cost all others; it is told and counted
        return _internal_error(file.source_path, error)


def _checked(rows: Rows, file: InboxFile) -> Rows:
    """The rows, if they fit what schemas.py declares; else the file is refused, and the others of its shard are
    not lost.
    """
    try:
        for spec in MADE_BY_READING:
            stage.to_table(spec, _columns(spec, [rows]))
    except (pa.ArrowException, OverflowError) as error:
        return _internal_error(file.source_path, error)
    return rows


def _columns(spec: TableSpec, found: Sequence[Rows]) -> dict[str, list[Any]]:
    rows = [row for part in found for row in part.get(spec.name, ())]
    return {column.name: [row[column.name] for row in rows] for column in spec.columns}


def _refusal(source_path: str, reason: str) -> Rows:
    return {"refusals": [{"source_path": source_path, "reason": reason}]}


def _internal_error(source_path: str, error: Exception) -> Rows:
    return _refusal(source_path, f"internal error ({type(error).__name__}: {error}); please report it with the file")


def report_row(file: InboxFile, document: Document, identity: Identity, form: str) -> dict[str, Any]:
    return {
        "report_id": report_id_of(file.source_path),
        "source_path": file.source_path,
        "sha256": file.sha256,
        "title": identity.title,
        "region_code": identity.region_code,
        "region_name": identity.region_name,
        "level": identity.level,
        "body": identity.body,
        "body_kind": identity.body_kind,
        "report_year": identity.report_year,
        "title_year": identity.title_year,
        "form": form,
        "published_on": date.fromisoformat(identity.published_on) if identity.published_on else None,
        "characters": len(document.text),
    }


def quantity_rows(report_id: str, quantities: Sequence[Quantity], contacts: bool = False) -> list[dict[str, Any]]:
    """Rows of table `quantities`. Where several share a place, the second and further ids end in their order."""
    surfaces: dict[str, list[str]] = defaultdict(list)
    for quantity in quantities:
        surfaces[quantity.quote].append(quantity.surface)
    quotes = {quote: mask(quote, contacts=contacts, keep=found) for quote, found in surfaces.items()}
    met: Counter[int] = Counter()
    ids = []
    for quantity in quantities:
        met[quantity.char_start] += 1
        order = met[quantity.char_start]
        ids.append(f"{report_id}-{quantity.char_start}" + (f"-{order}" if order > 1 else ""))
    return [
        _quantity_row(report_id, ids, index, quantity) | {"quote": quotes[quantity.quote]}
        for index, quantity in enumerate(quantities)
    ]


def _quantity_row(report_id: str, ids: Sequence[str], index: int, quantity: Quantity) -> dict[str, Any]:
    start, end = bounds(quantity.period)
    made = {
        "quantity_id": ids[index],
        "report_id": report_id,
        "period_start": start,
        "period_end": end,
        "part_of": None if quantity.part_of is None else ids[quantity.part_of],
        "breakdown": quantity.breakdown,
    }
    return {
        column.name: made[column.name] if column.name in made else getattr(quantity, column.name)
        for column in QUANTITIES.columns
    }


def ledger_rows(
    report_id: str, extraction: Extraction, ids: Sequence[str], private: Sequence[tuple[int, int]]
) -> list[dict[str, Any]]:
    """Rows of table `ledger`; numerals that measure nothing are masked where they lie in `private`."""
    return [
        {
            "report_id": report_id,
            "char_start": numeral.char_start,
            "char_end": numeral.char_end,
            "surface": numeral.surface
            if numeral.quantity is not None
            else masked(numeral.surface, private, numeral.char_start),
            "reason": numeral.reason,
            "quantity_id": None if numeral.quantity is None else ids[numeral.quantity],
        }
        for numeral in extraction.numerals
    ]


def _shown(text: str, private: Sequence[tuple[int, int]], quantities: Sequence[Quantity]) -> str:
    """The text with what is private masked, and every number that was read as it is printed."""
    if not private:
        return text
    characters = list(masked(text, private))
    for quantity in quantities:
        characters[quantity.char_start : quantity.char_end] = text[quantity.char_start : quantity.char_end]
    return "".join(characters)


def _text_row(report_id: str, document: Document, text: str) -> dict[str, Any]:
    blocks = [[block.kind, block.start, block.end] for block in document.blocks]
    return {
        "report_id": report_id,
        "text": text,
        "blocks": json.dumps(blocks),
        "metadata": json.dumps(document.metadata, ensure_ascii=False),
    }
