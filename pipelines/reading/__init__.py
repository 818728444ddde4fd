"""Bytes to Document: one module a format. No Dagster, DuckDB or pandas here, and no meaning: only text, blocks and tables."""
