"""Reports as HTML, in the ways that word processors and sites write it. Bodies and figures are made up."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

from reports import TITLE, Merged, Report

Cell = Callable[[str, Merged], str]


def clean(report: Report) -> str:
    return _page(_body(report, _td))


def with_heads(report: Report) -> str:
    """thead and th, as newer systems write tables."""

    def table(rows: Sequence[Sequence[Merged]]) -> str:
        def line(row: Sequence[Merged], tag: str) -> str:
            return f"<tr>{''.join(f'<{tag}{_spans(c)}>{html.escape(c.text)}</{tag}>' for c in row)}</tr>"

        body = "".join(line(row, "td") for row in rows[1:])
        return f"<table class='table'><thead>{line(rows[0], 'th')}</thead><tbody>{body}</tbody></table>"

    return _page(_body(report, _td, table))


def cms(report: Report) -> str:
    """A site's page: navigation, crumbs, accessibility bar, index bar and footer around the text; wrapped tables."""
    nav = "".join(f"<li><a href='/{i}'>{name}</a></li>" for i, name in enumerate(["首页", "政务公开", "互动交流"] * 4))
    bar = (
        "<table class='xxgk'><tr><td>索引号：</td><td>QC000-2023-00007</td><td>发布机构：</td><td>青川州人民政府办公室</td>"
        "</tr><tr><td>发布日期：</td><td>2023-01-18</td><td>浏览次数：</td><td>1502</td></tr></table>"
    )
    text = _body(report, _styled, lambda rows: f"<div style='overflow:auto'>{_table(rows, _styled)}</div>")
    return _page(
        f"<div id='wza'>无障碍浏览 长者模式 12</div><div class='header'><ul class='nav'>{nav}</ul></div>"
        f"<div class='crumbs'>当前位置：<a href='/'>首页</a> > <a href='/zwgk'>政务公开</a> > 正文</div>"
        f"<div class='main'><div class='left'><ul>{nav}</ul></div><div class='article' id='zoom'>{bar}{text}</div></div>"
        "<div class='footer'>主办：青川州人民政府办公室 备案号：青ICP备05001234号 网站标识码：9900000001 访问量：88231</div>",
        f"<meta name='ArticleTitle' content='{TITLE}'><meta name='PubDate' content='2023-01-18'>",
    )


def word_export(report: Report) -> str:
    """Word's HTML: o:p, a span a word, paragraphs in cells, head cells broken by br, no-break spaces in blank cells."""

    def words(text: str) -> str:
        size = 3
        pieces = [text[i : i + size] for i in range(0, len(text), size)] or ["&nbsp;"]
        return "".join(f"<span lang=EN-US style='font-size:9.0pt'>{p}<o:p></o:p></span>" for p in pieces)

    def cell(text: str, merged: Merged) -> str:
        half = len(text) // 2
        paragraphs = [text[:half], text[half:]] if merged.column > 2 and "本年" in text else [text]
        inner = "".join(
            f"<p class=MsoNormal align=center style='mso-element:frame'>\n  {words(p)}\n</p>" for p in paragraphs
        )
        return f"<td{_spans(merged)} style='border:solid windowtext 1.0pt;\n  padding:0cm'>{inner}</td>\n"

    head = "<meta name=Generator content='Microsoft Word 15'><style><!-- p.MsoNormal {margin:0cm} --></style>"
    return _page(f"<div class=WordSection1>{_body(report, cell)}</div>", head, "xmlns:o='urn:schemas-microsoft-com:o'")


def nested(report: Report) -> str:
    """Tables that only lay the page out, and data tables within their cells."""
    menu = "<table><tr><td><a href='/'>首页</a></td><td><a href='/xxgk'>信息公开</a></td></tr></table>"
    text = _body(
        report, _td, lambda rows: f"<table width='100%'><tr><td align='center'>{_table(rows, _td)}</td></tr></table>"
    )
    return _page(
        f"<table width='1000'><tr><td colspan='2'>{menu}</td></tr><tr><td width='200'>栏目导航<br>政策文件<br>统计数据</td>"
        f"<td><table><tr><td>{text}</td></tr></table></td></tr><tr><td colspan='2'>版权所有 青川州人民政府</td></tr></table>"
    )


def broken(report: Report) -> str:
    """Spans that claim too much, spacer rows, unclosed cells and rows, comments in cells."""

    def cell(text: str, merged: Merged) -> str:
        spans = f" rowspan={merged.row_span}" if merged.row_span > 1 else ""
        wide = merged.column_span + (3 if merged.column_span == 4 else 0)
        return f"<td{spans} colspan={wide}><!--[if gte]>9<![endif]--><font>{html.escape(text)}</font>"

    def table(rows: Sequence[Sequence[Merged]]) -> str:
        spacer = "<tr height=0 style='border:none'>" + "<td width=40></td>" * 10 + "</tr>"
        return "<table>" + "".join("<tr>" + "".join(cell(c.text, c) for c in row) for row in rows) + spacer + "</table>"

    return _page(_body(report, cell, table))


