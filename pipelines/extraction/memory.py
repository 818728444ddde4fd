"""What one number lends the next: indicator, channel, outcome, scope, basis. Not here: its own words, or wholes (parts.py)."""

from __future__ import annotations

import re
from functools import cache

from pipelines.extraction.changes import Basis
from pipelines.extraction.context import Context
from pipelines.extraction.parts import SEEN, Noted, Wholes, is_part, parts_follow
from pipelines.extraction.quantity import Quantity

_OF_THESE = re.compile(r"\s*(?:在)?(?:上述|所有|已|主动)*公开的(?:政府)?信息(?:中|里)")
_KINDS = ("类", "类信息", "栏目", "栏目信息")  # what a list of what was disclosed calls its parts: 民意征集类9条
# Counts whose parts, whatever they are called, are counts of the same thing.
_DIVIDED = {
    "response.hotline_calls",
    "response.letters",
    "response.consultations",
    "response.messages",
    "requests.received",
}
# Measure words of what is published, which lists mix: 公开信息90篇,其中报告30篇、数据9期.
_PIECES = {"条", "篇", "则", "期", "份", "件"}
# What a 答复 before it answers too, where one verb governs a list.
_ANSWERED = {"response.letters", "response.messages", "response.suggestions", "response.complaints_handled"}
# Of what one verb lists: 主动发布市政府规范性文件9件、部门规范性文件8件.
_ONE_VERB = {"services.tenders", "proactive.normative_documents"}
_SHORT = 10  # characters of a number's own words in which no verb of its own stands
_DOCUMENTS = {"proactive.normative_documents", "proactive.regulations"}
_MADE = re.compile(r"制发|制定|印发|制作|起草|出台|发文")
_ALL_TOLD = re.compile(r"(?:合计|总计|共计|累计)(?:为|达)?")
_CARRIED_OVER = {"requests.carried_in", "requests.carried_out"}
_PUBLISHED = re.compile(r"(?:信息|结果|公告|公示|通知|通告|文件|报告|材料|方案|动态|名单)$")
_COMPARISON = re.compile(r"(?:比|较|同|与|和)?(?:去年|上一?年|前一?年|20\d\d年)(?:度)?(?:同期|相比)?|同比|环比")
_DEALT_WITH = re.compile(r"(?:均|已|全部|当年|按时|按期|其中|共)*(?:办结|答复|回复|办理|处理|回应|处置)(?:了|完毕)?")
_NEW = re.compile(r"新增|今年|本年|当年|年内")
_DEALING = re.compile(r"收|受理|接|答复|回复|办结|处理|处置")  # what came in and was answered is no disclosed item
_OWN_VERB = re.compile("发布|推送|刊|转发|通过|利用|更新|(?<!信息)公开")
_CHANGE_WORDS = re.compile(r"占|其|总数|总量|全部|的|比重|比例|增|减|加|少|长|幅|下降|上升|提高|约|了|达到?|为|分别|,")


