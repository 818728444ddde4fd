"""Text and Markdown: kept to the letter in whatever encoding, and the tables that people type into them."""

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading import Document, ReadingError
from pipelines.reading.dispatch import read_bytes

from .conftest import check_promises, rows_of
from .writers import PROSE

Read = Callable[[bytes | str, str], Document]
TEXT = f"青川州2022年报告\r\n\r\n{PROSE}\r\n共公开 1136 条。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "utf-16-be", "utf-16-le bare", "utf-16-be bare"],
)
def test_text_is_the_same_in_every_encoding_with_its_line_ends_kept(data: bytes, read_as: Read) -> None:
    assert read_as(data, ".txt").text == TEXT


def test_a_spoilt_byte_spoils_one_character_and_not_the_file(read_as: Read) -> None:
    data = (PROSE * 20).encode()
    assert read_as(data[:300] + b"\xff" + data[300:], ".txt").text.count("\ufffd") == 1


@pytest.mark.parametrize(
    "text",
    [
        "|信息内容|件数|\n|---|---|\n|规章|0|\n||3|\n",
        "信息内容\t件数\n规章\t0\n\t3\n",
        "信息内容 | 件数\n规章 | 0\n | 3\n",
    ],
)
def test_typed_table_comes_out_with_its_blank_cells(text: str, read_as: Read) -> None:
    document = read_as(f"{PROSE}\n\n{text}\n{PROSE}\n", ".txt")
    assert rows_of(document) == [["信息内容", "件数"], ["规章", "0"], ["", "3"]]
    assert [b.kind for b in document.blocks] == ["paragraph", "table", "paragraph"]


def test_form_typed_a_cell_a_line_is_a_table_of_one_column(read_as: Read) -> None:
    cells = ["第二十条第（一）项", "信息内容", "本年制发件数", "规章", "0", "-", "3", "行政规范性文件", "12", "/", "5"]
    document = read_as("\n".join([PROSE, *cells, PROSE]), ".txt")
    assert rows_of(document) == [[cell] for cell in cells]


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 公开 | 年报\n" + PROSE,
        "（一）总体\n（二）公开\n（三）机构\n" * 4 + PROSE,
        "\t" + PROSE + "\n\t" + PROSE,
        "2022\n" + PROSE,
    ],
    ids=["links", "outline", "indents", "year"],
)
def test_what_is_no_table_is_none(text: str, read_as: Read) -> None:
    assert read_as(text, ".txt").tables == ()


