"""Which indicator a number belongs to: every cue that fits is weighed, the heaviest wins. Not here: the cues (see lexicon.py)."""

from __future__ import annotations

from functools import cache, lru_cache
from operator import attrgetter
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


class Candidate(NamedTuple):
    """An indicator with its weight, and the cue that it comes from with the words that it found (None where it is carried over)."""

    indicator: str
    weight: float
    cue: Cue | None
    words: str


_weight = attrgetter("weight")


def candidates(
    context: Context, unit: str, previous: str | None, carried: tuple[str, float] | None, derived: bool, year: int
) -> list[Candidate]:
    """All candidates, heaviest first. `previous`: the indicator of the last count in the paragraph, for rates that follow it;
    `carried`: the indicator that may carry over from the number before in the same list, and what that adds; `derived`: a share or
    change of a count, whose own unit says nothing."""
    found = [c for c in _near(context.left, context.right, unit, derived) if _holds(c.cue, context, previous, year)]
    if not found or max(map(_weight, found)) < _SETTLED:
        known = {c.cue for c in found}
        far = _far(context, unit, derived)
        found += [c for c in far if c.cue not in known and _holds(c.cue, context, previous, year)]
    if carried:
        found.append(Candidate(carried[0], _CARRY + carried[1] + (1.0 if len(context.left) <= 14 else 0.0), None, ""))
    if len(found) > 1:
        found.sort(key=_weight, reverse=True)
    return found


def _candidate(cue: Cue, nearness: float, words: str) -> Candidate:
    """`nearness`: what a cue's place adds to its weight."""
    return Candidate(cue.indicator, cue.weight + nearness, cue, words)


@lru_cache(maxsize=4096)
def _cues_for(unit: str, derived: bool) -> tuple[tuple[Cue, ...], Index]:
    """The cues that a number with this unit can have, and an index over them."""
    kind = kind_of(unit)
    cues = tuple(
        cue
        for cue in load_cues()
        if cue.fits(unit, kind) or (derived and cue.kind == "count" and (not cue.units or cue.units & _ITEMS))
    )
    return cues, _index(cues)


@cache
def _index(cues: tuple[Cue, ...]) -> Index:
    """One for all units that the same cues fit."""
    return Index(cue.pattern.pattern for cue in cues)


def _holds(cue: Cue | None, context: Context, previous: str | None, year: int) -> bool:
    """Whether a cue that stands in a number's words may be meant by them, in a report about this year."""
    if cue is None or year > cue.until or (cue.after and not (previous and cue.after.match(previous))):
        return False
    if cue.barred and (cue.barred.search(context.left) or cue.barred.search(context.right)):
        return False
    if cue.unless and cue.unless.search(context.before):
        return False
    if not cue.context:
        return True
    search = cue.context.search  # before holds left too, but a pattern may ask for where words begin
    return bool(search(context.left) or search(context.right) or search(context.before) or search(context.headings))


@lru_cache(maxsize=_RECENT)
def _near(left: str, right: str, unit: str, derived: bool) -> tuple[Candidate, ...]:
    """The cues next to a number."""
    cues, index = _cues_for(unit, derived)
    in_left, in_right = index.possible(left), index.possible(right)
    found = []
    for number in sorted(in_left | in_right):
        cue = cues[number]
        match = None
        if cue.side != "right" and number in in_left:
            for match in cue.pattern.finditer(left):
                pass
        if match and match[0]:
            found.append(_candidate(cue, _LEFT - min(len(left) - match.end(), 24) / _REACH, match[0]))
        elif cue.side != "left" and number in in_right:
            match = cue.pattern.search(right)
            if match and match[0]:
                adjacent = _ADJACENT if match.start() == 0 else 0.0
                found.append(_candidate(cue, _RIGHT + adjacent - min(match.start(), 24) / _REACH, match[0]))
    return tuple(found)


def _far(context: Context, unit: str, derived: bool) -> list[Candidate]:
    """The cues before a number's own words, each where it stands nearest: in its clause, in its sentence, in the headings."""
    found = dict(_above(context.headings, unit, derived))
    cues, index = _cues_for(unit, derived)
    for number in index.possible(context.lead):
        if candidate := _before(cues[number], context):
            found[number] = candidate
    return [found[number] for number in sorted(found)]


def _before(cue: Cue, context: Context) -> Candidate | None:
    if cue.side != "both" or cue.anchored:
        return None
    for nearness, words in ((_LEAD, context.clause_lead), (_BROKEN_LEAD, context.lead)):
        match = cue.pattern.search(words)
        if match and match[0]:
            return _candidate(cue, nearness, match[0])
    return None


@lru_cache(maxsize=_RECENT)
def _above(headings: str, unit: str, derived: bool) -> tuple[tuple[int, Candidate], ...]:
    """The cues in the headings, by their numbers."""
    cues, index = _cues_for(unit, derived)
    matches = ((number, cues[number], cues[number].pattern.search(headings)) for number in index.possible(headings))
    return tuple(
        (number, _candidate(cue, _HEADING, match[0]))
        for number, cue, match in matches
        if cue.side == "both" and not cue.anchored and match and match[0]
    )
