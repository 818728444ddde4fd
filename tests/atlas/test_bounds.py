"""More than a page or a chart can show: it is spread or left out, and the page says so; what changed is drawn, no more."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import crowd
import duckdb
import pytest
from hostile import built, publish
from looking import links, pages, parsed

from pipelines.atlas import Drawn, build_atlas
from pipelines.atlas.site import Site, write

MOST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with inbox and warehouse."""
    folder = tmp_path_factory.mktemp("crowd")
    crowd.write_reports(folder / "inbox")
    publish(folder / "inbox", folder / "warehouse")
    built(folder / "warehouse")
    return folder


def read(page: Path, language: str) -> str:
    """The text of a page as the readers of one language see it."""
    tree = parsed(page)
    for other in tree.xpath(f"//span[@class='{'en' if language == 'zh' else 'zh'}']"):
        other.drop_tree()
    return " ".join(str(tree.text_content()).split())


def test_lines_say_of_how_many_they_are_and_how_they_were_chosen(made: Path) -> None:
    page = made / "warehouse" / "atlas" / "indicator" / "requests.received.html"
    assert f"Of {crowd.OFFICES} bodies with values of two years or more, the chart shows the 8 with" in read(page, "en")
    assert f"有两年以上数值的机关共 {crowd.OFFICES} 个，图中画年份最多的 8 个" in read(page, "zh")


def test_findings_are_said_in_words_of_the_language(made: Path) -> None:
    page = made / "warehouse" / "atlas" / "findings.html"
    assert "主动公开政府信息数（政府网站" in read(page, "zh")
    assert "website" not in read(page, "zh")
    assert "initiative (website" in read(page, "en")


def test_a_report_of_many_numbers_goes_over_pages_and_each_is_found(made: Path) -> None:
    atlas = made / "warehouse" / "atlas"
    parts = [page for page in pages(atlas / "report") if "-" in page.stem]
    assert len(parts) > crowd.DENSE / 1000
    assert max(page.stat().st_size for page in pages(atlas)) < MOST_BYTES
    whole = [page for page in pages(atlas / "report") if page.stem == parts[0].stem.split("-")[0]]
    marked = [name for page in [*whole, *parts] for name in parsed(page).xpath("//@id[starts-with(., 'q-')]")]
    assert len(marked) == len(set(marked)) == crowd.DENSE
    assert links(atlas)[1] == []


def test_one_changed_number_draws_only_the_pages_that_show_it(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "made")
    report = tmp_path / "made" / "inbox" / "3-2017.txt"
    report.write_text(report.read_text(encoding="utf-8").replace("申请20件", "申请21件"), encoding="utf-8")
    atlas = tmp_path / "made" / "warehouse" / "atlas"
    before = {page: page.stat().st_mtime_ns for page in pages(atlas)}
    publish(tmp_path / "made" / "inbox", tmp_path / "made" / "warehouse")
    built(tmp_path / "made" / "warehouse")
    drawn = [page.relative_to(atlas) for page in pages(atlas) if before.get(page) != page.stat().st_mtime_ns]
    assert sorted(page.parts[0] for page in drawn if len(page.parts) > 1) == ["indicator", "region", "report"]
    assert "indicator/requests.received.html" in map(str, drawn)


def test_what_a_killed_run_drew_is_not_taken_for_what_was_wanted(tmp_path: Path) -> None:
    first = Site(tmp_path)
    first.put("page.html", "old", lambda: "old")
    first.finish("data")
    killed = Site(tmp_path)
    assert not killed.holds("page.html", "new")
    killed.begin()
    write(tmp_path, "page.html", "new")
    after = Site(tmp_path)
    assert not after.is_made_of("data")
    assert not after.holds("page.html", "old")


def test_reports_beyond_the_newest_lead_to_a_page_that_says_how_to_see_them(made: Path, tmp_path: Path) -> None:
    source, atlas = made / "warehouse", tmp_path / "atlas"
    build_atlas(source / "gongkai.duckdb", source / "stage", atlas, drawn=Drawn.told(3, 0))
    drawn = {page.stem.split("-")[0] for page in pages(atlas / "report")} - {"left"}
    assert len(drawn) == 3
    with duckdb.connect(str(source / "gongkai.duckdb"), read_only=True) as con:
        years = con.execute("select report_year, report_id from reports order by report_year desc").fetchall()
    assert {year for year, report_id in years if report_id in drawn} == {years[0][0]}
    assert "The atlas draws a page for each of the newest 3 reports" in read(atlas / "report" / "left-out.html", "en")
    missing = [target for target in links(atlas)[1] if "left-out.html" not in target]
    assert missing == []


def test_bodies_beyond_the_bound_lead_to_a_page_that_says_how_to_see_them(made: Path, tmp_path: Path) -> None:
    source, atlas = made / "warehouse", tmp_path / "atlas"
    build_atlas(source / "gongkai.duckdb", source / "stage", atlas, drawn=Drawn.told(0, 2))
    drawn = {page.stem for page in pages(atlas / "region")} - {"left-out"}
    assert len(drawn) == 2
    told = read(atlas / "region" / "left-out.html", "en")
    assert "The atlas draws a page for each of 2 bodies" in told
    assert "GONGKAI_ATLAS_BODIES" in told
    assert links(atlas)[1] == []
    index = (atlas / "data" / "compare" / "index.js").read_text(encoding="utf-8")
    assert sum(f'["{slug}",1,' in index for slug in drawn) == 2
    assert re.search(r'\["[^"]+",0,', index)
