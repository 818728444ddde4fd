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
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from pipelines.schemas import TABLES
from pipelines.warehousing.building import BuildReport
from pipelines.warehousing.relations import CheckResult
from pipelines.warehousing.views import ViewSpec, views

_RECORD = ".published.json"
_CODE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Published:
    """The published file, open for reading, with the report of its build; what a build offers to whoever describes it."""

    con: duckdb.DuckDBPyConnection
    report: BuildReport
    views: list[ViewSpec]


def basis(stage: Path, reference: Path, sql: Path, corrections: Path | None) -> str:
    """A digest of all that a build depends on; of the stage names, sizes and times, of the rest the content."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for table in TABLES:
        for file in sorted((stage / table.name).glob("*.parquet")) if table.stage else ():
            status = file.stat()
            digest.update(f"{table.name}/{file.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    sources = [*reference.glob("*.csv"), *sql.rglob("*.sql"), *_CODE.glob("*.py"), _CODE.parent / "schemas.py"]
    for file in sorted([*sources, *([corrections] if corrections else [])]):
        digest.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def remember(stage: Path, target: Path, made_of: str, report: BuildReport) -> None:
    """Records of what the file that was just published was made."""
    record = {"basis": made_of, "file": _identity(target), "report": asdict(report)}
    scratch = stage / f"{_RECORD}.{os.getpid()}.tmp"
    scratch.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    scratch.replace(stage / _RECORD)


@contextmanager
def published_already(stage: Path, target: Path, made_of: str, sql: Path) -> Iterator[Published | None]:
    """The published file where it was made of just this; None where there is none, or another."""
    report = _report_of(stage / _RECORD, target, made_of)
    if report is None:
        yield None
        return
    with duckdb.connect(str(target), read_only=True) as con:
        yield Published(con, report, views(sql))


def _report_of(path: Path, target: Path, made_of: str) -> BuildReport | None:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["basis"] != made_of or record["file"] != _identity(target):
            return None
    except (FileNotFoundError, ValueError, KeyError):
        return None
    told = record["report"]
    checks = [CheckResult(**{**check, "examples": tuple(check["examples"])}) for check in told["checks"]]
    return BuildReport(told["rows"], checks, told["seconds"])


def _identity(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino]
