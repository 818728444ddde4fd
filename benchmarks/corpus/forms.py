"""Statutory forms filled so that they add up, laid out as the official forms print them. Not here: prose, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.corpus.figures import Figures
from benchmarks.corpus.prose import Fact, Part
from pipelines.extraction.forms_model import FormTable, Line, load_tables

_SECTIONS = {
    "20-1": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "remedies": "四、政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and the places that it covers."""

    text: str
    down: int = 1
    across: int = 1


Rows = list[list[GridCell]]
Value = Callable[[Line, Line], str]


def form_parts(form: str, figures: Figures) -> list[Part]:
    """Headings and tables of a form of 2019 or 2021, with a fact a cell."""
    parts = []
    for table in load_tables():
        if table.form != form:
            continue
        if table.id in _SECTIONS:
            parts.append(Part("heading", _SECTIONS[table.id]))
        values = _VALUES.get(table.id, _any)(table, figures)
        parts.append(Part("table", facts=_facts(table, values, figures.year), rows=_layout(table, values)))
    return parts


def _lines(table: FormTable) -> list[Line]:
    return [row for row in table.rows if not row.group and not row.heading]


def _facts(table: FormTable, values: dict[tuple[str, str], float], year: int) -> list[Fact]:
    money = {"万元": 10_000.0, "元": 1.0, "": 1.0}
    found = []
    for row in _lines(table):
        for column in table.columns:
            value = values[row.label, column.label]
            found.append(
                Fact(
                    column.indicator or row.indicator or "",
                    round(value * money[column.money or row.money], 2),  # as printed, not as floats multiply
                    column.unit or row.unit,
                    _print(value),
                    -1,
                    str(year),
                    origin="form",
                    applicant=column.applicant,
                    outcome=column.outcome or row.outcome,
                )
            )
    return found


def _print(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _any(table: FormTable, figures: Figures) -> dict[tuple[str, str], float]:
    values: dict[tuple[str, str], float] = {}
    for row in _lines(table):
        for column in table.columns:
            key = f"{table.form}{table.id}{row.label}{column.label}"
            value: float = figures.count(key, 900) - 1
            if column.money or row.money:
                value = round(value * 7.13, 2)
            values[row.label, column.label] = value
    return values


def _requests(table: FormTable, figures: Figures) -> dict[tuple[str, str], float]:
    """New and carried in together are what was answered and is carried out; the total is the sum of the applicants."""
    values: dict[tuple[str, str], float] = {}
    lines = _lines(table)
    outcomes = [row for row in lines if row.indicator == "requests.answered" and not row.label.startswith("（七）")]
    *applicants, total = table.columns
    for column in applicants:
        most = 160 if column.applicant == "natural_person" else 20
        parts = {row.label: figures.count(f"{row.label}{column.label}", most) // 3 for row in outcomes}
        answered = sum(parts.values())
        out = min(answered, figures.count(f"out{column.label}", 6) - 1)
        carried = min(answered, figures.count(f"in{column.label}", 6) - 1)
        for row in lines:
            values[row.label, column.label] = parts.get(row.label, answered)
            if row.indicator == "requests.received":
                values[row.label, column.label] = answered + out - carried
            elif row.indicator == "requests.carried_in":
                values[row.label, column.label] = carried
            elif row.indicator == "requests.carried_out":
                values[row.label, column.label] = out
    for row in lines:
        values[row.label, total.label] = sum(values[row.label, column.label] for column in applicants)
    return values


def _remedies(table: FormTable, figures: Figures) -> dict[tuple[str, str], float]:
    *outcomes, total = table.columns
    values: dict[tuple[str, str], float] = {}
    for row in table.rows:
        for column in outcomes:
            values[row.label, column.label] = figures.count(f"{row.label}{column.label}", 12) // 2
        values[row.label, total.label] = sum(values[row.label, column.label] for column in outcomes)
    return values


_VALUES = {"requests": _requests, "remedies": _remedies}


def _layout(table: FormTable, values: dict[tuple[str, str], float]) -> Rows:
    def value(row: Line, column: Line) -> str:
        return _print(values[row.label, column.label])

    if table.id == "requests":
        return _requests_rows(table, value)
    if table.side_by_side:
        return _remedies_rows(table, value)
    rows = [[GridCell(table.titles[0], 1, len(table.columns) + 1)]]
    rows.append([GridCell("信息内容"), *(GridCell(column.label) for column in table.columns)])
    rows += [[GridCell(row.label), *(GridCell(value(row, c)) for c in table.columns)] for row in _lines(table)]
    return rows


def _requests_rows(table: FormTable, value: Value) -> Rows:
    names = [column.label for column in table.columns]
    rows = [
        [GridCell(table.head[0], 3, 3), GridCell("申请人情况", 1, 7)],
        [GridCell(names[0], 2), GridCell("法人或其他组织", 1, 5), GridCell(names[6], 2)],
        [GridCell(name) for name in names[1:6]],
    ]
    results = [row for row in table.rows if row.indicator == "requests.answered" and not row.group]
    group: GridCell | None = None
    for at, row in enumerate(table.rows):
        if row.group:
            inside = 0
            while table.rows[at + 1 + inside].label[0].isdigit():
                inside += 1
            group = GridCell(row.label, inside)
            continue
        cells = [GridCell("三、本年度办理结果", len(results))] if row is results[0] else []
        if row.label[0].isdigit():
            cells += [group] if group else []
            group = None
            cells.append(GridCell(row.label))
        else:
            cells.append(GridCell(row.label, 1, 2 if row in results else 3))
        rows.append([*cells, *(GridCell(value(row, column)) for column in table.columns)])
    return rows


def _remedies_rows(table: FormTable, value: Value) -> Rows:
    names = [GridCell(column.label) for column in table.columns]
    return [
        [GridCell("行政复议", 2, 5), GridCell("行政诉讼", 1, 10)],
        [GridCell("未经复议直接起诉", 1, 5), GridCell("复议后起诉", 1, 5)],
        names * 3,
        [GridCell(value(row, column)) for row in table.rows for column in table.columns],
    ]
