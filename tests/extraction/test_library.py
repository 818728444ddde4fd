"""The library as the READMEs show it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_example_prints_what_the_readme_says(readme: str) -> None:
    text = (_PROJECT / readme).read_text(encoding="utf-8")
    block = next(b for b in text.split("```python\n")[1:] if "import extract" in b).split("```")[0]
    said = [line.removeprefix("# ").strip() for line in block.splitlines() if line.startswith("# ")]
    done = subprocess.run([sys.executable, "-c", block], cwd=_PROJECT, capture_output=True, text=True, check=True)
    assert [line.strip() for line in done.stdout.splitlines()] == said


def test_the_library_needs_no_dagster_duckdb_or_pandas() -> None:
    code = (
        "import sys, pipelines.extraction, pipelines.reading, pipelines.language.regions\n"
        "print(sorted({'dagster', 'duckdb', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=_PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