def without_spans(report: Report) -> str:
    """A table pasted from a spreadsheet: no spans, a cell at every place."""

    def table(rows: Sequence[Sequence[Merged]]) -> str:
        lines = []
        for row in rows:
            filled = "".join(f"<td>{html.escape(c.text)}</td>" + "<td></td>" * (c.column_span - 1) for c in row)
            lines.append("<tr>" + "<td>&nbsp;</td>" * (row[0].column if row else 0) + filled + "</tr>")
        return "<table>" + "".join(lines) + "</table>"

    return _page(_body(report, _td, table))


def one_table(report: Report) -> str:
    """Section two in one table, the head repeated for each article, as the official form prints it."""
    rows: list[str] = []
    body = ""
    for kind, part in report.parts:
        tables = list(Report(report.form, [("table", part)]).tables()) if kind == "table" else []
        if tables and len(tables[0]) < 6 and len(tables[0][1]) < 5:
            rows += ["<tr>" + "".join(_fitted(row, i, 4) for i in range(len(row))) + "</tr>" for row in tables[0]]
            continue
        if rows:
            body, rows = body + f"<table border=1>{''.join(rows)}</table>", []
        body += _table(tables[0], _td) if tables else _paragraph(kind, str(part))
    return _page(body)


def preformatted(report: Report) -> str:
    """Text that keeps its lines, tabs between the cells."""

    def table(rows: Sequence[Sequence[Merged]]) -> str:
        return "<pre>" + "\n".join("\t".join(html.escape(c.text) for c in row) for row in rows) + "</pre>"

    return _page(_body(report, _td, table))


def without_tables(report: Report) -> str:
    """Cells as boxes that a style sheet lays out."""

    def table(rows: Sequence[Sequence[Merged]]) -> str:
        lines = ("".join(f"<div class='cell'>{html.escape(c.text)}</div>" for c in row) for row in rows)
        return "<div class='grid'>" + "".join(f"<div class='row'>{line}</div>" for line in lines) + "</div>"

    return _page(_body(report, _td, table))


def _fitted(row: Sequence[Merged], index: int, width: int) -> str:
    """The last cell of a row fills the table's width, as merged on the form; others share it."""
    span = width - row[index].column if index == len(row) - 1 else 1
    return f"<td colspan='{span}'><p>{html.escape(row[index].text) or '&nbsp;'}</p></td>"


def _page(body: str, head: str = "", attributes: str = "") -> str:
    charset = "<meta http-equiv='Content-Type' content='text/html; charset=utf-8'>"
    return f"<!DOCTYPE html><html {attributes}><head>{charset}<title>{TITLE}-青川州政府网</title>{head}</head><body>{body}</body></html>"


def _body(report: Report, cell: Cell, table: Callable[[Sequence[Sequence[Merged]]], str] | None = None) -> str:
    tables = report.tables()
    return "".join(
        (table(next(tables)) if table else _table(next(tables), cell))
        if kind == "table"
        else _paragraph(kind, str(part))
        for kind, part in report.parts
    )


def _paragraph(kind: str, text: str) -> str:
    tag = {"title": "h1", "heading": "h3"}.get(kind, "p")
    return f"<{tag}>{'　　' if tag == 'p' else ''}{html.escape(text)}</{tag}>"


def _table(rows: Sequence[Sequence[Merged]], cell: Cell) -> str:
    lines = ("<tr>" + "".join(cell(c.text, c) for c in row) + "</tr>" for row in rows)
    return f"<table border='1' cellspacing='0'><tbody>{''.join(lines)}</tbody></table>"


def _td(text: str, merged: Merged) -> str:
    return f"<td{_spans(merged)}>{html.escape(text)}</td>"


def _styled(text: str, merged: Merged) -> str:
    half = len(text) // 2
    inner = f"<span style='font-family:仿宋'>{html.escape(text[:half])}</span><span>{html.escape(text[half:])}</span>"
    return f"<td{_spans(merged)} valign='center' style='border:1px solid'><p style='text-align:center'>{inner}</p></td>"


def _spans(merged: Merged) -> str:
    rows = f" rowspan='{merged.row_span}'" if merged.row_span > 1 else ""
    return rows + (f" colspan='{merged.column_span}'" if merged.column_span > 1 else "")


BUILDS: dict[str, Callable[[Report], str]] = {
    f.__name__: f
    for f in (
        clean,
        with_heads,
        cms,
        word_export,
        nested,
        broken,
        without_spans,
        one_table,
        preformatted,
        without_tables,
    )
}
WITHOUT_BLANKS = {"preformatted", "without_tables"}  # nothing is left of a blank cell there
