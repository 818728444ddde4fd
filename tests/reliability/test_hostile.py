"""An inbox full of hostile files: each is read or refused with a reason, good ones among them are read as usual."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Gongkai
from tests.reliability import hostile
from tests.reliability.seeds import TEXT

SECRET = "这是别处的秘密公开信息777条。"


@pytest.fixture(scope="module")
def run(gongkai: Gongkai, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, dict[str, object]]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "inbox").mkdir()
    count = hostile.write(folder / "inbox", folder / "secret.txt")
    (folder / "inbox" / "good.txt").write_text(TEXT, encoding="utf-8")
    done = gongkai("run", "--json", "--inbox", folder / "inbox", "--warehouse", folder / "w")
    assert done.returncode == 0, done.stderr
    return folder, count + 1, json.loads(done.stdout)


@pytest.fixture(scope="module")
def rows(run: tuple[Path, int, dict[str, object]]) -> tuple[dict[str, str], dict[str, str]]:
    """Reports' and refusals' paths, with title and reason."""
    with duckdb.connect(str(run[0] / "w" / "gongkai.duckdb"), read_only=True) as con:
        reports = dict(con.execute("select source_path, coalesce(title, '') from reports").fetchall())
        return reports, dict(con.execute("select source_path, reason from refusals").fetchall())


def test_every_file_is_read_or_refused_with_a_reason(
    run: tuple[Path, int, dict[str, object]], rows: tuple[dict[str, str], dict[str, str]]
) -> None:
    reports, refusals = rows
    assert run[1] >= 200
    assert len(reports) + len(refusals) == run[1]
    assert set(reports) & set(refusals) == set()
    assert [path for path, reason in refusals.items() if len(reason) < 20] == []
    assert len(refusals) > 80


def test_none_is_a_mistake_of_ours(rows: tuple[dict[str, str], dict[str, str]]) -> None:
    wrong = {path: reason for path, reason in rows[1].items() if "internal error" in reason or "died" in reason}
    assert wrong == {}


def test_what_lies_out_of_the_inbox_is_not_read(
    run: tuple[Path, int, dict[str, object]], rows: tuple[dict[str, str], dict[str, str]]
) -> None:
    assert {path for path in rows[1] if path.startswith("link-")} == {
        path.name for path in (run[0] / "inbox").glob("link-*")
    }
    assert not Path("/tmp/gongkai-escaped").exists()
    assert not Path("/etc/gongkai").exists()
    with duckdb.connect(str(run[0] / "w" / "gongkai.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from quantities where value = 777").fetchall() == [(0,)]
        assert con.execute("select count(*) from quantities where quote like '%root:%'").fetchall() == [(0,)]


def test_good_reports_among_them_are_read_whatever_their_names(
    run: tuple[Path, int, dict[str, object]], rows: tuple[dict[str, str], dict[str, str]]
) -> None:
    named = {f"names/{path.name}" for path in (run[0] / "inbox" / "names").iterdir()}
    assert len(named) == 25
    assert named <= set(rows[0])
    with duckdb.connect(str(run[0] / "w" / "gongkai.duckdb"), read_only=True) as con:
        found = con.execute(
            "select source_path from quantities join reports using (report_id) where value = 1234 and unit = '条'"
        ).fetchall()
    assert {"good.txt", *named} <= {path for (path,) in found}
