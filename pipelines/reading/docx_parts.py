"""The XML parts of a DOCX, unpacked within bounds and parsed without entities. Not here: what the parts say."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from pipelines.reading.document import ReadingError
from pipelines.reading.limits import MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, MAX_XML_BYTES

_BROKEN = "a broken DOCX; open it in a word processor and save it anew as .docx"
_BOUNDLESS = "a DOCX that unpacks to more than a report can hold; save its text anew as .docx, without objects in it"
_SMALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Parts:
    """The parsed parts; styles and core properties may be absent."""

    document: etree._Element
    styles: etree._Element | None
    core: etree._Element | None


def open_parts(data: bytes) -> Parts:
    """The parts that reading needs. Raises ReadingError for a broken, locked or boundless file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive)
            names = archive.namelist()
            main = next((n for n in names if n.startswith("word/document") and n.endswith(".xml")), None)
            if main is None:
                raise ReadingError(_BROKEN)
            others = (_parse(archive, n) if n in names else None for n in ("word/styles.xml", "docProps/core.xml"))
            return Parts(_parse(archive, main), *others)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, etree.XMLSyntaxError) as error:
        raise ReadingError(_BROKEN) from error


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Asks the declared sizes before anything is unpacked."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise ReadingError("a locked DOCX (it asks for a password); save it without one")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise ReadingError(_BOUNDLESS)
    if any(p.file_size > max(_SMALL, MAX_UNPACK_RATIO * p.compress_size) for p in parts):
        raise ReadingError(_BOUNDLESS)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise ReadingError(_BROKEN)


def _parse(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """A part, read to the limit and no further: a declared size may lie."""
    with archive.open(name) as file:
        data = file.read(MAX_XML_BYTES + 1)
    if len(data) > MAX_XML_BYTES:
        raise ReadingError(_BOUNDLESS)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)
