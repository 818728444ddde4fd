"""Many words found in a text at once. Not here: which words, or what stands around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

_EVERYWHERE = frozenset("信息公开申请证号")
"""Of the characters of such words those that every report is full of: a search for one of them stops too often."""


class Words:
    """Words, each with the numbers of what it stands for.

    A word is looked for by the character that it shares with most others, so that one class of few and rarer characters finds
    all: several times as fast as a pattern of all words, which is tried at each of their beginnings.
    """

    def __init__(self, words: Mapping[str, Sequence[int]]) -> None:
        shared = Counter(character for word in words for character in set(word) - _EVERYWHERE)
        self._of: dict[str, list[tuple[str, int, Sequence[int]]]] = defaultdict(list)
        for word, numbers in words.items():
            at = max(range(len(word)), key=lambda place: shared[word[place]])
            self._of[word[at]].append((word, at, numbers))
        self._pattern = re.compile("|".join(_one_of(anchor, found) for anchor, found in self._of.items()))

    def places(self, text: str) -> dict[int, list[int]]:
        """Where words stand, in text order, by what they stand for."""
        found: dict[int, set[int]] = defaultdict(set)
        for match in self._pattern.finditer(text):
            for word, at, numbers in self._of[match[0]]:
                place = match.start() - at
                if place >= 0 and text.startswith(word, place):
                    for number in numbers:
                        found[number].add(place)
        return {number: sorted(places) for number, places in found.items()}


def _one_of(anchor: str, words: Sequence[tuple[str, int, Sequence[int]]]) -> str:
    """A pattern of the anchor where it stands in one of the words."""
    ways = (f"(?<={re.escape(word[: at + 1])})(?={re.escape(word[at + 1 :])})" for word, at, _ in words)
    return f"{re.escape(anchor)}(?:{'|'.join(ways)})"
