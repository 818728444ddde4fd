"""Refuses a PDF that would unpack without bound, before anything unpacks it."""

from __future__ import annotations

import re
import zlib

from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_UNPACKED_BYTES

_STREAM = re.compile(rb"stream\r?\n")
_READ = 1 << 16
_STEP = 1 << 20


def check_streams(data: bytes) -> None:
    """Unpacks every deflated stream a little at a time, keeping nothing. Raises ReadingError beyond the limit."""
    budget, place = MAX_UNPACKED_BYTES, 0
    while match := _STREAM.search(data, place):
        end = data.find(b"endstream", match.end())
        place = end if end >= 0 else len(data)
        budget -= _unpacked(data, match.end(), place, budget)
        if budget < 0:
            raise ReadingError(
                f"a PDF that unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB; save it anew as .pdf"
            )


def _unpacked(data: bytes, start: int, end: int, most: int) -> int:
    """Size of a deflated stream, counted to just beyond `most`; what is no such stream counts nothing more."""
    unpacker, size = zlib.decompressobj(), 0
    try:
        for place in range(start, end, _READ):
            packed = data[place : min(place + _READ, end)]
            while packed and size <= most:
                size += len(unpacker.decompress(packed, _STEP))
                packed = unpacker.unconsumed_tail
            if size > most or unpacker.eof:
                break
    except zlib.error:
        return size
    return size
