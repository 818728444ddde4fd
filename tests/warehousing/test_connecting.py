"""Connections print nothing by themselves, however long a query takes: DuckDB shows a progress bar after two seconds unless told not to."""

from __future__ import annotations

from contextlib import closing

from pipelines.schemas import TABLES
from pipelines.warehousing import connect, in_memory
from tests.conftest import PROJECT

_SETTING = "select current_setting('enable_progress_bar')"


def test_no_connection_shows_progress() -> None:
    with connect() as con:
        assert con.execute(_SETTING).fetchall() == [(False,)]
    with closing(in_memory({}, None, PROJECT / "sql", [])) as con:
        assert con.execute(_SETTING).fetchall() == [(False,)]
        assert len(con.execute("show tables").fetchall()) >= len(TABLES)


def test_every_connection_of_the_pipeline_is_made_in_one_place() -> None:
    named = [
        path.name for path in (PROJECT / "pipelines").rglob("*.py") if "duckdb.connect(" in path.read_text("utf-8")
    ]
    assert named == ["connecting.py"]
