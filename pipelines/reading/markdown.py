"""Markdown as people and text recognition write it: plain text, in which tables may also stand as HTML."""

from __future__ import annotations

from pipelines.reading.document import Document
from pipelines.reading.plain import read_plain


def read_markdown(data: bytes) -> Document:
    """The text of a Markdown file."""
    return read_plain(data, "md")
