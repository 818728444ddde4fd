"""A stage at a location that fsspec opens: what comes back from it, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import sharing, stage
from pipelines.inbox import scan
from pipelines.reading_pass import Task, make_shard
from pipelines.schemas import LEDGER, REPORTS
from pipelines.shards import MADE_BY_READING, Shard

pytest.importorskip("fsspec", reason="fsspec is not installed: uv sync --extra cluster, and these tests run")

LOCATIONS = ["{folder}/there", "file://{folder}/there", "dir::file://{folder}/there", "memory://{folder}/there"]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A stage on disk with one shard, 007, of the fingerprint 1f."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(
        "青川州人民政府2020年政府信息公开工作年度报告\n2020年收到公开申请5件。\n", encoding="utf-8"
    )
    make_shard(Task(Shard("007", scan(inbox).files), "1f", inbox, tmp_path / "made"), lambda path: None)
    return tmp_path / "made"


@pytest.fixture(params=LOCATIONS)
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(folder=tmp_path)


def test_a_shard_comes_back_byte_for_byte(location: str, made: Path, tmp_path: Path) -> None:
    assert sharing.shards_at(location) == set()
    sharing.put(made, location, "007")
    assert sharing.shards_at(location) == {"007"}
    assert sharing.fetch(location, tmp_path / "back", "007") == "1f"
    for spec in MADE_BY_READING:
        assert (
            stage.path_of(tmp_path / "back", spec, "007").read_bytes() == stage.path_of(made, spec, "007").read_bytes()
        )


def test_a_shard_that_is_not_there_or_made_of_other_files_is_not_fetched(
    location: str, made: Path, tmp_path: Path
) -> None:
    assert sharing.fetch(location, tmp_path / "back", "007") is None
    sharing.put(made, location, "007")
    assert sharing.fetch(location, tmp_path / "back", "007", "2e") is None
    assert sharing.fetch(location, tmp_path / "back", "008") is None
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("spec", [REPORTS, LEDGER])
@pytest.mark.parametrize("harm", ["cut", "changed", "gone", "of another reading"])
def test_a_shard_that_is_not_whole_leaves_the_stage_as_it_was(
    made: Path, tmp_path: Path, harm: str, spec: object
) -> None:
    there = tmp_path / "there"
    sharing.put(made, str(there), "007")
    file = stage.path_of(there, spec, "007")  # type: ignore[arg-type]
    content = file.read_bytes()
    if harm == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif harm == "changed":
        file.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    elif harm == "gone":
        file.unlink()
    else:
        table, stamp = stage.read_table(file) or (None, {})
        assert table is not None
        stage.write_table(there, spec, "007", table, stamp | {"fingerprint": "2e"})  # type: ignore[arg-type]
    assert sharing.fetch(str(there), tmp_path / "back", "007") is None
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("s4://bucket/stage", r"s4://bucket/stage cannot be used \(Protocol not known: s4\)"),
        (
            "abfs://container/stage",
            r"abfs://container/stage cannot be opened \(.*adlfs.*install it here and on every worker",
        ),
        ("file:///proc/gongkai", "file:///proc/gongkai cannot be used"),
    ],
)
def test_a_location_that_cannot_be_used_is_named(made: Path, location: str, said: str) -> None:
    with pytest.raises(sharing.LocationError, match=said):
        sharing.put(made, location, "007")
    with pytest.raises(sharing.LocationError, match=said), sharing.probed(location):
        pass


def test_a_probe_leaves_nothing_behind(location: str) -> None:
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    fs, root = url_to_fs(location)
    with sharing.probed(location) as (name, token):
        assert fs.cat_file(f"{root}/{name}") == token.encode()
        fs.pipe_file(f"{root}/{name}-answer", b"seen")
    fs.invalidate_cache()
    assert fs.ls(root) == []
