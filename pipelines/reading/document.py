"""What every reader returns. Not here: how a format is read, or what the text means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class ReadingError(Exception):
    """A file that cannot be read. Its message is the reason that `refusals` shows: what is wrong, and what to do."""


class Block(NamedTuple):
    """A stretch of the document's text.

    `kind` is 'heading', 'paragraph', 'table' or 'furniture' (navigation, footer, metadata bar).
    """

    kind: str
    start: int
    end: int


class Cell(NamedTuple):
    """A table cell: its text, its place in the grid (from 0), its spans, its place in the text."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table in reading order; pages of one table are joined. `start` and `end` bound its cells in the text."""

    cells: tuple[Cell, ...]
    start: int
    end: int

    def grid(self) -> list[list[Cell | None]]:
        """Rows of cells, a spanning cell standing at each of its places; None where no cell is."""
        height = max((c.row + c.row_span for c in self.cells), default=0)
        width = max((c.column + c.column_span for c in self.cells), default=0)
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    grid[row][column] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Document:
    """A read file.

    `text` is in reading order; offsets everywhere count its code points. Of a text file it is the decoded file,
    unchanged (less a byte order mark). A table's cells stand in it too, tab between cells and a line a row, so that
    `text[cell.start:cell.end] == cell.text`. `metadata` holds what the page or file says of itself: 'title', 'issuer',
    'index_number', 'published_on' (ISO date).
    """

    text: str
    kind: str
    encoding: str = ""
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
