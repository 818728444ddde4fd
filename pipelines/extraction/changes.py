"""Whether a number is a level, a rate, a share, a change or a target, its sign, and what a change is measured against."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.extraction.context import Context
from pipelines.extraction.lexicon import kind_of
from pipelines.language.periods import shift

_DOWN = "减少|下降|降低|减幅|降幅|缩短|压缩|下滑|回落|缩减|压减|递减|少"
_UP = "增加|增长|上升|提高|提升|增幅|涨幅|升幅|上涨|攀升|扩大|多|高出|净增|递增|增"
_CHANGE = re.compile(f"{_DOWN}|{_UP}")  # no groups: a search then skips to the first characters
_FALLS = frozenset(_DOWN.split("|"))
# 增加到, 减少为: the number is where the change ends, not its size.
_ENDS = re.compile(
    r"(?:增加|增长|上升|提高|提升|减少|下降|降低|缩减|压缩|缩短|精简|扩大)(?:到|至|为|成)(?:了)?[^,;。]{0,6}$"
)
_COMPARED = re.compile(
    r"(?:同比|环比|比|较|与|于|和|同|是|为)\s*(?P<year>(?:19|20)\d{2})\s*年(?:度)?(?:同期)?"
    r"|(?:比|较|同|与|和|于)?\s*(?:去年|上一?年|前一?年)(?:度)?(?:同期|同比|相比)?|同比"
)
_COMPARATIVE = re.compile(
    r"同比|环比|相比|(?:比|较|与|同)\s*(?:去年|上一?年|前一?年|上年|(?:19|20)\d{2}\s*年|同期|往年|原来?)|上年同期|去年同期"
)
_SHARE = re.compile(r"占(?:比|到|了|据)?|比重|比例为|份额")
_TARGET = re.compile(
    r"(?:不得?超过|不少于|不低于|不晚于|最迟|必须|应当?|要求|目标|确保|力争|须|要在|限时|承诺|压缩至|压缩到|缩短至|缩短到|控制在|压缩在)"
)
_REQUIRED = re.compile(r"(?:不少于|不低于|不得少于|至少要|不得低于|不超过|不多于)\s*$")


class Basis(NamedTuple):
    """`basis` as in the codes; `sign` -1 where a change goes down; `base_period` of a change, '' where none is told."""

    basis: str
    sign: int = 1
    base_period: str = ""


def basis_of(context: Context, unit: str, qualifier: str, period: str) -> Basis:
    """What kind of figure a number is, by the words next to it."""
    kind = kind_of(unit)
    near = context.left if len(context.left.strip()) > 1 else context.lead[-12:] + context.left
    if unit == "倍":
        return Basis("multiple", 1, _base(context, period))
    change = _last_change(near)
    if change and _ENDS.search(near):
        change = ""
    if kind == "rate":
        return _rate(context, unit, near, change, period)
    if kind == "time":
        limit = qualifier in {"at_most", "at_least"} or _TARGET.search(context.left)
        return Basis("target" if limit else "level")
    if _REQUIRED.search(context.left):
        return Basis("target")
    if change and _COMPARATIVE.search(context.lead[-40:] + context.left) and _adjacent(near):
        return Basis("change_abs", _sign(change), _base(context, period))
    return Basis("level")


def _rate(context: Context, unit: str, near: str, change: str, period: str) -> Basis:
    if change and (_adjacent(near) or unit == "个百分点"):
        return Basis("change_abs" if unit == "个百分点" else "change_pct", _sign(change), _base(context, period))
    if _SHARE.search(context.left[-12:]) and "率" not in context.left[-3:]:
        return Basis("share")
    if is_part_named_behind(context):
        return Basis("share")
    if _REQUIRED.search(context.left):
        return Basis("target")
    return Basis("rate")


def is_part_named_behind(context: Context) -> bool:
    """Whether a percentage is a share and what it is the share of stands behind it: 其中90%以上为原创稿件."""
    return context.left.endswith("其中") and bool(NAMED_BEHIND.match(context.right))


NAMED_BEHIND = re.compile(r"(?:以上|左右|多)?(?:是|为|属于?)(?=[^,;。\d]{2})")


def _last_change(words: str) -> str:
    """The last word of a change, '' where there is none."""
    last = ""
    for last in _CHANGE.findall(words):
        pass
    return last


def _sign(change: str) -> int:
    return -1 if change in _FALLS else 1


_ADJACENT = re.compile(
    rf"(?:{_DOWN}|{_UP})(?:了|达到?|约|近|率|幅度?|为|:|的?比例|数|量|幅|超过|高?达|共|将近|超)*\s*$"
)


def _adjacent(words: str) -> bool:
    return bool(_ADJACENT.search(words))


def _base(context: Context, period: str) -> str:
    """The period that a change is measured against, from the nearest comparison before it in the sentence."""
    last = None
    for last in _COMPARED.finditer(context.lead[-60:] + context.left):
        pass
    if not last or not period:
        return ""
    if last["year"]:
        return shift(period, int(last["year"]) - int(period[-7:-3] if period.count("-") >= 1 else period[-4:]))
    return shift(period, -1)
