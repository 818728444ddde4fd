"""Channel, topic, outcome and scope of a coded number, from its words. Not here: the indicator (coding.py)."""

from __future__ import annotations

import re
from functools import cache

from pipelines.extraction.context import Context
from pipelines.reference import load_csv, load_yaml


@cache
def _words() -> dict[str, object]:
    data: dict[str, object] = load_yaml("lexicon/dimensions.yaml")
    return data


@cache
def _channel_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    channels = load_yaml("lexicon/dimensions.yaml")["channels"]
    return tuple((code, re.compile(pattern)) for code, pattern in channels.items())


@cache
def dimensions_of(indicator: str) -> frozenset[str]:
    """The dimensions that the catalogue names for an indicator."""
    for row in load_csv("indicators.csv"):
        if row["indicator"] == indicator:
            return frozenset(filter(None, row["dimensions"].split("|")))
    return frozenset()


def channel_of(context: Context, indicator: str) -> str:
    """The channel that the words before a number name, nearest first; '' where none or where the indicator has none."""
    if "channel" not in dimensions_of(indicator):
        return ""
    for words in (context.left, context.clause_lead, context.right):
        code = _channel_in(words)
        if code:
            return code
    return ""


def _channel_in(words: str) -> str:
    """The channel named last in the words; a list of unlike channels is the widest that holds them."""
    hits = [(m.start(), code) for code, pattern in _channel_patterns() for m in pattern.finditer(words)]
    codes = {code for _, code in hits}
    social = {"microblog", "wechat", "app", "new_media"}
    media = {"press", "press_conference", "television", "radio"}
    if not codes:
        return ""
    if len(codes & social) > 1 and codes <= social:
        return "new_media"
    if len(codes & media) > 1 and codes <= media:
        return "press"
    if len(codes) > 1 and "、" in words:
        return ""
    return max(hits)[1]


@cache
def _outcome_patterns() -> tuple[tuple[str, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    outcomes = load_yaml("lexicon/dimensions.yaml")["outcomes"]
    return tuple(
        (prefix, tuple((code, re.compile(pattern)) for code, pattern in codes.items())) for prefix, codes in outcomes.items()
    )


def outcome_of(context: Context, indicator: str) -> str:
    """The outcome that the words next to a number name, for indicators that have outcomes."""
    for prefix, codes in _outcome_patterns():
        if indicator.startswith(prefix):
            for words in (context.left, context.right[:16]):
                for code, pattern in codes:
                    if pattern.search(words):
                        return code
    return ""


_VERBS = re.compile(
    r"(?:主动公开|公开发布|及时公布|及时公开|公开|发布|公布|公示|更新|解读|刊登|刊载|推送|编辑|编发|印发|办理|受理|围绕|开展|举办|组织|设立|设置|其中|包括|涉及|新增|累计|共计|答复|处置|回复|回应|网站|平台)(?:了|各类|有关|的)*"
)
_TAIL = re.compile(
    r"(?:\s|共计|共有|共|累计|总计|合计|达到|达|约|为|等|各类|相关|有关|的|类|方面|信息|政府信息|情况|数量|总数|数|总量|量|占|比|:|,|公开|发布|类别|已|了|有|近|超过|超|至少|通过|网上|今年|新增|栏目|事项|目录|及|和|与)+$"
)
_HEAD = re.compile(r"^(?:[\s、,;:和及与以并]|其中|同时|另外|此外|还|包括|主要是|分别是|全[市县区省镇乡局]|我[市县区省镇乡局]|各类|相关|有关|各|的|共|了|等|信息|政府信息|类)+")
_QUOTED = re.compile(r"《([^《》]{2,30})》|“([^“”]{2,20})”")


def topic_of(context: Context, indicator: str) -> str:
    """What the number is about in the text's own words: the noun phrase between the verb and the number, or behind it."""
    if "topic" not in dimensions_of(indicator):
        return ""
    words = context.left
    quoted = None
    for quoted in _QUOTED.finditer(words):
        pass
    if quoted and len(words) - quoted.end() <= 6:
        return quoted[1] or quoted[2]
    last = None
    for last in _VERBS.finditer(words):
        if last.end() >= len(words) - 1:
            continue
        words_after = words[last.end() :]
        if len(_clean(words_after)) >= 2:
            break
    phrase = _clean(words[last.end() :] if last else words)
    if len(phrase) < 2:
        phrase = _clean(context.right[:20])
    return phrase if len(phrase) <= 60 else phrase[-60:]


def _clean(phrase: str) -> str:
    """The phrase without the words that only hold the sentence together."""
    before = None
    while before != phrase:
        before = phrase
        phrase = _TAIL.sub("", _HEAD.sub("", phrase)).strip(" 、,;:()[]“”\"")
    return phrase


@cache
def _scope_pattern() -> re.Pattern[str]:
    return re.compile(load_yaml("lexicon/dimensions.yaml")["scope"])


def scope_of(context: Context) -> str:
    """The body or area that the sentence says a number is about, where it is named before it; '' for the whole."""
    last = None
    for last in _scope_pattern().finditer(context.lead[-80:] + context.left):
        pass
    return last["scope"] if last else ""
