"""Measure words as patterns. Not here: what a measured thing is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.reference import load_yaml


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns of units, for use inside a larger pattern, and how a unit is written in `unit`."""

    any: str
    han: str
    plain: dict[str, str]
    money: frozenset[str]
    time: frozenset[str]
    rate: frozenset[str]


@cache
def load_units() -> Units:
    """The units of warehouse/reference/lexicon/units.yaml."""
    data = load_yaml("lexicon/units.yaml")
    patterns = {
        unit: re.escape(unit) + (f"(?![{barred}])" if barred else "") for unit, barred in data["counted"].items()
    }
    patterns |= {unit: re.escape(unit) for kind in ("money", "time", "rate", "multiple") for unit in data[kind]}
    nouns, places = "|".join(data["han_nouns"]), "|".join(data["han_places"])
    han = "|".join(patterns[unit] for unit in sorted(data["han"], key=len, reverse=True))
    return Units(
        any="|".join(patterns[unit] for unit in sorted(patterns, key=len, reverse=True)),
        han=f"{han}|[个项](?={nouns})|个(?=[^,。;:、\\d\n]{{0,12}}(?:{places}))",
        plain=data["plain"],
        money=frozenset(data["money"]),
        time=frozenset(data["time"]),
        rate=frozenset(data["rate"]),
    )
