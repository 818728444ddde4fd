"""Many words found in a text at once. Not here: which words, or what stands around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

_EVERYWHERE = frozenset("信息公开申请证号")
"""Of the characters of such words those that every report is full of: no search for one of them is short."""


class Words:
    """Words of two characters and more, each with the numbers of what it stands for.

    Words that share a character are looked for by it, one search for all of them, and read only where the character
    beside it is a word's too: several times as fast as a pattern of all words, which is tried at each of their beginnings.
    """

    def __init__(self, words: Mapping[str, Sequence[int]]) -> None:
        shared = Counter(character for word in words for character in set(word) - _EVERYWHERE)
        found: dict[tuple[str, int], dict[str, list[tuple[str, int, Sequence[int]]]]] = {}
        for word, numbers in words.items():
            at = max(range(len(word)), key=lambda place: shared[word[place]])
            step = -1 if at else 1
            beside = found.setdefault((word[at], step), defaultdict(list))
            beside[word[at + step]].append((word, at, numbers))
        self._anchors = [(character, step, dict(beside)) for (character, step), beside in found.items()]

    def places(self, text: str) -> dict[int, list[int]]:
        """Where words stand, in text order, by what they stand for."""
        found: dict[int, set[int]] = defaultdict(set)
        find = text.find
        for anchor, step, beside in self._anchors:
            place = find(anchor)
            while place >= 0:
                for word, before, numbers in beside.get(text[place + step : place + step + 1], ()):
                    if place >= before and text.startswith(word, place - before):
                        for number in numbers:
                            found[number].add(place - before)
                place = find(anchor, place + 1)
        return {number: sorted(places) for number, places in found.items()}
