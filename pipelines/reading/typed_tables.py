"""Tables typed into plain text: pipes, tabs, or one cell a line. Cells keep their true places in the text."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipelines.reading.building import RawCell, check_size
from pipelines.reading.document import Cell, ReadingError, Table
from pipelines.reading.limits import MAX_CELLS

_LINE = re.compile(r"[^\r\n]+")
_PIPE = re.compile(r"(?<!\\)[|｜│┃]")
_TAB = re.compile(r"\t")
_RULE = re.compile(r"[\s|｜│┃+＋:=─━┄┼├┤┌┐└┘┬┴╋┠┨┏┓┗┛┯┷-]+$")
_DRAWN = re.compile(r"[-=─━┄┼]")
_SURELY_DRAWN = re.compile(r"--|:-|-:|[=─━┄┼+]")
_VALUE = re.compile(
    r"(?:[-+]?[\d,，]+(?:\.\d+)?\s*%?|[-－—–/／\\]{1,4}|[\d,.]+\s*[件条次个人元万项篇场期份]{1,2}|[件条次个人元项篇场期份]|万元)$"
)
_ENDS_PROSE = re.compile(r"[。！？；]")
_LONG = 200  # characters: no cell of a form has more
_LABEL_LENGTH = 45
_LABELS_BEFORE = 24
_LINES_NEEDED = 8


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def find_tables(text: str, known: Iterable[Table] = ()) -> list[Table]:
    """Tables in reading order, none inside the `known` ones. Raises ReadingError beyond the limits."""
    tables: list[Table] = []
    for start, end in _gaps(text, known):
        lines = [_Line(m.start(), m.end(), m.group()) for m in _LINE.finditer(text, start, end) if m.group().strip()]
        taken = _delimited(lines, _is_piped, _PIPE)
        taken += _delimited([line for line in lines if not _inside(line, taken)], _is_tabbed, _TAB)
        tables += taken + _one_a_line([line for line in lines if not _inside(line, taken)], taken)
    if sum(len(table.cells) for table in tables) > MAX_CELLS:
        raise ReadingError(f"more than {MAX_CELLS} table cells; split the file, or leave the annex tables out")
    return sorted(tables, key=lambda table: table.start)


def _gaps(text: str, known: Iterable[Table]) -> Iterator[tuple[int, int]]:
    place = 0
    for table in sorted(known, key=lambda t: t.start):
        yield place, table.start
        place = table.end
    yield place, len(text)


def _inside(line: _Line, tables: list[Table]) -> bool:
    return any(table.start <= line.start < table.end for table in tables)


def _is_piped(line: _Line) -> bool:
    return bool(_PIPE.search(line.text)) and not _is_running(line, _PIPE)


def _is_tabbed(line: _Line) -> bool:
    return "\t" in line.text.strip(" ") and not _is_running(line, _TAB)


def _is_rule(line: _Line, number: int) -> bool:
    """Whether a line only rules the table. Single dashes are a rule below the head, and blank cells elsewhere."""
    drawn = _RULE.match(line.text) and _DRAWN.search(line.text)
    return bool(drawn) and (number == 1 or bool(_SURELY_DRAWN.search(line.text)))


def _is_running(line: _Line, mark: re.Pattern[str]) -> bool:
    """Whether a marked line is a sentence, set in or with a mark in it, rather than a row."""
    filled = [part for part in mark.split(line.text) if part.strip()]
    return (len(filled) == 1 and bool(_ENDS_PROSE.search(filled[0]))) or any(len(part) > _LONG for part in filled)


def _delimited(lines: list[_Line], belongs: Callable[[_Line], bool], mark: re.Pattern[str]) -> list[Table]:
    """Runs of lines of which at least two are rows of several cells."""
    tables = []
    for run in _runs(lines, belongs):
        lines = [line for number, line in enumerate(run) if not _is_rule(line, number)]
        bounds = _bounds(lines) if mark is _PIPE else (False, False)
        rows = [_cells(line, mark, bounds) for line in lines]
        filled = any(sum(bool(text) for _, text in row) > 1 for row in rows)
        if filled and sum(len(row) > 1 for row in rows) >= 2:
            tables.append(_table(run, rows))
    return tables


def _runs(lines: list[_Line], belongs: Callable[[_Line], bool]) -> Iterator[list[_Line]]:
    run: list[_Line] = []
    for line in lines:
        if belongs(line):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _bounds(lines: list[_Line]) -> tuple[bool, bool]:
    """Whether all rows begin, and all end, with a pipe: then it bounds the table and divides no cells."""
    texts = [line.text.strip() for line in lines]
    return all(_PIPE.match(text) for text in texts), all(_PIPE.match(text[-1:]) for text in texts)


def _cells(line: _Line, mark: re.Pattern[str], bounds: tuple[bool, bool]) -> list[tuple[int, str]]:
    """Place and text of what stands between the marks, blanks around it left out."""
    text = line.text
    marks = [m.start() for m in mark.finditer(text)]
    edges = [*([] if bounds[0] else [-1]), *marks, *([] if bounds[1] else [len(text)])]
    cells = []
    for left, right in itertools.pairwise(edges):
        raw = text[left + 1 : right]
        lead = len(raw) - len(raw.lstrip()) if raw.strip() else 0
        cells.append((line.start + left + 1 + lead, raw.strip()))
    return cells


def _table(run: list[_Line], rows: list[list[tuple[int, str]]]) -> Table:
    check_size(RawCell("", row, len(cells) - 1) for row, cells in enumerate(rows) if cells)
    cells = tuple(
        Cell(text, row, column, start=place, end=place + len(text))
        for row, places in enumerate(rows)
        for column, (place, text) in enumerate(places)
    )
    return Table(cells, run[0].start, run[-1].end)


def _one_a_line(lines: list[_Line], taken: list[Table]) -> list[Table]:
    """Forms typed one cell a line: long runs of short lines, many of them figures. One column, a row a line."""
    tables = []
    for run in _runs_between(lines, taken):
        values = [i for i, line in enumerate(run) if _VALUE.match(line.text.strip())]
        if not values:
            continue
        part = run[max(0, values[0] - _LABELS_BEFORE) : values[-1] + 1]
        if len(part) >= _LINES_NEEDED and len(values) >= max(4, len(part) * 0.3):
            rows = [[(line.start + len(line.text) - len(line.text.lstrip()), line.text.strip())] for line in part]
            tables.append(_table(part, rows))
    return tables


def _runs_between(lines: list[_Line], taken: list[Table]) -> Iterator[list[_Line]]:
    """Runs of short lines that no found table interrupts."""
    starts = sorted(table.start for table in taken)
    run: list[_Line] = []
    for line in lines:
        short = len(line.text.strip()) <= _LABEL_LENGTH and not _ENDS_PROSE.search(line.text)
        crosses = bool(run) and bisect.bisect(starts, run[-1].start) != bisect.bisect(starts, line.start)
        if run and (crosses or not short):
            yield run
            run = []
        if short:
            run.append(line)
    if run:
        yield run
