"""A draft before it goes out: against last year, with its places, as a page. Bodies and figures are made up."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from pipelines.checking import audit, page, read_draft
from pipelines.places import REFERENCE, SQL
from pipelines.warehousing import in_memory
from tests.conftest import SAMPLES, Gongkai

# Jinchang's own report of 2018 is among the samples: 27 requests. What follows it here is made up.
ELSE = "未收取费用。未发生行政复议、行政诉讼。存在的问题是更新不及时，下一步改进。\n"
NOW = "2019年，收到政府信息公开申请25件，比上年减少5件。"


def draft(folder: Path, year: int, text: str, name: str = "jinchang-2018.txt") -> Path:
    """A draft under the name that last year's report has too."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(
        f"金昌市人民政府{year}年政府信息公开工作年度报告\n一、主动公开\n{text}\n二、其他\n{ELSE}", encoding="utf-8"
    )
    return path


def test_a_draft_is_held_against_last_years_report_in_the_warehouse(sample_warehouse: Path, tmp_path: Path) -> None:
    found = audit(read_draft(draft(tmp_path / "d", 2019, NOW)), published=sample_warehouse / "gongkai.duckdb")
    assert found.compared_with == ["jinchang-2018.txt"]
    [finding] = [f for f in found.findings if f["rule"] == "stated_change_last_report"]
    assert (finding["left_value"], finding["right_value"]) == (-5, -2)
    # Only the draft's own numbers have a place in it.
    assert [(place["line"], place["surface"]) for place in finding["places"]] == [(3, "25件"), (3, "5件")]


@pytest.mark.parametrize(("year", "rules"), [(2018, ["stated_change_last_report"]), (2017, [])])
def test_a_draft_is_held_against_another_of_the_year_before(year: int, rules: list[str], tmp_path: Path) -> None:
    old = read_draft(draft(tmp_path / "old", year, f"{year}年，收到政府信息公开申请27件。"), 1)
    new = read_draft(draft(tmp_path / "new", 2019, NOW), 2)
    assert [f["rule"] for f in audit(new, [old]).findings if "change" in f["rule"]] == rules


def test_the_report_of_another_body_is_not_last_years(sample_warehouse: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        draft(tmp_path / "d", 2019, NOW).read_text(encoding="utf-8").replace("金昌市", "武威市"), encoding="utf-8"
    )
    assert audit(read_draft(other), published=sample_warehouse / "gongkai.duckdb").compared_with == []


def test_every_place_is_where_it_says(tmp_path: Path) -> None:
    text = "2017年，主动公开政府信息100条，其中通过网站公开80条，通过微博公开30条。"
    path = draft(tmp_path / "d", 2017, text)
    one = audit(read_draft(path))
    [finding] = [f for f in one.findings if f["rule"] == "parts_exceed"]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [place["surface"] for place in finding["places"]] == ["100条", "80条", "30条"]
    for place in finding["places"]:
        assert place["surface"] in lines[place["line"] - 1]
        assert one.draft.text[place["char_start"] : place["char_end"]] == place["surface"]


def test_the_page_needs_nothing_else_and_escapes_the_draft(tmp_path: Path) -> None:
    text = "2017年，<script>alert(1)</script>主动公开政府信息100条，其中通过网站公开80条，通过微博公开30条。"
    made = page([audit(read_draft(draft(tmp_path / "d", 2017, text, "<b>&.txt")))])
    assert "<script" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert "&lt;b&gt;&amp;.txt" in made
    assert re.findall(r"(?:src|href)=\"(?!#)", made) == []
    assert "@import" not in made
    # What a finding links to is marked in the text.
    links = re.findall(r'href="#([^"]+)"', made)
    assert len(links) == 3
    for link in links:
        assert re.search(rf'<mark class="red" id="{link}"[^>]*>\d+条</mark>', made)


class TestCommand:
    def test_it_writes_the_page_and_says_line_and_words(
        self, gongkai: Gongkai, sample_warehouse: Path, tmp_path: Path
    ) -> None:
        run = gongkai(
            "check", draft(tmp_path, 2019, NOW), "--warehouse", sample_warehouse, "--page", tmp_path / "p.html"
        )
        assert (run.returncode, run.stderr) == (0, "")
        assert "Last year   jinchang-2018.txt" in run.stdout
        assert "line 3: 25件, 5件" in run.stdout
        assert "与上一年报告相比为-2" in (tmp_path / "p.html").read_text(encoding="utf-8")

    def test_a_warehouse_that_was_asked_for_must_be_there(self, gongkai: Gongkai, tmp_path: Path) -> None:
        run = gongkai("check", draft(tmp_path, 2019, NOW), "--warehouse", tmp_path / "none")
        assert run.returncode == 2
        assert "no warehouse" in run.stderr

    def test_a_page_that_cannot_be_written_is_told(self, gongkai: Gongkai, tmp_path: Path) -> None:
        run = gongkai("check", draft(tmp_path, 2019, NOW), "--page", tmp_path / "none" / "p.html")
        assert run.returncode == 2
        assert "--page" in run.stderr

    def test_two_years_given_together_are_compared(self, gongkai: Gongkai) -> None:
        run = gongkai("check", "--json", SAMPLES / "hongze-2023.html", SAMPLES / "hongze-2024.docx")
        told = json.loads(run.stdout)
        assert [one["compared_with"] for one in told] == [[], ["hongze-2023.html"]]
        assert [{f["rule"] for f in one["findings"] if f["severity"] == "red"} for one in told] == [{"R4"}, set()]
        assert run.returncode == 1

    def test_one_draft_takes_seconds(self, gongkai: Gongkai) -> None:
        started = time.monotonic()
        gongkai("check", SAMPLES / "suining-2017.txt")
        # Three seconds on an idle machine; tests share theirs.
        assert time.monotonic() - started < 20


def test_what_is_said_very_often_is_listed_once(tmp_path: Path) -> None:
    often = tmp_path / "often.txt"
    often.write_text(
        "青川州人民政府2020年政府信息公开工作年度报告\n2020年收到公开申请3件。\n" * 2_000, encoding="utf-8"
    )
    with in_memory(read_draft(often).tables, REFERENCE, SQL, wanted={"int_contested"}) as con:
        found = con.execute(
            "select count(*), count(quantity_ids), sum(len(quantity_ids)), max(readings) from int_contested"
        )
        assert found.fetchall() == [(2_000, 1, 2_000, 2_000)]
