"""Folded prose to quantities: numbers found, coded, dated, compared. Not here: tables (forms.py), or what the words are (lexicon)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extraction.changes import Basis, basis_of
from pipelines.extraction.coding import Candidate, candidates
from pipelines.extraction.context import Context, contexts
from pipelines.extraction.dimensions import channel_of, outcome_of, scope_of, topic_of
from pipelines.extraction.quantity import Extraction, Numeral, Quantity
from pipelines.extraction.scan import Found, scan
from pipelines.extraction.totals import mark_cumulative
from pipelines.extraction.zeros import read_zeros
from pipelines.language.fold import fold
from pipelines.language.periods import Periods
from pipelines.language.sentences import Sentences

# Words that announce the parts of what was just counted.
_PARTS = re.compile(r"其中|分别(?:为|是)|包括|包含|(?:信息)?类\s*$")
_OF_THESE = re.compile(r"\s*(?:在)?(?:上述|所有|已|主动)*公开的(?:政府)?信息(?:中|里)")
# Counts whose parts, whatever they are called, are counts of the same thing.
_DIVIDED = {"response.hotline_calls", "response.letters", "response.consultations", "response.messages", "requests.received"}
_THRESHOLD = 4.0  # a candidate lighter than this is a guess; the number stays uncoded


def read_prose(
    text: str, year: int | None, skip: tuple[tuple[int, int], ...] = (), region: str | None = None
) -> Extraction:
    """All quantities of a text outside the `skip` spans, and an account of every numeral. `year`: what the report is about; a
    number that no words date belongs to it ('' where it is None). Offsets are those of `text`. Never raises on any text."""
    folded = fold(text)
    sentences = Sentences(folded)
    found = scan(folded, skip)
    reader = _Reader(text, folded, Periods(folded, year or 0), year)
    quantities = [reader.read(context) for context in contexts(folded, found, sentences)]
    mark_cumulative(quantities, folded)
    quantities += read_zeros(text, folded, sentences, reader.periods, skip)
    quantities.sort(key=lambda q: (q.char_start, q.char_end))
    return Extraction(quantities, _account(text, found, quantities))


@dataclass(slots=True)
class _Last:
    """What the reader remembers of the number before."""

    quantity: Quantity
    context: Context


class _Reader:
    """Reads numbers in order, remembering the ones before for what carries over."""

    def __init__(self, text: str, folded: str, periods: Periods, year: int | None) -> None:
        self._text, self._folded = text, folded
        self.periods, self._year = periods, year
        self._last: _Last | None = None
        self._last_level: _Last | None = None
        self._last_some: _Last | None = None
        self._whole: _Last | None = None

    def read(self, context: Context) -> Quantity:
        """The quantity that a number in its context is."""
        found = context.found
        period = self._period(context)
        basis = self._same_basis(context) or basis_of(context, found.unit, found.qualifier, period)
        quantity = Quantity(
            origin="prose",
            surface=self._text[found.start : found.end],
            char_start=found.start,
            char_end=found.end,
            value=found.value * basis.sign,
            unit=found.unit,
            basis=basis.basis,
            period=period,
            base_period=basis.base_period,
            qualifier=found.qualifier,
            quote=self._text[context.sentence.start : context.sentence.end].strip(),
            section=context.sentence.headings[-1] if context.sentence.headings else "",
        )
        self._code(quantity, context, basis)
        self._last = _Last(quantity, context)
        if quantity.basis == "level":
            self._last_level = self._last
            if quantity.value:
                self._last_some = self._last
            if not context.in_brackets and not _PARTS.search(context.lead + context.left):
                self._whole = self._last
        return quantity

    def _same_basis(self, context: Context) -> Basis | None:
        """Of 分别占13%和10% the second is what the first is: no words of its own, the same unit."""
        last = self._last
        if not last or context.left.strip() or context.in_brackets or last.quantity.unit != context.found.unit:
            return None
        if last.quantity.basis not in {"share", "rate", "change_pct"} or last.context.sentence != context.sentence:
            return None
        value = last.quantity.value or 0.0
        return Basis(last.quantity.basis, -1 if value < 0 else 1, last.quantity.base_period)

    def _period(self, context: Context) -> str:
        if self._year is None:
            return ""
        start, sentence = context.found.start, context.sentence
        beside = re.search(r"((?:19|20)\d{2})\s*年(?:度)?(?:的|为|是)?\(?$", self._folded[max(0, start - 10) : start])
        if beside:
            return beside[1]
        return self.periods.at(start, sentence.start, sentence.paragraph_start)

    def _code(self, quantity: Quantity, context: Context, basis: Basis) -> None:
        previous = self._last_some
        derived = basis.basis in {"share", "change_pct", "multiple"}
        near = previous if previous and previous.context.sentence.paragraph_start == context.sentence.paragraph_start else None
        found = candidates(context, quantity.unit, near.quantity.indicator if near else None, self._carried(context), derived, self._year or 0)
        if self._last and basis == self._same_basis(context) and self._last.quantity.indicator:
            _inherit(quantity, self._last.quantity)
            return
        subject = self._subject(context, basis)
        if subject and not (found and found[0].cue and found[0].cue.basis == basis.basis):
            _inherit(quantity, subject.quantity)
            return
        _choose(quantity, context, found, self._year)

    def _subject(self, context: Context, basis: Basis) -> _Last | None:
        """The count that a change or share is of, where it stands before it in the same sentence and no other subject comes between."""
        last = self._last_level
        if basis.basis not in {"change_abs", "change_pct", "share", "multiple"} or not last:
            return None
        if last.context.sentence.start != context.sentence.start or not last.quantity.indicator:
            return None
        own = re.sub(r"(?:比|较|同|与|和)?(?:去年|上一?年|前一?年|20\d\d年)(?:度)?(?:同期|相比)?|同比|环比", "", context.left)
        own = re.sub(r"占|其|总数|总量|全部|的|比重|比例|增|减|加|少|长|幅|下降|上升|提高|约|了|达到?|为|分别|,", "", own).strip()
        return last if len(own) <= (8 if basis.basis == "share" else 4) else None

    def _carried(self, context: Context) -> tuple[str, float] | None:
        """The indicator that the number before may lend, and what speaks for it: the same unit, in the same sentence; a part of it."""
        last = self._last
        if not last or not self._last_level:
            return None
        level = self._last_level.quantity
        if not level.indicator:
            return None
        if context.found.unit and level.unit != context.found.unit and not (context.left.endswith("类") and self._whole):
            return None
        if last.context.sentence.start != context.sentence.start:
            whole = self._whole
            if whole and whole.quantity.indicator and _OF_THESE.match(context.lead + context.left):
                return whole.quantity.indicator, 6.0
            return (level.indicator, -1.0) if self._continues(context) else None
        return level.indicator, self._part_bonus(context, level)

    def _continues(self, context: Context) -> bool:
        """Whether a sentence goes on with the list of the one before: it says little more than the number and what it counts."""
        last = self._last
        short = context.found.start - context.sentence.start <= 20 and context.found.start - (last.quantity.char_end if last else 0) <= 30
        return short and context.sentence.headings == (last.context.sentence.headings if last else ())

    def _part_bonus(self, context: Context, level: Quantity) -> float:
        """How much a list of parts (其中 …) speaks for the whole's indicator: parts are of one kind with it."""
        lead = context.lead
        whole = self._whole
        if not whole or whole.quantity.indicator != level.indicator or whole.context.sentence.start != context.sentence.start:
            return 0.0
        listed = _PARTS.search(lead[whole.quantity.char_end - context.sentence.start :] + context.left)
        small = (context.found.value or 0) <= (whole.quantity.value or 0)
        return 4.0 if listed and small and level.indicator in _DIVIDED else 0.0


