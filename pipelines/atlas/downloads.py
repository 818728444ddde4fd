"""Files to take away: tables as CSV and Parquet, one workbook, and the codebook that explains every column."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.atlas.rendering import render
from pipelines.atlas.site import Site, digest, write
from pipelines.atlas.source import Row, Source, grouped
from pipelines.atlas.words import Words
from pipelines.atlas.work import Job
from pipelines.reference import load_csv

_TABLES = {
    "panel": Words("面板：每机关每年一行，核心指标为列", "A row a body and year, the core indicators as columns"),
    "facts": Words("全部事实：机关、时期、指标、维度", "All facts: body, period, indicator, dimensions"),
    "year_over_year": Words("与上年比较", "Each fact beside the year before"),
    "cross_region": Words("与同级机关比较", "Each fact among its peers"),
    "findings": Words("核对结果", "What does not add up"),
    "reports": Words("报告", "Reports"),
    "coverage": Words("各报告的法定内容与数字去向", "Statutory elements and what became of the numbers"),
    "indicators": Words("指标目录", "Catalogue of indicators"),
    "breaks": Words("口径变化", "Breaks in the series"),
}
_SHEETS = ("panel", "reports", "findings", "indicators", "breaks")
_MOST_ROWS, _LONGEST_CELL = 100_000, 32_000
MOST_LINES = 1_000_000
"""Rows up to which a table is offered as CSV too: a spreadsheet opens no more, and of a whole country it would be gigabytes."""
_WORKBOOK = "data/gongkai.xlsx"
_COLUMNS = """
select table_name, column_name, data_type, coalesce(comment, '') as comment
from duckdb_columns()
where not internal and database_name = current_database() and list_contains(?, table_name)
order by list_position(?, table_name), column_index
"""


def plan_downloads(site: Site, source: Source) -> list[Job]:
    """The writing of the files whose tables changed."""
    codebook = _codebook(source)
    prints = {name: source.prints("one", f"select 1 as one, * from {name}") for name in _TABLES}
    jobs = []
    if not site.holds(_WORKBOOK, [prints[name] for name in _SHEETS], codebook):
        jobs.append(Job(draw_workbook, (codebook,)))
    for name in _TABLES:
        columns = [row for row in codebook if row["table_name"] == name]
        for kind in _kinds(_count(source, name)):
            if not site.holds(f"data/{name}.{kind}", prints[name], columns):
                jobs.append(Job(draw_table, (name, kind, columns)))
    return jobs


def put_downloads(site: Site, source: Source) -> None:
    """The page of the files, once they are there."""
    codebook = _codebook(source)
    site.put("data/codebook.csv", codebook, lambda: _codebook_csv(codebook))
    files = [_file(site.folder, name, _count(source, name)) for name in _TABLES]
    workbook = _size(site.folder / _WORKBOOK)
    title = Words("数据", "Data")
    cut = [file for file in files if file["name"] in _SHEETS and file["rows"] > _MOST_ROWS]
    site.put(
        "data.html",
        [digest(files), workbook, codebook],
        lambda: render(
            "data.html",
            "data.html",
            title,
            files=files,
            workbook=workbook,
            cut=[file["name"] for file in cut],
            most=_MOST_ROWS,
            most_lines=MOST_LINES,
            codebook=grouped(codebook, "table_name"),
            tables=_TABLES,
        ),
    )


def _file(folder: Path, name: str, rows: int) -> Row:
    """What the page says of a table: `csv` is None where it is offered as Parquet alone."""
    sizes = {kind: _size(folder / f"data/{name}.{kind}") for kind in _kinds(rows)}
    return {"name": name, "says": _TABLES[name], "rows": rows, "csv": None, **sizes}


def _count(source: Source, name: str) -> int:
    return int(source.one(f"select count(*) from {name}"))


def _kinds(rows: int) -> tuple[str, ...]:
    """The formats that a table of so many rows is offered in."""
    return ("csv", "parquet") if rows <= MOST_LINES else ("parquet",)


def _codebook(source: Source) -> list[Row]:
    """Every column of every table: its type, names in both languages, and meaning."""
    names = {(row["view"], row["column"]): (row["label_zh"], row["label_en"]) for row in load_csv("codebook.csv")}
    made = []
    for row in source.rows(_COLUMNS, list(_TABLES), list(_TABLES)):
        column = row["column_name"]
        zh, en = names.get((row["table_name"], column)) or names.get(("*", column)) or ("", "")
        made.append({**row, "name_zh": zh, "name_en": en})
    return made


def draw_table(source: Source, folder: Path, name: str, kind: str, columns: list[Row]) -> int:
    """A table as the database writes it, its rows in a fixed order; lists are joined by | in CSV."""
    wanted = [
        f"array_to_string({row['column_name']}, '|') as {row['column_name']}"
        if kind == "csv" and row["data_type"].endswith("[]")
        else row["column_name"]
        for row in columns
    ]
    target = folder / "data" / f"{name}.{kind}"
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.name}.tmp")
    options = "format csv, header" if kind == "csv" else "format parquet, compression zstd"
    place = str(scratch).replace("'", "''")
    try:
        source.con.execute(
            f"copy (select {', '.join(wanted)} from {name} order by all) to '{place}' ({options})"
        ).fetchall()
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    return 1


def _size(path: Path) -> Words:
    kilobytes = path.stat().st_size / 1000
    text = f"{kilobytes / 1000:,.1f} MB" if kilobytes >= 1000 else f"{max(kilobytes, 1):,.0f} kB"
    return Words(text, text)


def _codebook_csv(codebook: list[Row]) -> str:
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(["table", "column", "type", "name_zh", "name_en", "meaning"])
    rows.writerows(_cells(row) for row in codebook)
    return stream.getvalue()


def _cells(row: Row) -> list[Any]:
    return [row[name] for name in ("table_name", "column_name", "data_type", "name_zh", "name_en", "comment")]


def draw_workbook(source: Source, folder: Path, codebook: list[Row]) -> int:
    """The same bytes whenever the data are the same. Text is text: nothing is taken for a formula or a link."""
    stream = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime.datetime(2000, 1, 1), "title": "Gongkai"})
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name in _SHEETS:
        rows = source.rows(f"select * from {name} order by all limit {_MOST_ROWS}")
        columns = [row["column_name"] for row in codebook if row["table_name"] == name]
        _sheet(book, name, columns, [[row[column] for column in columns] for row in rows], bold, date)
    heads = ["table", "column", "type", "name_zh", "name_en", "meaning"]
    _sheet(book, "codebook", heads, [_cells(row) for row in codebook], bold, date)
    book.close()
    return write(folder, _WORKBOOK, stream.getvalue())


def _sheet(book: Any, name: str, columns: list[str], rows: list[list[Any]], bold: Any, date: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, columns, bold)
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(place, column, datetime.datetime.combine(value, datetime.time()), date)
            elif isinstance(value, int | float):
                sheet.write(place, column, value)
            elif value is not None:
                text = "|".join(map(str, value)) if isinstance(value, list) else str(value)
                sheet.write_string(place, column, text[:_LONGEST_CELL])
    sheet.autofilter(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))
