"""Whether the published file is what a build would make again. Here: what a build depends on, and the record of the last one; not here:
building.

The record lies in the stage. It speaks of one file: whoever touches that, the stage, the SQL, the reference data, the corrections or the
code that builds, makes the next run build.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import duckdb

from pipelines.schemas import REPORTS, TABLES
from pipelines.stage import stamp_of
from pipelines.warehousing.connecting import connect
from pipelines.warehousing.relations import CheckResult
from pipelines.warehousing.report import BuildReport
from pipelines.warehousing.views import ViewSpec, views

_RECORD = ".published.json"
_COMPLETE = {field.name for field in fields(BuildReport)}  # a record of before lacks some
_CODE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a build depends on: `rest` is a digest of the content of code, SQL, reference data and corrections; `stage` has size and
    time of each of its files, and `readings` by what code its numbers were read.
    """

    rest: str
    stage: dict[str, list[int]]
    readings: list[str]


@dataclass(frozen=True, slots=True)
class Published:
    """The published file, open for reading, with the report of its build; what a build offers to whoever describes it."""

    con: duckdb.DuckDBPyConnection
    report: BuildReport
    views: list[ViewSpec]


def basis(stage: Path, reference: Path, sql: Path, corrections: Path | None) -> Basis:
    """What a build would be made of now."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    sources = [*reference.glob("*.csv"), *sql.rglob("*.sql"), *_CODE.glob("*.py"), _CODE.parent / "schemas.py"]
    for file in sorted([*sources, *([corrections] if corrections else [])]):
        digest.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    files = [file for table in TABLES if table.stage for file in sorted((stage / table.name).glob("[!.]*.parquet"))]
    found = {f"{file.parent.name}/{file.name}": [file.stat().st_size, file.stat().st_mtime_ns] for file in files}
    readings = {_read_by(file) for file in files if file.parent.name == REPORTS.name}
    return Basis(digest.hexdigest(), found, sorted(readings))


def _read_by(file: Path) -> str:
    return str((stamp_of(file, whole=False) or {}).get("code", ""))


def remember(stage: Path, target: Path, made_of: Basis, report: BuildReport) -> None:
    """Records of what the file that was just published was made."""
    record = {"basis": asdict(made_of), "file": _identity(target), "report": asdict(report)}
    scratch = stage / f"{_RECORD}.{os.getpid()}.tmp"
    scratch.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    scratch.replace(stage / _RECORD)


def rebuilt_since_whole(stage: Path, target: Path, made_of: Basis) -> int | None:
    """How many reports were made again in parts since the published file was built as a whole; None where no part of it may be taken
    over, since more than files of the inbox has changed, or it is not known what it was made of.
    """
    record = _record(stage / _RECORD, target)
    if record is None or record["basis"]["rest"] != made_of.rest or record["basis"]["readings"] != made_of.readings:
        return None
    return int(record["report"]["made_again"])


@contextmanager
def published_already(stage: Path, target: Path, made_of: Basis, sql: Path) -> Iterator[Published | None]:
    """The published file where it was made of just this; None where there is none, or another."""
    report = _report_of(stage / _RECORD, target, made_of)
    if report is None:
        yield None
        return
    with connect(target, read_only=True) as con:
        yield Published(con, report, views(sql))


def is_published(stage: Path, target: Path, made_of: Basis) -> bool:
    """Whether the published file was made of just this; it is not opened."""
    return _report_of(stage / _RECORD, target, made_of) is not None


def _report_of(path: Path, target: Path, made_of: Basis) -> BuildReport | None:
    record = _record(path, target)
    if record is None or record["basis"] != asdict(made_of):
        return None
    told = record["report"]
    checks = [CheckResult(**{**check, "examples": tuple(check["examples"])}) for check in told["checks"]]
    return BuildReport(**{**told, "checks": checks})


def _record(path: Path, target: Path) -> dict[str, Any] | None:
    """What is recorded of the published file; None where it is another."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return record if record["file"] == _identity(target) and record["report"].keys() >= _COMPLETE else None
    except (FileNotFoundError, ValueError, KeyError):
        return None


def _identity(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]
