"""A build: what is published, what a failed check does, what is refused."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.warehousing import Build, WarehouseError, build, connect_read_only
from tests.warehousing import small

PROMISED = (
    "reports refusals quantities indicators regions facts year_over_year cross_region panel findings ledger coverage"
)
TEXT = "2018年公开信息120条😀，比上年增加20条。"


def staged(folder: Path) -> Path:
    region = {"region_code": "110000"}
    first = TEXT.index("120条")
    second = TEXT.index("20条", first + 4)
    numbers = [
        small.number("q1", 120, char_start=first),
        small.number("q2", 20, basis="change_abs", base_period="2017", char_start=second),
    ]
    ledger = [{"report_id": "r18", "char_start": first, "char_end": first + 3, "surface": "120", "reason": "quantity"}]
    return small.stage(
        folder,
        report_files=[{"source_path": "r18.txt", "sha256": "0" * 64, "bytes": 10, "kind": "txt"}],
        refusals=[],
        reports=[small.report(**region)],
        report_texts=[{"report_id": "r18", "text": TEXT, "blocks": "[]", "metadata": "{}"}],
        quantities=numbers,
        ledger=[row | {"quantity_id": "q1"} for row in ledger],
    )


def made(tmp_path: Path) -> Path:
    target = tmp_path / "gongkai.duckdb"
    build(staged(tmp_path / "stage"), target, small.REFERENCE, small.SQL, None)
    return target


def test_a_published_warehouse_has_every_promised_relation_with_comments(tmp_path: Path) -> None:
    with connect_read_only(made(tmp_path)) as con:
        told = dict(
            con.execute(
                "select table_name, comment from duckdb_tables() union all select view_name, comment from duckdb_views()"
            ).fetchall()
        )
        assert {name for name in PROMISED.split() if not told.get(name)} == set()
        silent = con.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null"
        ).fetchall()
        assert silent == []
        assert con.execute("select value, previous_value, previous_source from year_over_year").fetchall() == [
            (120, 100, "derived")
        ]


def test_nothing_is_left_beside_the_published_file_and_nobody_can_write_it(tmp_path: Path) -> None:
    target = made(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".build", ".published", "gongkai.duckdb", "stage"]
    assert [path.name for path in (tmp_path / ".build").iterdir()] == ["lock"]
    assert target.stat().st_mode & 0o777 == 0o444


def test_a_failed_check_publishes_nothing_and_says_which_row(tmp_path: Path) -> None:
    target = made(tmp_path)
    before = target.read_bytes()
    stage = tmp_path / "stage"
    small.stage(stage, quantities=[small.number("q9", 7, char_start=3)])
    with pytest.raises(WarehouseError, match=r"(?s)evidence: .*quantity_id 'q9'"):
        build(stage, target, small.REFERENCE, small.SQL, None)
    assert target.read_bytes() == before


def test_steps_left_out_are_not_published(tmp_path: Path) -> None:
    with Build(staged(tmp_path / "stage"), tmp_path / "w.duckdb", small.REFERENCE, small.SQL, None) as steps:
        for table in steps.tables:
            steps.load(table.name)
        with pytest.raises(WarehouseError, match="not run"):
            steps.publish()
    assert not (tmp_path / "w.duckdb").exists()


def test_an_empty_stage_makes_an_empty_warehouse(tmp_path: Path) -> None:
    target = tmp_path / "gongkai.duckdb"
    report = build(tmp_path / "stage", target, small.REFERENCE, small.SQL, None)
    assert report.rows["facts"] == 0
    assert report.rows["indicators"] > 100


def test_a_shard_of_another_version_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "stage" / "ledger"
    folder.mkdir(parents=True)
    duckdb.sql("select 1 as other").write_parquet(str(folder / "0001.parquet"))
    with pytest.raises(WarehouseError, match=r"0001\.parquet lacks the columns report_id"):
        build(tmp_path / "stage", tmp_path / "w.duckdb", small.REFERENCE, small.SQL, None)


def test_a_broken_shard_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "stage" / "ledger"
    folder.mkdir(parents=True)
    (folder / "0001.parquet").write_bytes(b"PAR1 and then nothing")
    with pytest.raises(WarehouseError, match=r"0001\.parquet is not a whole Parquet file"):
        build(tmp_path / "stage", tmp_path / "w.duckdb", small.REFERENCE, small.SQL, None)


def test_there_is_advice_where_no_warehouse_is_yet(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="gongkai run"):
        connect_read_only(tmp_path / "gongkai.duckdb")
