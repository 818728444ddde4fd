"""Zeros said in words: none was received, nothing was charged. Not here: zeros printed as digits (scan.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipelines.extraction.dimensions import only_channel
from pipelines.extraction.quantity import Quantity
from pipelines.language.periods import Periods
from pipelines.language.sentences import Sentences, quote_of
from pipelines.reference import load_yaml

# Indicator, outcome, what there was none of, the context that it needs, and what must not be said.
_Thing = tuple[str, str, re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[_Thing, ...]]:
    data = load_yaml("lexicon/zeros.yaml")
    things = tuple(
        (
            e["to"],
            e.get("outcome", ""),
            re.compile(e["cue"]),
            *(re.compile(e[k]) if k in e else None for k in ("in", "not")),
        )
        for e in data["things"]
    )
    return re.compile(data["signs"]), re.compile("|".join(f"(?:{p})" for p in data["phrases"])), things


def read_zeros(
    text: str, folded: str, sentences: Sentences, periods: Periods, skip: tuple[tuple[int, int], ...]
) -> list[Quantity]:
    """A quantity of value 0 for each thing that a phrase says there was none of; several may share a place."""
    result: list[Quantity] = []
    for match in _phrases(folded):
        if any(start <= match.start() < end for start, end in skip):
            continue
        result += _things(text, folded, sentences, periods, match)
    return result


_REST = re.compile(r"[^。\n]*[。\n]?")  # of a sentence


def _phrases(folded: str) -> Iterator[re.Match[str]]:
    """The phrases of the text: sought in sentences that hold a sign of one, which are few, and never over the end of one."""
    signs, phrases, _ = _patterns()
    end = 0
    while sign := signs.search(folded, end):
        start = max(end, folded.rfind("。", end, sign.start()), folded.rfind("\n", end, sign.start()))
        rest = _REST.match(folded, sign.end())
        end = rest.end() if rest else sign.end()
        yield from phrases.finditer(folded, start, end)


def _things(text: str, folded: str, sentences: Sentences, periods: Periods, match: re.Match[str]) -> list[Quantity]:
    start, end = match.span()
    sentence = sentences.at(start)
    # 无 alone answers what stands before it: the heading, or the sentence that ends there.
    before = folded[max(sentence.paragraph_start, start - 60) : start]
    said = match[0] if len(match[0]) > 1 else before or sentence.heading
    lead, headings = folded[max(sentence.start, start - 300) : start], sentence.headings
    *_, things = _patterns()
    found: list[Quantity] = []
    for indicator, outcome, cue, context, barred in things:
        if (
            not cue.search(said)
            or (barred and barred.search(said))
            or (context and not context.search("\n".join((headings, lead, match[0]))))
        ):
            continue
        found.append(
            Quantity(
                origin="prose",
                surface=text[start:end],
                char_start=start,
                char_end=end,
                value=0.0,
                indicator=indicator,
                outcome=outcome,
                channel=_channel(indicator, match[0], lead),
                period=periods.at(start, sentence.start, sentence.paragraph_start) if periods.year else "",
                quote=quote_of(text, sentence, start, end),
                section=sentence.heading,
                rule=f"zero in words: {indicator}",
            )
        )
    return found


def _channel(indicator: str, said: str, lead: str) -> str:
    """Through what none came: 未收到网络申请; 微信公众号发布信息9条,未收到留言."""
    if indicator == "requests.received":
        code = only_channel(said)
        return {"website": "online", "other": ""}.get(code, code)  # 没有收到书面或其他形式的申请: none at all
    return only_channel(said) or only_channel(lead.rpartition(";")[2]) if indicator == "response.messages" else ""
