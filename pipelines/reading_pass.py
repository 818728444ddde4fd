"""One shard, read once: files to rows of reports, report_texts, refusals, quantities and ledger. A pure
function of the files and the code; not here: which shards are made (shards.py), and by which process (pool.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pyarrow as pa

from pipelines import stage
from pipelines.extraction.whole import extract_document
from pipelines.inbox import InboxFile
from pipelines.kept import Tables, rows_of_before
from pipelines.reading import ReadingError, bytes_of, read_bytes
from pipelines.report_rows import Rows, broken_evidence, report_rows
from pipelines.schemas import arrow_schema
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


def make_shard(task: Task, on_file: Callable[[str], None]) -> None:
    """Reads the files of a shard and writes its tables; calls `on_file` with each path before it is read."""
    before = rows_of_before(task.stage, task.shard.name, task.code)
    made = _Made()
    for path, reason in task.shard.refused:
        made.add(path, _refusal(path, reason))
    for file in task.shard.files:
        on_file(file.source_path)
        if kept := before.get((file.source_path, file.sha256)):
            made.keep(kept)
            continue
        given_up = task.given_up.get(file.source_path)
        made.add(file.source_path, _refusal(file.source_path, given_up) if given_up else _read(task, file))
    made.convert()
    stamp = {"fingerprint": task.fingerprint, "code": task.code, "broken_evidence": made.broken}
    for spec in MADE_BY_READING:
        parts = [tables[spec.name] for tables in made.tables if spec.name in tables]
        table = pa.concat_tables([arrow_schema(spec).empty_table(), *parts]).combine_chunks()
        stage.write_table(task.stage, spec, task.shard.name, table, stamp)


class _Made:
    """What the files of a shard gave, in their order: tables, made of many files at once, which costs less than of each."""

    def __init__(self) -> None:
        self.tables: list[Tables] = []
        self.broken = 0
        self._waiting: list[tuple[str, Rows]] = []

    def add(self, source_path: str, rows: Rows) -> None:
        """Takes what a file gave."""
        self.broken += broken_evidence(rows)
        self._waiting.append((source_path, rows))
        if len(self._waiting) == _AT_ONCE:
            self.convert()

    def keep(self, tables: Tables) -> None:
        """Takes what a file that did not change gave before."""
        self.convert()
        self.tables.append(tables)

    def convert(self) -> None:
        """Makes tables of the rows that wait. A file whose rows do not fit what schemas.py declares is refused alone."""
        waiting, self._waiting = self._waiting, []
        try:
            self.tables.append(_tables([rows for _, rows in waiting]))
        except (pa.ArrowException, OverflowError) as error:
            if len(waiting) > 1:
                for one in waiting:
                    self._waiting = [one]
                    self.convert()
            else:
                self.tables.append(_tables([_internal_error(waiting[0][0], error)]))


_AT_ONCE = 64
"""Reports whose rows are held as Python's values: some 50 kB each."""


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


def _tables(several: Sequence[Rows]) -> Tables:
    """Tables of the rows that several files gave, in their order."""
    return {
        spec.name: stage.to_table(
            spec,
            {
                column.name: list(chain.from_iterable(rows[spec.name][column.name] for rows in some))
                for column in spec.columns
            },
        )
        for spec in MADE_BY_READING
        if (some := [rows for rows in several if spec.name in rows])
    }


def _refusal(source_path: str, reason: str) -> Rows:
    return {"refusals": {"source_path": [source_path], "reason": [reason]}}


def _internal_error(source_path: str, error: Exception) -> Rows:
    return _refusal(source_path, f"internal error ({type(error).__name__}: {error}); please report it with the file")
