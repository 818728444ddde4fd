"""Bytes to Document, one module a format. No Dagster, DuckDB or pandas, and no meaning: text, blocks and tables."""

from pipelines.reading.dispatch import kind_of, read
from pipelines.reading.document import Document, ReadingError

__all__ = ["Document", "ReadingError", "kind_of", "read"]
