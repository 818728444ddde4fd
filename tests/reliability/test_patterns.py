"""Every regular expression of the code and of the reference data, on texts made against it: none runs away, and no text
made of what the slowest stumble over takes long to read."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from pipelines.extraction.whole import extract_document
from pipelines.language.privacy import mask
from pipelines.reading import read_bytes
from tests.conftest import PROJECT
from tests.reliability.patterns import LONG, SHORT
from tests.reliability.seeds import HTML, TEXT

Row = dict[str, object]
CHARACTERS = 10_000
SECONDS = 4.0
"""Of the processor, for such a text in a file."""


@pytest.fixture(scope="module")
def measured() -> list[tuple[Row, Row]]:
    """Each pattern with what it took; the last one is without where it ran away."""
    command = [sys.executable, "-m", "tests.reliability.patterns"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            told, wrong = run.communicate(timeout=400)
        except subprocess.TimeoutExpired:
            run.kill()
            told, wrong = run.communicate()
    rows = [json.loads(line) for line in told.split("\n") if line]
    assert run.returncode == 0, f"{wrong}\nThe last pattern: {rows[-1:]}"
    return list(zip(rows[::2], rows[1::2], strict=True))


def test_patterns_of_all_parts_are_tried(measured: list[tuple[Row, Row]]) -> None:
    files = {str(which["file"]).partition("/")[0] for which, _ in measured}
    assert {"reading", "language", "extraction", "warehousing"} <= files
    assert len(measured) > 400
    assert any("身份证" in str(which["pattern"]) for which, _ in measured)  # read from the reference data


def test_no_pattern_takes_more_than_the_square_of_a_text_s_length(measured: list[tuple[Row, Row]]) -> None:
    times = (LONG / SHORT) ** 2 * 1.6
    bad = [(which, took) for which, took in measured if took["long"] > 0.3 + times * took["short"]]  # type: ignore[operator]
    assert bad == []


def test_what_the_slowest_stumble_over_is_read_in_seconds(measured: list[tuple[Row, Row]]) -> None:
    slowest = sorted((took for _, took in measured), key=lambda took: -float(str(took["long"])))
    units = list(dict.fromkeys(str(took["unit"]) for took in slowest))[:20]
    assert len(units) == 20
    late = []
    for unit in units:
        body = (unit * CHARACTERS)[:CHARACTERS]
        shown = body.replace("\n", "<br>")
        page = HTML.replace(
            "</body>", f"<p>{body}</p><p>{shown}</p><table><tr><td>{body}</td><td>3</td></tr></table></body>"
        )
        for suffix, data in ((".txt", TEXT + body + "公开信息3条。"), (".html", page)):
            started = time.process_time()
            document = read_bytes(data.encode(), suffix)
            extract_document(document, f"a{suffix}")
            mask(document.text)
            if (took := time.process_time() - started) > SECONDS:
                late.append((suffix, unit, round(took, 1)))
    assert late == []
