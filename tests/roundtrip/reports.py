"""Reports at random: a statutory form with its prose, and what each cell must be read as. Not here: file formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from forms_builder import Grid, Key, official, table_of, value_keys

from pipelines.extraction.forms import read_forms
from pipelines.extraction.forms_labels import squeeze
from pipelines.reading import read

FORMS = {
    "2014": ["sheet"],
    "2019": ["20-1", "20-5", "20-6", "20-8", "20-9", "requests", "remedies"],
    "2021": ["20-1", "20-5", "20-6", "20-8", "requests", "remedies"],
}
TITLE = "青川州人民政府2022年政府信息公开工作年度报告"
OPENING = "本报告由青川州人民政府办公室编制，数据截至2022年12月31日。州政府全年召开会议4次，培训干部310人次。"
CLOSING = "全州收取信息处理费0元。问题主要有：公开平台栏目较多，个别单位更新不及时。下一步将逐项整改。"
SECTIONS = {"20-1": "二、主动公开政府信息情况", "requests": "三、收到和处理政府信息公开申请情况"}
SECTIONS["remedies"] = "四、政府信息公开行政复议、行政诉讼情况"
MONEY = {"": 1, "元": 1, "万元": 10_000}
PRINTED: list[tuple[str, float | None, str]] = [
    *((str(n), float(n), "number") for n in (0, 0, 0, 1, 2, 7, 12, 305)),
    *(("", None, "blank"), ("-", None, "dash"), ("——", None, "dash"), ("/", None, "slash")),
    *(("1,234", 1234.0, "number"), ("3.50", 3.5, "number"), ("０", 0.0, "number"), ("0.00", 0.0, "number")),
]
CellKey = tuple[str | None, str, str, str]  # indicator, outcome, labels of row and column


@dataclass(frozen=True)
class Merged:
    """A cell with its spans; rows list only the cells that begin there."""

    text: str
    row_span: int
    column_span: int
    column: int


@dataclass
class Report:
    """Headings, paragraphs and grids in order, and value and kind of every cell."""

    form: str
    parts: list[tuple[str, object]] = field(default_factory=list)
    expected: dict[CellKey, tuple[float | None, str]] = field(default_factory=dict)

    def tables(self) -> Iterator[list[list[Merged]]]:
        return (merge(part) for kind, part in self.parts if kind == "table")  # type: ignore[arg-type]


def make_report(form: str, seed: int, *, blanks: bool = True) -> Report:
    """The form filled at random, one label in ten misprinted, between paragraphs. The same seed gives the same report."""
    random = Random(f"{form}{seed}")
    report = Report(form, [("title", TITLE), ("text", OPENING)])
    choices = PRINTED if blanks else [entry for entry in PRINTED if entry[0]]
    for table_id in FORMS[form]:
        table = table_of(form, table_id)
        printed = {key: random.choice(choices) for key in value_keys(table)}
        for (row, column), (_, value, kind) in printed.items():
            scale = MONEY[column.money or row.money]
            key = (column.indicator or row.indicator, column.outcome or row.outcome, row.label, column.label)
            report.expected[key] = (None if value is None else value * scale, kind)

        def text(key: Key, printed: dict[Key, tuple[str, float | None, str]] = printed) -> str:
            return printed[key][0]

        if table_id in SECTIONS:
            report.parts.append(("heading", SECTIONS[table_id]))
        grid = official(table, text)
        report.parts.append(("table", _misprinted(grid, random)))
    report.parts.append(("text", CLOSING))
    return report


def _misprinted(grid: Grid, random: Random) -> Grid:
    """One long label in ten loses, changes or doubles a character."""

    def damage(text: str) -> str:
        if len(squeeze(text)) < 7 or "万元" in text or random.random() > 0.1:
            return text
        place = random.choice([i for i, c in enumerate(text) if c in squeeze(text)[1:]])
        return text[:place] + random.choice(["", "囗", text[place] * 2]) + text[place + 1 :]

    def cell(entry: str | tuple[str, int] | None) -> str | tuple[str, int] | None:
        if isinstance(entry, tuple):
            return (damage(entry[0]) if entry[0] else entry[0], entry[1])
        return damage(entry) if entry else entry

    return [[cell(entry) for entry in line] for line in grid]


def merge(grid: Grid) -> list[list[Merged]]:
    """A place without a cell belongs to the cell above it, as the official forms print it."""
    width = max(sum(e[1] if isinstance(e, tuple) else 1 for e in line) for line in grid)
    owner: list[Merged | None] = [None] * width
    rows: list[list[Merged]] = []
    for line in grid:
        rows.append([])
        column, grown = 0, set()
        for entry in line:
            text, span = entry if isinstance(entry, tuple) else (entry, 1)
            places = range(column, column + span)
            if text is None:
                grown |= {id(owner[place]) for place in places}
            else:
                rows[-1].append(Merged(text, 1, span, column))
                for place in places:
                    owner[place] = rows[-1][-1]
            column += span
        if column < width and rows[-1]:  # the last cell of a short row fills it
            last = rows[-1][-1]
            rows[-1][-1] = wide = Merged(last.text, 1, width - last.column, last.column)
            for place in range(last.column, width):
                owner[place] = wide
        _grow(rows, owner, grown)
    return rows


def _grow(rows: list[list[Merged]], owner: list[Merged | None], grown: set[int]) -> None:
    for row in rows:
        for i, cell in enumerate(row):
            if id(cell) in grown:
                row[i] = Merged(cell.text, cell.row_span + 1, cell.column_span, cell.column)
                for place, old in enumerate(owner):
                    if old is cell:
                        owner[place] = row[i]


def plain_rows(rows: Sequence[Sequence[Merged]]) -> list[list[str]]:
    """Spans lost: each row has the cells that begin in it."""
    return [[cell.text for cell in row] for row in rows]


@dataclass
class Score:
    """Cells with figures, those read right, blanks read as figures, cells that the form does not have."""

    cells: int = 0
    right: int = 0
    invented: int = 0
    stray: int = 0
    wrong: list[str] = field(default_factory=list)


def score(path: Path, report: Report) -> Score:
    """The file read back and compared with what was written, cell by cell, the kinds of blank cells too."""
    document = read(path)
    reading = read_forms(document, 2022)
    found = {
        (q.indicator, q.outcome, q.row_label, q.column_label): (q.value, q.cell)
        for q in reading.quantities
        if q.indicator
    }
    result = Score(stray=len(reading.quantities) - len(found.keys() & report.expected.keys()))
    for key, (value, kind) in report.expected.items():
        got, got_kind = found.get(key, (None, "absent"))
        result.cells += value is not None
        result.right += value is not None and got == value
        result.invented += value is None and got is not None
        if (got, got_kind) != (value, kind):
            result.wrong.append(f"{key[2]} / {key[3]}: {got} {got_kind}, printed {value} {kind}")
    result.wrong += [f"stray: {q.quote} ({q.rule})" for q in reading.quantities if not q.indicator]
    return result
