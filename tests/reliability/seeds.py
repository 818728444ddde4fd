"""Small whole files of every format, which fuzzers and hostile files are made from. The body is made up."""

from __future__ import annotations

import docx

from tests.reading.writers import PROSE, PdfPage, docx_bytes, html_page, html_table, pdf_bytes

TEXT = (
    "青川州人民政府2020年政府信息公开工作年度报告\n一、总体情况\n2020年主动公开政府信息1,234条,比上年增长12.5%。\n"
    "二、依申请公开\n全年收到公开申请3件(其中网络申请2件),答复3件,占100%。行政复议1件、行政诉讼0件。\n"
    "青川州人民政府办公室\n2021年1月20日\n"
)
ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "1", "0", "5"],
    ["行政规范性文件", "12", "3", "40"],
]
MARKDOWN = TEXT + "\n|" + "|\n|".join("|".join(row) for row in [ROWS[0], ["---"] * 4, *ROWS[1:]]) + "|\n"
HTML = html_page("".join(f"<p>{line}</p>" for line in TEXT.split("\n")) + html_table(ROWS))


def _docx() -> bytes:
    document = docx.Document()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(len(ROWS), 4)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return docx_bytes(document)


def _pdf() -> bytes:
    page = PdfPage()
    for number, line in enumerate(TEXT.strip().split("\n")):
        page.write(60, 60 + 20 * number, line)
    return pdf_bytes([page.table([60, 200, 300, 400, 500], [300, 330, 360, 390], ROWS), PdfPage().write(60, 60, PROSE)])


DOCX, PDF = _docx(), _pdf()
SEEDS: tuple[tuple[int, bytes], ...] = (
    (0, TEXT.encode()),
    (0, TEXT.encode("gb18030")),
    (0, TEXT.encode("utf-16")),
    (1, HTML.encode()),
    (1, HTML.encode("gb18030")),
    (2, PDF),
    (3, DOCX),
    (4, MARKDOWN.encode()),
)
"""Number of the suffix in `fuzzing.SUFFIXES`, and bytes."""
