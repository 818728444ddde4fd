"""Channel, outcome and scope of a coded number, from its words. Not here: the indicator (coding.py), the topic (topics.py)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.extraction.context import Context
from pipelines.extraction.triggers import Index
from pipelines.reference import load_csv, load_yaml

RECENT = 1 << 16  # words kept with what they name: bodies say the same from year to year, and to one another


@cache
def _channel_patterns() -> tuple[Index, tuple[tuple[str, re.Pattern[str]], ...]]:
    """What each channel is named by, and an index that tells which may be named at all."""
    channels = load_yaml("lexicon/dimensions.yaml")["channels"]
    return Index(channels.values()), tuple((code, re.compile(pattern)) for code, pattern in channels.items())


@cache
def dimensions_of(indicator: str) -> frozenset[str]:
    """The dimensions that the catalogue names for an indicator."""
    for row in load_csv("indicators.csv"):
        if row["indicator"] == indicator:
            return frozenset(filter(None, row["dimensions"].split("|")))
    return frozenset()


# Names say nothing of the channel: “某某政府网”微信公众号 is WeChat, a website may have its 《预决算公开栏》.
_ACCOUNT = re.compile(
    r"“[^“”]{1,14}”(?=(?:官方|政务)?(?:微信|微博|公众号|抖音|客户端))|《[^《》]{1,20}栏》|(?:政务)?新媒体(?:平台)?(?=“[^“”]{1,14}”|微信|微博|公众号)"
)


@cache
def _implied_channels() -> frozenset[str]:
    return frozenset(load_yaml("lexicon/dimensions.yaml")["implied_channel"])


# What a bracket adds says nothing of the number: 主流媒体(包括新媒体)发布信息9条.
ASIDE = re.compile(r"\((?:含|包括|包含|不含|其中|以下|下同|除)[^()]{0,40}\)")
_ANEW = re.compile("通过|利用|依托|借助")
_IN_PLACE = re.compile(
    r"(?:^|[,;])\s*在(?!(?:上述|所有|已|主动)*公开的)[^,;]{2,24}(?:上|中|内)?(?:公开|发布|公布|公示)"
)


def _begins_anew(words: str) -> bool:
    """Whether the words tell of a place of their own."""
    return bool(_ANEW.search(words) or ("在" in words and _IN_PLACE.search(words)))


def channel_of(context: Context, indicator: str, inherited: str) -> str:
    """The channel that the words before a number name, nearest first, else the `inherited` one of the number before it; '' where there
    is none, where unlike ones are named together, or where the indicator has none."""
    if indicator in _implied_channels():
        return ""
    lead = _last_way(context.clause_lead.rpartition(";")[2])
    asked = indicator.startswith("requests.")  # 2件为网上申请,1件为信函申请: how is said behind the number
    for words in (context.left, context.right, lead) if asked else (context.left, lead, context.right):
        code = _channel_in(words)
        if code == "notice_board" and inherited == "website" and not _ANEW.search(words):
            return inherited  # 网站发布信息90条,其中公告栏30条: a column of the website
        if code == "website" and asked:
            return "online"
        if code:
            return "" if code == "several" else code
        if _begins_anew(words):
            return ""
    return inherited


def _last_way(lead: str) -> str:
    """The words from the last clause on that begins with a way of its own and names a channel: 发挥新媒体优势,借助微信公众号,…"""
    if "," in lead:
        for way in reversed(list(_ANEW.finditer(lead))):
            if lead[: way.start()].endswith(",") and _channel_in(lead[way.start() :]):
                return lead[way.start() :]
    return lead


_DISCLOSED = ("proactive.disclosed", "proactive.disclosed_cumulative")


def heading_channel(context: Context, indicator: str) -> str:
    """The channel that the innermost heading is about, of items made public: 网站公开情况."""
    heading = context.headings.rpartition("\n")[2]
    return only_channel(heading) if indicator in _DISCLOSED else ""


def only_channel(words: str) -> str:
    """The channel that the words name, where they name one."""
    return "" if (code := _channel_in(words)) == "several" else code


@lru_cache(maxsize=RECENT)
def _channel_in(words: str) -> str:
    """The channel named in the words; a list of unlike channels is the widest that holds them, or 'several'."""
    words = _ACCOUNT.sub("", ASIDE.sub("", words))
    index, channels = _channel_patterns()
    codes = _heads(words, [channels[number] for number in index.possible(words)])
    if not codes:
        return ""
    if _SUMMED.search(words):
        return "other"
    if len(codes & _SOCIAL) > 1 and codes <= _SOCIAL:
        return "new_media"
    if len(codes & _MEDIA) > 1 and codes <= _MEDIA:
        return "press"
    codes -= {"online"} if "website" in codes else set()
    return codes.pop() if len(codes) == 1 else "several"


# Of two channels right behind one another the second is meant: 大厅电子屏, 网站信箱. What may stand between them is no joint or verb.
_SOCIAL = {"microblog", "wechat", "app", "new_media"}
_MEDIA = {"press", "press_conference", "television", "radio"}
_COLUMN = re.compile(r"网站?[^,;、和及与]{0,6}栏")  # 网站公告栏 is the website's
_SUMMED = re.compile(r"等其[他它](?:方式|形式|渠道|途径)")  # 信箱、留言板等其他方式
_GAP = re.compile(r"[^、,;和及与或等(在通利用发公布]{0,3}")


def _heads(words: str, channels: list[tuple[str, re.Pattern[str]]]) -> set[str]:
    """The channels named in the words, without those that only say whose the next one is."""
    spans = sorted((match.span(), code) for code, pattern in channels for match in pattern.finditer(words))
    return {code for i, ((_, end), code) in enumerate(spans) if not _owns(words, end, code, spans[i + 1 :])} - (
        {"notice_board"} if _COLUMN.search(words) else set()
    )


def _owns(words: str, end: int, code: str, later: list[tuple[tuple[int, int], str]]) -> bool:
    """Whether a channel's name only says whose the next one is; 微博微信 and 广播电视 are two of a kind, side by side."""
    if code == "website" and _COLUMN.search(words):
        return False
    later = [(span, other) for span, other in later if other != "online" or code != "website"]  # 网站在线咨询
    kin = _SOCIAL if code in _SOCIAL else _MEDIA if code in _MEDIA else {code}
    return any(
        start >= end and other not in kin and _GAP.fullmatch(words, end, start) for (start, _), other in later[:3]
    )


