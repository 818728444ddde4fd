"""Rows of files that did not change, taken over from the shard of before. Not here: how rows are made (reading_pass.py)."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pyarrow as pa

from pipelines import stage
from pipelines.schemas import REFUSALS, REPORTS
from pipelines.shards import MADE_BY_READING

Tables = dict[str, pa.Table]
"""Tables by their name; one without rows may be left out."""


def rows_of_before(folder: Path, shard: str, code: str) -> dict[tuple[str, str], Tables]:
    """By path and hash of a file: the rows that the same code read from it. Empty where the shard is missing, damaged,
    made by other code, or has numbers that are not where they say; refused files are never among them.
    """
    if not code:
        return {}
    tables: Tables = {}
    stamps = []
    for spec in MADE_BY_READING:
        if spec is REFUSALS:
            continue
        found = stage.read_table(stage.path_of(folder, spec, shard))
        if found is None:
            return {}
        tables[spec.name], stamp = found
        stamps.append(stamp)
    first = stamps[0]
    if first.get("code") != code or first["broken_evidence"] or any(stamp != first for stamp in stamps):
        return {}
    return _by_file(tables)


def _by_file(tables: Tables) -> dict[tuple[str, str], Tables]:
    reports = tables[REPORTS.name]
    keys = zip(*(reports[name].to_pylist() for name in ("report_id", "source_path", "sha256")), strict=True)
    files: dict[str, tuple[str, str]] = {report_id: (path, sha256) for report_id, path, sha256 in keys}
    found: dict[tuple[str, str], Tables] = {file: {} for file in files.values()}
    for name, table in tables.items():
        start = 0
        for report_id, rows in groupby(table["report_id"].to_pylist()):
            count = sum(1 for _ in rows)
            found[files[report_id]][name] = table.slice(start, count)
            start += count
    return found
