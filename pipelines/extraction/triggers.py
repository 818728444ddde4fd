"""Which cues a stretch of words can hold at all, told by literals, so that most patterns are never tried.

Here: literals that every match of a pattern must contain, and the index over them. Not here: matching, or the cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import AhoCorasick

_ESCAPED = re.compile(r"\\[dDsSwWbB]|\\.")
_GROUP = re.compile(r"\((?:\?(?::|P<\w+>)|(?!\?))")
_ASIDE = re.compile(r"\(\?(?:<?[=!])")
_OPTIONAL = re.compile(r"[?*]|\{0?,\d*\}|\{0\}")
_REPEATED = re.compile(r"\+\??|\{\d+(?:,\d*)?\}\??")
_MOST = 60  # a set larger than this is no help


@cache
def triggers(pattern: str) -> frozenset[str] | None:
    """Literals of which every match of the pattern contains at least one; None where none can be told."""
    found, _ = _alternation(pattern, 0)
    return found


def _alternation(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """The literals of a|b|… from `at` to the closing bracket or the end, and where that stands."""
    branches: list[frozenset[str] | None] = []
    while True:
        branch, at = _sequence(pattern, at)
        branches.append(branch)
        if at >= len(pattern) or pattern[at] != "|":
            break
        at += 1
    known = [branch for branch in branches if branch is not None]
    if len(known) < len(branches):
        return None, at
    union = frozenset().union(*known)
    return (union if len(union) <= _MOST else None), at


def _sequence(pattern: str, at: int) -> tuple[frozenset[str] | None, int]:
    """The most telling of the literals that a branch must contain."""
    choices: list[frozenset[str]] = []
    run = ""
    while at < len(pattern) and pattern[at] not in "|)":
        literals, literal, end = _item(pattern, at)
        optional = _OPTIONAL.match(pattern, end)
        repeated = _REPEATED.match(pattern, end)
        if literal and not optional:
            run += literal
        elif literal != "" or optional or literals is not None:
            choices, run = [*choices, frozenset({run})] if run else choices, ""
        if literals is not None and not optional:
            choices.append(literals)
        quantifier = optional or repeated
        at = quantifier.end() if quantifier else end
        while quantifier and at < len(pattern) and pattern[at] in "?+":
            at += 1
    if run:
        choices.append(frozenset({run}))
    best = max(choices, key=lambda c: (min(map(len, c)), -len(c)), default=None)
    return best, at


def _item(pattern: str, at: int) -> tuple[frozenset[str] | None, str | None, int]:
    """One item: its literals where it is a group or a small class, the character where it is one ('' where it takes no room, None
    where it is any of many), and where it ends."""
    if aside := _ASIDE.match(pattern, at):
        _, end = _alternation(pattern, aside.end())
        return None, "", end + 1
    if group := _GROUP.match(pattern, at):
        literals, end = _alternation(pattern, group.end())
        return literals, None, end + 1
    if pattern[at] == "[":
        return _class(pattern, at)
    if pattern[at] in "^$":
        return None, "", at + 1
    if pattern[at] == "\\":
        escaped = _ESCAPED.match(pattern, at)
        end = escaped.end() if escaped else at + 1
        return None, None if pattern[at + 1 : at + 2].isalnum() else pattern[at + 1 : end], end
    return None, None if pattern[at] == "." else pattern[at], at + 1


def _class(pattern: str, at: int) -> tuple[frozenset[str] | None, str | None, int]:
    end = pattern.index("]", at + 2) + 1
    inside = pattern[at + 1 : end - 1]
    small = not inside.startswith("^") and "-" not in inside and "\\" not in inside and len(inside) <= 8
    return (frozenset(inside) if small else None), None, end


class Index:
    """Patterns by their literals: one automaton finds all of them in one pass."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._always: list[int] = []
        numbers: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            literals = triggers(pattern)
            if literals is None:
                self._always.append(number)
            for literal in literals or ():
                numbers.setdefault(literal, []).append(number)
        self._numbers = list(numbers.values())
        self._find = AhoCorasick(list(numbers), store_patterns=False).find_matches_as_indexes

    def possible(self, words: str) -> set[int]:
        """The numbers of the patterns that may match in the words."""
        found = set(self._always)
        for literal, _, _ in self._find(words, overlapping=True):
            found.update(self._numbers[literal])
        return found
