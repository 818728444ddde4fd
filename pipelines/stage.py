"""Parquet files of the stage. Here: how one is written, stamped, verified and removed; not here: what its rows
mean.

A table's rows lie in `<stage>/<table>/<shard>.parquet`. A file is written under another name, synced and moved
into place, so that it is whole or not there; its footer holds a stamp: what the rows were made from, and a checksum of
all bytes before it: to see whether a file is whole costs a look at its bytes, not the unpacking of its rows.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.schemas import REPORT_TEXTS, TableSpec, arrow_schema

STAMP = b"gongkai"
_SUM = b"gongkai.crc32"
_BLANK = "crc32:" + "0" * 8
# Rows lie in the order of their reports' identifiers: who asks for a few reports unpacks the groups that have them, no others.
_ROWS_A_GROUP = 16_384
_TEXTS_A_GROUP = 32
_SELDOM_TWICE = frozenset(
    {"quantity_id", "value", "surface", "quote", "char_start", "char_end", "text", "blocks", "metadata"}
)
"""Columns of which most values are others: a dictionary of them takes time and more room than the values."""


class StageError(Exception):
    """The stage cannot be used as it is. Its message says what is wrong and what to do."""


@contextmanager
def only_user(stage: Path, on_wait: Callable[[str], None] = lambda who: None) -> Iterator[int]:
    """Holds the stage for one process at a time; waits for the one that has it, and tells `on_wait` its id.

    Yields the lock's handle. The lock goes with the process and those that it hands the handle to, however they end.
    Raises OSError where the stage cannot be written.
    """
    stage.mkdir(parents=True, exist_ok=True)
    with (stage / ".lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            on_wait(lock.read().strip() or "unknown")
            fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


def to_table(spec: TableSpec, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Rows given by column. Raises pyarrow.ArrowException where they do not fit the declaration."""
    schema = arrow_schema(spec)
    table = pa.table({field.name: pa.array(columns[field.name], field.type) for field in schema}, schema=schema)
    holes = [field.name for field in schema if not field.nullable and table[field.name].null_count]
    if holes:
        raise pa.ArrowInvalid(f"{spec.name}: no value in {', '.join(holes)}")
    return table


def write(
    stage: Path, spec: TableSpec, shard: str, columns: Mapping[str, Sequence[Any]], stamp: Mapping[str, Any]
) -> None:
    """Writes a table's rows of one shard. Raises as `to_table` does, and OSError where the disk does not take them."""
    write_table(stage, spec, shard, to_table(spec, columns), stamp)


def write_table(stage: Path, spec: TableSpec, shard: str, table: pa.Table, stamp: Mapping[str, Any]) -> None:
    """Writes the rows that `to_table` made. Raises OSError where the disk does not take them."""
    table = table.replace_schema_metadata({STAMP: json.dumps(stamp, sort_keys=True, ensure_ascii=False)})
    target = path_of(stage, spec, shard)
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{shard}.{uuid.uuid4().hex}.tmp")  # several machines may write at once
    try:
        with scratch.open("wb") as file:
            file.write(_as_parquet(table, _TEXTS_A_GROUP if spec is REPORT_TEXTS else _ROWS_A_GROUP))
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)


def path_of(stage: Path, spec: TableSpec, shard: str) -> Path:
    return stage / spec.name / f"{shard}.parquet"


def _as_parquet(table: pa.Table, rows_a_group: int) -> bytearray:
    """The bytes of the file. Its checksum stands in its footer and is of all others, those of the footer too."""
    buffer = io.BytesIO()
    repeated = [name for name in table.column_names if name not in _SELDOM_TWICE]
    with pq.ParquetWriter(
        buffer, table.schema, compression="zstd", use_dictionary=repeated, write_page_checksum=True
    ) as writer:
        writer.write_table(table, rows_a_group)
        writer.add_key_value_metadata({_SUM: _BLANK})
    content = bytearray(buffer.getbuffer())
    at = content.rindex(_BLANK.encode())
    content[at : at + len(_BLANK)] = _checksum(memoryview(content), at)
    return content


def _checksum(content: memoryview, at: int) -> bytes:
    """Of the bytes as they would be with a blank checksum `at` its place."""
    before = zlib.crc32(_BLANK.encode(), zlib.crc32(content[:at]))
    return f"crc32:{zlib.crc32(content[at + len(_BLANK) :], before):08x}".encode()


def stamp_of(path: Path | pa.NativeFile, whole: bool = True) -> dict[str, Any] | None:
    """The stamp of a file; None where it is missing, damaged (where `whole`, every byte is checked) or not ours."""
    try:
        with pa.OSFile(str(path)) if isinstance(path, Path) else path as file:
            footer = pq.read_metadata(file).metadata or {}
            if STAMP not in footer or (whole and not _is_whole(file, footer)):
                return None
            return dict(json.loads(footer[STAMP]))
    except (OSError, pa.ArrowException, ValueError):
        return None


def _is_whole(file: pa.NativeFile, footer: Mapping[bytes, bytes]) -> bool:
    told = footer.get(_SUM, b"")
    file.seek(0)
    content = memoryview(file.read_buffer())
    begins = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    at = bytes(content[begins:]).rfind(told)
    return len(told) == len(_BLANK) and at >= 0 and _checksum(content, begins + at) == told


def read_table(path: Path) -> tuple[pa.Table, dict[str, Any]] | None:
    """The rows of a whole file without their stamp, and the stamp; None as of `stamp_of`."""
    stamp = stamp_of(path)
    if stamp is None:
        return None
    try:
        with pq.ParquetFile(path) as file:
            return file.read().replace_schema_metadata(None), stamp
    except (OSError, pa.ArrowException, ValueError):
        return None


def rows(stage: Path, spec: TableSpec, shard: str) -> list[dict[str, Any]]:
    """The rows of one shard."""
    with pq.ParquetFile(path_of(stage, spec, shard)) as file:
        return list(file.read().to_pylist())


def some_rows(stage: Path, spec: TableSpec, limit: int) -> list[dict[str, Any]]:
    """The first rows of a table, to look at."""
    found: list[dict[str, Any]] = []
    for shard in shards_of(stage, spec):
        if len(found) >= limit:
            break
        found += rows(stage, spec, shard)
    return found[:limit]


def shards_of(stage: Path, spec: TableSpec) -> list[str]:
    """The shards that a table has files of, sorted."""
    return sorted(path.stem for path in (stage / spec.name).glob("[!.]*.parquet"))


def count_rows(stage: Path, spec: TableSpec) -> int:
    """Rows of all shards, from the footers."""
    return sum(pq.read_metadata(path_of(stage, spec, shard)).num_rows for shard in shards_of(stage, spec))


def keep_only(stage: Path, spec: TableSpec, shards: set[str]) -> None:
    """Removes the files of other shards, and what a killed run left half written."""
    for path in (stage / spec.name).glob("*"):
        if path.stem not in shards or path.suffix != ".parquet":
            path.unlink(missing_ok=True)
