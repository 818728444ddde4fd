"""What stands in the files: pages for everything, links that hold, nothing from elsewhere, texts that stay texts."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hostile import LONG, MARKUP, built, publish, write_reports
from looking import links, pages, parsed

from pipelines.atlas import build_atlas, downloads
from pipelines.places import REFERENCE, SQL
from pipelines.warehousing import build, connect_read_only

MOST_BYTES = 2_000_000


def contents(folder: Path) -> dict[Path, bytes]:
    """All files but the builder's own notes."""
    return {path: path.read_bytes() for path in folder.rglob("[!.]*") if path.is_file()}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports of a body that does not exist, which do their worst."""
    folder = tmp_path_factory.mktemp("hostile")
    write_reports(folder / "inbox")
    publish(folder / "inbox", folder / "warehouse")
    built(folder / "warehouse")
    return folder / "warehouse"


@pytest.fixture
def copy(warehouse: Path, tmp_path: Path) -> Path:
    shutil.copytree(warehouse, tmp_path / "warehouse")
    return tmp_path / "warehouse"


def test_every_report_body_and_indicator_has_its_page(atlas: Path, sample_warehouse: Path) -> None:
    with connect_read_only(sample_warehouse / "gongkai.duckdb") as con:
        reports = {row[0] for row in con.execute("select report_id from reports").fetchall()}
        bodies = len(con.execute("select distinct body_id from coverage").fetchall())
        indicators = {row[0] for row in con.execute("select indicator from indicators").fetchall()}
    assert {page.stem for page in (atlas / "report").iterdir()} == reports
    assert len(list((atlas / "region").iterdir())) == bodies
    assert {page.stem for page in (atlas / "indicator").iterdir()} == indicators


@pytest.mark.parametrize("name", ["atlas", "warehouse"])
def test_links_hold_to_the_very_place(name: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(name)
    found, broken = links(folder / "atlas" if name == "warehouse" else folder)
    assert not broken[:5]
    assert found > 200


def test_nothing_is_asked_of_another_host(atlas: Path) -> None:
    for file in atlas.rglob("*"):
        if file.suffix in (".html", ".css", ".js"):
            found = re.findall(
                r"(?:src|href)=[\"'](?:https?:)?//[^\"']*|url\([^)]*\)|@import|fetch\(", file.read_text()
            )
            assert not found, file


def test_every_number_of_a_report_is_marked_where_it_stands(atlas: Path, sample_warehouse: Path) -> None:
    with connect_read_only(sample_warehouse / "gongkai.duckdb") as con:
        rows = con.execute("select report_id, quantity_id, surface, char_start, char_end from quantities").fetchall()
    trees = {page.stem: parsed(page) for page in pages(atlas / "report")}
    marks = {
        (report, str(node.get("id"))): node
        for report, tree in trees.items()
        for node in tree.xpath("//*[starts-with(@id, 'q-')]")
    }
    assert len(rows) > 500
    for report, quantity, surface, start, end in rows:
        mark = marks[report, f"q-{quantity}"]
        if mark.tag == "a" and len(mark.get("data-rows").split()) == 1 and end > start:
            assert mark.text_content() == surface


def test_uncoded_and_left_out_numbers_are_seen(atlas: Path) -> None:
    text = "".join(page.read_text() for page in pages(atlas / "report"))
    assert 'class="n un"' in text
    assert 'class="out"' in text


def test_markup_quotes_and_long_words_stay_text(warehouse: Path) -> None:
    for page in pages(warehouse / "atlas"):
        tree = parsed(page)
        assert not tree.xpath("//img"), page
        assert all("ran" not in (script.text or "") for script in tree.xpath("//script")), page
        assert not tree.xpath("//*[@onerror]"), page
    report = next(page for page in pages(warehouse / "atlas" / "report"))
    shown = parsed(report).xpath("string(//div[@class='text'])")
    assert MARKUP in shown
    assert LONG in shown


def test_data_for_scripts_cannot_end_the_script(warehouse: Path) -> None:
    for file in (warehouse / "atlas" / "data" / "compare").iterdir():
        assert "<" not in file.read_text(encoding="utf-8")


def test_the_same_data_gives_the_same_bytes(copy: Path) -> None:
    before = contents(copy / "atlas")
    shutil.rmtree(copy / "atlas")
    built(copy)
    after = contents(copy / "atlas")
    assert after.keys() == before.keys()
    assert [path for path in after if after[path] != before[path]] == []


def test_what_did_not_change_is_not_written_again(copy: Path) -> None:
    assert built(copy).written == 0


def test_only_what_changed_is_written_again(copy: Path) -> None:
    inbox = copy.parent / "inbox"
    write_reports(inbox, range(2017, 2020))
    before = {page.name: page.stat().st_mtime_ns for page in pages(copy / "atlas" / "report")}
    untold = copy / "atlas" / "indicator" / "proactive.gazette_issues.html"
    untold_before = untold.stat().st_mtime_ns
    publish(inbox, copy)
    built(copy)
    after = {page.name: page.stat().st_mtime_ns for page in pages(copy / "atlas" / "report")}
    assert len(before.keys() - after.keys()) == len(after.keys() - before.keys()) == 1
    assert all(after[name] == before[name] for name in after.keys() & before.keys())
    assert untold.stat().st_mtime_ns == untold_before


def test_a_page_that_was_lost_is_written_again(copy: Path) -> None:
    (copy / "atlas" / "index.html").unlink()
    assert built(copy).written == 1


def test_an_empty_warehouse_has_pages_that_say_so(tmp_path: Path) -> None:
    (tmp_path / "stage").mkdir()
    build(tmp_path / "stage", tmp_path / "gongkai.duckdb", REFERENCE, SQL, None)
    built(tmp_path)
    for name in ("index.html", "regions.html", "reports.html", "compare.html"):
        assert "还没有" in (tmp_path / "atlas" / name).read_text(encoding="utf-8"), name
    empty = (tmp_path / "atlas" / "indicator" / "requests.received.html").read_text(encoding="utf-8")
    assert "No report gives this indicator" in empty


def test_a_region_with_one_report_says_so(atlas: Path) -> None:
    assert "There is one report only" in (atlas / "region" / "500119.html").read_text(encoding="utf-8")


def test_an_indicator_with_one_value_says_so(atlas: Path) -> None:
    texts = [page.read_text(encoding="utf-8") for page in pages(atlas / "indicator")]
    assert any("This indicator has one value only" in text for text in texts)


def test_no_page_is_too_heavy(atlas: Path) -> None:
    assert max(page.stat().st_size for page in pages(atlas)) < MOST_BYTES


@pytest.mark.parametrize("table", ["panel", "facts", "findings", "reports"])
def test_downloads_hold_what_the_warehouse_holds(atlas: Path, sample_warehouse: Path, table: str) -> None:
    with connect_read_only(sample_warehouse / "gongkai.duckdb") as con:
        [(rows,)] = con.execute(f"select count(*) from {table}").fetchall()
    with (atlas / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.reader(stream))) == rows + 1
    assert pq.read_table(atlas / "data" / f"{table}.parquet").num_rows == rows


def test_a_table_too_long_for_a_spreadsheet_is_offered_as_parquet_alone(
    sample_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MOST_LINES", 8)
    build_atlas(sample_warehouse / "gongkai.duckdb", sample_warehouse / "stage", tmp_path / "atlas")
    names = {path.name for path in (tmp_path / "atlas" / "data").iterdir()}
    assert {"facts.parquet", "reports.csv", "reports.parquet"} <= names
    assert "facts.csv" not in names
    page = (tmp_path / "atlas" / "data.html").read_text(encoding="utf-8")
    assert "more than 8 rows: take Parquet" in page
    assert 'href="data/facts.csv"' not in page


def test_the_codebook_explains_every_column_of_the_panel(atlas: Path) -> None:
    columns = duckdb.sql(f"describe from '{atlas / 'data' / 'panel.parquet'}'").fetchall()
    with (atlas / "data" / "codebook.csv").open(encoding="utf-8", newline="") as stream:
        told = {row["column"]: row["meaning"] for row in csv.DictReader(stream) if row["table"] == "panel"}
    assert all(told[column[0]] for column in columns)


def test_the_workbook_opens_and_takes_nothing_for_a_formula(warehouse: Path) -> None:
    with zipfile.ZipFile(warehouse / "atlas" / "data" / "gongkai.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 6
    assert not any("<f>" in sheet for sheet in sheets)


def test_lists_are_in_the_order_of_pinyin(atlas: Path) -> None:
    names = [node.text_content().strip() for node in parsed(atlas / "regions.html").xpath("//ul[@class='cards']/li/a")]
    # chong, gan, jiang, si, xin, yun: not the order of the code points.
    assert names == ["重庆市", "甘肃省", "江苏省", "四川省", "新疆维吾尔自治区", "云南省"]
