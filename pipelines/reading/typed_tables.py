"""Tables typed into plain text: pipes, tabs, or one cell a line. Cells keep their true places in the text."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipelines.reading.building import RawCell, check_size
from pipelines.reading.document import Block, Cell, Document, ReadingError, Table
from pipelines.reading.limits import MAX_CELLS
from pipelines.reading.lines import lines_between
from pipelines.reading.page_numbers import numbers_page
from pipelines.reading.typed_blanks import blanks_behind

_PIPES = "|｜│┃"
_PIPE = re.compile(rf"(?<!\\)[{_PIPES}]")
_TAB = re.compile(r"\t")
_RULE = re.compile(r"[\s|｜│┃+＋:=─━┄┼├┤┌┐└┘┬┴╋┠┨┏┓┗┛┯┷-]+$")
_DRAWN = re.compile(r"[-=─━┄┼]")
_SURELY_DRAWN = re.compile(r"--|:-|-:|[=─━┄┼+]")
_VALUE = re.compile(
    r"(?:[-+]?[\d,，]+(?:\.\d+)?\s*%?|[-－—–/／\\]{1,4}|[\d,.]+\s*[件条次个人元万项篇场期份]{1,2}|[件条次个人元项篇场期份]|万元|[无零〇])$"
)
_SAID = frozenset("无零〇")  # zeros said in words
_ENDS_PROSE = re.compile(r"[。！？；]")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
_PIECE = re.compile(r"\S+")
_AROUND = " \t\u3000\u00a0|｜│┃"
_SPACED_PROSE = re.compile(r"\d\s+(?:[条件次个人项篇份期场起宗%]{1,2}\s*)?[，,、;]|[，、]\s*\d|,\s+\d|[。！？；]")
_LONG = 200  # characters: no cell of a form has more
_LABEL_LENGTH = 60
_LABELS_BEFORE = 24
_LINES_NEEDED = 8
_VALUES_NEEDED = 4
# Has only characters of values: every figure of a list does that stands between blanks, marks or pipes, few others do.
_MAY_BE_VALUE = re.compile(r"[-+\d,，.%—–－/／\\件条次个人元万项篇场期份]+|[无零〇]")
_FIRST_OF_VALUE = frozenset("-+0123456789,，.%—–－/／\\件条次个人元万项篇场期份") | _SAID
_MARKS = "。！？；" + _PIPES


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def find_tables(text: str, known: Iterable[Table] = ()) -> list[Table]:
    """Tables in reading order, none inside the `known` ones. Raises ReadingError beyond the limits."""
    tables: list[Table] = []
    for start, end in _gaps(0, len(text), known):
        tables += _tables_between(text, start, end)
    if sum(len(table.cells) for table in tables) > MAX_CELLS:
        raise ReadingError(f"more than {MAX_CELLS} table cells; split the file, or leave the annex tables out")
    return sorted(tables, key=lambda table: table.start)


def _tables_between(text: str, start: int, end: int) -> list[Table]:
    """The tables of a stretch of text; most hold nothing that a table is made of, which is seen before lines are cut."""
    piped = any(text.find(pipe, start, end) >= 0 for pipe in _PIPES) and _PIPE.search(text, start, end) is not None
    tabbed = text.find("\t", start, end) >= 0
    if not (piped or tabbed or _may_list(text, start, end, ())):
        return []
    lines = [_Line(place, place + len(line), line) for place, line in lines_between(text, start, end)]
    taken: list[Table] = _delimited(lines, _is_piped, _PIPE) if piped else []
    if tabbed:
        taken += _delimited(_outside(lines, taken), _is_tabbed, _TAB)
        taken.sort(key=lambda table: table.start)
    return taken + _one_a_line(text, _outside(lines, taken), taken) if _may_list(text, start, end, taken) else taken


def _may_list(text: str, start: int, end: int, taken: Iterable[Table]) -> bool:
    """Whether as many figures as a list needs may stand outside of the tables."""
    values = (value for gap in _gaps(start, end, taken) for value in _may_be_values(text, *gap))
    return len(list(itertools.islice(values, _VALUES_NEEDED))) == _VALUES_NEEDED


def _may_be_values(text: str, start: int, end: int) -> Iterator[str]:
    """What stands between blanks, marks or pipes and may be a figure."""
    stretch = text[start:end]
    if start and not (text[start - 1].isspace() or text[start - 1] in _MARKS):
        stretch = "…" + stretch  # it goes on from what stands before
    for mark in _MARKS:
        stretch = stretch.replace(mark, " ")
    for piece in stretch.split():
        if (piece[0] in _FIRST_OF_VALUE or piece[0].isdecimal()) and _MAY_BE_VALUE.fullmatch(piece):
            yield piece


def with_typed_tables(document: Document) -> Document:
    """A page or print with the tables that only their text tells: set without rules, or without table markup.

    A list that is too long for a table is none.
    """
    furniture = [block for block in document.blocks if block.kind == "furniture"]
    try:
        found = find_tables(document.text, document.tables)
    except ReadingError:
        return document
    ours = [table for table in found if not _overlaps_any(table, furniture)]
    if not ours:
        return document
    blocks = [block for block in document.blocks if not _overlaps_any(block, ours)]
    blocks += [Block("table", table.start, table.end) for table in ours]
    return replace(
        document,
        blocks=tuple(sorted(blocks, key=lambda block: block.start)),
        tables=tuple(sorted((*document.tables, *ours), key=lambda table: table.start)),
    )


def _overlaps_any(one: Block | Table, others: Sequence[Block] | Sequence[Table]) -> bool:
    """Whether it overlaps one of the others, which are in text order and do not overlap each other."""
    after = bisect.bisect_left(others, one.end, key=lambda other: other.start)
    return after > 0 and others[after - 1].end > one.start


def _gaps(start: int, end: int, known: Iterable[Table]) -> Iterator[tuple[int, int]]:
    for table in sorted(known, key=lambda t: t.start):
        yield start, table.start
        start = table.end
    yield start, end


def _outside(lines: list[_Line], tables: list[Table]) -> list[_Line]:
    """The lines that stand in none of the tables, which are in text order."""
    if not tables:
        return lines
    starts = [table.start for table in tables]
    before = [bisect.bisect_right(starts, line.start) for line in lines]
    return [line for line, n in zip(lines, before, strict=True) if not n or line.start >= tables[n - 1].end]


def _is_piped(line: _Line) -> bool:
    return bool(_PIPE.search(line.text)) and not _is_running(line, _PIPE)


def _is_tabbed(line: _Line) -> bool:
    return "\t" in line.text and "\t" in line.text.strip(" ") and not _is_running(line, _TAB)


def _is_rule(line: _Line, number: int) -> bool:
    """Whether a line only rules the table. Single dashes are a rule below the head, and blank cells elsewhere."""
    drawn = _RULE.match(line.text) and _DRAWN.search(line.text)
    return bool(drawn) and (number == 1 or bool(_SURELY_DRAWN.search(line.text)))


def _is_running(line: _Line, mark: re.Pattern[str]) -> bool:
    """Whether a marked line is a sentence, set in or with a mark in it, rather than a row."""
    filled = [part for part in _split(line.text, mark) if part.strip()]
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
    place = line.start
    cells = []
    for raw in _split(line.text, mark):
        bare = raw.strip()
        lead = len(raw) - len(raw.lstrip()) if bare and len(bare) < len(raw) else 0
        cells.append((place + lead, bare))
        place += len(raw) + 1
    return cells[bounds[0] : len(cells) - bounds[1]]


def _split(text: str, mark: re.Pattern[str]) -> list[str]:
    return text.split("\t") if mark is _TAB else mark.split(text)


def _table(run: list[_Line], rows: list[list[tuple[int, str]]]) -> Table:
    check_size(RawCell("", row, len(cells) - 1) for row, cells in enumerate(rows) if cells)
    cells = tuple(
        Cell(text, row, column, 1, 1, place, place + len(text))
        for row, places in enumerate(rows)
        for column, (place, text) in enumerate(places)
    )
    return Table(cells, run[0].start, run[-1].end)


def _one_a_line(text: str, lines: list[_Line], taken: list[Table]) -> list[Table]:
    """Forms typed one cell a line, or a row or all of them on one with blanks between: one column, a cell a stretch."""
    tables = []
    lines = [line for line in lines if not numbers_page(text, line.start, line.text)]
    for run in _runs_between([part for line in lines for part in _stretches(line)], taken):
        sizes = [_size(stretch) for stretch in run]
        filled = [i for i, (_, values) in enumerate(sizes) if values and not _is_alone(run, sizes, i)]
        if not filled:
            continue
        first = max(0, filled[0] - _LABELS_BEFORE)
        part = run[first : filled[-1] + 1]
        pieces, values = (sum(counts) for counts in zip(*sizes[first : filled[-1] + 1], strict=True))
        if pieces >= _LINES_NEEDED and values >= max(_VALUES_NEEDED, pieces * 0.3):
            tables.append(_table(part, list(_rows_of_one(text, part, sizes[first:]))))
    return tables


def _rows_of_one(text: str, part: list[_Line], sizes: list[tuple[int, int]]) -> Iterator[list[tuple[int, str]]]:
    """Each stretch, and behind it the blank cells that follow."""
    places = [(stretch.start, stretch.start + len(stretch.text)) for stretch in part]
    is_value = [pieces == values for pieces, values in sizes[: len(part)]]
    blanks = blanks_behind(text, places, is_value)
    for stretch, (start, end), count in zip(part, places, blanks, strict=True):
        yield [(start, stretch.text)]
        if count:
            yield from ([(end, "")] for _ in range(count))


def _is_alone(run: list[_Line], sizes: list[tuple[int, int]], i: int) -> bool:
    """Whether a stretch is 无 below a text: the answer under a heading of a report as likely as a cell."""
    return run[i].text in _SAID and not (i and sizes[i - 1][1])


def _stretches(line: _Line) -> Iterator[_Line]:
    """A line without the blanks and pipes around it; of a line of sentences those that are rows, cut behind the last."""
    sentences = list(_SENTENCE.finditer(line.text))
    for match in sentences:
        stretch = _stripped(line.start + match.start(), match.group())
        values = [piece for piece in _PIECE.finditer(stretch.text) if _VALUE.match(piece.group())]
        if len(sentences) > 1 and values:
            row = _stripped(stretch.start, stretch.text[: values[-1].end()])
            stretch = row if _is_row(row) else stretch
        if stretch.text:
            yield stretch


def _stripped(start: int, text: str) -> _Line:
    bare = text.strip(_AROUND)
    start += len(text) - len(text.lstrip(_AROUND))
    return _Line(start, start + len(bare), bare)


def _size(stretch: _Line) -> tuple[int, int]:
    """How many cells a stretch holds, and how many of them are figures."""
    if _VALUE.match(stretch.text):
        return 1, 1
    pieces = stretch.text.split()
    values = sum(
        bool(_VALUE.match(piece)) and (not piece.isalpha() or piece in _SAID) for piece in pieces
    )  # a unit is no figure
    return (len(pieces), values) if values else (1, 0)


def _is_row(stretch: _Line) -> bool:
    """Whether labels and figures stand in it with blanks between, and it is no sentence with blanks about its figures."""
    pieces, values = _size(stretch)
    return values >= max(1, pieces * 0.2) and pieces > 1 and not _SPACED_PROSE.search(stretch.text)


def _is_label(stretch: _Line) -> bool:
    """Whether it may be a label, or a head of several with blanks between."""
    pieces = stretch.text.split()
    longest = len(stretch.text) if len(pieces) < 3 else max(map(len, pieces))
    return longest <= _LABEL_LENGTH and not _ENDS_PROSE.search(stretch.text)


def _runs_between(lines: list[_Line], taken: list[Table]) -> Iterator[list[_Line]]:
    """Runs of short lines and of rows that no found table interrupts."""
    starts = sorted(table.start for table in taken)
    run: list[_Line] = []
    for line in lines:
        short = _is_label(line) or _is_row(line)
        crosses = bool(run) and bisect.bisect(starts, run[-1].start) != bisect.bisect(starts, line.start)
        if run and (crosses or not short):
            yield run
            run = []
        if short:
            run.append(line)
    if run:
        yield run
