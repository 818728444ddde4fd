"""What reports say of people, masked: names, telephone and identity numbers, e-mail and home addresses; and the offices'
own contacts, unless these are asked for. Which words those are is data, in lexicon/privacy.yaml.

Not here: who publishes what. Characters are masked one by one, so that no offset moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import regex

from pipelines.language.fold import fold
from pipelines.reference import load_yaml

MASK = "*"
Span = tuple[int, int]

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


def private_spans(text: str, *, contacts: bool = False) -> list[Span]:
    """Places of what is private, in order of the patterns."""
    if not _HINT.search(folded := fold(text)):
        return []
    return [
        match.span("secret" if "secret" in pattern.groupindex else 0)
        for whose, where, pattern in _patterns()
        if (whose == "person" or not contacts) and (not where or where.search(folded))
        for match in pattern.finditer(folded)
    ]


def masked(text: str, spans: Sequence[Span], start: int = 0) -> str:
    """A text that begins at `start` of the one that the spans are of, masked where they say; white space stays."""
    characters = list(text)
    for first, last in spans:
        for place in range(max(first - start, 0), min(last - start, len(characters))):
            if not characters[place].isspace():
                characters[place] = MASK
    return "".join(characters)


def _standing_alone(text: str, surface: str) -> list[Span]:
    """Where a printed number stands in a text, and is no part of a longer one."""
    found = regex.finditer(rf"(?<![\w.\-]){regex.escape(surface)}(?![\d\-])", text, regex.ASCII) if surface else ()
    return [match.span() for match in found]


@cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str] | None, regex.Pattern[str]], ...]:
    """Whose each is, what a text must hold for it to be tried (None where it is quick), and the pattern."""
    told = load_yaml("lexicon/privacy.yaml")
    return tuple(
        (
            entry["whose"],
            regex.compile(entry["where"]) if "where" in entry else None,
            regex.compile(_filled(entry["pattern"], told)),
        )
        for entry in told["patterns"]
    )


def _filled(pattern: str, told: Mapping[str, str]) -> str:
    """A pattern with the parts that it names, and those that they name."""
    for name in _PART.findall(pattern):
        pattern = pattern.replace(f"{{{{{name}}}}}", _filled(told[name], told))
    return pattern