def _choose(quantity: Quantity, context: Context, found: list[Candidate], year: int | None) -> None:
    if not found or found[0].weight < _THRESHOLD:
        quantity.rule = "none: no cue near the number" if not found else f"none: best guess {found[0].indicator} too weak"
        return
    best = found[0]
    quantity.indicator = best.indicator
    quantity.rule = f"cue {best.cue.name}: {best.words}" if best.cue else "carried over from the number before"
    quantity.competitors = "; ".join(f"{c.indicator} {c.weight:.1f}" for c in _others(found))
    quantity.channel = channel_of(context, best.indicator)
    quantity.topic = topic_of(context, best.indicator)
    quantity.outcome = outcome_of(context, best.indicator)
    quantity.scope = scope_of(context)
    if best.cue:
        for name, value in best.cue.dimensions:
            setattr(quantity, name, value)
        if best.cue.basis:
            quantity.basis = best.cue.basis
    if best.indicator in {"requests.carried_in", "requests.carried_out"} and year:
        quantity.period = str(year)
    if best.indicator == "proactive.disclosed_cumulative":
        quantity.period = f"../{quantity.period[-4:]}" if "/" not in quantity.period else quantity.period
    if not quantity.unit and quantity.value is not None:
        quantity.unit = _IMPLIED.get(best.indicator, "")


# Units that a bare number implies, by what it counts.
_IMPLIED = {"response.followers": "人", "website.users": "人", "science.funding": "元", "website.visits": "次"}


def _others(found: list[Candidate]) -> list[Candidate]:
    seen, others = {found[0].indicator}, []
    for candidate in found[1:]:
        if candidate.indicator not in seen:
            seen.add(candidate.indicator)
            others.append(candidate)
    return others[:4]


def _inherit(quantity: Quantity, of: Quantity) -> None:
    quantity.indicator = of.indicator
    quantity.channel, quantity.topic, quantity.outcome, quantity.scope = of.channel, of.topic, of.outcome, of.scope
    quantity.applicant = of.applicant
    quantity.rule = f"{quantity.basis} of the count before it"


def _account(text: str, found: list[Found], quantities: list[Quantity]) -> list[Numeral]:
    """Every numeral with what became of it, in order; numerals inside a zero phrase belong to it."""
    by_place = {q.char_start: i for i, q in reversed(list(enumerate(quantities)))}
    return [
        Numeral(text[f.start : f.end], f.start, f.end, f.reason, by_place.get(f.start) if f.reason == "quantity" else None)
        for f in found
    ]
