"""`gongkai check`: drafts read and audited in memory by the same SQL as the warehouse; writes nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.text import Text

from pipelines import stage
from pipelines.cli_explain import marked
from pipelines.cli_output import complain, output, table
from pipelines.extraction.whole import extract_document
from pipelines.inbox import InboxFile
from pipelines.places import REFERENCE, SQL
from pipelines.reading import Document, ReadingError, read
from pipelines.reading_pass import Rows, report_rows
from pipelines.schemas import LEDGER, QUANTITIES, REPORT_FILES, REPORT_TEXTS, REPORTS
from pipelines.warehousing import WarehouseError, in_memory

RED, UNREADABLE = 1, 2
_FINDINGS = """
select f.severity, f.rule, f.message, f.message_zh, f.left_value, f.right_value, f.char_start, q.surface, q.quote
from findings f left join quantities q on q.quantity_id = f.quantity_ids[1]
order by f.severity, f.char_start nulls first, f.rule, f.message
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A read draft: its rows as a run would stage them, and what does not add up."""

    path: Path
    document: Document
    rows: Rows
    findings: list[dict[str, Any]]


def check_files(files: tuple[Path, ...], *, as_json: bool) -> int:
    """Prints what was found in each file; returns the exit status."""
    drafts, status = [], 0
    for path in files:
        try:
            drafts.append(check_file(path))
        except (ReadingError, WarehouseError) as error:
            status = complain(f"{path}: {error}", UNREADABLE)
    if as_json:
        print(json.dumps([_as_json(draft) for draft in drafts], ensure_ascii=False, indent=2, default=str))
    else:
        for draft in drafts:
            _print(output(), draft)
    red = any(finding["severity"] == "red" for draft in drafts for finding in draft.findings)
    return status or (RED if red else 0)


def check_file(path: Path) -> Draft:
    """Reads and audits one file. Raises ReadingError with the reason where it cannot be read."""
    document = read(path)
    data = path.read_bytes()
    file = InboxFile(path.name, hashlib.sha256(data).hexdigest(), len(data), document.kind)
    rows = report_rows(file, document, extract_document(document, path.name))
    staged = {REPORT_FILES.name: [{name: getattr(file, name) for name in InboxFile.__slots__}], **rows}
    tables: dict[str, pa.Table] = {
        spec.name: stage.to_table(spec, {c.name: [row[c.name] for row in staged[spec.name]] for c in spec.columns})
        for spec in (REPORT_FILES, REPORTS, REPORT_TEXTS, QUANTITIES, LEDGER)
    }
    with in_memory(tables, REFERENCE, SQL) as con:
        found = con.execute(_FINDINGS)
        columns = [column[0] for column in found.description or ()]
        findings = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    for finding in findings:
        finding["line"] = _line(document.text, finding["char_start"])
    return Draft(path, document, rows, findings)


def _line(text: str, place: int | None) -> int | None:
    return None if place is None else text.count("\n", 0, place) + 1


def _print(console: Console, draft: Draft) -> None:
    report = draft.rows["reports"][0]
    numbers = [row for row in draft.rows["quantities"] if row["value"] is not None]
    uncoded = sum(row["indicator"] is None for row in numbers)
    console.print(Text(str(draft.path), style="bold"))
    console.print(
        table(
            ("", "read as"),
            [
                ("Title", report["title"] or "none found"),
                ("Body", " · ".join(part for part in (report["region_name"], report["body"]) if part) or "not known"),
                ("Year", report["report_year"] or "not known"),
                ("Form", report["form"]),
                ("Numbers", f"{len(numbers):,}, {uncoded:,} of them without an indicator"),
                ("Findings", _counts(draft.findings)),
            ],
        )
    )
    for finding in draft.findings:
        style = "bold red" if finding["severity"] == "red" else "yellow"
        place = f" (line {finding['line']})" if finding["line"] else ""
        console.print(Text.assemble((finding["severity"], style), f" {finding['rule']}{place}"))
        console.print(Text(f"  {finding['message']}"))
        console.print(Text(f"  {finding['message_zh']}"))
        if finding["quote"]:
            console.print(Text.assemble("  ", marked(finding["quote"], finding["surface"] or "")))
        console.print()


def _counts(findings: list[dict[str, Any]]) -> str:
    red = sum(finding["severity"] == "red" for finding in findings)
    return f"{red} red, {len(findings) - red} yellow" if findings else "none: everything that was checked adds up"


def _as_json(draft: Draft) -> dict[str, Any]:
    numbers = [row for row in draft.rows["quantities"] if row["value"] is not None]
    return {
        "file": str(draft.path),
        "report": draft.rows["reports"][0],
        "numbers": len(numbers),
        "coded": sum(row["indicator"] is not None for row in numbers),
        "findings": draft.findings,
    }
