"""What a number is about, in the text's own short words. Not here: the codes (coding.py, dimensions.py)."""

from __future__ import annotations

import re
from functools import cache

from pipelines.extraction.context import Context
from pipelines.extraction.dimensions import dimensions_of
from pipelines.reference import load_csv, load_yaml

_QUOTED = re.compile(r"《([^《》]{2,30})》|“([^“”]{2,20})”")
_LONGEST = 60


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """The patterns of warehouse/reference/lexicon/topics.yaml."""
    return {name: re.compile(pattern) for name, pattern in load_yaml("lexicon/topics.yaml").items()}


def topic_of(context: Context, indicator: str, basis: str, paragraph: str) -> str:
    """What the number is about: its own words, else what the sentence or heading sets out to do. `paragraph`: the words before it."""
    if "topic" not in dimensions_of(indicator):
        return ""
    visited = indicator.startswith("outreach.") or "活动" in context.lead + context.left
    topic = (_campaign(paragraph) if visited else "") or _own(context, basis)
    if len(topic) < 2 and indicator == "proactive.disclosed" and not context.in_brackets:
        topic = _undertaking(context, paragraph)
    named = _words()["adjective"].sub("", topic) in _name(indicator)
    if len(topic) < 2 or named or _words()["generic"].fullmatch(topic):
        return ""
    return topic[-_LONGEST:]


@cache
def _name(indicator: str) -> str:
    return next((row["name_zh"] for row in load_csv("indicators.csv") if row["indicator"] == indicator), "")


def _own(context: Context, basis: str) -> str:
    """The noun phrase between the verb and the number, or behind the number."""
    if basis == "share" and (subject := _words()["subject"].search(context.lead + context.left)):
        return _clean(subject["what"])
    if basis == "target" and (limited := _last(_words()["limited"], context.lead[-60:] + context.left)):
        return _clean(limited)
    own = _quoted(context.left) or _phrase(context.left)
    if basis == "target" or len(own) < 2:
        own = _clean(context.right[:30]) or own
    if len(own) < 2 and len(context.left) <= 6 and context.left.endswith(("类", "信息")):
        own = "" if _words()["verbs"].search(context.left) else context.left.strip().removesuffix("类")
    return own


def _last(pattern: re.Pattern[str], words: str) -> str:
    found = [match["what"] for match in pattern.finditer(words)]
    return found[-1] if found else ""


def _quoted(words: str) -> str:
    """A title or quotation that stands right before the number."""
    last = None
    for last in _QUOTED.finditer(words):
        pass
    return (last[1] or last[2]) if last and len(words) - last.end() <= 6 else ""


def _phrase(words: str) -> str:
    """What the last verb is about: its object behind it, or before it (人员招录信息公开3条). A bare 公开政府信息 is about all there is."""
    for verb in reversed(list(_words()["verbs"].finditer(words))):
        behind = words[verb.end() :]
        if len(_clean(behind)) >= 2:
            return _clean(behind)
        if "信息" in behind:
            return ""
    phrase = _clean(words)
    return "" if _words()["verbs"].fullmatch(phrase) else phrase


def _clean(phrase: str) -> str:
    """The phrase without the words that only hold the sentence together."""
    before = None
    while before != phrase:
        before = phrase
        phrase = _words()["tail"].sub("", _words()["head"].sub("", phrase)).strip(' 、,;:()[]“”"')
    return phrase


def _campaign(paragraph: str) -> str:
    """The last campaign that the paragraph names: “…”活动."""
    return _last(_words()["campaign"], paragraph)


def _undertaking(context: Context, paragraph: str) -> str:
    """What the paragraph, or else the innermost of several headings, sets out to make public: 推进…信息公开."""
    told = _last(_words()["undertaking"], paragraph)
    if told:
        return _clean(told)
    headings = context.headings.split("\n")
    match = _words()["heading"].search(headings[-1]) if len(headings) > 1 else None
    return _clean(match["what"]) if match else ""
