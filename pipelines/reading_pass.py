"""One shard, read once: files to rows of reports, report_texts, refusals, quantities and ledger. A pure
function of the files and the code; not here: which shards are made (shards.py), and by which process (pool.py).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines import stage
from pipelines.extraction.identity import Identity
from pipelines.extraction.quantity import Extraction, Quantity
from pipelines.extraction.whole import Reading, extract_document
from pipelines.inbox import InboxFile
from pipelines.kept import Tables, rows_of_before
from pipelines.language.edtf import bounds
from pipelines.language.privacy import MASK, mask, masked, private_spans
from pipelines.reading import Document, ReadingError, bytes_of, read_bytes
from pipelines.schemas import QUANTITIES, REPORT_TEXTS, arrow_schema
from pipelines.shards import MADE_BY_READING, Shard


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to make. `given_up` maps files that must not be tried again in this run to the reason; `contacts` lets
    the offices' own telephone numbers and addresses stand; rows of files that did not change are taken over from a
    shard made by the same `code`, none where it is empty.
    """

    shard: Shard
    fingerprint: str
    inbox: Path
    stage: Path
    given_up: Mapping[str, str] = field(default_factory=dict)
    contacts: bool = False
    code: str = ""


Rows = dict[str, list[dict[str, Any]]]
"""Rows by the name of their table."""


def make_shard(task: Task, on_file: Callable[[str], None]) -> None:
    """Reads the files of a shard and writes its tables; calls `on_file` with each path before it is read."""
    before = rows_of_before(task.stage, task.shard.name, task.code)
    found = [_tables(_refusal(path, reason)) for path, reason in task.shard.refused]
    broken = 0
    for file in task.shard.files:
        on_file(file.source_path)
        if kept := before.get((file.source_path, file.sha256)):
            found.append(kept)
            continue
        given_up = task.given_up.get(file.source_path)
        rows = _refusal(file.source_path, given_up) if given_up else _read(task, file)
        found.append(_checked(rows, file))
        broken += count_broken_evidence(rows)
    stamp = {"fingerprint": task.fingerprint, "code": task.code, "broken_evidence": broken}
    for spec in MADE_BY_READING:
        parts = [tables[spec.name] for tables in found if spec.name in tables]
        table = pa.concat_tables([arrow_schema(spec).empty_table(), *parts]).combine_chunks()
        stage.write_table(task.stage, spec, task.shard.name, table, stamp)


def count_broken_evidence(rows: Rows) -> int:
    """Rows of prose whose `surface` does not stand in the text where they say that it does."""
    texts = {row["report_id"]: row["text"] for row in rows.get(REPORT_TEXTS.name, ())}
    return sum(
        row["origin"] == "prose" and texts[row["report_id"]][row["char_start"] : row["char_end"]] != row["surface"]
        for row in rows.get(QUANTITIES.name, ())
    )


def report_rows(file: InboxFile, document: Document, reading: Reading, contacts: bool = False) -> Rows:
    """All rows that one read report gives, what is private in them masked."""
    report_id = report_id_of(file.source_path)
    extraction = reading.extraction
    private = private_spans(document.text, contacts=contacts)
    shown = _shown(document.text, private, extraction.quantities)
    quotes = [_quote(quantity, document.text, shown, contacts) for quantity in extraction.quantities]
    quantities = quantity_rows(report_id, extraction.quantities, quotes)
    if private:
        _mask_words(quantities, {document.text[start:end] for start, end in private})
    return {
        "reports": [report_row(file, document, reading.identity, reading.form)],
        "report_texts": [_text_row(report_id, document, shown)],
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


def _checked(rows: Rows, file: InboxFile) -> Tables:
    """The rows as tables, if they fit what schemas.py declares; else the file is refused, and the others of its shard
    are not lost.
    """
    try:
        return _tables(rows)
    except (pa.ArrowException, OverflowError) as error:
        return _tables(_internal_error(file.source_path, error))


def _tables(rows: Rows) -> Tables:
    return {
        spec.name: stage.to_table(
            spec, {column.name: [row[column.name] for row in rows[spec.name]] for column in spec.columns}
        )
        for spec in MADE_BY_READING
        if spec.name in rows
    }


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


def quantity_rows(report_id: str, quantities: Sequence[Quantity], quotes: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of table `quantities`, each with its quote as it is shown. Where several share a place, the second and further ids end in
    their order."""
    met: Counter[int] = Counter()
    ids = []
    for quantity in quantities:
        met[quantity.char_start] += 1
        order = met[quantity.char_start]
        ids.append(f"{report_id}-{quantity.char_start}" + (f"-{order}" if order > 1 else ""))
    return [
        _quantity_row(report_id, ids, index, quantity) | {"quote": quote}
        for index, (quantity, quote) in enumerate(zip(quantities, quotes, strict=True))
    ]


def _quantity_row(report_id: str, ids: Sequence[str], index: int, quantity: Quantity) -> dict[str, Any]:
    start, end = bounds(quantity.period)
    row = dict(zip(_AS_READ, _as_read(quantity), strict=True))
    row["quantity_id"], row["report_id"] = ids[index], report_id
    row["period_start"], row["period_end"] = start, end
    row["part_of"] = None if quantity.part_of is None else ids[quantity.part_of]
    return row


_MADE_HERE = {"quantity_id", "report_id", "period_start", "period_end", "part_of"}
_AS_READ = tuple(column.name for column in QUANTITIES.columns if column.name not in _MADE_HERE)
_as_read = attrgetter(*_AS_READ)


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


def _quote(quantity: Quantity, text: str, shown: str, contacts: bool) -> str:
    """A quote as it is shown: the same stretch of the shown text, or, where it was put together from cells, masked by itself."""
    if shown == text:
        return quantity.quote
    length = len(quantity.quote)
    at = text.find(quantity.quote, max(0, quantity.char_end - length), quantity.char_start + length)
    if at >= 0:
        return shown[at : at + length]
    return mask(quantity.quote, contacts=contacts, keep=(quantity.surface,))


_WORDS = ("topic", "scope", "section", "rule", "row_label", "column_label")


def _mask_words(rows: Sequence[dict[str, Any]], secrets: set[str]) -> None:
    """Masks what is private in the words that a number took from around it."""
    for row in rows:
        for name in _WORDS:
            for secret in secrets if row[name] else ():
                if secret in row[name]:
                    row[name] = row[name].replace(secret, MASK * len(secret))


def _text_row(report_id: str, document: Document, text: str) -> dict[str, Any]:
    blocks = [[block.kind, block.start, block.end] for block in document.blocks]
    return {
        "report_id": report_id,
        "text": text,
        "blocks": json.dumps(blocks),
        "metadata": json.dumps(document.metadata, ensure_ascii=False),
    }
