"""Files of the inbox as they were hashed before, so that one that nobody has touched is not opened again. Not here: hashing (inbox.py).

The system says when a file was written last (mtime) and when it was last changed in any way (ctime), which no program can set: bytes that
change never pass for those of before. One that changed right before it was hashed might change again within a tick of the clock, so
that nothing would tell; it is hashed again until it has rested (what git calls racily clean).
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

_RECORD = ".seen.json"
_RESTED_NS = 2_000_000_000
"""Longer than a tick of any clock that file systems stamp with (FAT: two seconds)."""

_Record = dict[str, Any]
"""By path: the stamp, and what hashing told."""
Told = tuple[str, int, str]
"""What hashing told: sha256, bytes, kind."""


class Seen:
    """What the scan before knew, kept in the stage. A record that is not there, damaged, or of other `code` says nothing: all is
    hashed."""

    def __init__(self, stage: Path, code: str) -> None:
        self._path, self._code = stage / _RECORD, code
        self._before = _load(self._path, code)
        self._now: _Record = {}
        self._rested = time.time_ns() - _RESTED_NS

    def told(self, name: str, status: os.stat_result) -> Told | None:
        """What hashing told of a file before, where nobody has touched it since."""
        known = self._before.get(name)
        if known is None or known[0] != _stamp(status):
            return None
        self._now[name] = known
        sha256, size, kind = known[1]
        return sha256, size, kind

    def note(self, name: str, status: os.stat_result, told: Told) -> None:
        """Remembers a file that was hashed; `status` is of before that."""
        if max(status.st_mtime_ns, status.st_ctime_ns) < self._rested:
            self._now[name] = (_stamp(status), told)

    def save(self) -> None:
        """Writes the record, where anything is new. Raises OSError where the stage cannot be written."""
        if self._now != self._before:
            scratch = self._path.with_name(f"{_RECORD}.{os.getpid()}.tmp")
            scratch.write_text(json.dumps({"code": self._code, "files": self._now}), encoding="utf-8")
            scratch.replace(self._path)


def _stamp(status: os.stat_result) -> list[int]:
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev]


def _load(path: Path, code: str) -> _Record:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        files: _Record = record["files"] if record["code"] == code else {}
        return files
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}
