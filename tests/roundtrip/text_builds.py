"""Reports as Markdown and plain text, as people type them and text recognition leaves them."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from random import Random

from reports import Merged, Report, plain_rows

Rows = Sequence[Sequence[Merged]]


def pipes(report: Report) -> str:
    """Markdown: a cell at every place, the first row as head."""

    def table(rows: Rows) -> str:
        filled = _filled(rows)
        lines = ["| " + " | ".join(row) + " |" for row in filled]
        return "\n".join([lines[0], "|" + " --- |" * len(filled[0]), *lines[1:]])

    return _text(report, table)


def pipes_without_spans(report: Report) -> str:
    """Rows moved to the left where cells were merged."""

    def table(rows: Rows) -> str:
        lines = ["| " + " | ".join(row) + " |" for row in plain_rows(rows) if row]
        return "\n".join([lines[0], "| --- | --- |", *lines[1:]])

    return _text(report, table)


def recognised(report: Report) -> str:
    """Text recognition's Markdown: tables as HTML on one line, spans kept, characters misread."""

    def table(rows: Rows) -> str:
        lines = ("".join(_cell(c, _misread(c.text)) for c in row) for row in rows)
        return "<html><body><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table></body></html>"

    return _text(report, table)


def recognised_wrong_head(report: Report) -> str:
    """... the head of applicants in the wrong places: cells lost, doubled or moved; the figures in theirs."""
    random = Random(7)

    def table(rows: Rows) -> str:
        lines = []
        for i, row in enumerate(rows):
            cells = list(row)
            if len(rows) > 20 and len(rows[-1]) > 5 and i < 3 and len(cells) > 2:
                place = random.randrange(1, len(cells))
                cells = [*cells[:place], cells[place - 1], *cells[place + 1 :]] if i % 2 else [*cells[1:], cells[0]]
            lines.append("".join(_cell(c, _misread(c.text)) for c in cells))
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"

    return _text(report, table)


def recognised_without_head(report: Report) -> str:
    """... the applicants' head gone, each row's group label repeated in every cell that it spans."""

    def table(rows: Rows) -> str:
        if len(rows) < 20 or len(rows[-1]) < 6:
            return (
                "<table>" + "".join(f"<tr>{''.join(_cell(c, c.text) for c in row)}</tr>" for row in rows) + "</table>"
            )
        lines = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in _repeated(rows)[3:])
        return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"

    return _text(report, table)


def recognised_over_pages(report: Report) -> str:
    """... tables cut by pages, the figures of a head or a row in one cell, letters for zeros."""
    random = Random(11)

    def table(rows: Rows) -> str:
        lines = [[_cell(c, _misread(c.text)) for c in row] for row in rows]
        for line in lines[3:]:
            zeros = [i for i in range(1, len(line) - 1) if line[i] == line[i + 1] == "<td>0</td>"]
            if zeros and random.random() < 0.5:
                line[zeros[0] : zeros[0] + 2] = ["<td>O 0</td>"]
        cut = random.randrange(4, len(lines) - 2) if len(lines) > 12 else len(lines)
        parts = (lines[:cut], lines[cut:])
        return "\n\n第 2 页\n\n".join(
            "<table>" + "".join(f"<tr>{''.join(line)}</tr>" for line in part) + "</table>" for part in parts if part
        )

    return _text(report, table)


def tabs(report: Report) -> str:
    return _text(report, lambda rows: "\n".join("\t".join(row) for row in _filled(rows)))


def tabs_moved(report: Report) -> str:
    """As copied from a page: a tab between the cells that begin in the row."""
    return _text(report, lambda rows: "\n".join("\t".join(row) for row in plain_rows(rows) if row))


def one_a_line(report: Report) -> str:
    """As crawlers leave it: every cell on a line of its own. Without blank cells, for which nothing is left."""
    return _text(report, lambda rows: "\n".join(text for row in plain_rows(rows) for text in row))


def pipes_collapsed(report: Report) -> str:
    """As page-to-text tools leave it: no pipe before a row, blank places behind it as bare pipes."""
    return _text(report, lambda rows: "\n".join(" | ".join(row) + " | ||" for row in plain_rows(rows) if row))


def one_a_line_piped(report: Report) -> str:
    """... a cell a line, a pipe behind each, a line of pipes behind a row."""
    return _text(report, lambda rows: "\n||||\n".join("\n".join(f"{t} |" for t in row) for row in plain_rows(rows)))


def blanks_between(report: Report) -> str:
    """As copied from a page: blanks between the cells, a line a row."""
    return _text(report, lambda rows: "\n".join(" ".join(row) for row in plain_rows(rows)))


def one_run(report: Report) -> str:
    """... a whole table on one line."""
    return _text(report, lambda rows: "　".join("  ".join(row) for row in plain_rows(rows)))


def one_run_in_a_paragraph(report: Report) -> str:
    """... and the tables, headings and sentences in one paragraph."""
    return _text(report, lambda rows: " ".join(" ".join(row) for row in plain_rows(rows))).replace("\n", " ")


def _text(report: Report, table: Callable[[Rows], str]) -> str:
    tables = report.tables()
    marks = {"title": "# ", "heading": "## "}
    parts = (table(next(tables)) if kind == "table" else marks.get(kind, "") + str(part) for kind, part in report.parts)
    return "\n\n".join(parts) + "\n"


def _filled(rows: Rows) -> list[list[str]]:
    """A cell at every place: the text where the cell begins, blank elsewhere."""
    grid = _places(rows)
    return [[c.text if c and first else "" for c, first in line] for line in grid]


def _repeated(rows: Rows) -> list[list[str]]:
    return [[c.text if c else "" for c, _ in line] for line in _places(rows)]


def _places(rows: Rows) -> list[list[tuple[Merged | None, bool]]]:
    width = max(c.column + c.column_span for row in rows for c in row)
    grid: list[list[tuple[Merged | None, bool]]] = [[(None, False)] * width for _ in rows]
    for i, row in enumerate(rows):
        for cell in row:
            for r in range(i, min(len(rows), i + cell.row_span)):
                for c in range(cell.column, cell.column + cell.column_span):
                    grid[r][c] = (cell, (r, c) == (i, cell.column))
    return grid


def _cell(cell: Merged, text: str) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<td{rows}{columns}>{html.escape(text)}</td>"


def _misread(text: str) -> str:
    """Characters that text recognition takes for others."""
    return text.translate(str.maketrans("己（）自构“”", '已()目枸""')) if len(text) > 2 else text


BUILDS: dict[str, tuple[str, Callable[[Report], str]]] = {
    "pipes": (".md", pipes),
    "pipes without spans": (".md", pipes_without_spans),
    "recognised": (".md", recognised),
    "recognised, wrong head": (".md", recognised_wrong_head),
    "recognised, no head": (".md", recognised_without_head),
    "recognised, over pages": (".md", recognised_over_pages),
    "tabs": (".txt", tabs),
    "tabs, moved left": (".txt", tabs_moved),
    "pipes, collapsed": (".md", pipes_collapsed),
    "one cell a line": (".txt", one_a_line),
    "one cell a line, piped": (".txt", one_a_line_piped),
    "blanks between": (".txt", blanks_between),
    "one run": (".txt", one_run),
    "one run in a paragraph": (".txt", one_run_in_a_paragraph),
}

# Nothing is left of a blank cell in these.
WITHOUT_BLANKS = {"one cell a line", "one cell a line, piped", "blanks between", "one run", "one run in a paragraph"}
