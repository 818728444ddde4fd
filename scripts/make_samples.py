"""Writes the three samples of warehouse/inbox/ that are statutory forms: HTML, DOCX and PDF, from
scripts/samples.yaml.

The figures are those of the reports named; every sentence is our own. The PDF is printed by LibreOffice
(Debian: libreoffice-writer, fonts-noto-cjk) from the same DOCX. Run: .venv/bin/python scripts/make_samples.py
"""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import docx
import yaml
from docx.oxml.ns import qn
from docx.shared import Pt

PROJECT = Path(__file__).resolve().parent.parent
INBOX = PROJECT / "warehouse" / "inbox"

Report = dict[str, Any]
Cell = tuple[str, int, int]
"""Text, rows and columns that it spans."""


def main() -> None:
    writers = {".html": write_html, ".docx": write_docx, ".pdf": write_pdf}
    for report in yaml.safe_load((PROJECT / "scripts" / "samples.yaml").read_text(encoding="utf-8")):
        target = INBOX / report["file"]
        writers[target.suffix](report, target)
        print(target.relative_to(PROJECT))


def parts(report: Report) -> list[tuple[str, list[str] | list[list[Cell]]]]:
    """Headings, each with paragraphs or with the rows of a table."""
    note = f"说明：本文是Gongkai的示例，用自己的话转述《{report['title']}》所载的数字，不是原文。行列与官方格式相同。"
    return [
        ("", [note]),
        ("一、总体情况", report["sentences"]),
        ("二、主动公开政府信息情况", proactive(report["proactive"])),
        ("三、收到和处理政府信息公开申请情况", requests(report["requests"])),
        ("四、政府信息公开行政复议、行政诉讼情况", remedies(report["remedies"])),
        ("五、存在的主要问题及改进情况", ["本示例从略。"]),
        ("六、其他需要报告的事项", ["无。"]),
    ]


def proactive(values: dict[str, list[float]]) -> list[list[Cell]]:
    """The four tables of section 二, which the form prints as one of four columns."""

    def row(label: str) -> list[Cell]:
        figures = [f"{value:g}" if isinstance(value, float) else str(value) for value in values[label]]
        return [(label, 1, 1), *((figure, 1, 3 // len(figures)) for figure in figures)]

    decisions: list[Cell] = [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)]
    return [
        [("第二十条第（一）项", 1, 4)],
        [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
        row("规章"),
        row("行政规范性文件"),
        [("第二十条第（五）项", 1, 4)],
        decisions,
        row("行政许可"),
        [("第二十条第（六）项", 1, 4)],
        decisions,
        row("行政处罚"),
        row("行政强制"),
        [("第二十条第（八）项", 1, 4)],
        [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 3)],
        row("行政事业性收费"),
    ]


def requests(values: dict[str, list[int]]) -> list[list[Cell]]:
    """Section 三: labels in three columns, seven figures a row."""
    labels = list(values)
    other = [label for label in labels if label.startswith(("1.申请人无正当理由", "2.申请人逾期未按", "3.其他"))]
    groups = [
        ("（三）不予公开", "1.属于国家秘密", 8),
        ("（四）无法提供", "1.本机关不掌握", 3),
        ("（五）不予处理", "1.信访举报", 5),
    ]
    if other:
        groups.append(("（六）其他处理", other[0], len(other)))
    carried = "三、本年度办理结果"
    results = labels[2:-1]
    rows: list[list[Cell]] = [
        [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(name, 1, 1) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    for label in labels:
        cells: list[Cell] = [(carried, len(results), 1)] if label == results[0] else []
        group = next((group for group in groups if label.startswith(group[1])), None)
        inside = label[0].isdigit()
        if group:
            cells.append((group[0], group[2], 1))
        cells.append((label, 1, 1 if inside else 2 if label in results else 3))
        rows.append([*cells, *((str(value), 1, 1) for value in values[label])])
    return rows


def remedies(values: dict[str, list[int]]) -> list[list[Cell]]:
    """Section 四: one row of fifteen figures under three blocks."""
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return [
        [("行政复议", 2, 5), ("行政诉讼", 1, 10)],
        [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(outcome, 1, 1) for _ in values for outcome in outcomes],
        [(str(value), 1, 1) for block in values.values() for value in block],
    ]


def write_html(report: Report, target: Path) -> None:
    title = html.escape(report["title"])
    lines = [
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        f'<title>{title}</title>\n<meta name="ArticleTitle" content="{title}">\n</head>\n<body>\n<h1>{title}</h1>',
    ]
    for heading, content in parts(report):
        if heading:
            lines.append(f"<h2>{heading}</h2>")
        if content and isinstance(content[0], str):
            lines += [f"<p>{html.escape(str(paragraph))}</p>" for paragraph in content]
        else:
            lines.append('<table border="1">')
            lines += ["<tr>" + "".join(map(_html_cell, row)) + "</tr>" for row in content]
            lines.append("</table>")
    target.write_text("\n".join([*lines, "</body>\n</html>\n"]), encoding="utf-8")


def _html_cell(cell: Any) -> str:
    text, down, across = cell
    spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
    return f"<td{spans}>{html.escape(text)}</td>"


def write_docx(report: Report, target: Path) -> None:
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Serif CJK SC", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    document.core_properties.title, document.core_properties.author = report["title"], "Gongkai"
    document.add_paragraph(report["title"], style="Title")
    for heading, content in parts(report):
        if heading:
            document.add_paragraph(heading, style="Heading 1")
        if content and isinstance(content[0], str):
            for paragraph in content:
                document.add_paragraph(str(paragraph))
        else:
            _docx_table(document, content)
    document.save(str(target))


def _docx_table(document: Any, rows: Any) -> None:
    width = sum(across for _, _, across in rows[0])
    table = document.add_table(len(rows), width, style="Table Grid")
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (at, column) in taken:
                column += 1
            cell = table.cell(at, column)
            if down > 1 or across > 1:
                cell = cell.merge(table.cell(at + down - 1, column + across - 1))
            cell.text = text
            taken |= {(at + r, column + c) for r in range(down) for c in range(across)}


def write_pdf(report: Report, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.docx"
        write_docx(report, source)
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(target.parent), str(source)]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