def test_html_table_in_markdown_becomes_a_table_and_offsets_stay_true(read_as: Read) -> None:
    table = '<table><tr><td colspan="2">申请人\n情况</td></tr><tr><td>自然人</td><td>21</td></tr></table>'
    document = read_as(f"# 青川州报告\n\n{PROSE}{table}\n之后共 9 件。\n\n|甲|乙|\n|-|-|\n|1|2|\n", ".md")
    assert rows_of(document) == [["申请人情况", "申请人情况"], ["自然人", "21"]]
    assert rows_of(document, 1) == [["甲", "乙"], ["1", "2"]]
    assert "<td" not in document.text
    assert "之后共 9 件。" in [document.text[b.start : b.end] for b in document.blocks]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (bytes(range(256)) * 40, "not a"),
        (b"\x01\x02\x03" * 99, "control characters"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_bytes(data, ".txt")


@given(
    st.lists(
        st.lists(st.sampled_from(["", "0", "规章", "1,136", "（一）予以公开", "-"]), min_size=2, max_size=6),
        min_size=2,
        max_size=9,
    )
)
def test_cells_of_typed_tables_stand_where_they_say(rows: list[list[str]]) -> None:
    rows = [["项目", "件数"], *rows]
    for left, mark, right in (("|", "|", "|"), ("", "\t", "")):
        lines = [left + mark.join(row) + right for row in rows]
        lines[1:1] = ["|---|---|"] if mark == "|" else []
        document = read_bytes("\n".join([PROSE, *lines, PROSE]).encode(), ".txt")
        check_promises(document)
        if mark == "|":
            assert [c.text for table in document.tables for c in table.cells] == [c for row in rows for c in row]


@given(st.text(max_size=400))
def test_any_text_is_kept_or_refused(text: str) -> None:
    try:
        document = read_bytes(text.encode("utf-8", "ignore"), ".txt")
    except ReadingError:
        return
    check_promises(document)


def test_row_of_single_dashes_is_a_row_and_a_ruling_line_is_none(read_as: Read) -> None:
    document = read_as("|规章|文件|\n|---|:-:|\n|1|2|\n|-|-|\n+----+----+\n|3|4|\n", ".txt")
    assert rows_of(document, 0)[:3] == [["规章", "文件"], ["1", "2"], ["-", "-"]]


@pytest.mark.parametrize(
    "text",
    [
        "全年主动公开信息 230 条，其中网站 120 条，微信 90 条，公开栏 20 条，占比分别为 52.2 %、39.1 %、8.7 %。",
        "青川州 2022 年召开会议 4 次、培训 2 次、接待来访 31 人次；发放材料 1200 份。",
        "会议 4 次\n培训 2 次\n来访 31 人次",
    ],
)
def test_sentences_with_blanks_about_their_figures_are_no_table(text: str, read_as: Read) -> None:
    assert read_as(text, ".txt").tables == ()


def test_a_table_run_together_behind_a_sentence_is_one_table(read_as: Read) -> None:
    text = "州政府办公室编制本报告。 信息内容 本年制发件数 现行有效件数 规章 0 3 行政规范性文件 2 15 行政许可 8 二、问题：平台多。"
    (table,) = read_as(text, ".txt").tables
    assert text[table.start : table.end] == "信息内容 本年制发件数 现行有效件数 规章 0 3 行政规范性文件 2 15 行政许可 8"


BLANKS = {
    "an empty line": "规章\n0\n\n3\n行政规范性文件\n\n\n5\n行政许可\n1\n2\n6\n行政处罚\n\n7\n\n附注",
    "two empty lines more": (
        "规章\n\n0\n\n\n\n3\n\n行政规范性文件\n\n\n\n\n\n5\n\n行政许可\n\n1\n\n2\n\n6\n\n行政处罚\n\n\n\n7\n\n\n\n附注"
    ),
    "a pipe": "规章 |\n0 |\n|\n3 |\n行政规范性文件 |\n|\n|\n5 |\n行政许可 |\n1 |\n2 |\n6 |\n行政处罚 |\n|\n7 |\n|\n附注",
    "a pipe, and one before each row": (
        "|\n规章 |\n0 |\n|\n3 | ||\n|\n行政规范性文件 |\n|\n|\n5 | ||\n|\n行政许可 |\n1 |\n2 |\n6 | ||\n"
        "|\n行政处罚 |\n|\n7 |\n| ||\n附注"
    ),
    "a pipe between cells": (
        "规章\n|\n0\n|\n|\n3\n|\n行政规范性文件\n|\n|\n|\n5\n|\n行政许可\n|\n1\n|\n2\n|\n6\n|\n行政处罚\n|\n|\n7\n|\n|\n附注"
    ),
    "a pipe before cells": (
        "规章\n| 0\n| \n| 3\n|\n行政规范性文件\n| \n| \n| 5\n|\n行政许可\n| 1\n| 2\n| 6\n|\n行政处罚\n| \n| 7\n| \n|\n附注"
    ),
    "a pipe, and rows filled up on a line of their own": (
        "规章 |\n0 |\n|\n3 |\n||\n行政规范性文件 |\n|\n|\n5 |\n||\n行政许可 |\n1 |\n2 |\n6 |\n||\n行政处罚 |\n|\n7 |\n|\n||\n附注"
    ),
}


@pytest.mark.parametrize("text", BLANKS.values(), ids=BLANKS)
def test_blank_cells_of_a_form_typed_a_cell_a_line_keep_their_place(text: str, read_as: Read) -> None:
    document = read_as(f"{PROSE}\n\n{text}\n{PROSE}\n", ".txt")
    cells = [row[0] for row in rows_of(document)]
    rows = (
        ["规章", "0", "", "3"],
        ["行政规范性文件", "", "", "5"],
        ["行政许可", "1", "2", "6"],
        ["行政处罚", "", "7", ""],
    )
    assert cells[: sum(map(len, rows))] == [cell for row in rows for cell in row]
    check_promises(document)


def test_empty_lines_between_rows_are_no_cells(read_as: Read) -> None:
    text = "规章\n0\n1\n3\n\n行政规范性文件\n2\n4\n5\n\n行政许可\n1\n2\n6\n\n行政处罚\n8\n7\n9\n"
    assert "" not in [row[0] for row in rows_of(read_as(f"{PROSE}\n\n{text}\n{PROSE}\n", ".txt"))]


@pytest.mark.parametrize("nothing", ["无", "零"])
def test_zeros_said_in_words_are_cells(nothing: str, read_as: Read) -> None:
    cells = [
        "规章",
        nothing,
        "3",
        nothing,
        "行政规范性文件",
        nothing,
        nothing,
        nothing,
        "行政许可",
        "6",
        nothing,
        nothing,
    ]
    document = read_as("\n".join([PROSE, *cells, PROSE]), ".txt")
    assert [row[0] for row in rows_of(document)] == cells


def test_nothing_to_report_below_a_heading_is_no_cell(read_as: Read) -> None:
    cells = ["规章", "1", "2", "3", "行政规范性文件", "4", "5", "6"]
    document = read_as("\n".join([PROSE, *cells, "六、其他需要报告的事项", "无"]), ".txt")
    assert [row[0] for row in rows_of(document)] == cells


@pytest.mark.parametrize("page", ["— 3 —", "- 3 -", "第3页", "第 3 页 共 8 页", "3/8", "3\n\n\f"])
def test_page_numbers_between_cells_are_none(page: str, read_as: Read) -> None:
    cells = ["规章", "0", "1", "3", "行政规范性文件", "2", "4", "5", "行政许可", "6"]
    document = read_as("\n".join([PROSE, *cells[:6], "", page, "", *cells[6:], PROSE]), ".txt")
    assert [row[0] for row in rows_of(document)] == cells
