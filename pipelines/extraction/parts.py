"""Which counts are parts of which: the whole that a number divides, and the breakdown it is in. Not here: what numbers lend each
other (memory.py)."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipelines.extraction.context import Context
from pipelines.extraction.quantity import Quantity

# Words that announce the parts of what was just counted.
_PARTS = re.compile(r"其中|分别(?:为|是)|具体(?:为|是)|包括|包含|类\s*$|(?:从|按照?)[^,;。]{1,12}(?:看|划?分|统计)")
_OWN_PARTS = re.compile(r"其中|包括|包含|具体(?:为|是)|分别(?:为|是)")
_PARTS_FOLLOW = re.compile(r"\s*(?:其中|主要包括|包括|(?:从|按|按照)[^,;。]{1,12}(?:看|分|划分|分类|统计))")
_VIEWED = re.compile(r"(?:从|按|按照|以)[^,;。]{1,12}(?:看|来看|分|划分|分类|统计)")


# How often what was published was seen: no whole of it.
SEEN = {"website.visits", "other.media_reads", "response.followers"}


class Noted(NamedTuple):
    """A number as read, where it stands."""

    quantity: Quantity
    context: Context


def parts_follow(context: Context) -> bool:
    """Whether the sentence, up to the number, begins with the parts of what the one before counted."""
    return bool(_PARTS_FOLLOW.match(context.before))


def is_part(whole: Noted, context: Context) -> bool:
    """Whether the words between a count and a number say that the number is a part of it."""
    if (context.found.value or 0) > (whole.quantity.value or 0):
        return False
    if whole.context.sentence.start != context.sentence.start:
        return whole.context.sentence.end == context.sentence.start and parts_follow(context)
    lead_start = context.left_start - len(context.lead)
    between = context.before[max(0, whole.quantity.char_end - lead_start) :]
    return bool(_PARTS.search(between)) or (context.in_brackets and len(between) <= 16)


class Wholes:
    """The counts before that a number may be a part of."""

    def __init__(self) -> None:
        self.whole: Noted | None = None  # the last count that is no part of another
        self._inner: Noted | None = None  # a part that has parts of its own: 公开90条,其中网站60条,具体为…
        self._last: Noted | None = None
        self._outer: Noted | None = None  # the last count outside brackets
        self._part: Noted | None = None  # the last part
        self._part_of: Quantity | None = None  # its whole
        self._parts: dict[int, Noted] = {}  # by the identity of a whole: its last part

    def note(self, noted: Noted) -> None:
        """Remembers a number that has been read."""
        self._last = noted
        if noted.quantity.basis != "level" or noted.context.in_brackets:
            return
        self._outer = noted
        if noted.quantity.indicator in SEEN and self.whole and self.whole.context.sentence is noted.context.sentence:
            return  # 网站发布信息90条,访问量60人次,其中动态30条
        if not _PARTS.search(noted.context.before) or self._nothing_to_divide(noted.context):
            self.whole = noted

    def _nothing_to_divide(self, context: Context) -> bool:
        """Whether no count stands in the sentence or the one before it: 网站(包括专栏)公开90条 is a whole whatever it includes."""
        return self.whole is None or self.whole.context.sentence.end < context.sentence.start - 2

    def divided(self, context: Context) -> Noted | None:
        """The count that a list is dividing where a number stands: the last part, once its own parts are announced, until its clause
        ends; else the whole."""
        last, lead = self._last, context.clause_lead
        if not last or last is self.whole or last.context.sentence is not context.sentence or ";" in lead:
            self._inner = None
        elif last.quantity.basis == "level" and _OWN_PARTS.search(lead + context.left):
            self._inner = last
        inner = self._inner
        return inner if inner and context.found.value <= (inner.quantity.value or 0) else self.whole

    def whole_of(self, quantity: Quantity, context: Context) -> Quantity | None:
        """The count that a count or share is a part of, None where the words tell none; notes which breakdown of it the part is in."""
        if quantity.basis == "share":
            return self._lend_whole(quantity)
        whole = self._enclosing(context) if context.in_brackets else self.divided(context)
        if quantity.basis != "level" or not whole or whole.quantity.unit != quantity.unit:
            return None
        if not context.in_brackets and not is_part(whole, context):
            return None
        if (quantity.value or 0) > (whole.quantity.value or 0):
            return None
        self._count(quantity, whole, context)
        return whole.quantity

    def _lend_whole(self, share: Quantity) -> Quantity | None:
        """A share right behind a part says how much that part is of the same whole."""
        if not self._part or not self._last or self._part.quantity is not self._last.quantity:
            return None
        share.breakdown = self._part.quantity.breakdown
        return self._part_of

    def _enclosing(self, context: Context) -> Noted | None:
        """The count that a bracket stands behind: 469条(政务动态465条、计划总结1条)."""
        outer, words = self._outer, context.before
        if not outer:
            return None
        bracket = context.found.start - len(words) + words.rfind("(")
        return outer if 0 <= bracket - outer.quantity.char_end <= 1 else None

    def _count(self, quantity: Quantity, whole: Noted, context: Context) -> None:
        """Gives the part the number of its breakdown: a new one in another sentence or bracket, or behind 从渠道看, 按类别分."""
        key = id(whole.quantity)
        before = self._parts.get(key)
        same = before is not None and not _anew(before.context, context)
        quantity.breakdown = ((before.quantity.breakdown or 0) if before else 0) + (0 if same else 1)
        self._parts[key] = self._part = Noted(quantity, context)
        self._part_of = whole.quantity


def _anew(before: Context, context: Context) -> bool:
    if before.sentence.start != context.sentence.start or before.in_brackets != context.in_brackets:
        return True
    return bool(_VIEWED.search(context.clause_lead + context.left))
