"""Words in two languages: a text is given in Chinese and English, and the page shows one of them.

Here: pairs of words, their markup, labels of codes (warehouse/reference/labels.csv). Not here: numbers and dates
(formats.py), the texts of pages (templates).
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from pipelines.reference import load_csv

_DIMENSIONS = ("channel", "applicant", "outcome")


class Words(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str

    def __html__(self) -> str:
        return both(self.zh, self.en)


# The same words come again and again on every page.
@lru_cache(maxsize=50_000)
def both(zh: str, en: str) -> Markup:
    """Both texts, of which the page's switch shows one; one text where they do not differ."""
    if zh == en:
        return escape(zh)
    return Markup(f'<span class="zh" lang="zh-Hans">{escape(zh)}</span><span class="en" lang="en">{escape(en)}</span>')


def label(kind: str, code: str | None) -> Words:
    """What a code is called; the code itself where it has no label."""
    if not code:
        return Words("", "")
    return _labels().get((kind, code), Words(code, code))


@cache
def _labels() -> dict[tuple[str, str], Words]:
    return {(row["kind"], row["code"]): Words(row["zh"], row["en"]) for row in load_csv("labels.csv")}


def dimensions(row: dict[str, str]) -> Words:
    """The dimensions of a row in words, joined; empty for the whole."""
    return _measure("", *(row.get(name) or "" for name in (*_DIMENSIONS, "topic", "scope")))


def measure(row: dict[str, str]) -> Words:
    """The basis, where it is not a plain level, and the dimensions."""
    basis = "" if row["basis"] == "level" else row["basis"]
    return _measure(basis, *(row.get(name) or "" for name in (*_DIMENSIONS, "topic", "scope")))


@lru_cache(maxsize=50_000)
def _measure(basis: str, channel: str, applicant: str, outcome: str, topic: str, scope: str) -> Words:
    coded = [("basis", basis), ("channel", channel), ("applicant", applicant), ("outcome", outcome)]
    parts = [label(kind, code) for kind, code in coded if code] + [Words(word, word) for word in (topic, scope) if word]
    return Words("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))