@cache
def _outcome_patterns(indicator: str) -> tuple[tuple[tuple[tuple[str, re.Pattern[str]], ...], bool], ...]:
    """The outcomes that an indicator can have, and whether one verb may govern a list of them."""
    outcomes = load_yaml("lexicon/dimensions.yaml")["outcomes"]
    return tuple(
        (tuple((code, re.compile(pattern)) for code, pattern in codes.items()), prefix in _VERB_CARRIES)
        for prefix, codes in outcomes.items()
        if indicator.startswith(prefix)
    )


# Where one verb governs a list: 办理完结招标44宗、采购86宗.
_VERB_CARRIES = {"proactive.normative_documents", "proactive.regulations", "proposals", "services.tenders"}


def outcome_of(context: Context, indicator: str) -> str:
    """The outcome that the words next to a number name, for indicators that have outcomes."""
    for codes, verb_carries in _outcome_patterns(indicator):
        for words in (context.left, context.right[:16], _governing(context.lead) if verb_carries else ""):
            for code, pattern in codes:
                if pattern.search(words):
                    return code
    return ""


def _governing(lead: str) -> str:
    """Where a verb that governs a list may stand: right before it, or anywhere in its clause (办理来信9件、热线8件、建议7件)."""
    clause = lead[max(lead.rfind(mark) for mark in ",;:") + 1 :]
    return clause if len(clause) > _VERB_REACH else lead[-_VERB_REACH:]


_VERB_REACH = 24


@cache
def _scope_patterns() -> dict[str, re.Pattern[str]]:
    scopes = load_yaml("lexicon/dimensions.yaml")["scopes"]
    ends, acts = scopes["bureau_ends"], scopes["bureau_acts"]
    bureau = scopes["bureau"].replace("<ends>", ends).replace("<acts>", acts)
    words = {"name": scopes["name"], "level": scopes["level"], "bureau": bureau, "acting": f"(?:{ends})(?:{acts})"}
    return {name: re.compile(pattern) for name, pattern in words.items()}


def scope_of(context: Context, paragraph_lead: str, body: str) -> str:
    """The body or area that a number is about where it is not the whole report's: a level or a name in the number's own clause, or a
    bureau that the paragraph names as the one that acts. `body`: who reports (that is no scope)."""
    patterns = _scope_patterns()
    named = _named(context.clause_lead, context.left)
    if named or body.endswith(_BUREAU_ENDINGS) or not patterns["acting"].search(paragraph_lead):
        return named
    bureau = _last(patterns["bureau"], paragraph_lead[-300:])
    return "" if bureau in body else bureau


_BUREAU_ENDINGS = ("局", "委", "委员会", "厅", "中心", "办", "队")


@lru_cache(maxsize=RECENT)
def _named(lead: str, own: str) -> str:
    """The name that a number's own words or those before them in the clause tell, or the level that its own do."""
    patterns = _scope_patterns()
    return _last(patterns["name"], lead + own) or _last(patterns["level"], own)


def _last(pattern: re.Pattern[str], words: str) -> str:
    found = [match["scope"] for match in pattern.finditer(words)]
    return found[-1] if found else ""
