"""A view → CSV, Parquet, Excel or Stata, the same bytes whenever the rows are the same. Not here: the codebook's words."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from pipelines.exporting.codebook import Codebook, Variable, read_codebook
from pipelines.exporting.errors import ExportError

# Times of making would differ from run to run.
_NO_TIME = datetime.datetime(2000, 1, 1)
_EXCEL_ROWS, _EXCEL_CELL = 1_048_575, 32_767
_STATA_NAME, _STATA_LABEL, _STATA_TEXT = 32, 80, 2_045


def export(con: duckdb.DuckDBPyConnection, view: str, kind: str, out: Path) -> tuple[Codebook, Path]:
    """Writes the view to `out` and its codebook beside it; returns the codebook and where it is.

    Raises ExportError, what was there before left as it was, where the folder cannot be written or the format cannot
    hold the rows.
    """
    con.execute("set threads = 1").fetchall()
    codebook = read_codebook(con, view)
    beside = out.with_name(f"{out.stem}.codebook.md")
    try:
        with tempfile.TemporaryDirectory(prefix=".gongkai-", dir=out.parent) as folder:
            made, page = Path(folder) / "rows", Path(folder) / "codebook"
            FORMATS[kind](con, codebook, made)
            page.write_text(codebook.markdown(), encoding="utf-8")
            page.replace(beside)
            made.replace(out)
    except OSError as error:
        raise ExportError(
            f"{out} cannot be written: {error.strerror or error}. Name another file with --out."
        ) from error
    return codebook, beside


def _csv(con: duckdb.DuckDBPyConnection, codebook: Codebook, out: Path) -> None:
    _copy(con, _select(codebook, lists_as_text=True), out, "format csv, header")


def _parquet(con: duckdb.DuckDBPyConnection, codebook: Codebook, out: Path) -> None:
    _copy(con, _select(codebook), out, "format parquet, compression zstd")


def _copy(con: duckdb.DuckDBPyConnection, select: str, out: Path, options: str) -> None:
    path = str(out).replace("'", "''")
    con.execute(f"copy ({select}) to '{path}' ({options})").fetchall()


def _xlsx(con: duckdb.DuckDBPyConnection, codebook: Codebook, out: Path) -> None:
    """A sheet of rows and two of the codebook. Text stays text: nothing is taken for a formula or a link."""
    import xlsxwriter

    if codebook.rows > _EXCEL_ROWS:
        raise ExportError(
            f"{codebook.view} has {codebook.rows:,} rows, a sheet of Excel holds {_EXCEL_ROWS:,}. Take --format csv or parquet."
        )
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _NO_TIME, "title": codebook.view})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})

        def sheet(name: str, columns: list[str], rows: list[tuple[object, ...]]) -> None:
            made = book.add_worksheet(name)
            made.freeze_panes(1, 0)
            made.write_row(0, 0, columns, bold)
            for place, row in enumerate(rows, start=1):
                for at, value in enumerate(row):
                    if isinstance(value, datetime.date):
                        made.write_datetime(place, at, value, day)
                    elif isinstance(value, str):
                        made.write_string(place, at, value[:_EXCEL_CELL])
                    elif value is not None:
                        made.write(place, at, value)

        rows = con.execute(_select(codebook, lists_as_text=True, finite=True)).fetchall()
        sheet(codebook.view, [v.name for v in codebook.variables], rows)
        columns = ["variable", "type", "label_zh", "label_en", "meaning", "filled"]
        sheet(
            "codebook",
            columns,
            [(v.name, v.type, v.label_zh, v.label_en, v.meaning, v.filled) for v in codebook.variables],
        )
        sheet("codes", ["variable", "code", "zh", "en"], [(c.column, c.code, c.zh, c.en) for c in codebook.codes])


def _dta(con: duckdb.DuckDBPyConnection, codebook: Codebook, out: Path) -> None:
    """Stata 14 and newer (format 118, in Unicode); variables bear their English and Chinese names."""
    frame = con.execute(_select(codebook, lists_as_text=True, finite=True, numbers_only=True)).df()
    texts = [v.name for v in codebook.variables if frame[v.name].dtype.kind not in "iufM"]
    frame[texts] = frame[texts].astype(object).where(frame[texts].notna(), "")
    long = [name for name in texts if frame[name].map(lambda text: len(text.encode())).max() > _STATA_TEXT]
    labels = {v.name: f"{v.label_en} · {v.label_zh}"[:_STATA_LABEL] for v in codebook.variables}
    if wrong := [v.name for v in codebook.variables if len(v.name) > _STATA_NAME]:
        raise ExportError(f"Stata allows names of {_STATA_NAME} characters; too long: {', '.join(wrong)}.")
    frame.to_stata(
        out,
        version=118,
        write_index=False,
        time_stamp=_NO_TIME,
        data_label=codebook.view,
        variable_labels=labels,
        convert_dates={v.name: "td" for v in codebook.variables if v.type == "DATE"},
        convert_strl=long,
    )


def _select(
    codebook: Codebook, *, lists_as_text: bool = False, finite: bool = False, numbers_only: bool = False
) -> str:
    """The view's rows in a fixed order. `finite`: what Excel and Stata cannot hold is left empty or written as text.
    `numbers_only`: yes and no are 1 and 0."""

    def term(v: Variable) -> str:
        if v.type.endswith("[]") and lists_as_text:
            return f"array_to_string({v.name}, '|') as {v.name}"
        if v.type == "DOUBLE" and finite:
            return f"case when isfinite({v.name}) then {v.name} end as {v.name}"
        if v.name == "series_id" and finite:
            return f"cast({v.name} as varchar) as {v.name}"
        if v.type == "BOOLEAN" and numbers_only:
            return f"cast({v.name} as double) as {v.name}"
        return v.name

    return f"select {', '.join(term(v) for v in codebook.variables)} from {codebook.view} order by all"


FORMATS: dict[str, Callable[[duckdb.DuckDBPyConnection, Codebook, Path], None]] = {
    "csv": _csv,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "dta": _dta,
}
