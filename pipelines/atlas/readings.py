"""Why a number has its indicator, in words: rules are written for those who mend them, a reader of a page is told the
same in a sentence. Not here: the rules (pipelines/extraction).
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.atlas.words import Words, label

# Pattern of a rule, and what it says in Chinese and in English. A rule that none fits is shown as it is.
_SAID = tuple(
    (re.compile(pattern, re.DOTALL), zh, en)
    for pattern, zh, en in (
        (r"cue (?P<cue>\S+): (?P<words>.*)", "线索词“{words}”（{cue}）", "cue “{words}” ({cue})"),
        (r"form:uncoded: (?P<why>.*)", "统计表中未能归入：{why}", "table, not coded: {why}"),
        (
            r"form:(?P<form>[^:]*):(?P<place>.*): the cell prints no number",
            "{form}统计表：{place}；格内不是数字",
            "form of {form}: {place}; the cell prints no number",
        ),
        (r"form:(?P<form>[^:]*):(?P<place>.*)", "{form}统计表：{place}", "form of {form}: {place}"),
        (r"carried over from the number before", "沿用前一个数字的指标", "indicator of the number before"),
        (r"(?P<basis>\w+) of the count before it", "前一个数量的{basis_zh}", "{basis_en} of the count before it"),
        (
            r"none: best guess (?P<code>\S+) too weak",
            "未归入：最接近的是 {code}，依据不足",
            "none: the best guess, {code}, is too weak",
        ),
        (r"none: no cue near the number", "未归入：附近没有线索词", "none: no cue near the number"),
        (r"zero in words: .*", "文字说明为零", "zero, said in words"),
    )
)
_RUNNING = "; a running total, since what is new follows"


@lru_cache(maxsize=20_000)
def how(rule: str) -> Words:
    """What a number's `rule` says."""
    plain = rule.removesuffix(_RUNNING)
    zh, en = _said(plain)
    return Words(zh + "；其后另列新增，故为累计数", en + _RUNNING) if plain != rule else Words(zh, en)


def _said(rule: str) -> Words:
    for pattern, zh, en in _SAID:
        if found := pattern.fullmatch(rule):
            values = found.groupdict()
            basis = label("basis", values.get("basis", ""))
            values |= {"basis_zh": basis.zh, "basis_en": basis.en}
            return Words(zh.format(**values), en.format(**values))
    return Words(rule, rule)
