"""How well numbers are coded, held against hand labels (labels.py): precision, recall and F1. Reads a published warehouse
or one being built; writes nothing.

A number and a label are the same where the words are the same, wherever blanks stand, and the amount; of several, the
nearest. Cells of tables are the same where indicator, applicant and outcome are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

import duckdb

from pipelines.checking.labels import UNCODED, Label, read_labels

_NEAR = 1e-6


@dataclass(slots=True)
class Score:
    """Counts of numbers; the shares are per cent, None where there is nothing to divide by.

    `labelled` and `coded` are the labels and the numbers of prose that bear an indicator, `right` those that agree on
    it, `exact` those that agree on value, basis, period and base period too. `cells` are printed cells of labelled
    tables, `cells_right` those read so; `cells_invented` are blank ones that were given a value.
    """

    labelled: int = 0
    coded: int = 0
    right: int = 0
    exact: int = 0
    cells: int = 0
    cells_right: int = 0
    cells_invented: int = 0

    @property
    def precision(self) -> float | None:
        return _share(self.right, self.coded)

    @property
    def recall(self) -> float | None:
        return _share(self.right, self.labelled)

    @property
    def f1(self) -> float | None:
        """Twice the right among the coded and the labelled together: the harmonic mean of precision and recall."""
        return _share(2 * self.right, self.coded + self.labelled)

    @property
    def exact_f1(self) -> float | None:
        return _share(2 * self.exact, self.coded + self.labelled)

    @property
    def cells_share(self) -> float | None:
        return _share(self.cells_right, self.cells)

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Scores:
    """The score of each labelled report that is in the warehouse, and the labelled reports that are not."""

    reports: dict[str, Score]
    absent: list[str]

    @property
    def total(self) -> Score:
        return sum(self.reports.values(), Score())


def score(con: duckdb.DuckDBPyConnection, folder: Path) -> Scores:
    """Scores what `con` holds against the labels below `folder`. Raises LabelsError."""
    labels = read_labels(folder)
    numbers = _numbers(con, labels)
    scored = {name: score_report(labels[name], numbers[name]) for name in labels if name in numbers}
    return Scores(scored, sorted(set(labels) - set(scored)))


def score_report(labels: Sequence[Label], numbers: Sequence[Label]) -> Score:
    """One report: what a person read, and what was read by rule in the same shape."""
    prose = [label for label in labels if label.surface]
    found = _score_prose(prose, [number for number in numbers if number.surface]) if prose else Score()
    cells = [label for label in labels if not label.surface]
    return found + _score_cells(cells, [number for number in numbers if not number.surface])


def _score_prose(labels: Sequence[Label], numbers: Sequence[Label]) -> Score:
    twins = defaultdict(list)
    for number in numbers:
        twins[_words(number)].append(number)
    found = Score(labelled=sum(label.coded for label in labels), coded=sum(number.coded for number in numbers))
    for label in sorted(labels, key=lambda label: label.start):
        same = twins[_words(label)]
        if not same:
            continue
        # A sum of money may be printed once and stand for two things: of those at one place the one that agrees.
        number = min(same, key=lambda n: (_apart(n, label), n.indicator != label.indicator))
        same.remove(number)
        if label.coded and number.indicator == label.indicator:
            found.right += 1
            found.exact += _told(number) == _told(label) and _equal(number.value, label.value)
    return found


def _score_cells(labels: Sequence[Label], numbers: Sequence[Label]) -> Score:
    cells = {(n.indicator, n.applicant, n.outcome): n.value for n in numbers}
    found = Score()
    for label in labels:
        value = cells.get((label.indicator, label.applicant, label.outcome))
        if label.value is None:
            found.cells_invented += value is not None
        else:
            found.cells += 1
            found.cells_right += _equal(value, label.value)
    return found


def _numbers(con: duckdb.DuckDBPyConnection, wanted: Iterable[str]) -> dict[str, list[Label]]:
    """The numbers of the reports of these names, as labels. A report in two files keeps the first."""
    named: dict[str, str] = {}
    for report_id, path in con.execute("select report_id, source_path from reports order by source_path").fetchall():
        named.setdefault(PurePosixPath(path).stem, report_id)
    found: dict[str, list[Label]] = {name: [] for name in wanted if name in named}
    names = {named[name]: name for name in found}
    rows = con.execute(
        f"""
        select report_id, coalesce(indicator, '{UNCODED}'), value, basis, period, base_period, applicant, outcome,
            case origin when 'prose' then surface else '' end, char_start
        from quantities
        where list_contains(?, report_id)
        order by report_id, char_start, quantity_id
        """,
        [list(names)],
    ).fetchall()
    for report_id, *told in rows:
        found[names[report_id]].append(Label(*told))
    return found


def _words(label: Label) -> tuple[str, float]:
    # The sign of a change is in the words around it, and right or wrong: it does not make another number.
    return "".join(label.surface.split()), round(abs(label.value or 0.0), 6)


def _apart(number: Label, label: Label) -> int:
    return abs(number.start - label.start) if label.start >= 0 else 0


def _told(label: Label) -> tuple[str, str, str]:
    return label.basis, label.period, label.base_period


def _equal(left: float | None, right: float | None) -> bool:
    return left is not None and right is not None and abs(left - right) < _NEAR


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
