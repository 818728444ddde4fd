"""DOCX: prose, headings, merged cells, text boxes; and packages made to exhaust the reader."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import Document, ReadingError
from pipelines.reading.dispatch import read_bytes

from .conftest import check_promises, rows_of
from .writers import PROSE, docx_bytes

Read = Callable[[bytes | str, str], Document]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(xml: str) -> bytes:
    """The barest DOCX around the body's XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{xml}</w:body></w:document>")
    return out.getvalue()


def test_prose_headings_and_title_come_out_in_order(read_as: Read) -> None:
    source = docx.Document()
    source.core_properties.title = "青川州2022年政府信息公开工作年度报告"
    source.add_heading("总体情况", 1)
    source.add_paragraph(PROSE)
    source.add_paragraph("二、主动公开政府信息情况")
    document = read_as(docx_bytes(source), ".docx")
    assert [b.kind for b in document.blocks] == ["heading", "paragraph", "heading"]
    assert document.metadata == {"title": "青川州2022年政府信息公开工作年度报告"}


def test_merged_cells_span_and_nested_tables_follow(read_as: Read) -> None:
    source = docx.Document()
    table = source.add_table(3, 4)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            cell.text = f"{r}{c}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "类\n别"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "申请人情况"
    inner = table.cell(2, 3).add_table(2, 2)
    inner.cell(1, 1).text = "里面"
    document = read_as(docx_bytes(source), ".docx")
    assert rows_of(document) == [
        ["类别", "申请人情况", "申请人情况", "申请人情况"],
        ["类别", "11", "12", "13"],
        ["20", "21", "22", "23"],
    ]
    assert rows_of(document, 1) == [["", ""], ["", "里面"]]


def test_text_box_is_read_once_and_deleted_and_hidden_text_not_at_all(read_as: Read) -> None:
    source = docx.Document()
    box = f"<w:txbxContent {W}><w:p><w:r><w:t>框内公开 12 条</w:t></w:r></w:p></w:txbxContent>"
    run = source.add_paragraph(PROSE).add_run()
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    for side in ("Choice", "Fallback"):
        run._r.append(parse_xml(f"<mc:{side} {mc}>{box}</mc:{side}>"))
    hidden = source.add_paragraph("可见").add_run("隐藏 77")
    hidden.font.hidden = True
    source.paragraphs[-1]._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>删去 88</w:delText></w:r></w:del>"))
    document = read_as(docx_bytes(source), ".docx")
    assert document.text.split("\n")[:3] == [PROSE, "框内公开 12 条", "可见"]
    assert "77" not in document.text
    assert "88" not in document.text


def test_docx_named_doc_is_read(read_as: Read) -> None:
    source = docx.Document()
    source.add_paragraph(PROSE)
    assert read_as(docx_bytes(source), ".doc").kind == "docx"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (package("<w:p/>"), "without text"),
        (package("<w:p><w:r><w:t>" + " " * 400_000_000 + "</w:t></w:r></w:p>"), "unpacks"),
        (package("<w:tbl>" + "<w:tr><w:tc/><w:tc/></w:tr>" * 100_000 + "</w:tbl>"), "rows|unpacks"),
        (package("<w:sdt>" * 100_000), "broken"),
        (package("<w:p>")[:-30], "broken"),
        (b"PK\x03\x04word/document.xml" + b"\x00" * 100, "broken"),
    ],
    ids=["blank", "bomb", "rows", "nested", "cut", "rubbish"],
)
def test_package_beyond_bounds_or_broken_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_bytes(data, ".docx")


def test_entities_are_not_followed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        doctype = '<!DOCTYPE d [<!ENTITY a "哈哈哈"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
        body = f"<w:p><w:r><w:t>{PROSE}&a;&f;</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f"{doctype}<w:document {W}><w:body>{body}</w:body></w:document>")
    assert read_bytes(out.getvalue(), ".docx").text.strip() == PROSE


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "0", "31", "7730.28", "（一）予以公开"]), min_size=3, max_size=3),
        min_size=2,
        max_size=8,
    )
)
def test_every_cell_comes_back(rows: list[list[str]]) -> None:
    source = docx.Document()
    table = source.add_table(len(rows), 3)
    for row, cells in zip(rows, table.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=True):
            cell.text = text
    source.add_paragraph(PROSE)
    document = read_bytes(docx_bytes(source), ".docx")
    check_promises(document)
    assert rows_of(document) == rows
