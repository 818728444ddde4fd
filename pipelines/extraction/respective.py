"""Numbers whose words stand together: counts that a list of subjects shares out (许可、处罚分别为9件和8件), rates that one number states or that
have each its own. Here: which words are whose. Not here: years so listed (totals.py), or what the words mean."""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.extraction.context import Context

_RESPECTIVELY = "分别"
_REACH = 14  # characters between 分别 and the first count
_EDGE = re.compile(r"[,;:。!?\n(]")
_JOINT = re.compile(r"[、和与及]|以及")
_BETWEEN = re.compile(r"\s*(?:[、和与及,]|以及)\s*")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def share_out(folded: str, contexts: list[Context]) -> list[Context]:
    """The contexts, where as many counts in a row follow a 分别 as subjects stand before it, with the one subject of each for its own
    words."""
    if folded.find(_RESPECTIVELY) < 0:
        return contexts
    shared = list(contexts)
    for first, context in enumerate(contexts):
        at = context.left.rfind(_RESPECTIVELY)
        if at < 0 or len(context.left) - at > _REACH or context.found.unit == "%":
            continue
        row = _row(folded, contexts, first)
        before = context.left[:at]
        subjects = _JOINT.split(before[_last_edge(before) :])
        if len(row) < 2 or len(row) != len(subjects) or not all(subjects) or _YEAR.search(before):
            continue
        verb = context.left[at + len(_RESPECTIVELY) :]
        for place, subject in enumerate(subjects):
            own = contexts[first + place]
            shared[first + place] = replace(
                own, left=subject + verb, lead=context.lead, before=context.lead + subject + verb
            )
    return shared


def _row(folded: str, contexts: list[Context], first: int) -> list[Context]:
    """The counts from the first on that only joints stand between, of one unit."""
    row = [contexts[first]]
    for context in contexts[first + 1 :]:
        last = row[-1].found
        if context.found.unit != last.unit or not _BETWEEN.fullmatch(folded, last.end, context.found.start):
            break
        row.append(context)
    return row


def _last_edge(words: str) -> int:
    return max((edge.end() for edge in _EDGE.finditer(words)), default=0)


_RATES = re.compile(
    r"(?P<rates>(?:[^、率]{1,14}率(?:[、和及与]|以及))+[^、率]{1,14}率)(?P<respectively>分别)?[均都皆已能可实现为是达到保持在]*"
)
_RATE_ENDS = re.compile(r"(?<=率)(?:[、和及与]|以及)")


def by_rate(contexts: list[Context]) -> list[Context]:
    """The contexts, where several rates stand before a number: one for each that it states (办结率、满意率均为100%), or each rate's own
    number (办结率和满意率分别为98%和99%)."""
    result: list[Context] = []
    respective: list[str] = []
    for context in contexts:
        if respective and not context.left:
            result.append(replace(context, left=respective.pop(0)))
            continue
        respective = []
        rates = _RATES.fullmatch(context.left) if context.left.count("率") > 1 else None
        if not rates:
            result.append(context)
            continue
        named = _RATE_ENDS.split(rates["rates"])
        if rates["respectively"]:
            named, respective = named[:1], named[1:]
        result += [replace(context, left=name) for name in named]
    return result
