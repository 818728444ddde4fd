"""Files to take away: tables as CSV and Parquet, one workbook, and the codebook that explains every column."""

from __future__ import annotations

import datetime
import io
import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.atlas.rendering import render
from pipelines.atlas.site import Site, digest
from pipelines.atlas.source import Row, Source
from pipelines.atlas.words import Words

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
_CODEBOOK = """
select table_name, column_name, data_type, comment
from duckdb_columns()
where not internal and database_name = current_database() and list_contains(?, table_name)
order by list_position(?, table_name), column_index
"""


def put_downloads(site: Site, source: Source) -> None:
    codebook = source.rows(_CODEBOOK, list(_TABLES), list(_TABLES))
    prints = {name: source.prints("one", f"select 1 as one, * from {name}") for name in _TABLES}
    for name in _TABLES:
        columns = [row for row in codebook if row["table_name"] == name]
        for kind in ("csv", "parquet"):
            path = f"data/{name}.{kind}"
            if not site.holds(path, prints[name], columns):
                site.write(path, _copy(source, name, columns, kind))
    site.put("data/codebook.csv", codebook, lambda: _codebook_csv(codebook))
    site.put("data/gongkai.xlsx", [prints, codebook], lambda: _workbook(source, codebook))
    files = [
        {"name": name, "says": says, "rows": source.one(f"select count(*) from {name}")}
        for name, says in _TABLES.items()
    ]
    for file in files:
        file |= {kind: _size(site.folder / f"data/{file['name']}.{kind}") for kind in ("csv", "parquet")}
    workbook = _size(site.folder / "data/gongkai.xlsx")
    site.put(
        "data.html",
        [digest(files), workbook, codebook],
        lambda: render(
            "data.html",
            "data.html",
            Words("数据", "Data"),
            files=files,
            workbook=workbook,
            codebook=codebook,
            tables=_TABLES,
        ),
    )


def _copy(source: Source, name: str, columns: list[Row], kind: str) -> bytes:
    """A table as the database writes it, its rows in a fixed order; lists are joined by | in CSV."""
    wanted = [
        f"array_to_string({row['column_name']}, '|') as {row['column_name']}"
        if kind == "csv" and row["data_type"].endswith("[]")
        else row["column_name"]
        for row in columns
    ]
    with tempfile.TemporaryDirectory(dir=source.stage.parent) as folder:
        path = Path(folder) / f"{name}.{kind}"
        options = "format csv, header" if kind == "csv" else "format parquet, compression zstd"
        source.con.execute(
            f"copy (select {', '.join(wanted)} from {name} order by all) to '{str(path).replace(chr(39), chr(39) * 2)}' ({options})"
        ).fetchall()
        return path.read_bytes()


def _size(path: Path) -> Words:
    kilobytes = path.stat().st_size / 1000
    text = f"{kilobytes / 1000:,.1f} MB" if kilobytes >= 1000 else f"{max(kilobytes, 1):,.0f} kB"
    return Words(text, text)


def _codebook_csv(codebook: list[Row]) -> str:
    lines = ["table,column,type,meaning"]
    for row in codebook:
        cells = (row["table_name"], row["column_name"], row["data_type"], row["comment"] or "")
        lines.append(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells))
    return "\n".join(lines) + "\n"


def _workbook(source: Source, codebook: list[Row]) -> bytes:
    """The same bytes whenever the data are the same. Text is text: nothing is taken for a formula or a link."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime.datetime(2000, 1, 1), "title": "Gongkai"})
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name in _SHEETS:
        rows = source.rows(f"select * from {name} order by all limit {_MOST_ROWS}")
        columns = [row["column_name"] for row in codebook if row["table_name"] == name]
        _sheet(book, name, columns, [[row[column] for column in columns] for row in rows], bold, date)
    _sheet(
        book,
        "codebook",
        ["table_name", "column_name", "data_type", "comment"],
        [list(r.values()) for r in codebook],
        bold,
        date,
    )
    book.close()
    return stream.getvalue()


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
