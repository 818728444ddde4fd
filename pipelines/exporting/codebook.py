"""The codebook of a view: every column in Chinese and English, how often it is filled, and what its codes mean.

Short names stand in warehouse/reference/codebook.csv, meanings in the published file's comments, codes in labels.csv and
the catalogue of indicators. Not here: the rows themselves (files.py).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.places import REFERENCE

# What is exported, and what a row of it is in Chinese; in English the file's own comment says it.
VIEWS = {
    "panel": "每机关每年度一行：全年核心指标各为一列",
    "facts": "每机关、期间、指标与维度一行：确定后的数值及其依据",
    "year_over_year": "每机关、年度、指标与维度一行：数值与上一年对照",
    "cross_region": "每机关、年度、指标与维度一行：数值在同级同类机关中的位置",
    "findings": "每个不相符之处一行",
    "coverage": "每份报告一行：法定内容与数字去向",
    "reports": "每份报告一行",
    "quantities": "每个数字一行：数值、指标、维度与原文",
}
_COMMENTS = """
select column_name, data_type, coalesce(comment, '') as comment
from duckdb_columns()
where not internal and database_name = current_database() and table_name = ?
order by column_index
"""
_SAYS = """
select comment from duckdb_tables() where database_name = current_database() and table_name = ?
union all
select comment from duckdb_views() where database_name = current_database() and view_name = ?
"""
# Columns whose values are codes.
_CODED = (
    *("indicator", "basis", "channel", "applicant", "outcome", "qualifier", "level", "body_kind", "form", "origin"),
    *("cell", "settled_by", "rule", "severity"),
)


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its DuckDB type, short names, meaning, and how many rows have it."""

    name: str
    type: str
    label_zh: str
    label_en: str
    meaning: str
    filled: int


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a coded column, with its meaning."""

    column: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a reader of the exported file must know."""

    view: str
    says_zh: str
    says_en: str
    rows: int
    variables: tuple[Variable, ...]
    codes: tuple[Code, ...]

    def markdown(self) -> str:
        """The codebook as a page."""
        lines = [f"# Codebook · 变量说明: {self.view}", "", self.says_zh + "。", "", self.says_en, ""]
        lines += [f"Rows · 行数: {self.rows:,}. An empty cell is a value that is not known · 空格为未知。", ""]
        lines += ["| variable · 变量 | type · 类型 | 中文 | English | meaning · 含义 | filled · 非空 |"]
        lines += ["| --- | --- | --- | --- | --- | ---: |"]
        for v in self.variables:
            cells = (f"`{v.name}`", v.type, v.label_zh, v.label_en, v.meaning, f"{v.filled:,}")
            lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
        if self.codes:
            lines += ["", "## Codes · 代码", "", "| variable · 变量 | code · 代码 | 中文 | English |"]
            lines += ["| --- | --- | --- | --- |"]
            lines += [f"| `{c.column}` | `{_cell(c.code)}` | {_cell(c.zh)} | {_cell(c.en)} |" for c in self.codes]
        return "\n".join(lines) + "\n"


def read_codebook(con: duckdb.DuckDBPyConnection, view: str) -> Codebook:
    """The codebook of a published view, of its rows as they are now."""
    labels = _labels(view)
    columns = [(str(name), str(kind), str(said)) for name, kind, said in con.execute(_COMMENTS, [view]).fetchall()]
    counts = con.execute(f"select count(*), {', '.join(f'count({name})' for name, _, _ in columns)} from {view}")
    rows, *filled = counts.fetchall()[0]
    variables = tuple(
        Variable(name, kind, *labels.get(name, ("", "")), said, count)
        for (name, kind, said), count in zip(columns, filled, strict=True)
    )
    said = con.execute(_SAYS, [view, view]).fetchall()
    codes = _codes(con, view, [name for name, _, _ in columns])
    return Codebook(view, VIEWS[view], str(said[0][0]) if said else "", rows, variables, codes)


def _labels(view: str) -> dict[str, tuple[str, str]]:
    """Chinese and English name by column; those of the view itself go before those of any view."""
    rows = _read(REFERENCE / "codebook.csv")
    found: dict[str, tuple[str, str]] = {}
    for asked in ("*", view):
        found |= {row["column"]: (row["label_zh"], row["label_en"]) for row in rows if row["view"] == asked}
    return found


def _codes(con: duckdb.DuckDBPyConnection, view: str, columns: list[str]) -> tuple[Code, ...]:
    """Codes that occur in the view, with their meanings."""
    known = {(row["kind"], row["code"]): (row["zh"], row["en"]) for row in _read(REFERENCE / "labels.csv")}
    for code, zh, en in con.execute("select indicator, name_zh, name_en from indicators").fetchall():
        known["indicator", code] = (zh, en)
    found = []
    for column in _CODED:
        if column in columns:
            used = con.execute(f"select distinct {column} from {view} where {column} <> '' order by all").fetchall()
            found += [Code(column, code, *known[column, code]) for (code,) in used if (column, code) in known]
    return tuple(found)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
