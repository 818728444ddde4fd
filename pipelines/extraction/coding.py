"""Which indicator a number belongs to: every cue that fits is weighed, the heaviest wins. Not here: the cues (see lexicon.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.context import Context
from pipelines.extraction.lexicon import Cue, kind_of, load_cues
from pipelines.extraction.triggers import Index

# What a cue's place adds to its weight: next to the number most, in an earlier clause less, in a heading least.
_LEFT, _RIGHT, _ADJACENT, _LEAD, _BROKEN_LEAD, _HEADING = 4.0, 3.5, 1.5, -1.0, -2.5, -3.0
_ITEMS = {"条", "件"}  # what shares are mostly shares of
_REACH = 8.0  # characters over which closeness loses one point
_SETTLED = 8.0  # from here on what stands next to the number decides, and farther words are not asked
_CARRY = 4.5  # what the indicator of the number before weighs in a list


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator with its weight, and the cue that it comes from (None where it is carried over)."""

    indicator: str
    weight: float
    cue: Cue | None
    words: str


def candidates(
    context: Context, unit: str, previous: str | None, carried: tuple[str, float] | None, derived: bool, year: int
) -> list[Candidate]:
    """All candidates, heaviest first. `previous`: the indicator of the last count in the paragraph, for rates that follow it;
    `carried`: the indicator that may carry over from the number before in the same list, and what that adds; `derived`: a share or
    change of a count, whose own unit says nothing."""
    cues, index = _cues_for(unit, derived, year)
    near = [cues[number] for number in index.possible(f"{context.left}\n{context.right}")]
    found = [candidate for cue in near if (candidate := _weigh(cue, _near, context, previous))]
    if not found or max(c.weight for c in found) < _SETTLED:
        known = {c.cue for c in found}
        far = (cues[number] for number in index.possible(f"{context.lead}\n{context.headings}"))
        rest = [cue for cue in far if cue.side == "both" and not cue.anchored and cue not in known]
        found += [candidate for cue in rest if (candidate := _weigh(cue, _far, context, previous))]
    if carried:
        found.append(Candidate(carried[0], _CARRY + carried[1] + (1.0 if len(context.left) <= 14 else 0.0), None, ""))
    return sorted(found, key=lambda c: -c.weight)


_Place = Callable[[Cue, Context], tuple[float, str]]


@lru_cache(maxsize=4096)
def _cues_for(unit: str, derived: bool, year: int) -> tuple[tuple[Cue, ...], Index]:
    """The cues that a number with this unit, in a report about this year, can have, and an index over them."""
    kind = kind_of(unit)
    cues = tuple(
        cue
        for cue in load_cues()
        if year <= cue.until
        and (cue.fits(unit, kind) or (derived and cue.kind == "count" and (not cue.units or cue.units & _ITEMS)))
    )
    return cues, Index(cue.pattern.pattern for cue in cues)


def _weigh(cue: Cue, place: _Place, context: Context, previous: str | None) -> Candidate | None:
    if cue.after and not (previous and cue.after.match(previous)):
        return None
    nearness, words = place(cue, context)
    if not words:
        return None
    if cue.barred and (cue.barred.search(context.left) or cue.barred.search(context.right)):
        return None
    if cue.unless and cue.unless.search(context.lead + context.left):
        return None
    if cue.context and not any(
        cue.context.search(part)
        for part in (context.left, context.right, context.lead + context.left, context.headings)
    ):
        return None
    return Candidate(cue.indicator, cue.weight + nearness, cue, words)


def _near(cue: Cue, context: Context) -> tuple[float, str]:
    """What a cue next to the number adds, and its words; '' where it stands on neither side."""
    if cue.side != "right":
        last = None
        for last in cue.pattern.finditer(context.left):
            pass
        if last and last[0]:
            return _LEFT - min(len(context.left) - last.end(), 24) / _REACH, last[0]
    if cue.side != "left":
        match = cue.pattern.search(context.right)
        if match and match[0]:
            adjacent = _ADJACENT if match.start() == 0 else 0.0
            return _RIGHT + adjacent - min(match.start(), 24) / _REACH, match[0]
    return 0.0, ""


def _far(cue: Cue, context: Context) -> tuple[float, str]:
    """What a cue before the number's own words adds, and its words; '' where it stands in none of them."""
    for nearness, words in ((_LEAD, context.clause_lead), (_BROKEN_LEAD, context.lead), (_HEADING, context.headings)):
        match = cue.pattern.search(words)
        if match and match[0]:
            return nearness, match[0]
    return 0.0, ""
