"""One DuckDB file: load the stage, make the views, run the checks, publish."""
