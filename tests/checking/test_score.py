"""Hand labels held against what was read: of a made-up body, in our own words. The figures are counted by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipelines.checking.labels import Label, LabelsError, read_labels
from pipelines.checking.score import Score, score_report


def label(surface: str, start: int, indicator: str, value: float | None, **told: str) -> Label:
    words = {"basis": "level", "period": "2020", "base_period": "", "applicant": "", "outcome": ""} | told
    return Label(indicator=indicator, value=value, surface=surface, start=start, **words)


RECEIVED = label("3件", 10, "requests.received", 3)
ANSWERED = label("3件", 20, "requests.answered", 3)
STAFF = label("5人", 30, "capacity.staff", 5)
OTHER = label("7个", 40, "other.公示栏", 7)


def cell(value: float | None) -> Label:
    return label("", 0, "requests.received", value, applicant="natural_person")


@pytest.mark.parametrize(
    ("labels", "numbers", "expected"),
    [
        pytest.param([RECEIVED, ANSWERED], [RECEIVED, ANSWERED], Score(2, 2, 2, 2), id="all right"),
        pytest.param([RECEIVED, ANSWERED], [RECEIVED], Score(2, 1, 1, 1), id="one missed"),
        pytest.param([RECEIVED], [RECEIVED, STAFF], Score(1, 2, 1, 1), id="one too many"),
        pytest.param([RECEIVED, OTHER], [RECEIVED, OTHER], Score(1, 1, 1, 1), id="without a code is not counted"),
        pytest.param([OTHER], [label("7个", 40, "capacity.staff", 7)], Score(0, 1), id="coded where no code fits"),
        pytest.param(
            [RECEIVED], [label("3件", 10, "requests.received", 3, period="2019")], Score(1, 1, 1, 0), id="other period"
        ),
        pytest.param(
            [label("3件", 10, "requests.received", -3, basis="change_abs")],
            [label("3件", 10, "requests.received", 3, basis="change_abs")],
            Score(1, 1, 1, 0),
            id="sign lost",
        ),
        pytest.param(
            [RECEIVED], [label("3 件", 99, "requests.received", 3)], Score(1, 1, 1, 1), id="blanks, other place"
        ),
        pytest.param([RECEIVED, ANSWERED], [ANSWERED, RECEIVED], Score(2, 2, 2, 2), id="of twins the nearest"),
        pytest.param([cell(4)], [cell(4)], Score(cells=1, cells_right=1), id="a cell"),
        pytest.param([cell(4)], [cell(5)], Score(cells=1), id="a cell misread"),
        pytest.param([cell(4)], [], Score(cells=1), id="a cell missed"),
        pytest.param([cell(None)], [cell(0)], Score(cells_invented=1), id="a blank cell is not a zero"),
    ],
)
def test_each_number_counts_once(labels: list[Label], numbers: list[Label], expected: Score) -> None:
    assert score_report(labels, numbers) == expected


def test_precision_recall_and_f1_are_per_cent() -> None:
    found = Score(labelled=4, coded=5, right=3, exact=2)
    assert (found.precision, found.recall, found.f1, found.exact_f1) == (60.0, 75.0, 66.7, 44.4)
    assert (Score().precision, Score().recall, Score().f1, Score().cells_share) == (None, None, None, None)


def write(folder: Path, name: str, lines: Iterable[object]) -> None:
    folder.mkdir(exist_ok=True)
    text = "".join((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)
    (folder / name).write_text(text, encoding="utf-8")


def test_labels_of_one_report_may_lie_in_several_folders(tmp_path: Path) -> None:
    write(
        tmp_path,
        "青川州-2020.jsonl",
        [{"report": "青川州-2020"}, {"indicator": "capacity.staff", "value": 5, "surface": "5人"}],
    )
    write(tmp_path / "forms", "青川州-2020.jsonl", [{"indicator": "requests.received", "value": None}])
    blank, prose = sorted(read_labels(tmp_path)["青川州-2020"], key=lambda label: label.surface)
    assert (prose.surface, prose.value, prose.start) == ("5人", 5.0, -1)
    assert (blank.surface, blank.value) == ("", None)


@pytest.mark.parametrize("line", ["{", '{"indicator": "x"}', '{"indicator": "x", "value": "many"}', "[1]", "7"])
def test_a_line_that_is_no_label_is_named(tmp_path: Path, line: str) -> None:
    write(tmp_path, "a.jsonl", [{"report": "a"}, line])
    with pytest.raises(LabelsError, match=r"a\.jsonl, line 2"):
        read_labels(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="nowhere"):
        read_labels(tmp_path / "nowhere")
