"""Before a run it is looked whether it would change anything; whatever could have changed is noticed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.definitions import defs
from pipelines.look import all_done
from pipelines.places import PROJECT, Places
from pipelines.resources import Folders, Workers

REPORT = "青川州人民政府{year}年政府信息公开工作年度报告\n{year}年收到公开申请3件,答复3件。\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A warehouse of two reports, whole: read, published, drawn."""
    folder = tmp_path_factory.mktemp("made")
    places = Places(folder / "inbox", folder / "w")
    places.inbox.mkdir()
    for year in (2019, 2020):
        (places.inbox / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    folders = Folders(inbox=str(places.inbox), warehouse=str(places.warehouse))
    run = defs.resolve_job_def("everything").execute_in_process(
        resources={"folders": folders, "workers": Workers(processes=1)}
    )
    assert run.success
    return places


def _write(file: Path, content: bytes) -> None:
    """As a new file: the one of before is linked to."""
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def _report(year: int) -> bytes:
    return REPORT.format(year=year).encode()


_CHANGES: dict[str, Callable[[Places], object]] = {
    "a file is added": lambda p: _write(p.inbox / "2021.txt", _report(2021)),
    "a file is changed": lambda p: _write(p.inbox / "2020.txt", _report(2018)),
    "a file is removed": lambda p: (p.inbox / "2020.txt").unlink(),
    "the inbox is gone": lambda p: shutil.rmtree(p.inbox),
    "a shard is damaged": lambda p: [
        _write(file, file.read_bytes()[:-99]) for file in (p.stage / "quantities").glob("*.parquet")
    ],
    "the stage is gone": lambda p: shutil.rmtree(p.stage),
    "the published file is gone": lambda p: p.published.unlink(),
    "the published file is another": lambda p: _write(p.published, p.published.read_bytes()),
    "there are corrections": lambda p: shutil.copy(PROJECT / "warehouse" / "corrections.csv", p.warehouse),
    "a page is gone": lambda p: (p.atlas / "index.html").unlink(),
    "there are labels": lambda p: (p.inbox.parent / "labels").mkdir(),
}


@pytest.fixture
def places(made: Places) -> Iterator[Places]:
    """The warehouse that is whole; what a test does to it is undone, down to the very files."""
    folder = made.inbox.parent
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept, copy_function=os.link)
    yield made
    shutil.rmtree(folder)
    kept.rename(folder)


def test_nothing_is_done_twice(made: Places) -> None:
    assert all_done(made) == 2


@pytest.mark.parametrize("change", _CHANGES)
def test_what_has_changed_since_is_noticed(places: Places, change: str) -> None:
    assert all_done(places) == 2
    _CHANGES[change](places)
    assert all_done(places) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGKAI_SHOW_CONTACTS", "1"),
        ("GONGKAI_ATLAS_REPORTS", "1"),
        ("GONGKAI_ATLAS_BODIES", "1"),
        ("GONGKAI_LABELS", "here"),
    ],
)
def test_what_is_asked_for_otherwise_is_noticed(
    made: Places, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert all_done(made) is None


def test_a_touch_changes_nothing(places: Places) -> None:
    _write(places.inbox / "2020.txt", _report(2020))
    assert all_done(places) == 2
