"""Document to quantities: prose and forms, with cues held as data. No Dagster, DuckDB or pandas here."""
