"""Nothing private in what is published: every text of the warehouse, the stage and the atlas. All of it is made up."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.conftest import Gongkai

MOBILE, HOME, OFFICE = "13912345678", "河西路12号3栋401室", "0999-8123456"
CASE, FLAT, CLERK = "李小溪", "河东路7号2栋1单元302室", "高大明"
REPORT = f"""青川州人民政府2020年政府信息公开工作年度报告
一、依申请公开情况
2020年收到公开申请3件,申请人王某(手机{MOBILE},身份证11010119900307123X,邮箱wang@163.com)家住青川州{HOME},答复3件。
{CASE}诉青川州人民政府信息公开案1件,原告为{FLAT}住户,已维持。
如有疑问,请与青川州人民政府办公室联系(联系人:{CLERK},电话:{OFFICE}),全年接受电话咨询8123456人次。
"""
PRIVATE = (MOBILE + ",", "11010119900307123X", "wang@163.com", HOME, "申请人王某", CASE, FLAT)


@pytest.fixture(scope="module")
def published(gongkai: Gongkai, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, Path]:
    """All texts as usual, those of the next run, for which contacts are asked, which makes all anew; and the warehouse."""
    folder = tmp_path_factory.mktemp("private")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "青川州-2020.txt").write_text(REPORT, encoding="utf-8")
    texts = []
    for environment in ({}, {"GONGKAI_SHOW_CONTACTS": "1"}):
        run = gongkai("run", "--quiet", "--inbox", folder / "inbox", "--warehouse", folder / "w", **environment)
        assert run.returncode == 0, run.stderr
        texts.append(everything(folder / "w"))
    return texts[0], texts[1], folder / "w"


def everything(warehouse: Path) -> str:
    """All texts of all tables and views of the published file, and the files of the atlas."""
    found = []
    with duckdb.connect(str(warehouse / "gongkai.duckdb"), read_only=True) as con:
        for (name,) in con.execute("select table_name from information_schema.tables").fetchall():
            found += [str(row) for row in con.table(name).fetchall()]
    for path in (warehouse / "atlas").rglob("*"):
        if path.suffix in (".html", ".csv", ".json", ".md"):
            found.append(path.read_text(encoding="utf-8"))
    return "\n".join(found)


def test_what_is_a_person_s_is_nowhere(published: tuple[str, str, Path]) -> None:
    for text in published[:2]:
        assert "收到公开申请3件" in text
        assert [secret for secret in PRIVATE if secret in text] == []


def test_who_answers_at_an_office_and_its_telephone_are_shown_only_when_asked_for(
    published: tuple[str, str, Path],
) -> None:
    assert [contact in text for text in published[:2] for contact in (OFFICE, CLERK)] == [False, False, True, True]


def test_a_figure_that_looks_like_a_telephone_stays(published: tuple[str, str, Path]) -> None:
    with duckdb.connect(str(published[2] / "gongkai.duckdb"), read_only=True) as con:
        told = con.sql("select surface, quote from quantities where value = 8123456").fetchall()
    [(surface, quote)] = told
    assert surface == "8123456人次"
    assert surface in quote
