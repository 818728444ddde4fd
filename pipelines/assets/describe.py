"""What assets say of themselves in the UI: column schemas, counts, previews. Not here: what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import dagster as dg

from pipelines.schemas import TableSpec

PREVIEW_CELL = 40


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


def count_table(name: str, counts: Mapping[str, int]) -> dg.MarkdownMetadataValue:
    return preview([name, "count"], counts.items())


def preview(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dg.MarkdownMetadataValue:
    """Rows as a Markdown table; long cells are cut."""
    lines = [_line(columns), _line(["---"] * len(columns)), *(_line(row) for row in rows)]
    return dg.MetadataValue.md("\n".join(lines))


def _line(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(value: Any) -> str:
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= PREVIEW_CELL else text[: PREVIEW_CELL - 1] + "…"
