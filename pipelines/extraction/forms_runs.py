"""What a row can only be told from its neighbours: cut labels, missing labels, rows twice, tables that are no form."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from pipelines.extraction.forms_labels import find, squeeze
from pipelines.extraction.forms_likeness import difference
from pipelines.extraction.forms_rows import Reading

_LIKE = 0.35  # share of a label that must be left in a misprint for the gap between its neighbours to name it
_CUT = 0.2  # cost up to which two labels together are one that was cut
_ROWS_NEEDED = {"requests": 3, "sheet": 4}
_OUTCOMES_NEEDED = 2


def settle(readings: Iterable[Reading]) -> list[Reading]:
    """The readings that are a form's, each with its row as far as neighbours tell; text order is kept."""
    settled: list[Reading] = []
    for _, group in itertools.groupby(readings, key=lambda reading: reading.table.id):
        run = _fill_gaps(_join_cut_labels(list(group)))
        settled += _one_each(run) if not run[0].table.side_by_side else _with_figures(run)
    rejected = {reading.table.id for reading in settled} - _accepted(settled)
    return [r for r in settled if r.table.id not in rejected and not (r.official and r.official.heading)]


def _join_cut_labels(run: list[Reading]) -> list[Reading]:
    """A label that a page break cut in two, of which only one part has the values, is one row."""
    joined = run[:1]
    for reading in run[1:]:
        before = joined[-1]
        line, cost = _line_of_both(before, reading)
        if line is None:
            joined.append(reading)
            continue
        whole = reading if before.is_blank else before
        whole.labels, whole.label = [*before.labels, *reading.labels], before.label + reading.label
        whole.line, whole.cost, whole.used = line, cost, [*before.used, *reading.used]
        joined[-1] = whole
    return joined


def _line_of_both(before: Reading, reading: Reading) -> tuple[int | None, float]:
    """The row that two labels name together, and better than either does alone."""
    parts = before.label and reading.label and before.cost and reading.cost
    if not parts or not (before.is_blank or reading.is_blank):
        return None, 1.0
    text = before.label + reading.label
    lines = {hit.index for hit in find(text).rows if hit.table.id == reading.table.id}
    rows = reading.table.rows
    ranked = sorted((difference(squeeze(text), squeeze(rows[line].label)), line) for line in lines)
    if ranked and ranked[0][0] < min(before.cost, reading.cost, _CUT):
        return ranked[0][1], ranked[0][0]
    return None, 1.0


def _fill_gaps(run: list[Reading]) -> list[Reading]:
    """Rows without a known label between two known ones are the form's rows between those, if as many are missing."""
    if run[0].table.side_by_side:
        return run
    rows = run[0].table.rows
    known = [i for i, reading in enumerate(run) if reading.line is not None]
    for a, b in itertools.pairwise([-1, *known, len(run)]):
        unknown = [r for r in run[a + 1 : b] if r.line is None and (r.label or not r.is_blank)]  # no spacers
        after = -1 if a < 0 else run[a].line
        until = len(rows) if b == len(run) else run[b].line
        if not unknown or after is None or until is None:
            continue
        between = range(after + 1, until)
        missing = [i for i in between if not rows[i].group and not rows[i].heading]
        if len(unknown) != len(missing):
            missing = [i for i in between if rows[i].group] if _is_one_group(rows, between, unknown) else []
        if len(missing) == len(unknown) and all(
            _may_be(r, rows[i].label) for r, i in zip(unknown, missing, strict=True)
        ):
            for reading, i in zip(unknown, missing, strict=True):
                reading.line = i
    return run


def _is_one_group(rows: tuple[object, ...], between: range, unknown: list[Reading]) -> bool:
    """（六）其他处理 of the form of 2019 takes the place of the group and its rows."""
    groups = [i for i in between if getattr(rows[i], "group", False)]
    return len(unknown) == 1 == len(groups) and between.start == groups[0]


