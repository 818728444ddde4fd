"""Files to shards. Here: which shard a file belongs to, what a shard was made from, and which shards must be
made again; not here: how one is made (reading_pass.py), or who makes it (pool.py).

A file goes to a shard by a hash of its path, since its year is known only once it is read. A shard's stamp
holds the fingerprint of its files and of the code and reference data that read them; while it holds, the shard
is not made again.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines import stage
from pipelines.inbox import Inbox, InboxFile
from pipelines.places import PROJECT
from pipelines.schemas import LEDGER, QUANTITIES, REFUSALS, REPORT_FILES, REPORT_TEXTS, REPORTS

SHARDS = 128
_FILES_PER_SHARD = 500
MADE_BY_READING = (REPORTS, REPORT_TEXTS, REFUSALS, QUANTITIES, LEDGER)
_CODE = (
    *("reading", "language", "extraction"),
    *("schemas.py", "reference.py", "reading_pass.py", "report_rows.py", "kept.py", "stage.py"),
)
_LIBRARIES = ("ahocorasick-rs", "lxml", "pypdfium2", "pyarrow", "regex")


@dataclass(frozen=True, slots=True)
class Shard:
    """Some files of the inbox in the order of the hashes of their paths, and paths of it that are refused unread."""

    name: str
    files: tuple[InboxFile, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: shards to make, with their fingerprints, and those that hold."""

    make: tuple[tuple[Shard, str], ...]
    keep: tuple[Shard, ...]
    code: str
    """What makes them: the code, the reference data, and what is shown."""

    @property
    def files_to_read(self) -> int:
        return sum(len(shard.files) for shard, _ in self.make)

    @property
    def files_kept(self) -> int:
        return sum(len(shard.files) for shard in self.keep)


def split(inbox: Inbox) -> list[Shard]:
    """The shards that an inbox falls into, none of them empty."""
    files: dict[str, list[InboxFile]] = defaultdict(list)
    refused: dict[str, list[tuple[str, str]]] = defaultdict(list)
    count = shard_count(len(inbox.files))
    for file in inbox.files:
        files[shard_of(file.source_path, count)].append(file)
    for path, reason in inbox.refused:
        refused[shard_of(path, count)].append((path, reason))
    return [
        Shard(name, tuple(sorted(files[name], key=lambda file: _digest(file.source_path))), tuple(refused[name]))
        for name in sorted({*files, *refused})
    ]


def shard_count(files: int) -> int:
    """128, or more where a shard of them would not fit a worker's memory: twice as many each time, so that it is seldom."""
    count = SHARDS
    while files > count * _FILES_PER_SHARD:
        count *= 2
    return count


def shard_of(source_path: str, count: int = SHARDS) -> str:
    """Its number grows with the hash, from which reports have their identifiers: a shard holds a stretch of these, in order."""
    return f"{int(_digest(source_path)[:8], 16) * count >> 32:03d}"


def save_inventory(folder: Path, shards: list[Shard]) -> None:
    """Writes table `report_files` of the stage, where it is not so already, and removes what belongs to no shard."""
    for shard in shards:
        stamp = {"fingerprint": _fingerprint(shard, ""), "refused": [list(pair) for pair in shard.refused]}
        if stage.stamp_of(stage.path_of(folder, REPORT_FILES, shard.name)) != stamp:
            columns = {
                column.name: [getattr(file, column.name) for file in shard.files] for column in REPORT_FILES.columns
            }
            stage.write(folder, REPORT_FILES, shard.name, columns, stamp)
    stage.keep_only(folder, REPORT_FILES, {shard.name for shard in shards})


def load_inventory(folder: Path) -> list[Shard]:
    """The shards as table `report_files` of the stage holds them."""
    shards = []
    for name in stage.shards_of(folder, REPORT_FILES):
        stamp = stage.stamp_of(stage.path_of(folder, REPORT_FILES, name))
        if stamp is None:
            raise stage.StageError(
                f"{stage.path_of(folder, REPORT_FILES, name)} is damaged. Run report_files again, or everything."
            )
        files = tuple(InboxFile(**row) for row in stage.rows(folder, REPORT_FILES, name))
        shards.append(Shard(name, files, tuple((path, reason) for path, reason in stamp["refused"])))
    return shards


def plan(folder: Path, shards: list[Shard], whole: bool = True, contacts: bool = False) -> Plan:
    """Which shards must be made: those with a table missing, damaged, or made from other files or by other code.

    Damage is looked for in every page where `whole`, else in the footers only. With `contacts` they hold the offices' own contacts.
    """
    make, keep = [], []
    code = code_digest() + (" with contacts" if contacts else "")
    for shard in shards:
        fingerprint = _fingerprint(shard, code)
        stamps = (stage.stamp_of(stage.path_of(folder, spec, shard.name), whole) for spec in MADE_BY_READING)
        if all(stamp is not None and stamp["fingerprint"] == fingerprint for stamp in stamps):
            keep.append(shard)
        else:
            make.append((shard, fingerprint))
    return Plan(tuple(make), tuple(keep), code)


def remove_stale(folder: Path, shards: list[Shard]) -> None:
    """Removes what the stage holds of shards that are no more."""
    for spec in MADE_BY_READING:
        stage.keep_only(folder, spec, {shard.name for shard in shards})


@cache
def code_digest(project: Path = PROJECT) -> str:
    """A digest of the code, the reference data and the libraries that a reading depends on."""
    roots = [project / "pipelines" / name for name in _CODE] + [project / "warehouse" / "reference"]
    files = sorted(
        file for root in roots for file in ([root] if root.is_file() else root.rglob("*")) if _is_source(file)
    )
    parts: list[Any] = [[file.relative_to(project).as_posix(), _digest(file.read_bytes())] for file in files]
    return _digest(json.dumps(parts + [[name, version(name)] for name in _LIBRARIES]))


def _is_source(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")


def _fingerprint(shard: Shard, code: str) -> str:
    return _digest(json.dumps([code, [[file.source_path, file.sha256] for file in shard.files], shard.refused]))


def _digest(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()
