"""The lexicon as data: its codes exist, its patterns cannot run away, and a new indicator is a row and a cue."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import regex
import yaml

from pipelines.extraction.lexicon import load_cues
from pipelines.reference import REFERENCE, load_csv, load_yaml

_INDICATORS = {row["indicator"] for row in load_csv("indicators.csv")}
_PROJECT = REFERENCE.parent.parent


@pytest.mark.parametrize("cue", load_cues(), ids=lambda cue: cue.name)
def test_a_cue_points_to_an_indicator_of_the_catalogue(cue: object) -> None:
    assert getattr(cue, "indicator") in _INDICATORS  # noqa: B009


def test_zeros_in_words_point_to_indicators_of_the_catalogue() -> None:
    assert {thing["to"] for thing in load_yaml("lexicon/zeros.yaml")["things"]} <= _INDICATORS


def _patterns() -> dict[str, str]:
    """Every pattern of the lexicon, by where it stands."""
    found: dict[str, str] = {}

    def walk(node: object, name: str) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key != "begins":  # characters, not a pattern
                    walk(value, f"{name}.{key}")
        elif isinstance(node, list):
            for index, value in enumerate(node):
                walk(value, f"{name}.{index}")
        elif isinstance(node, str) and any(c in node for c in "(|[*+?") and "{{" not in node:
            found[name] = node

    for path in sorted((REFERENCE / "lexicon").rglob("*.yaml")):
        walk(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem)
    return found


_PIECES = [
    "公开",
    "信息",
    "、",
    "申请公开",
    "1",
    "1,",
    "0.",
    "(",
    "行政复议、",
    "其中",
    "年",
    "无",
    "未收到",
    "A",
    "A1-",
    "@a.",
    "结转",
    "12月",
    "“",
]
_ADVERSE = [piece * (4000 // len(piece)) for piece in (*_PIECES, " ")]


@pytest.mark.parametrize(("name", "pattern"), _patterns().items(), ids=list(_patterns()))
def test_no_pattern_runs_away_on_adverse_text(name: str, pattern: str) -> None:
    compiled = regex.compile(pattern)
    start = time.process_time()
    for text in _ADVERSE:
        for _ in compiled.finditer(text, timeout=2):
            pass
    assert time.process_time() - start < 2, name


def test_a_new_indicator_is_a_row_and_a_cue(tmp_path: Path) -> None:
    shutil.copytree(_PROJECT / "pipelines", tmp_path / "pipelines")
    shutil.copytree(REFERENCE, tmp_path / "warehouse" / "reference")
    with (tmp_path / "warehouse/reference/indicators.csv").open("a", encoding="utf-8") as stream:
        stream.write("other.trees,其他,植树,Trees planted,株,flow,,\n")
    (tmp_path / "warehouse/reference/lexicon/cues/trees.yaml").write_text(
        "- {to: other.trees, cue: '栽种|植树', unit: [株], weight: 7}\n", encoding="utf-8"
    )
    code = "from pipelines.extraction import extract; print([q.indicator for q in extract('全年栽种果树300株。', year=2018)])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['other.trees']"