def _may_be(reading: Reading, label: str) -> bool:
    text, label = squeeze(reading.label), squeeze(label)
    if not text:
        return True
    common = sum(min(text.count(c), label.count(c)) for c in set(text))
    return common >= _LIKE * len(label) and difference(text, label) <= 1


def _one_each(run: list[Reading]) -> list[Reading]:
    """Of rows that a run has twice the likelier; of rows that only head others those with figures of their own."""
    best: dict[int, Reading] = {}
    passes = 0
    last = -1
    kept: list[Reading] = []
    lines = {reading.line for reading in run}
    for reading in run:
        if reading.line is None:
            kept.append(reading)
            continue
        if reading.line == 0 and last > 0 and 0 in best:
            passes, best = passes + 1, {}  # the form begins again, for another part of the body
        last = reading.line
        if _only_heads(reading, lines):
            continue
        rival = best.get(reading.line)
        if rival is not None and (twin := _twin(reading, lines)) is not None:
            rival.line, reading.line = sorted((reading.line, twin))
            best[rival.line], rival = rival, None
            lines.add(twin)
        if rival is not None and reading.cost == rival.cost == 0:
            kept.append(reading)
            continue
        if rival is not None:
            worse = reading if reading.cost >= rival.cost else rival
            worse.line, worse.reason = None, f"a second row for {rival.table.rows[reading.line].label}"
        if reading.line is not None:
            best[reading.line] = reading
        kept.append(reading)
    return kept


def _twin(reading: Reading, taken: set[int | None]) -> int | None:
    """Another row of the form with the same label, if no reading has it: a sheet in two halves, typed row by row."""
    rows, official = reading.table.rows, reading.official
    alike = (i for i, row in enumerate(rows) if official and squeeze(row.label) == squeeze(official.label))
    return next((i for i in alike if i not in taken and i != reading.line), None)


def _only_heads(reading: Reading, lines: set[int | None]) -> bool:
    """A blank row （三）不予公开, or （六）其他处理 above rows of its own."""
    official, line = reading.official, reading.line
    if official is None or line is None or not official.group or not reading.is_blank:
        return False
    following = reading.table.rows[line + 1]
    return official.outcome != "other" or (following.outcome.startswith("other") and line + 1 in lines)


def _with_figures(run: list[Reading]) -> list[Reading]:
    """Blank rows under a head count only where no row with figures follows it."""
    figures = [reading for reading in run if not reading.is_blank]
    return figures or run[:1]


def _accepted(readings: list[Reading]) -> set[str]:
    """The tables for which there is evidence enough that they are a form's."""
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        found.setdefault(reading.table.id, []).append(reading)
    accepted = {table_id for table_id, run in found.items() if _is_form(run)}
    beside = {reading.row.table for table_id in accepted for reading in found[table_id]}
    # A block of section two that lost its head counts where another of its table has one.
    return accepted | {
        table_id
        for table_id, run in found.items()
        if table_id not in _ROWS_NEEDED and not run[0].table.side_by_side and any(r.row.table in beside for r in run)
    }


def _is_form(run: list[Reading]) -> bool:
    table = run[0].table
    lines = {reading.line for reading in run if reading.line is not None}
    above = {id(reading.heads): reading.heads for reading in run}.values()
    heads = {index for each in above for index in each.columns(table.id)}
    if table.side_by_side:
        hits = [hit for each in above for head in each.cells for hit in head.label.hits[:1]]
        blocks = {(hit.kind, hit.index) for hit in hits if hit.table.id == table.id}
        whole = any(len(r.values) == len(table.rows) * len(table.columns) for r in run)
        return len(heads) >= _OUTCOMES_NEEDED or (len(blocks) > 1 and whole)
    if table.id in _ROWS_NEEDED:
        return len(lines) >= _ROWS_NEEDED[table.id] or (table.id == "requests" and len(heads) >= 4 and bool(lines))
    return bool(lines) and (bool(heads) or any(reading.titled for reading in run))
