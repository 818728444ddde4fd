"""What tests of readers share: a check of every promise that a Document makes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.reading import Document, read


def check_promises(document: Document) -> None:
    """Cells stand where they say, blocks and tables are in order and within the text, grids have no cell twice."""
    place = 0
    for block in document.blocks:
        assert place <= block.start <= block.end <= len(document.text)
        place = block.end
    place = 0
    for table in document.tables:
        assert place <= table.start <= table.end <= len(document.text)
        place = table.end
        assert ("table", table.start, table.end) in [(b.kind, b.start, b.end) for b in document.blocks]
        taken = set()
        for cell in table.cells:
            assert document.text[cell.start : cell.end] == cell.text
            assert table.start <= cell.start <= cell.end <= table.end
            assert "\n" not in cell.text
            places = {
                (r, c)
                for r in range(cell.row, cell.row + cell.row_span)
                for c in range(cell.column, cell.column + cell.column_span)
            }
            assert not taken & places
            taken |= places


@pytest.fixture
def read_as(tmp_path: Path) -> Callable[[bytes | str, str], Document]:
    """Writes a file with a suffix, reads it, and checks what every document promises."""

    def read_file(content: bytes | str, suffix: str) -> Document:
        path = tmp_path / f"报告{suffix}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        document = read(path)
        check_promises(document)
        return document

    return read_file


def rows_of(document: Document, number: int = 0) -> list[list[str]]:
    """A table's grid as texts, a spanning cell at each of its places."""
    return [[cell.text if cell else "" for cell in row] for row in document.tables[number].grid()]
