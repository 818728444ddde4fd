"""China's regions at county level and above: lookup by name and year, parents, what became of them.

The facts are in warehouse/reference/regions.csv; this module only answers questions about them. Not here: finding
names in running text (regions_mentions.py), or which region a report is about (extraction/identity.py).

    >>> resolve("鼓楼区", 2018, context="江苏省徐州市").region_code
    '320302'
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipelines.language.regions_names import aliases
from pipelines.reference import load_csv

# Reports keep an old name for a while, and pages written before a change are filed under the new one.
TOLERANCE = 2
_OPEN = 9999


class Region(NamedTuple):
    """A row of table `regions`: a region, and the years in which its code, name and parent held."""

    region_code: str
    name: str
    short_name: str
    full_name: str
    level: str
    parent_code: str
    valid_from: int
    valid_to: int | None
    successors: tuple[str, ...]

    def holds(self, year: int | None, tolerance: int = 0) -> bool:
        """Whether it was in use in a year, or within some years of it; always, where no year is given."""
        if year is None:
            return True
        return self.valid_from - tolerance <= year <= (self.valid_to or _OPEN) + tolerance


class _Index(NamedTuple):
    by_code: dict[str, tuple[Region, ...]]
    by_name: dict[str, tuple[Region, ...]]
    by_short: dict[str, tuple[Region, ...]]
    predecessors: dict[str, tuple[Region, ...]]


def at(code: str, year: int | None = None) -> Region | None:
    """The region that has a code in a year; without a year, the latest that had it."""
    rows = [r for r in index().by_code.get(code, ()) if r.holds(year)]
    return max(rows, key=lambda r: r.valid_from, default=None)


def named(name: str, year: int | None = None) -> tuple[Region, ...]:
    """All regions of an official name, a full name, or a usual shorter form (伊犁州, 石柱县, 南川), in use about a
    year.

    Those in use in that very year come alone where there are any; else those within two years of it. A name with its
    kind is not looked up as a short name, so 南川区 is never 南川县.
    """
    held = index()
    found = held.by_name.get(name) or held.by_short.get(name, ())
    exact = tuple(r for r in found if r.holds(year))
    return exact or tuple(r for r in found if r.holds(year, TOLERANCE))


def resolve(name: str, year: int | None = None, context: str | Iterable[str] = ()) -> Region | None:
    """The one region that a name means, or None where it stays open.

    `context`: names or codes of regions that speak for their children and for themselves, as a string of parents
    (江苏省徐州市), or several of either.
    """
    candidates = latest(named(name, year))
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    hints = {context} if isinstance(context, str) else set(context)
    score = {r: len(hints & _words(r)) for r in candidates}
    best = max(score.values())
    winners = [r for r in candidates if score[r] == best]
    return winners[0] if best and len(winners) == 1 else None


def parents(region: Region, year: int | None = None) -> list[Region]:
    """The regions above, from the nearest up to the province."""
    found: list[Region] = []
    year = year if year is not None and region.holds(year) else region.valid_to or max(region.valid_from, 0)
    code = region.parent_code
    while code and len(found) < 3:
        above = at(code, year) or at(code)
        if above is None:
            break
        found.append(above)
        code = above.parent_code
    return found


def successors(code: str, year: int | None = None) -> list[Region]:
    """What a region of a year has become today, through all changes; itself where it is still in use. Sorted by
    code.
    """
    start = at(code, year) or at(code)
    done: dict[tuple[str, int], Region] = {}
    open_ends = [start] if start else []
    while open_ends:
        region = open_ends.pop()
        if (region.region_code, region.valid_from) in done:
            continue
        done[region.region_code, region.valid_from] = region
        if region.valid_to is not None:
            after = region.valid_to + 1
            open_ends.extend(r for heir in region.successors if (r := at(heir, after)))
    return sorted(r for r in done.values() if r.valid_to is None)


def counterpart(region: Region, year: int | None) -> Region:
    """The region's own form in another year: 巢湖市 of today was 居巢区 in 2010. Itself where no single one is
    known.
    """
    if region.holds(year) or year is None:
        return region
    if year > region.valid_from:
        later = [r for heir in region.successors if (r := at(heir, (region.valid_to or year) + 1))]
        return counterpart(later[0], year) if len(later) == 1 else region
    earlier = index().predecessors.get(region.region_code, ())
    before = [
        r for r in earlier if r.valid_to is not None and r.valid_to + 1 == region.valid_from and r.level == region.level
    ]
    alike = [r for r in before if r.short_name[:2] == region.short_name[:2]] or before
    return counterpart(alike[0], year) if len(alike) == 1 else region


def latest(rows: Iterable[Region]) -> list[Region]:
    """Of rows that share a code only the latest."""
    kept: dict[str, Region] = {}
    for row in rows:
        if row.region_code not in kept or row.valid_from > kept[row.region_code].valid_from:
            kept[row.region_code] = row
    return list(kept.values())


def _words(region: Region) -> set[str]:
    """All by which a region, or one above it, may be called."""
    words = {region.full_name, region.full_name.removesuffix(region.name)}
    for each in (region, *parents(region)):
        words |= {each.region_code, each.name, each.short_name, each.full_name, *aliases(each.name)}
    return words


@cache
def index() -> _Index:
    """The table by code, by name (with usual shorter forms that keep the kind), and by short name; read once."""
    by_code, by_name, by_short, before = (defaultdict[str, list[Region]](list) for _ in range(4))
    for row in load_csv("regions.csv"):
        region = _region(row)
        by_code[region.region_code].append(region)
        for name in {region.name, region.full_name, *aliases(region.name)}:
            by_name[name].append(region)
        if region.short_name != region.name:
            by_short[region.short_name].append(region)
        for heir in region.successors:
            before[heir].append(region)
    tables = ({key: tuple(rows) for key, rows in table.items()} for table in (by_code, by_name, by_short, before))
    return _Index(*tables)


def _region(row: dict[str, str]) -> Region:
    return Region(
        row["region_code"],
        row["name"],
        row["short_name"],
        row["full_name"],
        row["level"],
        row["parent_code"],
        int(row["valid_from"]),
        int(row["valid_to"]) if row["valid_to"] else None,
        tuple(row["successors"].split("|")) if row["successors"] else (),
    )
