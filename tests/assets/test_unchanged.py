"""A run with nothing changed leaves the published file as it is, and says of it what the run before said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.definitions import defs
from pipelines.places import Places
from pipelines.resources import Folders, Workers

REPORT = "青川州人民政府{year}年政府信息公开工作年度报告\n{year}年收到公开申请3件,答复3件。\n"


def run(places: Places) -> dg.ExecuteInProcessResult:
    result = defs.resolve_job_def("everything").execute_in_process(
        resources={
            "folders": Folders(inbox=str(places.inbox), warehouse=str(places.warehouse)),
            "workers": Workers(processes=1),
        },
    )
    assert result.success
    return result


def told(result: dg.ExecuteInProcessResult) -> dict[str, tuple[object, ...]]:
    events = result.get_asset_materialization_events()
    metadata = {e.asset_key.to_user_string(): e.step_materialization_data.materialization.metadata for e in events}  # type: ignore[union-attr]
    checks = {check.check_name: (check.passed,) for check in result.get_asset_check_evaluations()}
    shown = ("dagster/row_count", "preview", "dagster/column_lineage")
    return checks | {name: tuple(data.get(key) for key in shown) for name, data in metadata.items()}


def state(places: Places) -> tuple[int, int]:
    status = places.published.stat()
    return status.st_ino, status.st_mtime_ns


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "inbox").mkdir()
    for year in (2019, 2020):
        (tmp_path / "inbox" / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    return Places(tmp_path / "inbox", tmp_path / "w")


def test_what_was_published_stays_until_something_changes(places: Places) -> None:
    first = run(places)
    published = state(places)
    assert told(run(places)) == told(first)
    assert state(places) == published

    changes: list[Callable[[], object]] = [
        lambda: places.published.unlink(),
        lambda: (places.inbox / "2020.txt").write_text(REPORT.format(year=2018), encoding="utf-8"),
        lambda: (places.warehouse / "corrections.csv").write_text(_CORRECTIONS, encoding="utf-8"),
    ]
    for change in changes:
        change()
        run(places)
        assert state(places) != published
        published = state(places)
    with duckdb.connect(str(places.published), read_only=True) as con:
        assert con.execute("select report_year from reports order by 1").fetchall() == [(2018,), (2019,)]


_CORRECTIONS = (Path(__file__).parents[2] / "warehouse" / "corrections.csv").read_text(encoding="utf-8").splitlines()[
    0
] + "\n"
