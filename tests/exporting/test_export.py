"""Exported files as their readers meet them: read back in another process, with the codebook beside them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.exporting import FORMATS, VIEWS, ExportError, export, read_codebook
from pipelines.warehousing import build
from tests.conftest import Gongkai
from tests.warehousing import small
from tests.warehousing.small import cell, number, report

READ = """
import json, sys
import pandas as pd
told = {}
for path in sys.argv[1:]:
    kind, labels = path.rpartition(".")[2], {}
    if kind == "csv":
        rows = pd.read_csv(path, dtype={"region_code": str})
    elif kind == "parquet":
        rows = pd.read_parquet(path)
    elif kind == "xlsx":
        book = pd.read_excel(path, sheet_name=None, dtype={"region_code": str})
        rows = book[next(iter(book))]
        labels = dict(zip(book["codebook"]["variable"], book["codebook"]["label_zh"]))
    else:
        with pd.read_stata(path, iterator=True) as reader:
            labels = reader.variable_labels()
            rows = reader.read()
    rows = json.loads(rows.to_json(orient="records", date_format="iso", double_precision=15))
    told[path.rpartition("/")[2]] = {"rows": rows, "labels": labels}
print(json.dumps(told))
"""
LONG = "公开" * 1500


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small warehouse, about made-up bodies, with every kind of value that a format may stumble over."""
    folder = tmp_path_factory.mktemp("exported")
    rows: list[small.Row] = [
        number("d", 120, char_start=0),
        number("least", 7, "response.press_conferences", qualifier="at_least", char_start=10),
        number("long", 3, topic="财政", quote=LONG, char_start=20),
        cell("blank", None, "requests.received", char_start=30),
        cell("n", 25, "requests.received", applicant="natural_person", char_start=40),
        number("before", 110, report_id="r17", period="2017", char_start=0),
        number("d2", 90, "requests.received", report_id="r17", period="2017", char_start=10),
    ]
    reports = [report(form="2019"), report("r17", 2017, published_on=None, region_code="090100")]
    texts = [{"report_id": row["report_id"], "text": "", "blocks": "[]", "metadata": "{}"} for row in reports]
    texts = [row | {"text": " " * 60} for row in texts]
    rows = [row | {"surface": "   ", "char_end": row["char_start"] + 3} for row in rows]
    files = [{"source_path": row["source_path"], "sha256": "", "bytes": 1, "kind": "txt"} for row in reports]
    reference = folder / "reference"
    reference.mkdir()
    for path in small.REFERENCE.glob("*.csv"):
        (reference / path.name).write_bytes(path.read_bytes())
    codes = "990100,青川州,青川,云岭省青川州,prefecture,,2000,,\n090100,青川州,青川,云岭省青川州,prefecture,,2000,,\n"
    header = (reference / "regions.csv").read_text(encoding="utf-8").splitlines()[0]
    (reference / "regions.csv").write_text(f"{header}\n{codes}", encoding="utf-8")
    stage = small.stage(folder / "stage", reports=reports, quantities=rows, report_texts=texts, report_files=files)
    build(stage, folder / "gongkai.duckdb", reference, small.SQL, None)
    return folder / "gongkai.duckdb"


def exported(published: Path, view: str, kind: str, folder: Path) -> Path:
    out = folder / f"{view}.{kind}"
    with duckdb.connect(str(published), read_only=True) as con:
        export(con, view, kind, out)
    return out


