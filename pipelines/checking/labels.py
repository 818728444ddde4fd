"""Hand labels: what a person read off a report, to hold what was read by rule against. Here: reading a folder of them;
not here: the comparison (score.py).

A file `<report>.jsonl` labels the report whose file has that name, whatever its ending and folder. A line is a JSON object. One
that has no `indicator` describes the report. Every other one is a number, with `indicator` (a code, or `other.…` where
none fits), `value` (null in a blank cell), `basis`, `period` and `base_period`; of prose also `surface`, the number as
printed, and `start`, its place in the text; of a statutory table `applicant` and `outcome` instead.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNCODED = "other."


class LabelsError(Exception):
    """Labels cannot be read. The message says which file and line, and what to do."""


@dataclass(frozen=True, slots=True)
class Label:
    """A number of a report as a person reads it. `surface` is empty for a cell; `start` is -1 where it is not told."""

    indicator: str
    value: float | None
    basis: str
    period: str
    base_period: str
    applicant: str
    outcome: str
    surface: str
    start: int

    @property
    def coded(self) -> bool:
        return not self.indicator.startswith(UNCODED)


def read_labels(folder: Path) -> dict[str, list[Label]]:
    """The labels of every report below `folder`, by the report's name. Raises LabelsError."""
    if not folder.is_dir():
        raise LabelsError(f"{folder}, which GONGKAI_LABELS or `labels` names, is not a folder.")
    found: dict[str, list[Label]] = {}
    for path in sorted(folder.rglob("*.jsonl")):
        found.setdefault(path.stem, []).extend(_labels_of(path))
    return found


def _labels_of(path: Path) -> list[Label]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path} cannot be read as UTF-8: {error}. Mend or remove it.") from error
    labels = []
    for number, line in enumerate(lines, start=1):
        try:
            fact = json.loads(line) if line.strip() else {}
            if not isinstance(fact, dict):
                raise ValueError("not an object")
            if "indicator" in fact:
                labels.append(_label(fact))
        except (ValueError, TypeError, KeyError) as error:
            raise LabelsError(
                f"{path}, line {number} is no label ({error}). Each line is a JSON object with indicator and value."
            ) from error
    return labels


def _label(fact: dict[str, Any]) -> Label:
    value = fact["value"]
    words = {
        key: str(fact.get(key) or "") for key in ("basis", "period", "base_period", "applicant", "outcome", "surface")
    }
    start = fact.get("start")
    return Label(
        indicator=str(fact["indicator"]),
        value=None if value is None else float(value),
        start=-1 if start is None else int(start),
        **words,
    )
