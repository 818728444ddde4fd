"""Which reader a file needs. Here: formats known by their bytes, then by their suffix; not here: how any is read."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.reading.document import Document, ReadingError
from pipelines.reading.docx import read_docx
from pipelines.reading.html import read_html
from pipelines.reading.limits import MAX_BYTES
from pipelines.reading.markdown import read_markdown
from pipelines.reading.pdf import read_pdf
from pipelines.reading.plain import read_plain
from pipelines.reading.typed_tables import with_typed_tables

_SAVE = "open it and save it as .docx or .pdf"
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Word, WPS or Excel file (.doc, .wps, .xls): " + _SAVE),
    (b"{\\rtf", "a rich text file (.rtf): " + _SAVE),
    (b"\x89PNG", "an image: run text recognition on it and save the text as .txt, .md or .pdf"),
    (b"\xff\xd8\xff", "an image: run text recognition on it and save the text as .txt, .md or .pdf"),
    (b"GIF8", "an image: run text recognition on it and save the text as .txt, .md or .pdf"),
    (b"II*\0", "an image: run text recognition on it and save the text as .txt, .md or .pdf"),
    (b"MM\0*", "an image: run text recognition on it and save the text as .txt, .md or .pdf"),
    (b"Rar!", "an archive: unpack it and put in the reports that it holds"),
    (b"7z\xbc\xaf", "an archive: unpack it and put in the reports that it holds"),
    (b"\x1f\x8b", "an archive: unpack it and put in the reports that it holds"),
    (b"MIME-Version:", "a web archive (.mht): open it in a browser and save it as .html"),
    (b"From: <Saved by", "a web archive (.mht): open it in a browser and save it as .html"),
)
_ZIPPED = (
    (b"OFD.xml", "an OFD file: open it in an OFD viewer and save it as .pdf"),
    (b"xl/workbook", "a spreadsheet (.xlsx): copy the report into a document and save it as .docx, or save it as .pdf"),
    (b"ppt/presentation", "a presentation (.pptx): save it as .pdf"),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file: " + _SAVE),
)
_BROKEN = {
    ".pdf": "a broken PDF: open it in a viewer and save or print it anew as .pdf",
    ".docx": "a broken DOCX: open it in a word processor and save it anew as .docx",
}
_TEXT = (".txt", ".text", "")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".shtml", ".xhtml")
_OPENS_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|center|h[1-6])\b", re.IGNORECASE
)
_PROLOGUE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s+|<\?xml[^>]*>|<!--.*?-->)*", re.DOTALL)
_SNIFF = 65_536


def kind_of(path: Path) -> str:
    """'txt', 'md', 'html', 'pdf', 'docx', or 'other' (not read). Raises OSError where it cannot be opened."""
    with path.open("rb") as file:
        head = file.read(_SNIFF)
        file.seek(0, 2)
        file.seek(max(len(head), file.tell() - _SNIFF))
        return _kind(head + file.read(), path.suffix.lower())


def kind_of_bytes(data: bytes, suffix: str) -> str:
    """As `kind_of`, of a whole file's bytes."""
    return _kind(data[:_SNIFF] + data[max(_SNIFF, len(data) - _SNIFF) :], suffix)


def read(path: Path) -> Document:
    """The document in a file. Raises ReadingError with what is wrong and what to do."""
    return read_bytes(bytes_of(path), path.suffix.lower())


def bytes_of(path: Path) -> bytes:
    """What a file holds. Raises ReadingError where it cannot be opened or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadingError(f"cannot be opened ({error.strerror}); check that it exists and may be read") from error
    if len(data) > MAX_BYTES:
        raise ReadingError(f"larger than {MAX_BYTES // 1_000_000} MB; split it or save it without images")
    return data


def read_bytes(data: bytes, suffix: str) -> Document:
    """The document in `data`; `suffix` ('.txt') helps where the bytes do not tell. Raises ReadingError."""
    if not data.strip():
        raise ReadingError("an empty file: nothing to read; put the report in again")
    kind = _kind(data, suffix)
    if kind == "other":
        raise ReadingError(_why_not(data, suffix))
    document = _READERS[kind](data)
    return document if kind in ("txt", "md") else with_typed_tables(document)


def _kind(data: bytes, suffix: str) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in data else "other"
    if _refused(data):
        return "other"
    if suffix in _HTML or _opens_page(data[:_SNIFF].replace(b"\0", b"")):
        return "html"
    if suffix in _MARKDOWN:
        return "md"
    return "txt" if suffix in _TEXT else "other"


def _opens_page(head: bytes) -> bool:
    prologue = _PROLOGUE.match(head)
    return prologue is not None and _OPENS_PAGE.match(head, prologue.end()) is not None


def _refused(data: bytes) -> str:
    return next((reason for signature, reason in _SIGNATURES if data.startswith(signature)), "")


def _why_not(data: bytes, suffix: str) -> str:
    """What the file is and what to do about it."""
    if data.startswith(b"PK"):
        packed = (reason for name, reason in _ZIPPED if name in data)
        return next(packed, "an archive (.zip): unpack it and put in the reports that it holds")
    reason = f"a format that is not read ({suffix or 'no suffix'}): save the report as .docx, .pdf, .html or .txt"
    return _refused(data) or _BROKEN.get(suffix) or reason


_READERS = {
    "txt": read_plain,
    "md": read_markdown,
    "html": read_html,
    "docx": read_docx,
    "pdf": read_pdf,
}
