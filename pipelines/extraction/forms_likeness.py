"""How alike two squeezed labels are: misprints, abbreviations, additions. Not here: which labels there are."""

from __future__ import annotations


def difference(text: str, label: str) -> float:
    """0 for equal, below 1 for a likely misprint or abbreviation, 1 for something else. Both are squeezed."""
    if text == label:
        return 0.0
    allowed = 1 if len(label) <= 4 else len(label) // 3
    if len(label) >= 3 and abs(len(text) - len(label)) <= allowed:
        distance = edit_distance(text, label)
        if distance <= allowed:
            return 0.05 + distance / len(label)
    if len(text) >= 4 and (len(text) * 5 >= len(label) * 2 or label.startswith(text)) and is_subsequence(text, label):
        return 0.3 + 0.2 * (1 - len(text) / len(label))
    if len(label) >= 5 and len(label) * 5 >= len(text) * 3 and is_subsequence(label, text):
        return 0.3 + 0.2 * (1 - len(label) / len(text))
    return 1.0


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in this order."""
    place = 0
    for character in short:
        place = long.find(character, place) + 1
        if not place:
            return False
    return True


def edit_distance(a: str, b: str) -> int:
    """How many characters must be put in, taken out or changed to make one of the other.

    A column of the usual table at a time, as bits of two numbers: where it rises and where it falls (Myers 1999, Hyyrö 2003).
    """
    if not a or not b:
        return len(a) + len(b)
    places: dict[str, int] = {}
    for i, character in enumerate(a):
        places[character] = places.get(character, 0) | 1 << i
    full = (1 << len(a)) - 1
    last = 1 << len(a) - 1
    rises, falls, distance = full, 0, len(a)
    for character in b:
        same = places.get(character, 0)
        level = (((same & rises) + rises) ^ rises) | same | falls
        up, down = falls | ~(level | rises) & full, rises & level
        distance += bool(up & last) - bool(down & last)
        up, down = up << 1 | 1, down << 1
        rises, falls = (down | ~(level | up)) & full, up & level & full
    return distance
