"""What assets say of themselves in the UI: column schemas, previews, counts, plotted figures, the way to the atlas.
Not here: what is asked of a table (figures.py), what failed checks advise (advice.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb
from rich.cells import cell_len, set_cell_size

from pipelines.assets import figures
from pipelines.resources import Folders
from pipelines.schemas import TableSpec

# What an asset's page has room for on a screen of 1280 pixels, in columns of a terminal: a wider table would be cut, and Chinese in it
# set one character a line. A check's page shows tables in a window of their own.
PAGE, WINDOW = 46, 160
_CELL = 24
_LEAST = 8
_LINES = 3
_PADDING = 2
Metadata = dict[str, Any]
# Where the atlas shows what a table holds.
_PAGES = {
    "report_files": "reports.html",
    "report_texts": "reports.html",
    "reports": "reports.html",
    "quantities": "reports.html",
    "ledger": "reports.html",
    "text_and_table": "reports.html",
    "coverage": "index.html",
    "findings": "findings.html",
    "int_findings": "findings.html",
    "rules": "findings.html",
    "regions": "regions.html",
    "indicators": "indicators.html",
    "breaks": "indicators.html",
    "facts": "indicators.html",
    "year_over_year": "indicators.html",
    "cross_region": "compare.html",
    "panel": "data.html",
}


def column_schema(spec: TableSpec) -> dg.TableSchema:
    """The declared columns of a table."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.type,
                column.meaning,
                constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=(column.name,) == spec.key),
            )
            for column in spec.columns
        ]
    )


def holds(con: duckdb.DuckDBPyConnection, name: str, kept_in: str = "") -> Metadata:
    """What a table holds: rows, preview, rows by year and by kind, and the figures that the UI plots over runs.

    `kept_in` is where its rows are, should that not be a table of its name.
    """
    source = kept_in or name
    told: Metadata = {
        "dagster/row_count": figures.count(con, source),
        "preview": preview(*figures.preview_of(con, name, source)),
    }
    if years := figures.by_year(con, source):
        told["rows by year"] = by_year_text(years)
    if kinds := figures.by_kind(con, name):
        told["rows by kind"] = count_table("kind", kinds)
    return told | {key: number(value) for key, value in figures.figures(con, name).items()}


def to_plain(told: Metadata) -> dict[str, str | float]:
    """What is told, as words and numbers that can be kept."""
    return {key: value.value if isinstance(value, dg.MetadataValue) else value for key, value in told.items()}


def from_plain(told: Mapping[str, str | float]) -> Metadata:
    """The same again; a table in Markdown begins with its first line."""
    return {
        key: dg.MetadataValue.md(value) if isinstance(value, str) and value.startswith("| ") else value
        for key, value in told.items()
    }


def number(value: float) -> dg.IntMetadataValue | dg.FloatMetadataValue:
    """A number as the UI plots it."""
    return dg.MetadataValue.int(value) if isinstance(value, int) else dg.MetadataValue.float(value)


def by_year_text(years: Mapping[str, int]) -> str:
    """On one line, since the UI shows words at once and tables only on a click."""
    return " · ".join(f"{year}: {count:,}" for year, count in years.items())


def atlas_link(folders: Folders, name: str) -> Metadata:
    """The page of the atlas on a table; nothing where it has none."""
    page = _PAGES.get(name, "findings.html" if name.startswith("find_") else "")
    return {"atlas page": atlas_page(folders, page)} if page else {}


def atlas_page(folders: Folders, page: str) -> dg.UrlMetadataValue | dg.PathMetadataValue:
    """A link where the atlas is served. Browsers do not follow links from a server's page to a file: else its path."""
    if folders.atlas_served():
        return dg.MetadataValue.url(folders.atlas_served() + page)
    return dg.MetadataValue.path(str(folders.places().atlas / page))


def count_table(name: str, counts: Mapping[str, int]) -> dg.MarkdownMetadataValue:
    return preview([name, "count"], counts.items())


def preview(columns: Sequence[str], rows: Iterable[Sequence[Any]], width: int = PAGE) -> dg.MarkdownMetadataValue:
    """Rows as a Markdown table: as many columns as have room, the last one cut."""
    texts = [[_text(value) for value in row] for row in rows]
    if not texts:
        return dg.MetadataValue.md(f"| {' | '.join(columns[:3])} |\n|{' --- |' * len(columns[:3])}\n\nNo rows.")
    widths = _widths([columns, *texts], width)
    lines = [_line(columns, widths), f"|{' --- |' * len(widths)}", *(_line(row, widths) for row in texts)]
    return dg.MetadataValue.md("\n".join(lines))


def _widths(lines: Sequence[Sequence[str]], room: int) -> list[int]:
    """The widths of the columns that have room; the first one always has. A last one with much room may be wrapped."""
    widths: list[int] = []
    for cells in zip(*lines, strict=True):
        wanted = max(map(cell_len, cells))
        left = room - sum(widths) - _PADDING * len(widths)
        if widths and left < min(wanted, _LEAST):
            break
        if widths and wanted > left >= _CELL:
            widths.append(min(wanted, _LINES * left))
            break
        widths.append(min(wanted, left, max(_CELL, room // 2) if room > PAGE else _CELL))
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    shown = (_cut(cell, width) for cell, width in zip(cells, widths, strict=False))
    return "| " + " | ".join("".join(f"\\{s}" if s in _SIGNS else s for s in cell) for cell in shown) + " |"


def _text(value: Any) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else " ".join(str(value).split())


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


# What Markdown would take for its own in a name or a sentence.
_SIGNS = set("\\|*_`[]<~")
