"""The cues, loaded and compiled. Not here: the cues themselves (warehouse/reference/lexicon/cues/), or how they are weighed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import regex

from pipelines.language.units import load_units
from pipelines.reference import REFERENCE, load_yaml


@dataclass(frozen=True, slots=True, eq=False)  # one cue is no other, whatever its words
class Cue:
    """One way of speaking that points to an indicator; fields as CONTRIBUTING.md explains them."""

    name: str
    indicator: str
    pattern: re.Pattern[str]
    anchored: bool  # tied to an end of the number's own words, so that a search through all words at once would miss it
    side: str
    kind: str  # count, rate, money, time or any: the kind of unit that fits
    units: frozenset[str]  # exact units that fit; empty for all of the kind
    context: re.Pattern[str] | None
    barred: re.Pattern[str] | None  # in the number's own words
    unless: re.Pattern[str] | None  # anywhere before the number in the sentence
    after: re.Pattern[str] | None
    until: int  # the last report year in which people spoke so
    weight: float
    basis: str
    dimensions: tuple[tuple[str, str], ...]

    def fits(self, unit: str, kind: str) -> bool:
        """Whether a number with this unit can be what the cue means."""
        if self.units:
            return unit in self.units or (len(unit) == 2 and unit[1] == "次" and unit[0] in self.units)
        return self.kind in (kind, "any") or (not unit and self.kind == "money")


@cache
def kind_of(unit: str) -> str:
    """count, rate, money or time: the kind that a unit belongs to."""
    units = load_units()
    if unit in units.rate:
        return "rate"
    if unit in units.money:
        return "money"
    return "time" if unit in units.time else "count"


@cache
def load_cues() -> tuple[Cue, ...]:
    """All cues of the lexicon, in the order of files and lines."""
    folder = REFERENCE / "lexicon" / "cues"
    cues: list[Cue] = []
    for path in sorted(folder.glob("*.yaml")):
        for number, entry in enumerate(load_yaml(f"lexicon/cues/{path.name}"), 1):
            cues.append(_compile(f"{path.stem}/{number}", entry))
    return tuple(cues)


def _pattern(words: str) -> re.Pattern[str]:
    """A cue's words compiled: by `re`, which is twice as fast on short words; people edit the cues, and the richer syntax of
    `regex` is theirs to use."""
    try:
        return re.compile(words)
    except re.error:
        return cast("re.Pattern[str]", regex.compile(words))


def _compile(name: str, entry: dict[str, Any]) -> Cue:
    def pattern(key: str) -> re.Pattern[str] | None:
        return _pattern(entry[key]) if key in entry else None

    dimensions = tuple((key, entry[key]) for key in ("channel", "applicant", "outcome", "topic") if key in entry)
    return Cue(
        name=name,
        indicator=entry["to"],
        pattern=_pattern(entry["cue"]),
        anchored=bool(re.search(r"(?<!\[)\^|\$", entry["cue"])),
        side=entry.get("side", "both"),
        kind=entry.get("units", "count"),
        units=frozenset(entry.get("unit", ())),
        context=pattern("in"),
        barred=pattern("not"),
        unless=pattern("unless"),
        after=pattern("after"),
        until=int(entry.get("until", 9999)),
        weight=float(entry["weight"]),
        basis=entry.get("basis", ""),
        dimensions=dimensions,
    )
