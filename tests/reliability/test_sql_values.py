"""Values reach SQL only as parameters, and what a report says stays text: in tables, exports and pages.

Of the code: no text that reads as SQL has a place for a value that something is put into. Of the data: reports and file
names that are attacks go through the whole job, which runs the very statements that it runs for harmless ones.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from pipelines.exporting import export
from pipelines.warehousing import connect_read_only
from tests.conftest import PROJECT
from tests.reliability.kills import listed

_SQL = re.compile(
    r"\b(?:select|insert|update|delete|attach|copy|comment on)\b.*\b(?:from|into|set|as|to|is)\b", re.I | re.S
)
_VALUE = re.compile(r"(?:'|[<>=]\s*|\blike\s+|\bin\s*\(\s*|\bis\s+)$", re.I)
"""What stands before a value: a quote, a comparison."""
PATHS = {"path", "place", "prepared"}
"""Files that the build itself names: `copy` and `attach` take no parameters, and their quotes are doubled."""

ATTACKS = {
    "x'); DROP TABLE facts; --": "xa1",
    "\"; ATTACH 'stolen.db' AS y; --": "xa2",
    "../../etc/passwd": "xa3",
    "<script>alert(1)</script>": "xa4",
    "<img src=x onerror=alert(2)>": "xa5",
    "=cmd|'/c calc'&A1": "xa6",
    "{{7*7}}${7*7}": "xa7",
}
"""Attacks, and harmless words in their places."""
_LINE = "{}公开政府信息1{}3条。\n"


def test_no_statement_has_a_value_put_into_it() -> None:
    found = [each for each in put_into_sql() if not each[2].isupper() and each[2] not in PATHS]
    assert [each for each in found if "_quoted(" not in each[2] and ".replace(" not in each[2]] == []


def put_into_sql() -> Iterator[tuple[str, int, str]]:
    """File, line and expression of what stands in the place of a value in a text that reads as SQL."""
    for path in sorted((PROJECT / "pipelines").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for before, expression in _places(node):
                if _VALUE.search(before):
                    yield path.relative_to(PROJECT).as_posix(), getattr(node, "lineno", 0), ast.unparse(expression)


def _places(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """What is put into an f"", or added, and the words before it."""
    if isinstance(node, ast.JoinedStr):
        if _SQL.search("".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)):
            before = ""
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield before, part.value
                before = str(part.value) if isinstance(part, ast.Constant) else ""
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
        words = str(node.left.value)
        if _SQL.search(words):
            yield words, node.right


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("f\"select * from t where a = '{body}'\"", ["body"]),
        ('f"select * from t where year > {year}"', ["year"]),
        ('"select * from t where a = " + body', ["body"]),
        ('f"select {columns} from {name}"', []),
    ],
)
def test_the_search_of_the_code_finds_values(code: str, seen: list[str]) -> None:
    places = [place for node in ast.walk(ast.parse(code)) for place in _places(node)]
    assert [ast.unparse(expression) for before, expression in places if _VALUE.search(before)] == seen


def fill(inbox: Path, words: list[str]) -> None:
    """Reports that say the words in every part: title, body, sentences, table, name of file and folder."""
    inbox.mkdir()
    for number, word in enumerate(words):
        title = f"青川州{word}局2020年政府信息公开工作年度报告\n"
        body = "一、总体情况\n" + "".join(_LINE.format(f"{other}通过", at) for at, other in enumerate(words))
        rows = f"|{word}|数量|\n|---|---|\n|{word}|3|\n"
        folder = inbox / f"{number} {word.replace('/', '∕')}"
        folder.mkdir()
        name = f"说{word.replace('/', '∕')}.md"
        (folder / name).write_text(f"{title}{body}\n{rows}\n{word}局\n2021年1月20日\n", encoding="utf-8")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of a run on attacks and of one on harmless words, each with its inbox, warehouse and statements."""
    made = {}
    for name, words in (("attacks", list(ATTACKS)), ("harmless", list(ATTACKS.values()))):
        folder = tmp_path_factory.mktemp(name)
        fill(folder / "inbox", words)
        command = [sys.executable, "-m", "tests.reliability.statements", str(folder / "statements"), "run", "--quiet"]
        command += ["--inbox", str(folder / "inbox"), "--warehouse", str(folder / "w")]
        run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        made[name] = folder
    return made


def statements(folder: Path) -> set[str]:
    """What was run, without the names of the folders that a run makes for itself."""
    told = json.loads((folder / "statements").read_text(encoding="utf-8"))
    return {re.sub(r"\d{6,}-\d+|tmp[\w]+", "…", text.replace(str(folder), "…")) for text in told}


def test_attacks_and_harmless_words_lead_to_the_very_same_statements(runs: dict[str, Path]) -> None:
    attacked, harmless = statements(runs["attacks"]), statements(runs["harmless"])
    assert len(harmless) > 50
    assert attacked ^ harmless == set()
    assert [text for text in attacked if "DROP TABLE" in text or "stolen" in text or "alert(" in text] == []


def test_attacks_come_out_as_text_of_whole_tables(runs: dict[str, Path]) -> None:
    folder = runs["attacks"]
    with duckdb.connect(str(folder / "w" / "gongkai.duckdb"), read_only=True) as con:
        paths = sorted(path for (path,) in con.sql("select source_path from reports").fetchall())
        quotes = "\n".join(quote for (quote,) in con.sql("select quote from quantities").fetchall())
        assert con.sql("select count(*) > 0 from facts").fetchall() == [(True,)]
    assert paths == listed(folder / "inbox")
    assert [attack for attack in ATTACKS if attack not in quotes] == []
    assert not list(PROJECT.glob("stolen*")) + list(folder.rglob("stolen*"))


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "dta"])
def test_exports_hold_them_as_text(runs: dict[str, Path], tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"quantities '; DROP TABLE facts; --.{kind}"
    with connect_read_only(runs["attacks"] / "w" / "gongkai.duckdb") as con:
        export(con, "quantities", kind, out)
    if kind == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(out).worksheets[0].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}  # no formula
        quotes = "\n".join(str(cell.value) for cell in cells)
    else:
        read = {"csv": pd.read_csv, "parquet": pd.read_parquet, "dta": pd.read_stata}[kind]
        quotes = "\n".join(read(out)["quote"])
    assert [attack for attack in ATTACKS if attack not in quotes] == []


class _Page(HTMLParser):
    """What a page would run or fetch, and what it shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.shown = ""
        self.within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        self.bad += [f"{tag} {name}" for name, value in attrs if name.startswith("on") or (name, value) == ("src", "x")]

    def handle_data(self, data: str) -> None:
        if self.within == "script" and data.strip().startswith("alert("):
            self.bad.append(data)
        self.shown += data


def test_pages_show_them_and_run_none_of_them(runs: dict[str, Path]) -> None:
    atlas = runs["attacks"] / "w" / "atlas"
    files = [path for path in atlas.rglob("*") if path.is_file()]
    assert [path for path in files if not re.fullmatch(r"[\w.\-]+", path.name, re.ASCII)] == []
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in files if path.suffix == ".html"}
    assert {path: page.bad for path, page in pages.items() if page.bad} == {}
    shown = "\n".join(page.shown for page in pages.values())
    assert [attack for attack in ATTACKS if attack not in shown] == []
