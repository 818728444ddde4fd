"""What one number lends the next: indicator, channel, basis, and the whole that it is a part of. Not here: its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extraction.changes import Basis
from pipelines.extraction.context import Context
from pipelines.extraction.quantity import Quantity

# Words that announce the parts of what was just counted.
_PARTS = re.compile(r"其中|分别(?:为|是)|包括|包含|(?:信息)?类\s*$|(?:从|按|按照)[^,;。]{1,12}(?:看|分|划分|分类|统计)")
_PARTS_FOLLOW = re.compile(r"\s*(?:其中|主要包括|包括|(?:从|按|按照)[^,;。]{1,12}(?:看|分|划分|分类|统计))")
_OF_THESE = re.compile(r"\s*(?:在)?(?:上述|所有|已|主动)*公开的(?:政府)?信息(?:中|里)")
# Counts whose parts, whatever they are called, are counts of the same thing.
_DIVIDED = {
    "response.hotline_calls",
    "response.letters",
    "response.consultations",
    "response.messages",
    "requests.received",
}
_VIEWED = re.compile(r"(?:从|按|按照|以)[^,;。]{1,12}(?:看|来看|分|划分|分类|统计)")
_COMPARISON = re.compile(r"(?:比|较|同|与|和)?(?:去年|上一?年|前一?年|20\d\d年)(?:度)?(?:同期|相比)?|同比|环比")
_CHANGE_WORDS = re.compile(r"占|其|总数|总量|全部|的|比重|比例|增|减|加|少|长|幅|下降|上升|提高|约|了|达到?|为|分别|,")


@dataclass(slots=True)
class _Noted:
    quantity: Quantity
    context: Context


class Memory:
    """The numbers before, as far as they matter to the next one."""

    def __init__(self) -> None:
        self._last: _Noted | None = None
        self._level: _Noted | None = None  # the last count
        self._some: _Noted | None = None  # the last count that is not zero
        self._whole: _Noted | None = None  # the last count that is no part of another
        self._outer: _Noted | None = None  # the last count outside brackets
        self._part: _Noted | None = None  # the last part
        self._part_of: Quantity | None = None  # its whole
        self._parts: dict[int, _Noted] = {}  # by the identity of a whole: its last part
        self._channel = ""  # the last channel named in the sentence

    def note(self, quantity: Quantity, context: Context) -> None:
        """Remembers a number that has been read."""
        if not self._last or self._last.context.sentence.start != context.sentence.start:
            self._channel = ""
        self._channel = quantity.channel or self._channel
        self._last = _Noted(quantity, context)
        if quantity.basis != "level":
            return
        self._level = self._last
        if quantity.value:
            self._some = self._last
        if context.in_brackets:
            return
        self._outer = self._last
        if not _PARTS.search(context.before):
            self._whole = self._last

    def same_basis(self, context: Context) -> Basis | None:
        """Of 分别占13%和10% the second is what the first is: no words of its own, the same unit."""
        last = self._last
        if not last or context.left.strip() or context.in_brackets or last.quantity.unit != context.found.unit:
            return None
        if last.quantity.basis not in {"share", "rate", "change_pct"} or last.context.sentence != context.sentence:
            return None
        return Basis(last.quantity.basis, -1 if (last.quantity.value or 0.0) < 0 else 1, last.quantity.base_period)

    def lend(self, quantity: Quantity) -> bool:
        """Gives a number the code of the one before it; False where that has none."""
        if not self._last or not self._last.quantity.indicator:
            return False
        _inherit(quantity, self._last.quantity)
        return True

    def lend_subject(self, quantity: Quantity, context: Context, basis: Basis) -> bool:
        """Gives a change or share the code of the count that it is of: the one before it in the sentence, no other subject between."""
        level = self._level
        if basis.basis not in {"change_abs", "change_pct", "share", "multiple"} or not level:
            return False
        if level.context.sentence.start != context.sentence.start or not level.quantity.indicator:
            return False
        own = _CHANGE_WORDS.sub("", _COMPARISON.sub("", context.left)).strip()
        if len(own) > (8 if basis.basis == "share" else 4):
            return False
        _inherit(quantity, level.quantity)
        return True

    def count_in_paragraph(self, context: Context) -> str | None:
        """The indicator of the last count above zero in the same paragraph, which rates that follow may be of."""
        some = self._some
        if not some or some.context.sentence.paragraph_start != context.sentence.paragraph_start:
            return None
        return some.quantity.indicator

    def channel(self, context: Context, indicator: str) -> str:
        """The channel of the number before, which holds to the sentence's end and for its parts in the next, within a theme."""
        last, whole = self._last, self._whole
        if whole and _family(whole.quantity.indicator) == _family(indicator) and self._of_disclosed(whole, context):
            return whole.quantity.channel
        if not last or _family(last.quantity.indicator) != _family(indicator):
            return ""
        same = last.context.sentence.start == context.sentence.start
        apart = ";" in context.lead[-len(context.clause_lead) - 1 :] and not (
            self._whole and self._is_part(self._whole, context)
        )
        return (last.quantity.channel or self._channel) if (same and not apart) or self._follows(context) else ""

    def outcome(self, indicator: str, context: Context) -> str:
        """The outcome of the number before, where one verb governs both: 办理完结招标44宗、采购86宗; 答复咨询26件、建议3件."""
        last = self._last
        if not last or last.context.sentence.start != context.sentence.start or len(context.left) > 8:
            return ""
        alike = last.quantity.indicator == indicator == "services.tenders"
        answered = last.quantity.outcome == "answered" and indicator.startswith("response.")
        joined = context.left_start - last.quantity.char_end <= 1
        return last.quantity.outcome if alike or (answered and joined) else ""

    def scope(self, context: Context) -> str:
        """The scope of the number before, which holds to the sentence's end, save where a bracket held it."""
        last = self._last
        if not last or last.context.sentence.start != context.sentence.start or last.context.in_brackets:
            return ""
        return last.quantity.scope

    def _follows(self, context: Context) -> bool:
        """Whether the sentence begins with the parts of the one before."""
        last = self._last
        begins = _PARTS_FOLLOW.match(context.before)
        return bool(last and begins and last.context.sentence.end == context.sentence.start)

    def carried(self, context: Context) -> tuple[str, float] | None:
        """The indicator that the number before may lend, and what speaks for it: the same unit, in the same sentence; a part of it."""
        if not self._last or not self._level or not self._level.quantity.indicator:
            return None
        level = self._level.quantity
        unlike = bool(context.found.unit) and level.unit != context.found.unit
        if unlike and not (context.left.endswith("类") and self._whole):
            return None
        whole = self._whole
        if self._last.context.sentence.start == context.sentence.start:
            lender = whole.quantity if whole and self._of_disclosed(whole, context) else level
            return lender.indicator or "", self._part_bonus(context, level)
        if whole and whole.quantity.indicator and _OF_THESE.match(context.before):
            return whole.quantity.indicator, 6.0
        return (level.indicator or "", -1.0) if self._continues(context, self._last) else None

    def _of_disclosed(self, whole: _Noted, context: Context) -> bool:
        """Whether the number is a part of what was disclosed: 其中 lists name many things, all of them disclosed items."""
        disclosed = (whole.quantity.indicator or "").startswith("proactive.disclosed")
        return disclosed and whole.quantity.unit == context.found.unit and self._is_part(whole, context)

    def _continues(self, context: Context, last: _Noted) -> bool:
        """Whether a sentence goes on with the list of the one before: it says little more than the number and what it counts."""
        if context.found.start - context.sentence.start > 20 or context.found.start - last.quantity.char_end > 30:
            return False
        return context.sentence.headings == last.context.sentence.headings

    def _part_bonus(self, context: Context, level: Quantity) -> float:
        """How much a list of parts (其中 …) speaks for the whole's indicator: parts are of one kind with it."""
        whole = self._whole
        if not whole or whole.quantity.indicator != level.indicator or level.indicator not in _DIVIDED:
            return 0.0
        return 4.0 if self._is_part(whole, context) else 0.0

    def _is_part(self, whole: _Noted, context: Context) -> bool:
        if (context.found.value or 0) > (whole.quantity.value or 0):
            return False
        if whole.context.sentence.start != context.sentence.start:
            next_sentence = whole.context.sentence.end == context.sentence.start
            return next_sentence and bool(_PARTS_FOLLOW.match(context.before))
        lead_start = context.left_start - len(context.lead)
        between = context.lead[max(0, whole.quantity.char_end - lead_start) :] + context.left
        return bool(_PARTS.search(between)) or (context.in_brackets and len(between) <= 16)

    def whole_of(self, quantity: Quantity, context: Context) -> Quantity | None:
        """The count that a count or share is a part of, None where the words tell none; notes which breakdown of it the part is in."""
        if quantity.basis == "share":
            of_part = self._part and self._last and self._part.quantity is self._last.quantity
            return self._lend_whole(quantity) if of_part else None
        whole = self._enclosing(context) if context.in_brackets else self._whole
        if quantity.basis != "level" or not whole or whole.quantity.unit != quantity.unit:
            return None
        if not context.in_brackets and not self._is_part(whole, context):
            return None
        if (quantity.value or 0) > (whole.quantity.value or 0):
            return None
        self._count(quantity, whole, context)
        return whole.quantity

    def _lend_whole(self, share: Quantity) -> Quantity | None:
        share.breakdown = self._part.quantity.breakdown if self._part else None
        return self._part_of

    def _enclosing(self, context: Context) -> _Noted | None:
        """The count that a bracket stands behind: 469条(政务动态465条、计划总结1条)."""
        outer, words = self._outer, context.before
        if not outer:
            return None
        bracket = context.found.start - len(words) + words.rfind("(")
        return outer if 0 <= bracket - outer.quantity.char_end <= 1 else None

    def _count(self, quantity: Quantity, whole: _Noted, context: Context) -> None:
        """Gives the part the number of its breakdown: a new one in another sentence or bracket, or behind 从渠道看, 按类别分."""
        key = id(whole.quantity)
        before = self._parts.get(key)
        same = before is not None and not self._anew(before.context, context)
        quantity.breakdown = ((before.quantity.breakdown or 0) if before else 0) + (0 if same else 1)
        self._parts[key] = self._part = _Noted(quantity, context)
        self._part_of = whole.quantity

    @staticmethod
    def _anew(before: Context, context: Context) -> bool:
        if before.sentence.start != context.sentence.start or before.in_brackets != context.in_brackets:
            return True
        return bool(_VIEWED.search(context.clause_lead + context.left))


def _family(indicator: str | None) -> str:
    """The theme within which a channel holds; what is disclosed and what is explained go through the same ones."""
    theme = (indicator or "").partition(".")[0]
    return "proactive" if theme == "response" else theme


def _inherit(quantity: Quantity, of: Quantity) -> None:
    quantity.indicator = of.indicator
    quantity.channel, quantity.topic, quantity.outcome, quantity.scope = of.channel, of.topic, of.outcome, of.scope
    quantity.applicant = of.applicant
    quantity.rule = f"{quantity.basis} of the count before it"
