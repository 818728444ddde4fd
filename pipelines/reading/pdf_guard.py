"""Refuses a PDF that would unpack without bound, before anything unpacks it."""

from __future__ import annotations

import re
import zlib

from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_UNPACKED_BYTES

_STREAM = re.compile(rb"stream\r?\n")
_STEP = 1 << 20


def check_streams(data: bytes) -> None:
    """Unpacks every deflated stream a megabyte at a time, keeping nothing. Raises ReadingError beyond the limit."""
    budget = MAX_UNPACKED_BYTES
    for match in _STREAM.finditer(data):
        if data[match.end() : match.end() + 1] not in (b"\x78", b"\x68", b"\x58", b"\x48", b"\x08", b"\x18"):
            continue
        end = data.find(b"endstream", match.end())
        budget -= _unpacked(data[match.end() : end if end >= 0 else len(data)], budget)
        if budget < 0:
            raise ReadingError(
                f"a PDF that unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB; save it anew as .pdf"
            )


def _unpacked(packed: bytes, most: int) -> int:
    """Size of a deflated stream, counted to just beyond `most`; what is no such stream counts nothing more."""
    unpacker, size = zlib.decompressobj(), 0
    try:
        while packed and size <= most:
            size += len(unpacker.decompress(packed, _STEP))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return size
    return size
