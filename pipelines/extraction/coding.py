"""Which indicator a number belongs to: every cue that fits is weighed, the heaviest wins. Not here: the cues (see lexicon.py)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipelines.extraction.context import Context
from pipelines.extraction.lexicon import Cue, kind_of, load_cues
from pipelines.extraction.triggers import Index

# What a cue's place adds to its weight: next to the number most, in an earlier clause less, in a heading least.
_LEFT, _RIGHT, _ADJACENT, _LEAD, _BROKEN_LEAD, _HEADING = 4.0, 3.5, 1.5, -1.0, -2.5, -3.0
_ITEMS = {"条", "件"}  # what shares are mostly shares of
_REACH = 8.0  # characters over which closeness loses one point
_SETTLED = 8.0  # from here on what stands next to the number decides, and farther words are not asked
_CARRY = 4.5  # what the indicator of the number before weighs in a list
_RECENT = 1 << 16  # words kept with the cues in them, as in dimensions.py


@dataclass(slots=True)
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
    near = _near(context.left, context.right, unit, derived)
    found = [_candidate(match) for match in near if _holds(match.cue, context, previous, year)]
    if not found or max(c.weight for c in found) < _SETTLED:
        known = {c.cue for c in found}
        far = _far(context, unit, derived)
        found += [_candidate(m) for m in far if m.cue not in known and _holds(m.cue, context, previous, year)]
    if carried:
        found.append(Candidate(carried[0], _CARRY + carried[1] + (1.0 if len(context.left) <= 14 else 0.0), None, ""))
    return sorted(found, key=lambda c: -c.weight)


class _Match(NamedTuple):
    """A cue where it stands: what its place adds to its weight, and its words."""

    number: int
    cue: Cue
    nearness: float
    words: str


def _candidate(match: _Match) -> Candidate:
    return Candidate(match.cue.indicator, match.cue.weight + match.nearness, match.cue, match.words)


@lru_cache(maxsize=4096)
def _cues_for(unit: str, derived: bool) -> tuple[tuple[Cue, ...], Index]:
    """The cues that a number with this unit can have, and an index over them."""
    kind = kind_of(unit)
    cues = tuple(
        cue
        for cue in load_cues()
        if cue.fits(unit, kind) or (derived and cue.kind == "count" and (not cue.units or cue.units & _ITEMS))
    )
    return cues, Index(cue.pattern.pattern for cue in cues)


def _holds(cue: Cue, context: Context, previous: str | None, year: int) -> bool:
    """Whether a cue that stands in a number's words may be meant by them, in a report about this year."""
    if year > cue.until or (cue.after and not (previous and cue.after.match(previous))):
        return False
    if cue.barred and (cue.barred.search(context.left) or cue.barred.search(context.right)):
        return False
    if cue.unless and cue.unless.search(context.before):
        return False
    return not cue.context or any(
        cue.context.search(part) for part in (context.left, context.right, context.before, context.headings)
    )


@lru_cache(maxsize=_RECENT)
def _near(left: str, right: str, unit: str, derived: bool) -> tuple[_Match, ...]:
    """The cues next to a number."""
    cues, index = _cues_for(unit, derived)
    matches = (_beside(number, cues[number], left, right) for number in index.possible(f"{left}\n{right}"))
    return tuple(match for match in matches if match)


def _beside(number: int, cue: Cue, left: str, right: str) -> _Match | None:
    if cue.side != "right":
        last = None
        for last in cue.pattern.finditer(left):
            pass
        if last and last[0]:
            return _Match(number, cue, _LEFT - min(len(left) - last.end(), 24) / _REACH, last[0])
    if cue.side != "left":
        match = cue.pattern.search(right)
        if match and match[0]:
            adjacent = _ADJACENT if match.start() == 0 else 0.0
            return _Match(number, cue, _RIGHT + adjacent - min(match.start(), 24) / _REACH, match[0])
    return None


def _far(context: Context, unit: str, derived: bool) -> list[_Match]:
    """The cues before a number's own words, each where it stands nearest: in its clause, in its sentence, in the headings."""
    found = {match.number: match for match in _above(context.headings, unit, derived)}
    cues, index = _cues_for(unit, derived)
    for number in index.possible(context.lead):
        if match := _before(number, cues[number], context):
            found[number] = match
    return [found[number] for number in sorted(found)]


def _before(number: int, cue: Cue, context: Context) -> _Match | None:
    if cue.side != "both" or cue.anchored:
        return None
    for nearness, words in ((_LEAD, context.clause_lead), (_BROKEN_LEAD, context.lead)):
        match = cue.pattern.search(words)
        if match and match[0]:
            return _Match(number, cue, nearness, match[0])
    return None


@lru_cache(maxsize=_RECENT)
def _above(headings: str, unit: str, derived: bool) -> tuple[_Match, ...]:
    """The cues in the headings."""
    cues, index = _cues_for(unit, derived)
    matches = ((n, cues[n], cues[n].pattern.search(headings)) for n in index.possible(headings))
    return tuple(
        _Match(n, cue, _HEADING, match[0])
        for n, cue, match in matches
        if cue.side == "both" and not cue.anchored and match and match[0]
    )
