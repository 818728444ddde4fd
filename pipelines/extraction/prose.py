"""Folded prose to quantities: numbers found, coded, dated, compared. Not here: tables (forms.py), the words (lexicon), what one
number lends the next (memory.py), or what is a part of what (parts.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.extraction.changes import Basis, basis_of
from pipelines.extraction.coding import Candidate, candidates
from pipelines.extraction.context import Context, contexts
from pipelines.extraction.dimensions import channel_of, heading_channel, only_channel, outcome_of, scope_of
from pipelines.extraction.memory import Memory
from pipelines.extraction.quantity import Extraction, Numeral, Quantity
from pipelines.extraction.respective import by_rate, share_out
from pipelines.extraction.scan import Found, scan
from pipelines.extraction.topics import share_topic, topic_of
from pipelines.extraction.totals import joint_zeros, mark_cumulative, spread_years
from pipelines.extraction.zeros import read_zeros
from pipelines.language.fold import fold
from pipelines.language.periods import Periods
from pipelines.language.sentences import Sentences, join_lists, quote_of
from pipelines.language.wrapping import Joined, join_lines

_THRESHOLD = 4.0  # a candidate lighter than this is a guess; the number stays uncoded


def read_prose(text: str, year: int | None, skip: tuple[tuple[int, int], ...] = (), body: str = "") -> Extraction:
    """All quantities of a text outside the `skip` spans, in text order, and an account of every numeral there.

    `year`: what the report is about; a number that no words date belongs to it ('' where it is None). `body`: who reports, as far as
    known. Offsets are those of `text`. Nothing is raised on any text.
    """
    joined = join_lines(text, skip)
    if joined is None:
        return _read(text, year, skip, body)
    inside = tuple((joined.back(start), joined.back(end)) for start, end in skip)
    return _as_broken(_read(joined.text, year, inside, body), joined, text)


def _read(text: str, year: int | None, skip: tuple[tuple[int, int], ...], body: str) -> Extraction:
    """The same of a text of which no line is broken."""
    folded = join_lists(fold(text))
    sentences = Sentences(folded)
    periods = Periods(folded, year or 0)
    found = scan(folded, skip)
    reader = _Reader(text, folded, periods, year, body)
    quantities = [reader.read(context) for context in share_out(folded, by_rate(contexts(folded, found, sentences)))]
    quantities = list(_without_repeats(quantities))
    mark_cumulative(quantities, folded)
    if year is not None:
        spread_years(quantities, folded)
    quantities += joint_zeros(quantities)
    quantities += read_zeros(text, folded, sentences, periods, skip)
    quantities.sort(key=lambda q: (q.char_start, q.char_end))
    _link(quantities, reader.wholes)
    _as_printed(quantities, text, folded)
    return Extraction(quantities, _account(text, found, quantities))


def _as_broken(extraction: Extraction, joined: Joined, text: str) -> Extraction:
    """What was found in a joined text, at its places in the text with the breaks, in whose characters surfaces and quotes are."""
    for quantity in extraction.quantities:
        begins = joined.text.find(quantity.quote, max(0, quantity.char_end - len(quantity.quote)))
        first, last = joined.span(begins, begins + len(quantity.quote))
        quantity.quote = text[first:last]
        quantity.char_start, quantity.char_end = joined.span(quantity.char_start, quantity.char_end)
        quantity.surface = text[quantity.char_start : quantity.char_end]
    numerals = []
    for numeral in extraction.numerals:
        start, end = joined.span(numeral.char_start, numeral.char_end)
        numerals.append(numeral._replace(surface=text[start:end], char_start=start, char_end=end))
    return Extraction(extraction.quantities, numerals)


def _without_repeats(quantities: list[Quantity]) -> Iterator[Quantity]:
    """Of rates that one number states those that are not coded alike: 办结率和回复率均达100% says one thing."""
    before: Quantity | None = None
    for quantity in quantities:
        alike = before and before.char_start == quantity.char_start and before.indicator == quantity.indicator
        if not alike or not quantity.indicator:
            yield quantity
        before = quantity


class _Reader:
    """Reads numbers in order."""

    def __init__(self, text: str, folded: str, periods: Periods, year: int | None, body: str) -> None:
        self._text, self._folded, self._body = text, folded, body
        self._periods, self._year = periods, year
        self._memory = Memory()
        self.wholes: dict[int, Quantity] = {}  # by the identity of the part

    def read(self, context: Context) -> Quantity:
        """The quantity that a number in its context is."""
        found, sentence, memory = context.found, context.sentence, self._memory
        period = self._period(context)
        alike = memory.same_basis(context)
        basis = alike or basis_of(context, found.unit, found.qualifier, period)
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
            quote=quote_of(self._text, sentence, found.start, found.end),
            section=sentence.heading,
        )
        self._code(quantity, context, basis, alike is not None)
        whole = memory.wholes.whole_of(quantity, context)
        if whole:
            self.wholes[id(quantity)] = whole
            if quantity.scope and quantity.topic in quantity.scope:
                quantity.topic = whole.topic  # the words that name the scope are no topic
            _tell_apart(quantity, whole, context)
        memory.note(quantity, context)
        return quantity

    def _period(self, context: Context) -> str:
        if self._year is None:
            return ""
        start, sentence = context.found.start, context.sentence
        if _FORMERLY.search(context.left):
            return ""  # 由原来的8个: when that was, nothing tells
        near = max(0, start - 10)
        beside = self._folded.find("年", near, start) >= 0 and _YEAR_BESIDE.search(self._folded, near, start)
        return beside[1] if beside else self._periods.at(start, sentence.start, sentence.paragraph_start)

    def _code(self, quantity: Quantity, context: Context, basis: Basis, alike: bool) -> None:
        memory, unit = self._memory, quantity.unit
        start = context.found.start
        paragraph = self._folded[max(context.sentence.paragraph_start, start - 300) : start]
        quantity.scope = scope_of(context, paragraph, self._body) or memory.scope(context)
        if alike and memory.lend(quantity):
            quantity.topic = share_topic(context, second=True) or quantity.topic
            return
        derived = basis.basis in {"share", "change_pct", "multiple"}
        carried = memory.carried(context)
        found = candidates(context, unit, memory.count_in_paragraph(context), carried, derived, self._year or 0)
        own_rule = bool(found and found[0].cue and found[0].cue.basis == basis.basis)
        if not own_rule and memory.lend_subject(quantity, context, basis):
            if basis.basis == "share":
                quantity.topic = share_topic(context, second=False) or quantity.topic
            return
        _choose(quantity, context, found, self._year, paragraph)
        if memory.accumulates(quantity, context):
            quantity.indicator, quantity.period = "proactive.disclosed_cumulative", f"../{quantity.period[-4:]}"
        if carried_over := memory.carried_over(quantity, context):
            quantity.indicator = carried_over
        if published := memory.published_with(quantity, context):
            quantity.channel = published.channel
            quantity.outcome = "disclosed" if quantity.outcome == "issued" else quantity.outcome
        if quantity.indicator:
            inherited = not quantity.applicant and (
                memory.channel(context, quantity.indicator, quantity.scope)
                or self._channel_of_last_sentence(context)
                or heading_channel(context, quantity.indicator)
            )
            quantity.channel = quantity.channel or channel_of(context, quantity.indicator, inherited or "")
            if quantity.basis == "level":
                quantity.outcome = quantity.outcome or memory.outcome(quantity.indicator, context)
                quantity.topic = quantity.topic or memory.topic(quantity.indicator, context)

    def _channel_of_last_sentence(self, context: Context) -> str:
        """The one channel that the sentence before names, where this one has no subject and that one counts nothing: 在网站设立专栏。公开信息9条."""
        start = context.sentence.start
        if start <= context.sentence.paragraph_start or not _NO_SUBJECT.match(context.before):
            return ""
        before = self._folded[max(context.sentence.paragraph_start, start - 120) : start]
        sentence = before[before[:-1].rfind("。") + 1 :]
        return "" if re.search(r"\d", sentence) else only_channel(sentence)


_FORMERLY = re.compile(r"(?:原来|原先|原有|以往)的?$")
_NO_SUBJECT = re.compile(
    r"\s*(?:按(?:月|季度?|年度?)|及时|定期|(?:全年|今年|本年度?|20\d\d年度?|共|,)+主动)?(?:公开|发布|公布|上传|更新)"
)
_YEAR_BESIDE = re.compile(r"((?:19|20)\d{2})\s*年(?:度)?(?:的|为|是)?\(?\s*$")


_DIMENSIONS = ("indicator", "channel", "applicant", "outcome", "topic", "scope")


def _tell_apart(part: Quantity, whole: Quantity, context: Context) -> None:
    """A part of which no dimension tells what part it is takes its own words for a topic: it is not the whole."""
    if all(getattr(part, name) == getattr(whole, name) for name in _DIMENSIONS):
        part.topic = context.left.strip(' 、,;:()[]“”"')[-20:] or context.right.strip()[:20]


def _choose(quantity: Quantity, context: Context, found: list[Candidate], year: int | None, paragraph: str) -> None:
    """Gives the quantity the heaviest candidate's indicator, and what its cue and words say besides."""
    if not found or found[0].weight < _THRESHOLD:
        quantity.rule = f"none: best guess {found[0].indicator} too weak" if found else "none: no cue near the number"
        quantity.topic = topic_of(context, "", quantity.basis, paragraph)
        return
    best = found[0]
    quantity.indicator = best.indicator
    quantity.rule = f"cue {best.cue.name}: {best.words}" if best.cue else "carried over from the number before"
    if len(found) > 1:
        quantity.competitors = "; ".join([f"{c.indicator} {c.weight:.1f}" for c in _others(found)])
    quantity.topic = topic_of(context, best.indicator, quantity.basis, paragraph)
    quantity.outcome = outcome_of(context, best.indicator)
    if best.cue:
        for name, value in best.cue.dimensions:
            setattr(quantity, name, value)
        quantity.basis = best.cue.basis or quantity.basis
    if best.indicator in {"requests.carried_in", "requests.carried_out"} and year:
        quantity.period = str(year)  # 上年结转 is a figure of this year's accounts
    if best.indicator == "proactive.disclosed_cumulative" and "/" not in quantity.period:
        quantity.period = f"../{quantity.period}"
    quantity.unit = quantity.unit or _IMPLIED.get(best.indicator, "")


