"""Which indicator a number belongs to: every cue that fits is weighed, the heaviest wins. Not here: the cues (see lexicon.py)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipelines.extraction.context import Context
from pipelines.extraction.lexicon import Cue, kind_of, load_cues

# What a cue's place adds to its weight: next to the number most, in an earlier clause less, in a heading least.
_LEFT, _RIGHT, _ADJACENT, _LEAD, _BROKEN_LEAD, _HEADING = 4.0, 3.5, 1.5, -1.0, -2.5, -3.0
_ITEMS = {"条", "件"}  # what shares are mostly shares of
_REACH = 8.0  # characters over which closeness loses one point
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
    around = "\n".join((context.lead + context.left, context.right, context.headings))
    found = [
        candidate
        for cue in _cues_for(unit, derived, year)
        if (cue.anchored or cue.pattern.search(around)) and (candidate := _weigh(cue, context, around, previous))
    ]
    if carried:
        found.append(Candidate(carried[0], _CARRY + carried[1] + (1.0 if len(context.left) <= 14 else 0.0), None, ""))
    return sorted(found, key=lambda c: -c.weight)


@lru_cache(maxsize=4096)
def _cues_for(unit: str, derived: bool, year: int) -> tuple[Cue, ...]:
    """The cues that a number with this unit, in a report about this year, can have."""
    kind = kind_of(unit)
    return tuple(
        cue
        for cue in load_cues()
        if year <= cue.until
        and (cue.fits(unit, kind) or (derived and cue.kind == "count" and (not cue.units or cue.units & _ITEMS)))
    )


def _weigh(cue: Cue, context: Context, around: str, previous: str | None) -> Candidate | None:
    if cue.after and not (previous and cue.after.match(previous)):
        return None
    place, words = _place(cue, context)
    if not words:
        return None
    if cue.barred and (cue.barred.search(context.left) or cue.barred.search(context.right)):
        return None
    if cue.unless and cue.unless.search(context.lead + context.left):
        return None
    if cue.context and not cue.context.search(around):
        return None
    return Candidate(cue.indicator, cue.weight + place, cue, words)


def _place(cue: Cue, context: Context) -> tuple[float, str]:
    """What the place of the cue's words adds, and the words; ('') where they stand nowhere near."""
    if cue.side != "right":
        last = None
        for last in cue.pattern.finditer(context.left):
            pass
        if last and last[0]:
            gap = len(context.left) - last.end()
            return _LEFT - min(gap, 24) / _REACH, last[0]
    if cue.side != "left":
        match = cue.pattern.search(context.right)
        if match and match[0]:
            adjacent = _ADJACENT if match.start() == 0 else 0.0
            return _RIGHT + adjacent - min(match.start(), 24) / _REACH, match[0]
    if cue.side == "both":
        match = cue.pattern.search(context.clause_lead)
        if match and match[0]:
            return _LEAD, match[0]
        match = cue.pattern.search(context.lead)
        if match and match[0]:
            return _BROKEN_LEAD, match[0]
        match = cue.pattern.search(context.headings)
        if match and match[0]:
            return _HEADING, match[0]
    return 0.0, ""
