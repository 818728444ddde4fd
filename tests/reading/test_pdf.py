"""PDFs: tables whole over page breaks, prose whole over lines, and what cannot be read refused with the reason."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading import ReadingError
from pipelines.reading.dispatch import read_bytes

from .conftest import check_promises, rows_of
from .writers import PROSE, PdfPage, pdf_bytes

XS = [80, 250, 350, 450]


def page_of(*rows: list[str], top: float = 100, height: float = 30) -> PdfPage:
    return PdfPage().table(XS, [top + height * i for i in range(len(rows) + 1)], rows)


def test_table_over_a_page_break_with_page_numbers_between_is_one() -> None:
    first = page_of(["信息内容", "制发件数", "废止件数"], ["规章", "1", "0"], top=700).write(280, 820, "- 1 -")
    second = page_of(["行政规范性文件", "12", "3"]).write(280, 820, "- 2 -").write(80, 300, PROSE)
    document = read_bytes(pdf_bytes([first, second]), ".pdf")
    check_promises(document)
    assert rows_of(document) == [
        ["信息内容", "制发件数", "废止件数"],
        ["规章", "1", "0"],
        ["行政规范性文件", "12", "3"],
    ]
    assert "- 1 -" not in document.text


def test_head_that_is_repeated_on_the_next_page_stands_once() -> None:
    head = ["信息内容", "制发件数", "废止件数"]
    pages = [page_of(head, ["规章", "1", "0"], top=700), page_of(head, ["行政规范性文件", "12", "3"])]
    document = read_bytes(pdf_bytes([*pages, PdfPage().write(80, 100, PROSE)]), ".pdf")
    assert [row[0] for row in rows_of(document)] == ["信息内容", "规章", "行政规范性文件"]


@pytest.mark.parametrize("figures_first", [True, False])
def test_row_cut_by_the_page_break_comes_out_once_and_whole(figures_first: bool) -> None:
    upper = ["2.其他法律行政法", "4", "7"] if figures_first else ["2.其他法律行政法", "", ""]
    lower = ["规禁止公开", "", ""] if figures_first else ["规禁止公开", "4", "7"]
    pages = [page_of(["1.国家秘密", "1", "0"], upper, top=700), page_of(lower, ["3.三安全", "0", "0"])]
    document = read_bytes(pdf_bytes([*pages, PdfPage().write(80, 100, PROSE)]), ".pdf")
    assert rows_of(document)[1:] == [["2.其他法律行政法规禁止公开", "4", "7"], ["3.三安全", "0", "0"]]


def test_blank_rows_on_both_sides_of_a_page_break_stay_two_rows() -> None:
    pages = [
        page_of(["1.甲项", "1", "2"], ["2.乙项", "", ""], top=700),
        page_of(["3.丙项", "", ""], ["4.丁项", "5", "6"]),
    ]
    document = read_bytes(pdf_bytes([*pages, PdfPage().write(80, 100, PROSE)]), ".pdf")
    assert [row[0] for row in rows_of(document)] == ["1.甲项", "2.乙项", "3.丙项", "4.丁项"]


def test_a_blank_figure_below_a_page_break_is_no_part_of_the_tall_head_above_it() -> None:
    head = PdfPage()
    for y in (700, 760):
        head.line(XS[0], y, XS[-1], y)
    for x in XS:
        head.line(x, 700, x, 760)
    head.line(XS[1], 730, XS[-1], 730)  # the first head cell is two rows high
    head.write(84, 735, "结果维持", 10).write(254, 720, "未经复议", 10).write(254, 750, "总计", 10)
    pages = [head, page_of(["", "4", "0"]), PdfPage().write(80, 100, PROSE)]
    assert rows_of(read_bytes(pdf_bytes(pages), ".pdf"))[-1] == ["", "4", "0"]


def test_number_and_label_broken_over_lines_within_a_cell_are_whole() -> None:
    page = PdfPage().table(XS, [100, 150, 180], [["", "", ""], ["行政许可", "5", "6"]]).write(80, 400, PROSE)
    page.write(84, 120, "社会公益", 10).write(84, 134, "组织", 10).write(254, 120, "44722", 10).write(254, 134, "8", 10)
    assert rows_of(read_bytes(pdf_bytes([page]), ".pdf"))[0] == ["社会公益组织", "447228", ""]


def test_number_broken_over_lines_of_prose_is_whole_and_a_new_paragraph_stays_new() -> None:
    full = "全州各级行政机关全年通过门户网站和政府公报主动公开政府信息共计14"
    page = PdfPage().write(80, 100, full).write(80, 120, "3212条，其中规章两件。").write(104, 140, PROSE)
    page.write(104, 160, "另一段从这里起，讲的是另外一件事情，与上面的那一段没有关系。")
    blocks = read_bytes(pdf_bytes([page]), ".pdf")
    texts = [blocks.text[b.start : b.end] for b in blocks.blocks]
    assert texts[0] == full + "3212条，其中规章两件。"
    assert len(texts) == 3


def test_merged_cells_span_and_text_in_them_comes_out_once() -> None:
    page = PdfPage().write(80, 400, PROSE)
    for y in (100, 130, 160):
        page.line(80 if y != 130 else 180, y, 380, y)
    for x in (80, 180, 380):
        page.line(x, 100, x, 160)
    page.line(280, 130, 280, 160)
    page.write(84, 135, "类别", 10).write(184, 120, "申请人情况", 10).write(184, 150, "自然人", 10).write(
        284, 150, "总计", 10
    )
    document = read_bytes(pdf_bytes([page]), ".pdf")
    assert rows_of(document) == [["类别", "申请人情况", "申请人情况"], ["类别", "自然人", "总计"]]
    assert document.text.count("申请人情况") == 1


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.tuples(*[st.sampled_from(["", "0", "7", "31", "1288", "7730.28", "-", "/"])] * 2), min_size=3, max_size=20
    ),
    cut=st.integers(1, 19),
)
def test_every_cell_comes_back_wherever_the_page_is_cut(rows: list[tuple[str, str]], cut: int) -> None:
    table = [[f"{i}.第{i}项信息", *row] for i, row in enumerate(rows, 1)]
    parts = [part for part in (table[:cut], table[cut:]) if part]
    pages = [page_of(*part, height=24) for part in parts]
    document = read_bytes(pdf_bytes([*pages, PdfPage().write(80, 100, PROSE)]), ".pdf")
    check_promises(document)
    assert rows_of(document) == table


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_bytes([PdfPage().line(10, 10, 500, 700)]), "scanned"),
        (pdf_bytes([PdfPage()] * 5000), "5000 pages"),
        (b"%PDF-1.7\n" + b"\x00\xff" * 500, "broken PDF"),
        (b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\nxref\n0 9999999\ntrailer", "broken PDF"),
    ],
    ids=["scan", "pages", "rubbish", "no pages"],
)
def test_what_is_no_readable_pdf_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_bytes(data, ".pdf")


def test_broken_cross_reference_table_is_repaired() -> None:
    data = pdf_bytes([PdfPage().write(80, 100, PROSE)])
    assert (
        PROSE
        in read_bytes(
            data[: data.rindex(b"xref\n0")] + b"xref\n0 7777\nnonsense\n" + data[data.rindex(b"trailer") :], ".pdf"
        ).text
    )


def test_stream_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked() -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 10_000_000) for _ in range(40)) + packer.flush()
    data = b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    with pytest.raises(ReadingError, match="unpacks"):
        read_bytes(data, ".pdf")