class Memory:
    """The numbers before, as far as they matter to the next one."""

    def __init__(self) -> None:
        self._last: Noted | None = None
        self._level: Noted | None = None  # the last count
        self._some: Noted | None = None  # the last count that is not zero
        self.wholes = Wholes()
        self._channel = ""  # the last channel named in the sentence
        self._channels: set[str] = set()  # all that its counts went through
        self._listed = ""  # that of the last part with a verb, which may list more: 网站发布新闻9条,通知8条

    def note(self, quantity: Quantity, context: Context) -> None:
        """Remembers a number that has been read."""
        if not self._last or self._last.context.sentence.start != context.sentence.start:
            self._channel = self._listed = ""
            self._channels = set()
        if _OWN_VERB.search(context.left) or ";" in context.clause_lead:
            self._listed = quantity.channel if quantity.topic else ""
        self._channel = quantity.channel or self._channel
        self._channels |= {quantity.channel} if quantity.channel else set()
        self._last = Noted(quantity, context)
        self.wholes.note(self._last)
        if quantity.basis != "level" or quantity.indicator == "other.daily_cases":
            return
        self._level = self._last
        if quantity.value:
            self._some = self._last

    def accumulates(self, quantity: Quantity, context: Context) -> bool:
        """Whether a count of disclosed items is a part of a running total: 累计公开90条,其中动态60条."""
        whole = self.wholes.whole
        if quantity.indicator != "proactive.disclosed" or quantity.basis != "level" or not whole:
            return False
        total = whole.quantity.indicator == "proactive.disclosed_cumulative"
        return total and self._of_disclosed(whole, context) and not _NEW.search(context.left)

    def published_with(self, quantity: Quantity, context: Context) -> Quantity | None:
        """The count of disclosed items that a count of documents is a part of: 网站公开信息90条,其中发布规范性文件3件. None where it is none, or
        where the documents are said to have been made."""
        whole = self.wholes.whole
        if quantity.indicator not in _DOCUMENTS or _MADE.search(context.left):
            return None
        if not whole or not _disclosed(whole) or not is_part(whole, context):
            return None
        divided = self.wholes.divided(context) or whole
        return divided.quantity if _disclosed(divided) else whole.quantity

    def carried_over(self, quantity: Quantity, context: Context) -> str:
        """The indicator of the requests carried over that a count of requests by applicant or channel is a part of: 上年结转9件,其中公民6件;
        '' where it is none."""
        whole = self.wholes.whole
        if quantity.indicator != "requests.received" or not whole or not is_part(whole, context):
            return ""
        indicator = whole.quantity.indicator or ""
        return indicator if indicator in _CARRIED_OVER else ""

    def same_basis(self, context: Context) -> Basis | None:
        """Of 分别占13%和10% the second is what the first is: no words of its own, the same unit."""
        last = self._last
        if not last or context.left.strip() or context.in_brackets or last.quantity.unit != context.found.unit:
            return None
        if last.quantity.basis not in {"share", "rate", "change_pct"} or last.context.sentence is not context.sentence:
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

    def channel(self, context: Context, indicator: str, scope: str) -> str:
        """The channel of the number before, which holds to the sentence's end and for its parts in the next, within a theme and a
        scope."""
        last, whole = self._last, self.wholes.whole
        if _ALL_TOLD.fullmatch(context.left):
            return self._channel if len(self._channels) == 1 else ""  # 网上申请9件,信函申请3件,合计12件
        if last and last.quantity.char_end == context.found.start:
            return last.quantity.channel  # 微信公开9次30条: one thing counted twice
        # 网站发布90条,其中微信发布9条,收到留言5条: what comes back came through the last channel
        answers = last and last.quantity.channel and indicator.startswith("response.")
        kin = whole and _family(whole.quantity.indicator) == _family(indicator) and not answers
        if whole and kin and (self._of_disclosed(whole, context) or _OF_THESE.match(context.before)):
            return self._listed_channel(context) or (self.wholes.divided(context) or whole).quantity.channel
        if not last:
            return ""
        same = last.context.sentence.start == context.sentence.start
        if same and last.quantity.indicator in SEEN and _family(indicator) == "proactive":
            return self._channel  # 网站发布信息90条,访问量60人次,发布解读5条
        if not _one_family(last.quantity.indicator, indicator):
            return ""
        if same and last.quantity.indicator == "website.columns":
            return "website"  # 开设专栏2个,发布信息90条
        apart = ";" in context.lead[-len(context.clause_lead) - 1 :] and not (
            self.wholes.whole and is_part(self.wholes.whole, context)
        )
        if same and scope and scope != last.quantity.scope and not (whole and is_part(whole, context)):
            return ""  # 网站公开90条,各乡镇公开30条: others, who have their own ways
        if same and not apart:
            return last.quantity.channel or self._channel
        return (whole or last).quantity.channel if self._follows(context) else ""

    def _listed_channel(self, context: Context) -> str:
        """The channel of a part whose verb lists more than it: 其中网站发布新闻9条,通知8条."""
        last = self._last
        if not last or last.context.sentence.start != context.sentence.start or ";" in context.clause_lead:
            return ""
        return "" if _OWN_VERB.search(context.left) else self._listed

    def outcome(self, indicator: str, context: Context) -> str:
        """The outcome of the number before, where one verb governs both: 办理完结招标44宗、采购86宗; 答复咨询26件、建议3件."""
        last = self._last
        if not last or last.context.sentence.start != context.sentence.start:
            return ""
        whole = self.wholes.whole
        if _proposals(indicator) and whole and _disclosed(whole) and is_part(whole, context):
            return "published"
        if _proposals(last.quantity.indicator) and _proposals(indicator) and is_part(last, context):
            return last.quantity.outcome
        alike = last.quantity.indicator == indicator and indicator in _ONE_VERB
        answered = last.quantity.outcome == "answered" and indicator in _ANSWERED
        joined = context.left_start - last.quantity.char_end <= 1 and not context.lead.endswith(";")
        return last.quantity.outcome if len(context.left) <= _SHORT and (alike or (answered and joined)) else ""

    def topic(self, indicator: str, context: Context) -> str:
        """The topic of the number before, of which this one only says how many were dealt with: 受理来访信件9件,办结8件."""
        last = self._last
        if not last or last.context.sentence.start != context.sentence.start:
            return ""
        if context.in_brackets and "累计" in context.left and (last.quantity.indicator or "") == "proactive.disclosed":
            return last.quantity.topic
        if not _DEALT_WITH.fullmatch(context.left):
            return ""
        return last.quantity.topic if last.quantity.indicator == indicator else ""

    def scope(self, context: Context) -> str:
        """The scope of the number before, which holds to the sentence's end, save where a bracket held it."""
        last = self._last
        if not last or last.context.sentence.start != context.sentence.start or last.context.in_brackets:
            return ""
        return last.quantity.scope

    def _follows(self, context: Context) -> bool:
        """Whether the sentence begins with the parts of the one before."""
        last = self._last
        return bool(last and last.context.sentence.end == context.sentence.start and parts_follow(context))

    def carried(self, context: Context) -> tuple[str, float] | None:
        """The indicator that the number before may lend, and what speaks for it: the same unit, in the same sentence; a part of it."""
        if not self._last or not self._level or not self._level.quantity.indicator:
            return None
        level = self._level.quantity
        unlike = bool(context.found.unit) and level.unit != context.found.unit
        whole = self.wholes.whole
        if unlike and not (whole and (context.left.endswith("类") or self._of_disclosed(whole, context))):
            return None
        if self._last.context.sentence.start == context.sentence.start:
            lender = whole.quantity if whole and self._of_disclosed(whole, context) else level
            return lender.indicator or "", self._part_bonus(context, level)
        divided = whole.quantity.indicator or "" if whole else ""
        if whole and divided in _DIVIDED and divided.startswith("response.") and is_part(whole, context):
            return divided, 6.0  # 热线受理90件。其中,求助类60件
        if whole and whole.quantity.indicator and _OF_THESE.match(context.before):
            return whole.quantity.indicator, 6.0
        if not self._continues(context, self._last):
            return None
        lender = whole.quantity if whole and self._of_disclosed(whole, context) else level
        return lender.indicator or "", -1.0

    def _of_disclosed(self, whole: Noted, context: Context) -> bool:
        """Whether the number is a part of what was disclosed: 其中 lists name many things, all of them disclosed items."""
        unit, counted = whole.quantity.unit, context.found.unit
        alike = unit == counted or (
            unit in _PIECES and (counted in _PIECES or (counted == "个" and bool(_PUBLISHED.search(context.left))))
        )
        return alike and _disclosed(whole) and is_part(whole, context)

    def _continues(self, context: Context, last: Noted) -> bool:
        """Whether a sentence goes on with the list of the one before: it says little more than the number and what it counts."""
        if context.found.start - context.sentence.start > 20 or context.found.start - last.quantity.char_end > 30:
            return False
        return context.sentence.headings == last.context.sentence.headings

    def _part_bonus(self, context: Context, level: Quantity) -> float:
        """How much a list of parts (其中 …) speaks for the whole's indicator: parts are of one kind with it."""
        whole = self.wholes.whole
        if (level.indicator or "").startswith("response.") and _DEALT_WITH.fullmatch(context.left):
            return 5.0
        if whole and self._of_disclosed(whole, context) and not _DEALING.search(context.left):
            return 8.0 if context.left.endswith(_KINDS) and "解读" not in context.left else 4.0
        if not whole or whole.quantity.indicator != level.indicator or level.indicator not in _DIVIDED:
            return 0.0
        if not is_part(whole, context):
            return 0.0
        return 6.0 if context.left.endswith("类") else 4.0


@cache
def _family(indicator: str | None) -> str:
    """The theme within which a channel holds; what is disclosed and what is explained go through the same ones."""
    theme = (indicator or "").partition(".")[0]
    return "proactive" if theme == "response" else theme


def _disclosed(noted: Noted) -> bool:
    return (noted.quantity.indicator or "").startswith("proactive.disclosed")


def _proposals(indicator: str | None) -> bool:
    return (indicator or "").startswith("proposals.")


def _one_family(before: str | None, indicator: str) -> bool:
    return _family(before) == _family(indicator) or (before == "website.columns" and _family(indicator) == "proactive")


def _inherit(quantity: Quantity, of: Quantity) -> None:
    quantity.indicator = of.indicator
    quantity.channel, quantity.topic, quantity.outcome, quantity.scope = of.channel, of.topic, of.outcome, of.scope
    quantity.applicant = of.applicant
    quantity.rule = f"{quantity.basis} of the count before it"
