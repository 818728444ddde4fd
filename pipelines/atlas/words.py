"""Words in two languages: a text is given in Chinese and English, and the page shows one of them.

Here: pairs of words, their markup, labels of codes (warehouse/reference/labels.csv). Not here: numbers and dates
(formats.py), the texts of pages (templates).
"""

from __future__ import annotations

from functools import cache
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


def both(zh: str, en: str) -> Markup:
    """Both texts, of which the page's switch shows one; one text where they do not differ."""
    if zh == en:
        return escape(zh)
    return Markup('<span class="zh" lang="zh-Hans">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


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
    parts = [label(name, row[name]) for name in _DIMENSIONS if row[name]]
    parts += [Words(row[name], row[name]) for name in ("topic", "scope") if row.get(name)]
    return Words("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def measure(row: dict[str, str]) -> Words:
    """The basis, where it is not a plain level, and the dimensions."""
    told = dimensions(row)
    if row["basis"] in ("", "level"):
        return told
    basis = label("basis", row["basis"])
    return Words("，".join(filter(None, (basis.zh, told.zh))), ", ".join(filter(None, (basis.en, told.en))))
