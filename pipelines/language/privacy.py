"""What reports say of people, masked: names, telephone and identity numbers, e-mail and home addresses; and the offices'
own contacts, unless these are asked for. Which words those are is data, in lexicon/privacy.yaml.

Not here: who publishes what. Characters are masked one by one, so that no offset moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from pipelines.language.fold import fold
from pipelines.language.words import Words
from pipelines.reference import load_yaml

MASK = "*"
_SEEN = re.compile(r"\S")
_APART = "。\n"  # no pattern reaches over it, nor takes it for what may stand before a secret
_KEPT = 20_000  # texts that are remembered, if they have no more characters than
_SHORT = 200
Span = tuple[int, int]

_LOOK_BEHIND = regex.compile(r"^\(\?<!\w+\)")
_PART = regex.compile(r"\{\{([a-z ]+)\}\}")
# Nothing is masked in a text without one of these, and most sentences have none.
_HINT = regex.compile(
    r"\d{5}|\d[- ]\d|@|址|住|地点|护照|单元|[组社队]\d|某|[·•]|不服|诉|人:|人姓名|员:|"
    r"(?:申请[人者]|人|原告|[村居市网]民|群众|业主|职工|患者|学生|家长)[一-鿿]{2,3}"
)


def mask(text: str, *, contacts: bool = False, keep: Iterable[str] = ()) -> str:
    """The text with what is private masked; `contacts` leaves the offices' own.

    `keep` are printed numbers that measure something: they stay, wherever they stand alone.
    """
    spans = private_spans(text, contacts=contacts)
    if not spans:
        return text
    characters = list(masked(text, spans))
    for surface in keep:
        for start, end in _standing_alone(text, surface):
            characters[start:end] = text[start:end]
    return "".join(characters)


def any_private(texts: Iterable[str], *, contacts: bool = False) -> bool:
    """Whether any of several short texts has something private. They are searched as one, which costs a fraction of each alone;
    those that have nothing are remembered, as forms print the same in all reports.
    """
    known = _nothing_private(contacts)
    new = [text for text in texts if text not in known]
    if new and private_spans(_APART.join(new), contacts=contacts):
        return True
    if len(known) > _KEPT:
        known.clear()
    known.update(text for text in new if len(text) <= _SHORT)
    return False


@cache
def _nothing_private(contacts: bool) -> set[str]:
    return set()


def private_spans(text: str, *, contacts: bool = False) -> list[Span]:
    """Places of what is private, in order of the patterns."""
    if not _HINT.search(folded := fold(text)):
        return []
    patterns, words = _patterns()
    begun = words.places(folded)
    spans: list[Span] = []
    for number, kind in enumerate(patterns):
        if contacts and kind.whose != "person":
            continue
        if kind.begins:
            spans += kind.spans_at(folded, begun.get(number, ()))
        elif not kind.near:
            spans += map(kind.span, kind.pattern.finditer(folded))
        elif places := [match.start() for near in kind.near for match in near.finditer(folded)]:
            spans += kind.spans_at(folded, kind.within_reach(places))
    return spans


def masked(text: str, spans: Sequence[Span], start: int = 0) -> str:
    """A text that begins at `start` of the one that the spans are of, masked where they say; white space stays."""
    pieces, at = [], 0
    for first, last in sorted(spans):
        first, last = max(first - start, at), min(last - start, len(text))
        if first < last:
            pieces += [text[at:first], _SEEN.sub(MASK, text[first:last])]
            at = last
    return "".join([*pieces, text[at:]])


def _standing_alone(text: str, surface: str) -> list[Span]:
    """Where a printed number stands in a text, and is no part of a longer one."""
    found = regex.finditer(rf"(?<![\w.\-]){regex.escape(surface)}(?![\d\-])", text, regex.ASCII) if surface else ()
    return [match.span() for match in found]


class _Kind(NamedTuple):
    """One kind of what is private. Where it says how a match begins or what it holds, the pattern is tried there only."""

    whose: str
    pattern: regex.Pattern[str]
    begins: bool
    near: tuple[regex.Pattern[str], ...]
    reach: int
    secret: str | int

    def span(self, match: regex.Match[str]) -> Span:
        return match.span(self.secret)

    def within_reach(self, places: Iterable[int]) -> list[int]:
        """Where a match may begin that holds what stands at one of the places."""
        return sorted({start for place in places for start in range(max(0, place - self.reach), place + 1)})

    def spans_at(self, text: str, starts: Iterable[int]) -> Iterator[Span]:
        """As a search through all the text finds them, if each begins at one of `starts`, which are in text order."""
        end = 0
        for start in starts:
            if start >= end and (match := self.pattern.match(text, start)):
                end = match.end()
                yield self.span(match)


@cache
def _patterns() -> tuple[tuple[_Kind, ...], Words]:
    """All kinds in the order of the file, and the words that matches of some of them begin with, by the number of the kind."""
    told = load_yaml("lexicon/privacy.yaml")
    kinds: list[_Kind] = []
    words: dict[str, list[int]] = {}
    for number, entry in enumerate(told["patterns"]):
        begins = _filled(entry.get("begins", ""), told)
        for word in begins.split("|") if begins else ():
            words.setdefault(_LOOK_BEHIND.sub("", word), []).append(number)
        pattern = regex.compile(_filled(entry["pattern"], told | {"begins": begins}))
        near = tuple(regex.compile(_filled(words, told)) for words in entry.get("near", ()))
        secret = "secret" if "secret" in pattern.groupindex else 0
        kinds.append(_Kind(entry["whose"], pattern, bool(begins), near, entry.get("reach", 0), secret))
    return tuple(kinds), Words(words)


def _filled(pattern: str, told: Mapping[str, str]) -> str:
    """A pattern with the parts that it names, and those that they name."""
    for name in _PART.findall(pattern):
        pattern = pattern.replace(f"{{{{{name}}}}}", _filled(told[name], told))
    return pattern
