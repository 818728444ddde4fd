"""The shape of what extraction returns. Here: the records; not here: how they are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(slots=True)
class Quantity:
    """A measured number, or a blank cell of a form. Field meanings, units and codes: table `quantities` of pipelines/schemas.py."""

    origin: str  # prose | form
    surface: str
    char_start: int
    char_end: int
    value: float | None
    unit: str = ""
    indicator: str | None = None
    cell: str | None = None  # form only: number | blank | dash | slash
    basis: str = "level"
    period: str = ""
    base_period: str = ""
    channel: str = ""
    applicant: str = ""
    topic: str = ""
    outcome: str = ""
    scope: str = ""
    qualifier: str = ""
    quote: str = ""
    section: str = ""
    row_label: str = ""
    column_label: str = ""
    rule: str = ""  # which rule and cue gave the indicator, or why there is none
    competitors: str = ""  # what else was considered, for `gongkai explain`
    part_of: int | None = None  # index, in the same list, of the whole that this is a part of
    breakdown: int | None = None  # which of the whole's breakdowns (by body, by channel …) the part is in, from 1


class Numeral(NamedTuple):
    """A run of digits or Han numerals in the text, and what became of it: `reason` is 'quantity', or why it is none."""

    surface: str
    char_start: int
    char_end: int
    reason: str
    quantity: int | None = None  # index of the quantity that it belongs to


@dataclass(slots=True)
class Extraction:
    """All that was found in one text, both lists in text order."""

    quantities: list[Quantity]
    numerals: list[Numeral]
