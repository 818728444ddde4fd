"""A report's parts as a file: text or a web page, in UTF-8 or GB 18030. Not here: what the parts say."""

from __future__ import annotations

import html
from collections.abc import Sequence

from benchmarks.corpus.forms import GridCell, Rows
from benchmarks.corpus.prose import Fact, Part

_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")


def as_text(parts: Sequence[Part], *, half_width: bool) -> tuple[str, list[Fact]]:
    """The report as plain text, and its facts with their places in it. Cells of tables have none (-1)."""
    text, facts = "", []
    for part in parts:
        indent = "　　" if part.kind == "paragraph" else ""
        for fact in part.facts:
            if fact.char_start >= 0:
                fact.char_start += len(text) + len(indent)
            facts.append(fact)
        text += _tabs(part.rows) if part.kind == "table" else indent + part.text + "\n\n"
    return text.translate(_HALF_WIDTH) if half_width else text, facts


def as_page(parts: Sequence[Part], *, encoding: str, title: str, office: str, date: str) -> tuple[str, list[Fact]]:
    """The report as a page of a site, with its bars around it. Its facts have no places in it (-1)."""
    lines = [
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{encoding}"><title>{title}</title>',
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{date}">',
        "<style>.nav li{float:left} td{border:1px solid #999}</style></head><body>",
        '<div class="header"><ul class="nav">'
        + "".join(f'<li><a href="/{i}/">{name}</a></li>' for i, name in enumerate(("首页", "政务公开", "政民互动") * 3))
        + "</ul></div>",
        f'<div class="crumbs">当前位置：<a href="/">首页</a> &gt; 政府信息公开年报</div><div class="article"><h1>{title}</h1>',
        f"<p class='info'>发布日期：{date}　来源：{office}　浏览次数：1502</p>",
    ]
    facts = []
    for part in parts[1:]:
        facts += part.facts
        if part.kind == "table":
            lines.append(_table(part.rows))
        else:
            tag = "h2" if part.kind == "heading" else "p"
            lines.append(f'<{tag} style="text-indent:2em">{html.escape(part.text)}</{tag}>')
    lines.append(f'</div><div class="footer">主办：{office}　备案号：云ICP备09001234号</div></body></html>')
    for fact in facts:
        fact.char_start = -1
    return "\n".join(lines), facts


def _table(rows: Rows) -> str:
    def cell(cell: GridCell) -> str:
        spans = (f' rowspan="{cell.down}"' if cell.down > 1 else "") + (
            f' colspan="{cell.across}"' if cell.across > 1 else ""
        )
        return f'<td{spans}><p align="center">{html.escape(cell.text)}</p></td>'

    lines = ("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows)
    return '<table border="1" cellspacing="0"><tbody>' + "\n".join(lines) + "</tbody></table>"


def _tabs(rows: Rows) -> str:
    """Tab between places, a line a row; nothing at places that a cell covers besides its first."""
    width = sum(cell.across for cell in rows[0])
    grid: list[list[str | None]] = [[None] * width for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while grid[at][column] is not None:
                column += 1
            for below in range(at, min(at + cell.down, len(rows))):
                grid[below][column : column + cell.across] = [""] * cell.across
            grid[at][column] = cell.text
    return "\n".join("\t".join(text or "" for text in line) for line in grid) + "\n\n"