@pytest.fixture(scope="module")
def told(published: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What another process reads in every view in every format, by the file's name."""
    folder = tmp_path_factory.mktemp("read")
    paths = [exported(published, view, kind, folder) for view in VIEWS for kind in FORMATS]
    run = subprocess.run([sys.executable, "-c", READ, *map(str, paths)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_panel_is_read_back_as_it_was(kind: str, told: dict[str, Any]) -> None:
    rows = told[f"panel.{kind}"]["rows"]
    wanted = ("region_code", "region_name", "report_year", "disclosed", "requests_natural_persons")
    assert [tuple(row[name] or None for name in wanted) for row in rows] == [
        ("090100", "云岭省青川州", 2017, 110, None),
        ("990100", "云岭省青川州", 2018, 120, 25),
    ]
    if kind in ("xlsx", "dta"):
        assert "主动公开政府信息数" in told[f"panel.{kind}"]["labels"]["disclosed"]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_goes_through_every_format(view: str, kind: str, published: Path, told: dict[str, Any]) -> None:
    rows = told[f"{view}.{kind}"]["rows"]
    with duckdb.connect(str(published), read_only=True) as con:
        relation = con.sql(f"from {view}")
        assert len(rows) == len(relation.fetchall())
        assert not rows or list(rows[0]) == relation.columns


@pytest.mark.parametrize("kind", FORMATS)
def test_long_texts_dates_and_infinity_are_kept_or_left_empty(kind: str, told: dict[str, Any]) -> None:
    assert LONG in [row["quote"] for row in told[f"quantities.{kind}"]["rows"]]
    assert {str(row["published_on"])[:10] for row in told[f"reports.{kind}"]["rows"]} == {"2019-03-01", "None"}
    [least] = [row for row in told[f"facts.{kind}"]["rows"] if row["qualifier"] == "at_least"]
    assert (least["low"], least["high"]) == (7, None)


def test_the_same_rows_give_the_same_bytes(published: Path, tmp_path: Path) -> None:
    program = (
        "import sys, duckdb, time; from pathlib import Path; from pipelines.exporting import *; time.sleep(1.1)\n"
        "for kind in FORMATS: export(duckdb.connect(sys.argv[1], read_only=True), 'facts', kind, Path(sys.argv[2], 'facts.' + kind))"
    )
    (tmp_path / "again").mkdir()
    first = [exported(published, "facts", kind, tmp_path) for kind in FORMATS]
    subprocess.run([sys.executable, "-c", program, str(published), str(tmp_path / "again")], check=True, timeout=60)
    for path in [*first, tmp_path / "facts.codebook.md"]:
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_has_a_name_in_both_languages_that_stata_holds(view: str, published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as con:
        codebook = read_codebook(con, view)
    assert codebook.says_en.startswith("One row per")
    for variable in codebook.variables:
        assert variable.label_zh, variable.name
        assert variable.label_en, variable.name
        assert variable.meaning, variable.name
        assert len(variable.name) <= 32
        assert len(f"{variable.label_en} · {variable.label_zh}") <= 80, variable.name


def test_the_codebook_says_what_codes_mean(published: Path, tmp_path: Path) -> None:
    page = exported(published, "facts", "csv", tmp_path).with_name("facts.codebook.md").read_text(encoding="utf-8")
    assert "| `indicator` | `proactive.disclosed` | 主动公开政府信息数 |" in page
    assert "| `applicant` | `natural_person` | 自然人 |" in page


def test_more_rows_than_excel_holds_are_refused_before_anything_is_written(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.exporting.files._EXCEL_ROWS", 1)
    with pytest.raises(ExportError, match="csv or parquet"):
        exported(published, "panel", "xlsx", tmp_path)
    assert list(tmp_path.iterdir()) == []


class TestCommand:
    def test_it_says_what_it_wrote(self, gongkai: Gongkai, published: Path, tmp_path: Path) -> None:
        out = tmp_path / "青川.dta"
        run = gongkai("export", "--warehouse", published.parent, "--out", out)
        assert (run.returncode, run.stderr) == (0, "")
        assert f"{out}: 2 rows of panel" in run.stdout
        assert sorted(path.name for path in tmp_path.iterdir()) == ["青川.codebook.md", "青川.dta"]

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--out", "{}/none/panel.csv"], "cannot be written"),
            (["--out", "{}/panel.sav"], "--format"),
            (["--warehouse", "{}/none"], "gongkai run"),
            (["--view", "fact"], "panel"),
        ],
    )
    def test_a_mistake_is_told(
        self, arguments: list[str], words: str, gongkai: Gongkai, published: Path, tmp_path: Path
    ) -> None:
        given = [argument.format(tmp_path) for argument in arguments]
        run = gongkai("export", "--warehouse", published.parent, *given)
        assert run.returncode != 0
        assert words in run.stderr
        assert "Traceback" not in run.stderr
        assert list(tmp_path.iterdir()) == []
