"""Lines of a text with their places. Not here: what a line is."""

from __future__ import annotations

from collections.abc import Iterator


def lines_between(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Where each line begins, and the line, of a stretch of the text; none that is blank."""
    for line in text[start:end].replace("\r", "\n").split("\n"):
        if line and not line.isspace():
            yield start, line
        start += len(line) + 1
