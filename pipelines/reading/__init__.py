"""Bytes to Document, one module a format. No Dagster, DuckDB or pandas, and no meaning: text, blocks and tables."""

from pipelines.reading.dispatch import bytes_of, kind_of, kind_of_bytes, read, read_bytes
from pipelines.reading.document import Document, ReadingError

__all__ = ["Document", "ReadingError", "bytes_of", "kind_of", "kind_of_bytes", "read", "read_bytes"]
