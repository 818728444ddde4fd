"""Shards: which must be made again, and which hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import shards, stage
from pipelines.inbox import scan
from pipelines.places import PROJECT
from pipelines.pool import make_shards
from pipelines.reading_pass import Task
from pipelines.schemas import QUANTITIES, REFUSALS, REPORT_TEXTS, REPORTS

# Names that fall into three shards.
FILES = {
    "青川州-2020.txt": "青川州人民政府2020年政府信息公开工作年度报告\n2020年收到公开申请3件,答复3件。",
    "云岭/青川州-2021.txt": "青川州人民政府2021年政府信息公开工作年度报告\n2021年收到公开申请5件,答复4件。",
    "old.doc": "\ufeff",
}
Run = Callable[[], shards.Plan]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "stage"


@pytest.fixture
def run(inbox: Path, folder: Path) -> Run:
    """Reads what must be read, and tells what that was."""

    def read() -> shards.Plan:
        found = shards.split(scan(inbox))
        shards.save_inventory(folder, found)
        plan = shards.plan(folder, shards.load_inventory(folder))
        tasks = [Task(shard, fingerprint, inbox, folder, code=plan.code) for shard, fingerprint in plan.make]
        make_shards(tasks, workers=1)
        shards.remove_stale(folder, found)
        return plan

    return read


def sources(folder: Path) -> list[str]:
    return sorted(row["source_path"] for row in stage.some_rows(folder, REPORTS, 100))


def test_a_second_run_reads_nothing_again(run: Run, folder: Path) -> None:
    assert run().files_to_read == 3
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    second = run()
    assert (second.files_to_read, second.files_kept) == (0, 3)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before


def test_every_file_is_a_report_or_a_refusal(run: Run, folder: Path) -> None:
    run()
    assert sources(folder) == ["云岭/青川州-2021.txt", "青川州-2020.txt"]
    [refused] = stage.some_rows(folder, REFUSALS, 100)
    assert refused["source_path"] == "old.doc"
    assert "save it as" in refused["reason"]


def test_only_the_shard_of_a_changed_file_is_made_again(run: Run, inbox: Path, folder: Path) -> None:
    run()
    (inbox / "青川州-2020.txt").write_text(FILES["青川州-2020.txt"] + "新增信息77条。", encoding="utf-8")
    assert [[file.source_path for file in shard.files] for shard, _ in run().make] == [["青川州-2020.txt"]]
    assert any("新增信息77条" in row["text"] for row in stage.some_rows(folder, REPORT_TEXTS, 100))


def test_a_removed_file_leaves_nothing_behind(run: Run, inbox: Path, folder: Path) -> None:
    run()
    (inbox / "青川州-2020.txt").unlink()
    assert run().files_to_read == 0
    assert sources(folder) == ["云岭/青川州-2021.txt"]


@pytest.mark.parametrize("harm", ["missing", "cut", "flipped"])
@pytest.mark.parametrize("table", ["reports", "quantities", "report_files"])
def test_a_damaged_file_is_made_anew(run: Run, folder: Path, table: str, harm: str) -> None:
    run()
    path = folder / table / f"{shards.shard_of('青川州-2020.txt')}.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 5] ^= 0xFF
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(bytes(data) if harm == "flipped" else data[: len(data) // 2])
    run()
    assert stage.stamp_of(path) is not None
    assert sources(folder) == ["云岭/青川州-2021.txt", "青川州-2020.txt"]
    assert run().files_to_read == 0


def test_ids_and_rows_are_the_same_wherever_and_whenever_they_are_made(
    run: Run, inbox: Path, folder: Path, tmp_path: Path
) -> None:
    run()
    first = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.parquet")}
    shutil.rmtree(folder)
    run()
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.parquet")} == first


def test_evidence_stands_where_its_offsets_say(run: Run, folder: Path) -> None:
    run()
    texts = {row["report_id"]: row["text"] for row in stage.some_rows(folder, REPORT_TEXTS, 100)}
    rows = stage.some_rows(folder, QUANTITIES, 1000)
    assert len(rows) == 4
    for row in rows:
        assert texts[row["report_id"]][row["char_start"] : row["char_end"]] == row["surface"]


@pytest.mark.parametrize(
    "change", ["warehouse/reference/units.yaml", "pipelines/extraction/new.py", "pipelines/stage.py"]
)
def test_new_code_or_new_reference_data_makes_every_shard_again(tmp_path: Path, change: str) -> None:
    for part in ("pipelines", "warehouse/reference"):
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    assert shards.code_digest(tmp_path) == shards.code_digest(tmp_path.resolve() / ".")
    before = shards.code_digest.__wrapped__(tmp_path)
    with (tmp_path / change).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert shards.code_digest.__wrapped__(tmp_path) != before


def test_the_command_line_is_no_part_of_what_a_reading_depends_on(tmp_path: Path) -> None:
    for part in ("pipelines", "warehouse/reference"):
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    before = shards.code_digest.__wrapped__(tmp_path)
    (tmp_path / "pipelines" / "cli.py").write_text("# changed\n", encoding="utf-8")
    assert shards.code_digest.__wrapped__(tmp_path) == before


def test_of_a_shard_only_the_file_that_changed_is_read_and_the_rows_are_as_if_all_were(
    inbox: Path, tmp_path: Path
) -> None:
    def make(name: str, code: str, away: str = "") -> dict[Path, bytes]:
        task = Task(shards.Shard("000", scan(inbox).files), "1f", inbox, tmp_path / name, code=code)
        if away:  # what is not read need not be there
            (inbox / away).rename(tmp_path / "away")
        make_shards([task], workers=1)
        if away:
            (tmp_path / "away").rename(inbox / away)
        return {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.parquet")}

    make("stage", "code 1")
    (inbox / "青川州-2020.txt").write_text(FILES["青川州-2020.txt"] + "培训4次。", encoding="utf-8")
    assert make("stage", "code 1", away="云岭/青川州-2021.txt") == make("anew", "code 1")
    assert sources(tmp_path / "stage") == ["云岭/青川州-2021.txt", "青川州-2020.txt"]
    make("stage", "code 2", away="云岭/青川州-2021.txt")
    assert sources(tmp_path / "stage") == ["青川州-2020.txt"]


@pytest.mark.parametrize(("files", "count"), [(8, 128), (64_000, 128), (64_001, 256), (5_000_000, 16_384)])
def test_shards_stay_small_however_many_files_there_are(files: int, count: int) -> None:
    assert shards.shard_count(files) == count
