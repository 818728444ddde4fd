"""The same rows, ids and exported bytes, whatever the order and times of files and the number of workers."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Gongkai
from tests.reliability.kills import make_inbox


@pytest.fixture(scope="module")
def warehouses(gongkai: Gongkai, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two runs: files written in one order, one worker; in the other, with other times, two workers."""
    folder = tmp_path_factory.mktemp("same")
    first = make_inbox(folder / "first")
    second = folder / "second"
    second.mkdir()
    for number, path in enumerate(sorted(first.iterdir(), reverse=True)):
        shutil.copy(path, second / path.name)
        os.utime(second / path.name, (number * 10**9, number * 10**9))  # from 1970 far into the future
    for inbox, workers in ((first, 1), (second, 2)):
        run = gongkai("run", "--quiet", "--workers", workers, "--inbox", inbox, "--warehouse", folder / f"w{workers}")
        assert run.returncode == 0, run.stderr
    return folder / "w1", folder / "w2"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_table_and_view_has_the_same_rows_in_the_same_order(warehouses: tuple[Path, Path]) -> None:
    told = []
    for warehouse in warehouses:
        with duckdb.connect(str(warehouse / "gongkai.duckdb"), read_only=True) as con:
            names = [
                name for (name,) in con.sql("select table_name from information_schema.tables order by 1").fetchall()
            ]
            told.append({name: con.table(name).fetchall() for name in names})
    assert len(told[0]) > 15
    assert len(told[0]["quantities"]) > 50
    assert {name for name in told[0] if told[0][name] != told[1].get(name)} == set()


@pytest.mark.parametrize("folder", ["stage", "atlas"])
def test_every_file_beside_has_the_same_bytes(warehouses: tuple[Path, Path], folder: str) -> None:
    made = [
        {path.relative_to(warehouse): digest(path) for path in (warehouse / folder).rglob("*") if path.is_file() and path.name[0] != "."}
        for warehouse in warehouses
    ]  # fmt: skip
    assert len(made[0]) > 5
    assert made[0] == made[1]
