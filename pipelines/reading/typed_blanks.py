"""Blank cells of a table that is typed one cell a line: lines that hold nothing, or pipes with nothing between them.

Here: how many stand behind each cell; not here: what is a table, or what its cells hold.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_HEAD = 4  # texts behind each other from which on they are a head, and no labels of one row
_BLANK = re.compile(r"[\s|]*")
_PADDING = re.compile(r"\|{2,}")  # at the end of a row that is shorter than others
_NOTHING = frozenset(["\n", "\r\n", " ", "\n\u3000\u3000"])
_LINE_END = re.compile(r"\r\n?|\n")


class _Step(NamedTuple):
    """From one cell to the next: `kind` is "tv" from a text to a value; `lines`, how many empty ones stand between them, and
    `pipes`, how many of these; `piped`: a pipe ends the next one."""

    kind: str
    lines: int
    pipes: int
    piped: bool


def blanks_behind(text: str, cells: Sequence[tuple[int, int]], is_value: Sequence[bool]) -> list[int]:
    """How many blank cells stand behind each cell of a run; none where the rows would be no more alike for it."""
    none = [0] * len(cells)
    between = {text[end:start] for (_, end), (start, _) in itertools.pairwise(cells)}
    if between <= _NOTHING:
        return none
    steps = list(_steps(text, cells, is_value))
    if _most_common(step.pipes for step in steps if step.kind[1] == "v"):
        found = list(_between_pipes(steps))
    elif any(step.lines for step in steps):
        found = max(_between_lines(steps), key=lambda blanks: _alike(is_value, blanks))
    else:
        return none
    alike = _alike(is_value, found)
    return found if alike == (1, -1) or alike > _alike(is_value, none) else none


def _steps(text: str, cells: Sequence[tuple[int, int]], is_value: Sequence[bool]) -> Iterator[_Step]:
    """A step a cell; the last leads to whatever text follows."""
    behind = _BLANK.match(text, cells[-1][1])
    assert behind is not None
    places = [*cells, (behind.end(), behind.end())]
    kinds = ["tv"[value] for value in is_value] + ["t"]
    for ((_, end), kind), ((start, stop), following) in itertools.pairwise(zip(places, kinds, strict=True)):
        lines, pipes = _between(text[end:start])
        yield _Step(kind + following, lines, pipes, pipes > 0 and text[stop : stop + 3].lstrip(" ").startswith("|"))


@lru_cache(maxsize=1_000)
def _between(text: str) -> tuple[int, int]:
    """How many empty lines and how many pipes; no lines where others stand there too, since a page ends there."""
    lines = [line.strip() for line in _LINE_END.split(text)[1:-1]].count("") if _BLANK.fullmatch(text) else 0
    return lines, _PADDING.sub("", text).count("|")


def _between_pipes(steps: Sequence[_Step]) -> Iterator[int]:
    """A pipe stands between cells, and in some tables one more before each row; others stand around blank cells."""
    ends = [step.pipes > 1 for step in steps if step.kind == "vt" and step.piped]
    heads = [step.pipes > 1 for step in steps if step.kind == "tt" and step.piped]
    begins_rows = bool(ends) and all(ends) and (any(heads) or not heads)
    texts = 0  # of the row so far, none of them behind a value
    for step in steps:
        texts = texts + 1 if step.kind[0] == "t" else 0
        begins_row = begins_rows and ((step.kind[1] == "t" and step.piped) or texts >= _HEAD)
        yield max(0, step.pipes - 1 - begins_row)
        texts = 0 if step.pipes > 1 else texts


def _between_lines(steps: Sequence[_Step]) -> Iterator[list[int]]:
    """Empty lines beyond those that stand between cells anyway; first where they also divide rows, then where they do not."""
    usual = {kind: _most_common(step.lines for step in steps if step.kind == kind) for kind in ("vv", "tv", "vt")}
    within = min(usual["vv"], usual["tv"])
    for between_rows in (usual["vt"], within):
        beyond = [step.lines - (between_rows if step.kind == "vt" else within) for step in steps]
        yield [max(0, n) // (within + 1) if n % (within + 1) == 0 else 0 for n in beyond]


def _most_common(counts: Iterable[int]) -> int:
    found = Counter(counts)
    return max(found, key=lambda n: (found[n], -n), default=0)


def _alike(is_value: Sequence[bool], blanks: Sequence[int]) -> tuple[float, int]:
    """How alike rows are: the share that has as many cells behind its labels as most have, and fewer numbers of cells."""
    widths: list[int] = []
    width = 0
    for i, (value, blank) in enumerate(zip(is_value, blanks, strict=True)):
        if not value and width:
            widths.append(width)
            width = 0
        width += value + blank
        if i + 1 == len(is_value) and width:
            widths.append(width)
    counts = Counter(widths)
    return max(counts.values(), default=0) / max(1, len(widths)), -len(counts)