# Units that a bare number implies, by what it counts.
_IMPLIED = {"response.followers": "人", "website.users": "人", "science.funding": "元", "website.visits": "次"}


def _others(found: list[Candidate]) -> list[Candidate]:
    """The best candidate of each indicator that lost, at most four."""
    seen, others = {found[0].indicator}, []
    for candidate in found[1:]:
        if candidate.indicator not in seen:
            seen.add(candidate.indicator)
            others.append(candidate)
    return others[:4]


def _link(quantities: list[Quantity], wholes: dict[int, Quantity]) -> None:
    """Turns the wholes into places in the sorted list."""
    places = {id(quantity): place for place, quantity in enumerate(quantities)}
    for quantity in quantities:
        whole = wholes.get(id(quantity))
        if whole is not None and whole.indicator == quantity.indicator and whole.period == quantity.period:
            quantity.part_of = places[id(whole)]
        else:
            quantity.breakdown = None


_NEAR = 2000  # characters before a number in which its topic was found


def _as_printed(quantities: list[Quantity], text: str, folded: str) -> None:
    """Gives topics and scopes, which were read off the folded text, in the characters of the text itself."""
    if text == folded:
        return
    for quantity in quantities:
        for name in ("topic", "scope"):
            if words := getattr(quantity, name):
                at = folded.rfind(words, max(0, quantity.char_start - _NEAR), quantity.char_end + 60)
                if at >= 0:
                    setattr(quantity, name, text[at : at + len(words)])


def _account(text: str, found: list[Found], quantities: list[Quantity]) -> list[Numeral]:
    """Every numeral with what became of it, in order."""
    by_place: dict[int, int] = {}
    for index, quantity in enumerate(quantities):
        by_place.setdefault(quantity.char_start, index)
    return [
        Numeral(text[start:end], start, end, reason, by_place.get(start) if reason == "quantity" else None)
        for start, end, reason, *_ in found
    ]
