"""Which files are read, by what they hold and not by what they are called; the rest refused with what to do."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import ReadingError, kind_of, limits, read
from pipelines.reading.dispatch import read_bytes

from .conftest import check_promises
from .writers import PROSE, PdfPage, html_page, pdf_bytes

PDF = pdf_bytes([PdfPage().write(80, 100, PROSE)])
HTML = html_page(f"<p>{PROSE}</p>").encode()


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        (PDF, ".txt", "pdf"),
        (PDF, ".PDF", "pdf"),
        (HTML, ".txt", "html"),
        (HTML, ".doc", "html"),
        (b"\xef\xbb\xbf\r\n<!-- x -->\n" + HTML, ".jsp", "html"),
        (HTML.decode().encode("utf-16"), ".htm", "html"),
        (PROSE.encode(), "", "txt"),
        (PROSE.encode(), ".md", "md"),
        (PROSE.encode(), ".html", "html"),
        (b"a,b", ".csv", "other"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, ".txt", "other"),
    ],
)
def test_kind_is_what_the_file_holds(data: bytes, suffix: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"报告{suffix}"
    path.write_bytes(data)
    assert kind_of(path) == kind
    if kind != "other":
        assert read(path).kind == kind
        assert PROSE in read(path).text


@pytest.mark.parametrize(
    ("data", "suffix", "advice"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, ".wps", "save it as .docx or .pdf"),
        (b"{\\rtf1 x}", ".rtf", "save it as .docx or .pdf"),
        (b"\x89PNG\r\n", ".png", "text recognition"),
        (zipped("OFD.xml"), ".ofd", "save it as .pdf"),
        (zipped("xl/workbook.xml"), ".xlsx", "save it as .docx"),
        (zipped("报告.txt"), ".zip", "unpack"),
        (b"a,b", ".csv", "save the report as"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0", ".mht", "save it as .html"),
        (b"\x13\x37" * 99, ".pdf", "broken PDF"),
    ],
)
def test_unread_format_is_refused_with_what_to_do(data: bytes, suffix: str, advice: str) -> None:
    with pytest.raises(ReadingError, match=advice):
        read_bytes(data, suffix)


def test_missing_file_and_folder_and_huge_file_are_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(limits.MAX_BYTES + 1)
    for path, reason in ((tmp_path / "none.txt", "cannot be opened"), (tmp_path, "cannot be opened"), (huge, "larger")):
        with pytest.raises(ReadingError, match=reason):
            read(path)


HEADS = [b"", b"%PDF-1.7\n", b"PK\x03\x04 word/", b"<html>", b"<table><tr><td>", b"|a|b|\n", PDF[:400], HTML[:60]]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=600), st.sampled_from([".txt", ".md", ".html", ".pdf", ".docx", ""]))
def test_any_bytes_are_a_document_or_refused(head: bytes, rest: bytes, suffix: str) -> None:
    try:
        document = read_bytes(head + rest, suffix)
    except ReadingError as error:
        assert str(error)
        return
    check_promises(document)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_pdf_with_changed_bytes_is_a_document_or_refused(data: st.DataObject) -> None:
    broken = bytearray(PDF)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(5, len(PDF) - 1))] = data.draw(st.integers(0, 255))
    try:
        check_promises(read_bytes(bytes(broken), ".pdf"))
    except ReadingError as error:
        assert str(error)
