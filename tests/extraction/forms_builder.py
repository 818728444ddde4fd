"""Documents made of grids of strings, and the official forms as such grids. Not here: what is expected of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.extraction.forms_model import FormTable, Line, load_tables
from pipelines.reading.document import Block, Cell, Document, Table

Grid = Sequence[Sequence[str | tuple[str, int] | None]]
Key = tuple[Line, Line]  # row and column


@dataclass
class DocumentBuilder:
    """Lays tables and paragraphs out as the readers do: tab between cells, a line a row."""

    text: str = ""
    tables: list[Table] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def paragraph(self, text: str) -> DocumentBuilder:
        self.blocks.append(Block("paragraph", len(self.text), len(self.text) + len(text)))
        self.text += text + "\n"
        return self

    def table(self, grid: Grid) -> DocumentBuilder:
        """A cell is a text, or a text and how many columns it spans; None is no cell."""
        start, place = len(self.text), len(self.text)
        cells, lines = [], []
        for row, line in enumerate(grid):
            column, printed = 0, []
            for entry in line:
                text, span = entry if isinstance(entry, tuple) else (entry, 1)
                if text is not None:
                    cells.append(Cell(text, row, column, 1, span, place, place + len(text)))
                    printed.append(text)
                    place += len(text) + 1
                column += span
            lines.append("\t".join(printed))
        self.text += "\n".join(lines) + "\n"
        self.tables.append(Table(tuple(cells), start, len(self.text)))
        return self

    def build(self) -> Document:
        return Document(self.text, "html", blocks=tuple(self.blocks), tables=tuple(self.tables))


def document(*grids: Grid) -> Document:
    builder = DocumentBuilder()
    for grid in grids:
        builder.paragraph("以下为统计情况。").table(grid)
    return builder.build()


def table_of(form: str, table_id: str) -> FormTable:
    return next(table for table in load_tables() if (table.form, table.id) == (form, table_id))


def value_keys(table: FormTable) -> list[Key]:
    """Row and column of every cell that the official form has for figures."""
    rows = [row for row in table.rows if not row.group and not row.heading]
    return [(row, column) for row in rows for column in table.columns]


def official(table: FormTable, value: Callable[[Key], str]) -> list[list[str | tuple[str, int] | None]]:
    """The table as the official form lays it out, its cells filled by `value`."""
    if table.id == "requests":
        return _requests(table, value)
    if table.side_by_side:
        return _remedies(table, value)
    if table.sheet:
        return _sheet(table, value)
    width = len(table.columns)
    grid: list[list[str | tuple[str, int] | None]] = [[(table.titles[0], width + 1)]]
    grid.append(["信息内容", *(column.label for column in table.columns)])
    grid += [[row.label, *(value((row, c)) for c in table.columns)] for row in table.rows]
    return grid


def _requests(table: FormTable, value: Callable[[Key], str]) -> list[list[str | tuple[str, int] | None]]:
    names = [column.label for column in table.columns]
    grid: list[list[str | tuple[str, int] | None]] = [
        [(table.head[0], 3), ("申请人情况", 7)],
        [(None, 3), names[0], ("法人或其他组织", 5), names[6]],  # type: ignore[list-item]
        [(None, 4), *names[1:6], None],  # type: ignore[list-item]
    ]
    group, first = "", True
    for row in table.rows:
        if row.group:
            group = row.label
            continue
        values = [value((row, column)) for column in table.columns]
        if row.label[0] in "一二四":
            grid.append([(row.label, 3), *values])
            continue
        result: str | None = "三、本年度办理结果" if first else None
        first = False
        if row.label.startswith("（"):
            grid.append([result, (row.label, 2), *values])
        else:
            grid.append([result, group or None, row.label, *values])
            group = ""
    return grid


def _remedies(table: FormTable, value: Callable[[Key], str]) -> list[list[str | tuple[str, int] | None]]:
    names = [column.label for column in table.columns]
    return [
        [("行政复议", 5), ("行政诉讼", 10)],
        [*names, ("未经复议直接起诉", 5), ("复议后起诉", 5)],
        [(None, 5), *names, *names],  # type: ignore[list-item]
        [value((row, column)) for row in table.rows for column in table.columns],
    ]


def _sheet(table: FormTable, value: Callable[[Key], str]) -> list[list[str | tuple[str, int] | None]]:
    grid: list[list[str | tuple[str, int] | None]] = [["统计指标", "单位", "统计数"]]
    for row in table.rows:
        if row.heading:
            grid.append([row.label, "——", "——"])
        else:
            grid.append([row.label, row.money or row.unit, value((row, table.columns[0]))])
    return grid


def one_a_line(grid: Grid) -> list[list[str]]:
    """The same cells, a line each."""
    texts = [entry[0] if isinstance(entry, tuple) else entry for line in grid for entry in line]
    return [[text] for text in texts if text is not None]


def texts(grid: Grid) -> list[list[str]]:
    """Rows as Markdown has them: no spans, a cell at each place."""
    flat: list[list[str]] = []
    for line in grid:
        row: list[str] = []
        for entry in line:
            text, span = entry if isinstance(entry, tuple) else (entry, 1)
            row += [text or "", *[""] * (span - 1)]
        flat.append(row)
    return flat


def ragged(grid: Grid) -> list[list[str]]:
    """Rows as crawlers leave them: spans lost, the cells of a row moved to the left."""
    rows = [[entry[0] if isinstance(entry, tuple) else entry for entry in line] for line in grid]
    return [[text for text in row if text is not None] for row in rows]
