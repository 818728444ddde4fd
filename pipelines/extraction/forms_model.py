"""The statutory forms as warehouse/reference/forms/*.yaml describes them. Not here: how labels are matched."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines.reference import REFERENCE, load_yaml


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column of a form: its label and what a cell there is about. `money`: what plain figures count in."""

    label: str
    indicator: str | None = None
    outcome: str = ""
    applicant: str = ""
    channel: str = ""
    topic: str = ""
    unit: str = ""
    money: str = ""
    aliases: tuple[str, ...] = ()
    group: bool = False  # heads other rows; has figures only in reports that print them there
    heading: bool = False  # never has figures
    when: str = ""  # of a column: the time that its figures are about, as forms_time.py has it; '' the report's year


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """A table of a form. `side_by_side`: the columns of all rows stand in one row; `sheet`: label, unit, figure.

    Tables whose columns are the same share one object for them.
    """

    form: str
    id: str
    section: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    titles: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    side_by_side: bool = False
    sheet: bool = False
    has_applicants: bool = False  # whether its columns tell applicants apart


@cache
def load_tables() -> tuple[FormTable, ...]:
    """Every table of every form, oldest form first."""
    names = sorted(path.name for path in (REFERENCE / "forms").glob("*.yaml"))
    return tuple(
        _table(form, spec) for form in (load_yaml(f"forms/{name}") for name in names) for spec in form["tables"]
    )


@cache
def variants(table_id: str) -> tuple[FormTable, ...]:
    """The forms' tables of that id, the one with most rows first: rows that forms share are the same lines of it."""
    found = [table for table in load_tables() if table.id == table_id]
    return tuple(sorted(found, key=lambda table: -len(table.rows)))


@cache
def variants_with(table_id: str, line: int) -> tuple[FormTable, ...]:
    """Those of the variants that have the row, the widest first; only that one where all have the same columns."""
    found = tuple(table for table in variants(table_id) if line < len(table.rows))
    return found[:1] if len({id(table.columns) for table in found}) == 1 else found


@cache
def _shared(columns: tuple[Line, ...]) -> tuple[Line, ...]:
    """The first of all equal columns."""
    return columns


def _table(form: dict[str, Any], spec: dict[str, Any]) -> FormTable:
    shape: dict[str, Any] = {key: tuple(spec.get(key, ())) for key in ("titles", "head", "ignore")}
    shape |= {key: bool(spec.get(key)) for key in ("side_by_side", "sheet")}
    rows, columns = (tuple(_line(line) for line in spec[key]) for key in ("rows", "columns"))
    shape["has_applicants"] = len({column.applicant for column in columns}) > 1
    return FormTable(form["form"], spec["id"], spec["section"], rows, _shared(columns), **shape)


def _line(spec: dict[str, Any]) -> Line:
    return Line(**{**spec, "aliases": tuple(spec.get("aliases", ()))})
