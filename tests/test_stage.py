"""Parquet files of the stage: whole or not there, and damage is seen."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipelines import stage
from pipelines.schemas import REFUSALS

ROWS = {"source_path": [f"青川州/{n}.doc" for n in range(2000)], "reason": ["an old Word file"] * 2000}
STAMP = {"fingerprint": "1f"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    stage.write(tmp_path, REFUSALS, "007", ROWS, STAMP)
    return stage.path_of(tmp_path, REFUSALS, "007")


def test_rows_and_stamp_come_back(tmp_path: Path, file: Path) -> None:
    assert stage.stamp_of(file) == STAMP
    assert [row["source_path"] for row in stage.rows(tmp_path, REFUSALS, "007")] == ROWS["source_path"]
    assert stage.count_rows(tmp_path, REFUSALS) == 2000
    assert stage.shards_of(tmp_path, REFUSALS) == ["007"]


@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_file_cut_short_is_not_whole(file: Path, part: float) -> None:
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * part)])
    assert stage.stamp_of(file) is None


@pytest.mark.parametrize("place", [0.05, 0.2, 0.4])
def test_a_flipped_byte_in_the_rows_is_seen(file: Path, place: float) -> None:
    data = bytearray(file.read_bytes())
    data[int(len(data) * place)] ^= 0xFF
    file.write_bytes(data)
    assert stage.stamp_of(file) is None


def test_another_program_s_file_is_not_taken_for_ours(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    assert stage.stamp_of(tmp_path / "other.parquet") is None
    assert stage.stamp_of(tmp_path / "none.parquet") is None


def test_a_missing_value_is_refused_and_the_file_of_before_stays(tmp_path: Path, file: Path) -> None:
    with pytest.raises(pa.ArrowInvalid, match="refusals: no value in reason"):
        stage.write(tmp_path, REFUSALS, "007", {"source_path": ["a"], "reason": [None]}, {})
    assert stage.stamp_of(file) == STAMP


def test_what_a_killed_run_left_and_other_shards_are_removed(tmp_path: Path, file: Path) -> None:
    (file.parent / ".007.123.tmp").write_bytes(b"half")
    stage.write(tmp_path, REFUSALS, "008", ROWS, STAMP)
    stage.keep_only(tmp_path, REFUSALS, {"007"})
    assert [path.name for path in file.parent.iterdir()] == ["007.parquet"]
