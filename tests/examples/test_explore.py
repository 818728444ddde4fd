"""The app of examples/, run as its README says, in a second process on a warehouse made from the sample reports."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.conftest import PROJECT

# What the app holds for a reader, as JSON, and its Stata file.
_HOLDS = """
import json, sys
from explore import app
_, names = app.run()
rows = {name: json.loads(names[name].to_json(orient="records")) for name in ("years", "sources", "peers", "findings")}
open(sys.argv[1], "wb").write(names["as_dta"]())
print(json.dumps({**rows, "csv": names["as_csv"]().decode()}))
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A copy, beside which marimo may leave its own files."""
    return Path(shutil.copytree(PROJECT / "examples", tmp_path / "examples")) / "explore.py"


def run(folder: Path, warehouse: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GONGKAI_WAREHOUSE": str(warehouse)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def held(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = Path(shutil.copytree(PROJECT / "examples", tmp_path_factory.mktemp("explore") / "examples"))
    ran = run(folder, sample_warehouse, "-c", _HOLDS, "panel.dta")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout), folder / "panel.dta"


def test_every_cell_runs_and_the_page_is_made(app: Path, sample_warehouse: Path) -> None:
    ran = run(app.parent, sample_warehouse, "-m", "marimo", "export", "html", str(app), "-o", "page.html")
    assert ran.returncode == 0, ran.stderr
    assert "How did it change over the years" in (app.parent / "page.html").read_text(encoding="utf-8")


def test_without_a_warehouse_the_page_says_what_to_do(app: Path, tmp_path: Path) -> None:
    ran = run(
        app.parent, tmp_path / "none", "-m", "marimo", "export", "html", "--no-include-code", str(app), "-o", "p.html"
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)
    page = (app.parent / "p.html").read_text(encoding="utf-8")
    assert "There is no warehouse at" in page
    assert "make run" in page


def test_a_series_tells_what_is_printed_from_what_is_derived(held: tuple[dict[str, Any], Path]) -> None:
    years = held[0]["years"]
    assert [(year["report_year"], year["value"], year["marked"]) for year in years] == [
        (2017, 66361, "derived"),
        (2018, 143212, "printed"),
    ]


def test_a_number_is_traced_to_its_words(held: tuple[dict[str, Any], Path]) -> None:
    sources = held[0]["sources"]
    assert [source["surface"] for source in sources] == ["143212条", "76851条"]
    assert all(source["surface"] in source["quote"] for source in sources)


def test_peers_and_findings_are_those_of_the_warehouse(
    held: tuple[dict[str, Any], Path], sample_warehouse: Path
) -> None:
    assert {peer["body"]: peer["value"] for peer in held[0]["peers"]} == {
        "淮安市人民政府": 3119,
        "淮安市洪泽区人民政府": 95,
    }
    assert all("Fewer than three peers" in peer["note"] for peer in held[0]["peers"])
    with duckdb.connect(str(sample_warehouse / "gongkai.duckdb"), read_only=True) as con:
        [(findings,)] = con.sql("select count(*) from findings").fetchall()
    assert len(held[0]["findings"]) == findings > 0


def test_the_exports_hold_the_panel(held: tuple[dict[str, Any], Path], sample_warehouse: Path) -> None:
    with duckdb.connect(str(sample_warehouse / "gongkai.duckdb"), read_only=True) as con:
        panel = con.sql("select body, report_year, requests_received from panel order by body_id, report_year").df()
    made, dta = held
    for frame in (pd.read_csv(io.StringIO(made["csv"])), pd.read_stata(dta)):
        pd.testing.assert_frame_equal(frame[list(panel)], panel, check_dtype=False)
