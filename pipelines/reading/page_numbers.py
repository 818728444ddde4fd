"""Page numbers of a print in the text that was taken from it. Not here: those of a PDF, whose place on the page tells."""

from __future__ import annotations

import re

_LONGEST = 20
_MARKED = re.compile(
    r"[-—–―·•]+\s*\d{1,4}\s*[-—–―·•]+|第?\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_ENDS = frozenset("-—–―·•页")
_BARE = re.compile(r"\d{1,4}")
_PAGE_END = re.compile(r"\s*?\f")


def numbers_page(text: str, start: int, line: str) -> bool:
    """Whether a line of the text numbers a page: a number marked as one, or one that stands last before the next page."""
    if len(line) > _LONGEST and len(line.strip()) > _LONGEST:
        return False
    words = line.strip()
    if not words or (words[-1] not in _ENDS and not words[-1].isdecimal()):
        return False
    if _MARKED.fullmatch(words):
        return True
    return _BARE.fullmatch(words) is not None and _PAGE_END.match(text, start + len(line)) is not None
