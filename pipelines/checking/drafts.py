"""A draft: read as a run would read it, audited in memory, each finding with its places in the text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines import stage
from pipelines.checking.last_year import Tables, from_warehouse, of_drafts
from pipelines.extraction.whole import extract_document
from pipelines.inbox import InboxFile
from pipelines.places import REFERENCE, SQL
from pipelines.reading import read
from pipelines.report_rows import report_rows
from pipelines.schemas import QUANTITIES, REPORT_TEXTS, REPORTS
from pipelines.warehousing import in_memory

_FINDINGS = """
select f.severity, f.rule, f.subject, f.message, f.message_zh, f.left_value, f.right_value, f.char_start, f.quantity_ids
from findings f
where f.report_id = ?
order by f.severity, f.char_start nulls first, f.rule, f.message
"""
_COMPARED = """
select l.source_path
from stg_reports d
join stg_reports l on l.body_id = d.body_id and l.report_year = d.report_year - 1
where d.report_id = ?
order by l.source_path
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A read draft: its text and its rows as a run would stage them."""

    path: Path
    text: str
    tables: Tables

    @property
    def report(self) -> dict[str, Any]:
        """Its row of table reports."""
        return dict(self.tables[REPORTS.name].to_pylist()[0]) | {"source_path": self.path.name}

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """Its numbers, blank cells not among them."""
        return [row for row in self.tables[QUANTITIES.name].to_pylist() if row["value"] is not None]


@dataclass(frozen=True, slots=True)
class Audited:
    """A draft with what does not add up in it, and the reports of the year before that it was held against."""

    draft: Draft
    findings: list[dict[str, Any]]
    compared_with: list[str] = field(default_factory=list)

    @property
    def red(self) -> int:
        """How many findings are red."""
        return sum(finding["severity"] == "red" for finding in self.findings)


def read_draft(path: Path, number: int = 1) -> Draft:
    """Reads one file. Raises ReadingError with the reason where it cannot be read."""
    document = read(path)
    data = path.read_bytes()
    # Not a path that an inbox could have: last year's report of the same name is another one.
    file = InboxFile(f"draft {number}: {path.name}", hashlib.sha256(data).hexdigest(), len(data), document.kind)
    rows = report_rows(file, document, extract_document(document, path.name))
    tables = {spec.name: stage.to_table(spec, rows[spec.name]) for spec in (REPORTS, REPORT_TEXTS, QUANTITIES)}
    return Draft(path, document.text, tables)


def audit(draft: Draft, others: Sequence[Draft] = (), published: Path | None = None) -> Audited:
    """What does not add up in a draft, also against the year before: as another draft gives it, else as the warehouse.

    Raises WarehouseError where `published` cannot be opened.
    """
    before = of_drafts((other.tables for other in others), draft.report)
    if not before and published is not None and draft.report["report_year"]:
        before = [from_warehouse(published, draft.report)]
    tables = {
        name: pa.concat_tables([table, *(given[name] for given in before if name in given)])
        for name, table in draft.tables.items()
    }
    report_id = draft.report["report_id"]
    with in_memory(tables, REFERENCE, SQL, wanted={"findings", "stg_reports"}) as con:
        findings = _rows(con, _FINDINGS, report_id)
        compared = [row["source_path"] for row in _rows(con, _COMPARED, report_id)]
    numbers = {row["quantity_id"]: row for row in draft.tables[QUANTITIES.name].to_pylist()}
    for finding in findings:
        finding["line"] = _line(draft.text, finding["char_start"])
        finding["places"] = [
            _place(draft.text, numbers[name]) for name in finding.pop("quantity_ids") if name in numbers
        ]
    return Audited(
        draft, findings, [path.partition(": ")[2] if path.startswith("draft ") else path for path in compared]
    )


def _place(text: str, row: dict[str, Any]) -> dict[str, Any]:
    """Where a number stands, and its words."""
    told = {name: row[name] for name in ("quantity_id", "surface", "quote", "char_start", "char_end")}
    return told | {"line": _line(text, row["char_start"])}


def _line(text: str, place: int | None) -> int | None:
    return None if place is None else text.count("\n", 0, place) + 1


def _rows(con: duckdb.DuckDBPyConnection, sql: str, report_id: str) -> list[dict[str, Any]]:
    found = con.execute(sql, [report_id])
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
