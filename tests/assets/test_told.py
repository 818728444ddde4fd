"""What a person sees on each asset in the UI: rows, counts by year, figures over runs, the score, the way to the atlas, and advice.

One inbox of a body that does not exist, run twice with the same files, and once more without labels and served atlas.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipelines.assets.advice import query_of, what_to_do
from pipelines.assets.describe import PAGE, preview
from pipelines.definitions import defs
from pipelines.places import SQL, Places
from pipelines.resources import Folders, Workers
from pipelines.warehousing import views
from pipelines.warehousing.relations import declared_checks

REPORT = "青川州人民政府{year}年政府信息公开工作年度报告\n{year}年收到公开申请3件,答复3件。\n"
SERVED = "http://127.0.0.1:9/"
CHECKS = [*declared_checks(views(SQL)), *(spec.name for spec in views(SQL) if spec.layer == "checks")]


@dataclass
class Told:
    """What one run told: metadata by asset, checks by name."""

    assets: dict[str, dict[str, Any]]
    checks: dict[str, dg.AssetCheckEvaluation]


def run(places: Places, **folders: str) -> Told:
    result = defs.resolve_job_def("everything").execute_in_process(
        resources={
            "folders": Folders(inbox=str(places.inbox), warehouse=str(places.warehouse), **folders),
            "workers": Workers(processes=1),
        }
    )
    assert result.success
    events = [event for event in result.get_asset_materialization_events() if event.asset_key]
    assets = {e.asset_key.to_user_string(): e.step_materialization_data.materialization.metadata for e in events}  # type: ignore[union-attr]
    return Told(assets, {check.check_name: check for check in result.get_asset_check_evaluations()})


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Two reports of two years, a text that names neither place nor year, a file that is no document; labels of one report."""
    folder = tmp_path_factory.mktemp("told")
    (folder / "inbox").mkdir()
    for year in (2019, 2020):
        (folder / "inbox" / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    (folder / "inbox" / "a.txt").write_text("本单位收到公开申请3件。\n", encoding="utf-8")
    (folder / "inbox" / "spoilt.docx").write_bytes(b"PK\x03\x04")
    (folder / "hand").mkdir()
    fact = {"value": 3, "basis": "level", "period": "2020", "surface": "3件"}
    facts = [{**fact, "indicator": "requests.received"}, {**fact, "indicator": "requests.carried_in"}]
    lines = [json.dumps(line) for line in ({"report": "2020"}, *facts)]
    (folder / "hand" / "2020.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Places(folder / "inbox", folder / "w")


@pytest.fixture(scope="module")
def runs(places: Places) -> list[Told]:
    """The second finds nothing to change."""
    return [run(places, labels=str(places.inbox.parent / "hand"), atlas_url=SERVED) for _ in range(2)]


@pytest.fixture(scope="module", params=[0, 1], ids=["built", "unchanged"])
def told(request: pytest.FixtureRequest, runs: list[Told]) -> Told:
    found: Told = runs[request.param]
    return found


def test_every_asset_shows_rows(told: Told) -> None:
    assert [
        name
        for name, metadata in told.assets.items()
        if not isinstance(metadata.get("preview"), dg.MarkdownMetadataValue)
    ] == []
    assert "2020.txt" in told.assets["report_files"]["preview"].value
    assert "requests.received" in told.assets["quantities"]["preview"].value
    assert "requests.received" in told.assets["warehouse/facts"]["preview"].value


@pytest.mark.parametrize(
    ("asset", "years"),
    [
        ("report_texts", "2019: 1 · 2020: 1 · unknown: 1"),
        ("quantities", "2019: 2 · 2020: 2 · unknown: 1"),
        ("warehouse/ledger", "2019: 4 · 2020: 4 · unknown: 1"),
        ("warehouse/coverage", "2019: 1 · 2020: 1 · unknown: 1"),
        ("warehouse/stg_quantities", "2019: 2 · 2020: 2 · unknown: 1"),
    ],
)
def test_counts_by_year_stand_on_what_is_of_reports(told: Told, asset: str, years: str) -> None:
    assert told.assets[asset]["rows by year"].value == years


def test_there_are_figures_to_plot(told: Told) -> None:
    coverage, quantities = told.assets["warehouse/coverage"], told.assets["warehouse/quantities"]
    for figure in ("elements of the law covered, %", "coded, %"):
        assert isinstance(coverage[figure], dg.FloatMetadataValue)
        assert 0 < coverage[figure].value <= 100
    assert quantities["coded, %"].value == told.assets["quantities"]["coded, %"].value == 100.0
    assert quantities["numbers"] == dg.MetadataValue.int(5)
    findings = told.assets["warehouse/findings"]
    assert findings["red"].value + findings["yellow"].value == findings["dagster/row_count"].value > 0


def test_a_second_run_shows_the_same_figures(runs: list[Told]) -> None:
    first, second = (
        {(name, key) for name, metadata in one.assets.items() for key in metadata if key != "dagster/column_schema"}
        for one in runs
    )
    assert first == second


def test_the_score_stands_where_labels_are(told: Told) -> None:
    quantities = told.assets["warehouse/quantities"]
    assert quantities["score: precision, %"].value == quantities["score: recall, %"].value == 50.0
    assert quantities["score: F1, %"] == dg.MetadataValue.float(50.0)
    assert quantities["score"].value.splitlines()[2].startswith("| 2020 | 50")


def test_every_page_that_an_asset_leads_to_is_there(told: Told, places: Places) -> None:
    links = [told.assets["atlas"]["open"], *(m["atlas page"] for m in told.assets.values() if "atlas page" in m)]
    assert len(links) > 20
    assert all(isinstance(link, dg.UrlMetadataValue) and link.value.startswith(SERVED) for link in links)
    listed = told.assets["atlas"]["preview"].value.split("](")[1:]
    pages = [link.value for link in links] + [line.split(")")[0] for line in listed]
    assert [page for page in pages if not (places.atlas / page.removeprefix(SERVED)).is_file()] == []


def test_without_labels_and_server_it_says_nothing_of_a_score_and_shows_paths(runs: list[Told], places: Places) -> None:
    assert runs
    bare = run(places)
    assert not [key for key in bare.assets["warehouse/quantities"] if "score" in key or "label" in key]
    assert bare.assets["atlas"]["open"] == dg.MetadataValue.path(str(places.atlas / "index.html"))


def test_labels_that_cannot_be_read_do_not_fail_a_run(runs: list[Told], places: Places) -> None:
    assert runs
    spoilt = places.inbox.parent / "spoilt"
    spoilt.mkdir()
    (spoilt / "2020.jsonl").write_text("{", encoding="utf-8")
    assert "2020.jsonl, line 1" in run(places, labels=str(spoilt)).assets["warehouse/quantities"]["score"].value


@pytest.mark.parametrize(
    ("name", "said"),
    [("every_file_read", "spoilt.docx"), ("every_report_placed", "3 of 3 reports have no region or no year")],
)
def test_a_warning_says_what_to_do_and_where_to_look(told: Told, name: str, said: str) -> None:
    check = told.checks[name]
    assert not check.passed
    assert check.severity is dg.AssetCheckSeverity.WARN
    assert said in str(check.description)
    assert {"what to do", "examples", "query", "atlas page"} <= set(check.metadata)


@pytest.mark.parametrize(("name", "rows"), [("every_report_placed", 3), ("every_file_read", 1)])
def test_the_query_of_a_warning_runs_on_what_is_published(told: Told, places: Places, name: str, rows: int) -> None:
    with duckdb.connect(str(places.published), read_only=True) as con:
        assert len(con.execute(str(told.checks[name].metadata["query"].value)).fetchall()) == rows


@pytest.mark.parametrize(
    "name", [spec.name for spec in views(SQL) if spec.layer == "checks"] + ["unique_findings", "not_null_regions"]
)
def test_the_query_of_a_check_runs_from_the_stage(runs: list[Told], places: Places, name: str) -> None:
    assert runs
    with duckdb.connect() as con:
        for statement in con.extract_statements(query_of(name, places)):
            rows = con.execute(statement).fetchall()
    assert rows == []


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_has_advice(places: Places, name: str) -> None:
    advice = what_to_do(name, places)
    assert advice.endswith(".")
    assert "{" not in advice


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        pytest.param(
            ["name", "words"], [["云岭省青川州人民政府办公室", "一句很长的话。" * 30]], id="long Chinese words"
        ),
        pytest.param([f"column_{n}" for n in range(30)], [[n * 1000 for n in range(30)]], id="many columns"),
        pytest.param(["x"], [["a" * 300]], id="one word without end"),
    ],
)
def test_a_preview_has_room_on_the_page(columns: list[str], rows: list[list[object]]) -> None:
    lines = preview(columns, rows).value.splitlines()
    assert len(lines) == 2 + len(rows)
    assert len({line.count("|") for line in lines}) == 1
    assert max(map(len, lines)) < 3 * PAGE


def test_markup_in_a_preview_is_shown_as_text() -> None:
    [*_, line] = preview(["title"], [["<b>|[x](y)|`"]]).value.splitlines()
    assert line == "| &lt;b>\\|\\[x\\](y)\\|\\` |".replace("&lt;", "\\<")
