"""What a number is about, in the text's own short words. Not here: the codes (coding.py, dimensions.py)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.extraction.changes import NAMED_BEHIND, is_part_named_behind
from pipelines.extraction.context import Context
from pipelines.extraction.dimensions import ASIDE, RECENT, dimensions_of
from pipelines.reference import load_csv, load_yaml

_QUOTED = re.compile(r"《([^《》]{2,30})》|“([^“”]{2,20})”")
_DIGIT = re.compile(r"\d")
_LONGEST = 60


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """The patterns of warehouse/reference/lexicon/topics.yaml."""
    return {name: re.compile(pattern) for name, pattern in load_yaml("lexicon/topics.yaml").items()}


def topic_of(context: Context, indicator: str, basis: str, paragraph: str) -> str:
    """What the number is about: its own words, else what the sentence or heading sets out to do; of a number without an indicator its own
    words alone. `paragraph`: the words before it."""
    if not indicator:
        topic = _own(context, "", basis)
        return topic[-_LONGEST:] if _telling(topic, "") and not _DIGIT.search(topic) else ""
    if "topic" not in dimensions_of(indicator):
        return ""
    if indicator.startswith("proactive.gazette"):
        return _title(context.lead[-30:] + context.left)
    visited = indicator.startswith("outreach.") or "活动" in context.before
    topic = (_last(_words()["campaign"], paragraph) if visited else "") or _own(context, indicator, basis)
    if not _telling(topic, indicator):
        topic = _told_around(context, indicator, paragraph)
    return topic[-_LONGEST:] if _telling(topic, indicator) else ""


def share_topic(context: Context, second: bool) -> str:
    """Of a share: the part that the clause before it names; the `second` of two in 甲和乙类,分别占13%和10%."""
    words = context.before
    if pair := _words()["pair"].search(words):
        return _clean(pair["second" if second else "first"])
    if subject := _words()["subject"].search(words) or _words()["shared"].search(context.left):
        return _clean(subject["what"])
    return _clean(NAMED_BEHIND.sub("", context.right[:30])) if is_part_named_behind(context) else ""


@lru_cache(maxsize=RECENT)
def _telling(topic: str, indicator: str) -> bool:
    """Whether a topic says more than the indicator does."""
    named = _words()["adjective"].sub("", topic) in _name(indicator)
    if indicator.startswith("proactive.") and _words()["media"].fullmatch(topic):
        return False
    return len(topic) >= 2 and not named and not _words()["generic"].fullmatch(topic)


def _told_around(context: Context, indicator: str, paragraph: str) -> str:
    """What the words farther off tell, for indicators of which they do."""
    if indicator == "proactive.disclosed" and not context.in_brackets:
        return _undertaking(context, paragraph)
    if indicator == "response.suggestions":
        return _last(_words()["campaign"], paragraph)
    if indicator in {"services.cases_received", "services.declared_amount", "services.completion_rate"}:
        return _last(_words()["cases"], context.lead) or _last(_words()["promoted"], context.lead)
    return ""


@cache
def _name(indicator: str) -> str:
    """The indicator's name; of a name of two things (网民留言与咨询) the first, since the second tells it from that."""
    names = (row["name_zh"] for row in load_csv("indicators.csv") if row["indicator"] == indicator)
    return next(names, "").partition("与")[0]


def _own(context: Context, indicator: str, basis: str) -> str:
    """The noun phrase between the verb and the number, or behind the number."""
    if basis == "share" and (part := share_topic(context, second=False)):
        return part
    if basis == "target" and (limited := _last(_words()["limited"], context.lead[-60:] + context.left)):
        return _clean(limited)
    if indicator == "services.departments" and (taking := _words()["taking"].search(context.right)):
        return _clean(taking["what"])
    if indicator.startswith("proactive.disclosed") and (listed := _listed(context)):
        return listed
    own = _quoted(context.left) or ("" if _object_is_behind(context) else _phrase(context.left))
    if basis == "target" or len(own) < 2 or context.left.endswith("的"):
        own = _clean(context.right[:30]) or own
    if len(own) < 2 and len(context.left) <= 6 and context.left.endswith(("类", "信息")):
        own = "" if _words()["verbs"].search(context.left) else context.left.strip().removesuffix("类")
    return own


