"""The repository itself: what it may name, and that its pages tell the truth."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import PROJECT

PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    return [PROJECT / name for name in listed.stdout.split("\0") if name and (PROJECT / name).is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every tracked file that is text, by its path."""
    found = {}
    for path in tracked():
        try:
            found[path.relative_to(PROJECT).as_posix()] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
    assert len(found) > 50
    return found


def test_the_lock_names_public_hosts_only() -> None:
    named = set(re.findall(r"https?://([^/\"\s]+)", (PROJECT / "uv.lock").read_text(encoding="utf-8")))
    assert named == PUBLIC_HOSTS


def test_every_locked_file_has_its_hash() -> None:
    files = [
        line
        for line in (PROJECT / "uv.lock").read_text(encoding="utf-8").splitlines()
        if "files.pythonhosted.org" in line
    ]
    assert len(files) > 100
    assert [line for line in files if "sha256:" not in line] == []


def test_no_file_names_a_folder_of_somebody_s_machine(texts: dict[str, str]) -> None:
    paths = re.compile(r"(?<![\w.~])/(?:root|home/\w+|Users/\w+|work)/[\w.]")
    named = {
        name: match[0]
        for name, text in texts.items()
        if (match := paths.search(text)) and name != "tests/test_project.py"
    }
    assert named == {}


def test_links_between_pages_lead_somewhere(texts: dict[str, str]) -> None:
    dead = [
        f"{name} → {target}"
        for name, text in texts.items()
        if name.endswith(".md")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", text)
        if not (PROJECT / name).parent.joinpath(target).exists()
    ]
    assert dead == []


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"^make (\w+)", (PROJECT / "README.md").read_text(encoding="utf-8"), re.M)))
)
def test_the_readme_s_make_targets_are_listed_by_make_help(command: str) -> None:
    listed = subprocess.run(["make", "-s", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^ *make {command} ", listed, re.M), listed


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_readme", PROJECT / "scripts" / "refresh_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_readme_shows_what_its_commands_and_queries_really_answer(
    name: str, refresh: ModuleType, sample_run: tuple[Path, str]
) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert len(refresh.queries(text)) == 10
    told = refresh.refreshed(text, *sample_run)
    assert text == told, f"{name} is out of date: .venv/bin/python scripts/refresh_readme.py"


def test_both_readmes_ask_the_same_queries(refresh: ModuleType) -> None:
    english, chinese = (refresh.queries((PROJECT / name).read_text(encoding="utf-8")) for name in refresh.READMES)
    assert english == chinese
