"""Sentences with figures, from grammar.yaml, and the facts that they state. Not here: tables, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.corpus.bodies import Body
from benchmarks.corpus.figures import Figures

_SLOT = re.compile(r"<([\w.]+) (\S+?)((?: \w+=\S+?)*)>")
_WORKING = {"id", "max", "sum", "pct", "chg", "rise", "print"}
_HAN = "零一两三四五六七八九"


@dataclass(slots=True)
class Fact:
    """A number that a report states; fields as in table `quantities`. `char_start` counts within its part of the report."""

    indicator: str
    value: float
    unit: str
    surface: str
    char_start: int
    period: str
    origin: str = "prose"
    basis: str = "level"
    base_period: str = ""
    channel: str = ""
    applicant: str = ""
    topic: str = ""
    outcome: str = ""
    qualifier: str = ""


@dataclass(slots=True)
class Part:
    """A stretch of a report: 'title', 'heading', 'paragraph' or 'table', and what it states."""

    kind: str
    text: str = ""
    facts: list[Fact] = field(default_factory=list)
    rows: Any = None


@cache
def grammar() -> dict[str, Any]:
    """The parsed grammar.yaml."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("grammar.yaml").read_text(encoding="utf-8"))
    return loaded


def sections(name: str, body: Body, figures: Figures) -> Iterator[list[Part]]:
    """The sections of a kind of report ('prose', 'form'): heading and paragraphs with figures."""
    for at, section in enumerate(grammar()[name]):
        parts = [Part("heading", section["heading"])]
        for number, paragraph in enumerate(section["paragraphs"]):
            made = Part("paragraph")
            for place, wordings in enumerate(paragraph):
                key = (name, at, number, place)
                said = wordings[figures.choice(key, len(wordings))]
                _say(made, fill(said, body, figures.year), f"{key}", figures)
            parts.append(made)
        yield parts


def fill(template: str, body: Body, year: int, **more: object) -> str:
    """A wording with the names of a report in it."""
    return template.format(
        year=year, last=year - 1, next=year + 1, place=body.name, office=body.office, kin=body.kin, **more
    )


def filler(body: Body, year: int, random: Random) -> str:
    """A sentence that states no fact."""
    words = grammar()["words"]
    return fill(
        random.choice(grammar()["filler"]),
        body,
        year,
        **{name: random.choice(options) for name, options in words.items()},
        month=random.randint(1, 12),
        day=random.randint(1, 28),
        number=random.randint(2, 40),
        han=random.choice("一二三四五六"),
    )


def _say(part: Part, said: str, series: str, figures: Figures) -> None:
    """Appends a wording to a paragraph, its figures printed."""
    slots = [(match, _options(match[3])) for match in _SLOT.finditer(said)]
    values = _values([options for _, options in slots], series, figures)
    at = 0
    for (match, options), value in zip(slots, values, strict=True):
        part.text += said[at : match.start()]
        verb = ("增长" if value >= 0 else "下降") if "chg" in options or "rise" in options else ""
        part.text += verb
        unit = "" if match[2] == "-" else match[2]
        number = _printed(abs(value) if verb else value, unit, options.get("print", ""))
        told = {key: text for key, text in options.items() if key not in _WORKING}
        told.setdefault("period", str(figures.year))
        part.facts.append(Fact(match[1], value, unit, number + unit, len(part.text), **told))
        part.text += number + unit
        at = match.end()
    part.text += said[at:]


def _options(written: str) -> dict[str, str]:
    return dict(option.split("=", 1) for option in written.split())


def _values(slots: list[dict[str, str]], series: str, figures: Figures) -> list[float]:
    """The figures of a wording: plain ones, then sums, then what is computed from either."""
    named: dict[str, float] = {}
    before: dict[str, float] = {}
    values: list[float] = [0.0] * len(slots)
    for number, options in sorted(enumerate(slots), key=lambda slot: _order(slot[1])):
        if "sum" in options:
            value = sum(named[name] for name in options["sum"].split("+"))
        elif "pct" in options:
            part, whole = options["pct"].split("/")
            value = round(100 * named[part] / named[whole], 2)
        elif "chg" in options or "rise" in options:
            name = options.get("chg") or options["rise"]
            change = named[name] - before[name]
            value = round(100 * change / before[name], 2) if "chg" in options else change
        else:
            value, last = (
                _plain(options, f"{series}{number}", figures, year) for year in (figures.year, figures.year - 1)
            )
            if "id" in options:
                before[options["id"]] = last
        if "id" in options:
            named[options["id"]] = value
        values[number] = float(value)
    return values


def _order(options: dict[str, str]) -> int:
    return 1 if "sum" in options else 2 if _WORKING & options.keys() & {"pct", "chg", "rise"} else 0


def _plain(options: dict[str, str], series: str, figures: Figures, year: int) -> float:
    most, style = int(options.get("max", 400)), options.get("print", "")
    if options.get("basis") == "rate":
        return round(100 - 20 * figures.share(series, year), 2)
    if style == "wan":
        return figures.count(series, most * 10, year) * 1000
    if style == "han":
        return figures.count(series, min(most, 9), year)
    if style == "some":
        return max(10, figures.count(series, most, year) // 10 * 10)
    return figures.count(series, most, year)


def _printed(value: float, unit: str, style: str) -> str:
    if unit == "%":
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if style == "wan":
        return f"{value / 10000:g}万"
    if style == "some":
        return f"{value:.0f}余"
    if style == "comma":
        return f"{value:,.0f}"
    return _HAN[int(value)] if style == "han" else f"{value:.0f}"