def _object_is_behind(context: Context) -> bool:
    """Whether the verb right before the number has its object behind it: 配备2名兼职人员, 发布4次红色预警."""
    words, behind = _words(), _clean(context.right[:30])
    if words["placing"].search(context.left) and (behind or not context.left.endswith("有")):
        return True  # 公开的重大事项信息有9条: the object of 有 stands before it
    return len(behind) >= 2 and bool(words["object_behind"].search(context.left))


def _listed(context: Context) -> str:
    """What an item of a list is called, whole, verbs in it and all, where it begins with none: …9条,建议办理情况5条."""
    words = _words()["dropped"].sub("", ASIDE.sub("", context.left))
    if not _LISTED.fullmatch(context.clause_lead) or not words or _words()["acting"].search(words):
        return ""
    return _clean(words)


_LISTED = re.compile(r"[,、;:]|[,;。]?\s*(?:其中|包括)[,:]?")


def _title(words: str) -> str:
    """The title of a gazette that goes by another name than 公报."""
    titles = [match[1] for match in _QUOTED.finditer(words) if match[1]]
    return "" if not titles or "公报" in titles[-1] else titles[-1]


def _last(pattern: re.Pattern[str], words: str) -> str:
    found = [next(filter(None, match.groupdict().values()), "") for match in pattern.finditer(words)]
    return found[-1] if found else ""


def _quoted(words: str) -> str:
    """A title or quotation that stands right before the number."""
    last = None
    for last in _QUOTED.finditer(words):
        pass
    if not last or len(words) - last.end() > 6 or _PUBLISHER.search(words, last.end()):
        return ""
    kind = words[last.end() :].removeprefix("等")  # 《…》等科技政策9条
    return _clean(kind) if len(_clean(kind)) >= 3 and words[last.end()] == "等" else last[1] or last[2]


_PUBLISHER = re.compile("发布|公开|推送|微信|微博|抖音|公众号|视频号|平台|网站")  # “青川发布”抖音发布视频9条
_DISCLOSED = re.compile(
    r"主动公开|公开|发布|公布|公示|更新|刊登|刊载|推送|发送|编发|印发|转载|转发|及时公|网站|公众号|订阅号|平台|专栏"
)


@lru_cache(maxsize=RECENT)
def _phrase(words: str) -> str:
    """What the last verb is about: its object behind it, or before it (人员招录信息公开3条). A bare 公开政府信息 is about all there is."""
    words = ASIDE.sub("", words)
    for verb in reversed(list(_words()["verbs"].finditer(words))):
        behind = words[verb.end() :]
        if behind.startswith("、") and _clean(words[: verb.start()]):
            continue  # one noun of a list: 政府会议、政策解读、项目建设
        if len(_clean(behind)) >= 2:
            return _clean(behind)
        if _DISCLOSED.match(verb[0]) and any(word in behind for word in ("信息", "消息", "工作")):
            column = _words()["column"].search(words[: verb.start()])
            return _clean(column["what"]) if column else ""
    phrase = _clean(words)
    return "" if _words()["verbs"].fullmatch(phrase) else phrase


@lru_cache(maxsize=RECENT)
def _clean(phrase: str) -> str:
    """The phrase without the words that only hold the sentence together."""
    before = None
    while before != phrase:
        before = phrase
        phrase = _words()["tail"].sub("", _words()["head"].sub("", phrase)).strip(' 、,;:()[]“”"')
    return phrase


def _undertaking(context: Context, paragraph: str) -> str:
    """What the innermost of several headings, or else the paragraph, sets out to make public: 推进…信息公开."""
    headings = context.headings.split("\n")
    match = _words()["heading"].search(headings[-1]) if len(headings) > 1 else None
    topic = _clean(match["what"]) if match else ""
    return topic if len(topic) >= 2 else _clean(_last(_words()["undertaking"], paragraph))
