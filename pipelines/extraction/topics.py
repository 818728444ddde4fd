"""What a number is about, in the text's own short words. Not here: the codes (coding.py, dimensions.py)."""

from __future__ import annotations

import re
from functools import cache

from pipelines.extraction.context import Context
from pipelines.extraction.dimensions import dimensions_of
from pipelines.reference import load_yaml

_QUOTED = re.compile(r"《([^《》]{2,30})》|“([^“”]{2,20})”")
_LONGEST = 60


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """The patterns of warehouse/reference/lexicon/topics.yaml."""
    return {name: re.compile(pattern) for name, pattern in load_yaml("lexicon/topics.yaml").items()}


def topic_of(context: Context, indicator: str, basis: str) -> str:
    """The noun phrase between the verb and the number, or behind the number; else what the sentence or its heading sets out to do."""
    if "topic" not in dimensions_of(indicator):
        return ""
    own = _quoted(context.left) or _phrase(context.left)
    if basis == "target" or len(own) < 2:
        own = _phrase(context.right[:30]) or own
    if len(own) < 2 and basis == "share":
        own = _phrase(context.clause_lead.rstrip(",; ").rpartition(",")[2])
    if len(own) < 2 and indicator == "proactive.disclosed" and not context.in_brackets:
        own = _undertaking(context)
    if (
        len(own) < 2
        and len(context.left) <= 6
        and not _words()["verbs"].search(context.left)
        and context.left.endswith(("类", "信息"))
    ):
        own = context.left.strip().removesuffix("类")
    if len(own) < 2 or _words()["generic"].fullmatch(own):
        return ""
    return own[-_LONGEST:]


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
    before = None
    while before != phrase:
        before = phrase
        phrase = _words()["tail"].sub("", _words()["head"].sub("", phrase)).strip(' 、,;:()[]“”"')
    return phrase


def _undertaking(context: Context) -> str:
    """What the sentence, or the heading above it, sets out to make public: 推进…信息公开."""
    for words in (context.lead + context.left, *reversed(context.headings.split("\n")[2:])):
        last = None
        for last in _words()["undertaking"].finditer(words):
            pass
        if last:
            return _clean(last["what"])
    return ""
