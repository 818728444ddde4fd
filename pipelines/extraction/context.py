"""The words around a number: its own, those before them in the sentence, and the headings. Not here: what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extraction.scan import Found
from pipelines.language.sentences import Sentence, Sentences

_LEFT_EDGE = re.compile(r"[,;:(\[。!?\n]")
_TO_LAST_EDGE = re.compile(rf"(?s:.*){_LEFT_EDGE.pattern}")
_RIGHT_EDGE = re.compile(r"[,;:)(\]。!?\n]")
_ASIDE = re.compile(r"[^,;:()。!?\n]{1,4}\([^()\n,;。]{1,6}\)")  # 村(社区)
_JOINT = re.compile(r"[、和与及并]|以及")
_BETWEEN_NUMBERS = re.compile(r"^[\s、和及与以并]+")
# How far words matter: sentences have no bound, and a number must cost the same in a long one.
_LEAD, _TRAIL = 300, 120
_JOINT_LAST = re.compile(r"[和与及、]\s*$")
# A line that only announces what the next ones list: 网站公开以下信息: and the items of a list.
_ANNOUNCES = re.compile(r"[^\d\n]{4,100}:\s*$")
_YEAR = re.compile(r"(?:19|20)\d{2}\s?年度?")
_ITEM = re.compile(r"\s*(?:[(]?\d{1,2}[)、.]|[一二三四五六七八九十]是|[①-⑨●·])")
_LINES_BACK = 8  # lines that a list may have before the one that announces it is forgotten
_BRACKETS = re.compile(r"\([^()\n]*\)")


@dataclass(slots=True)
class Context:
    """A number in its surroundings. All strings are folded text.

    left: from the last edge (punctuation or number) to the number; right: from the number to the next edge;
    lead: the sentence before `left`, as far as it matters, and the line that announces the list that it is an item of; before: both;
    clause_lead: of the lead, what follows the number before;
    headings: joined, innermost last.
    """

    found: Found
    sentence: Sentence
    left: str
    left_start: int
    right: str
    lead: str
    before: str
    clause_lead: str
    headings: str
    in_brackets: bool


def contexts(text: str, found: list[Found], sentences: Sentences) -> list[Context]:
    """The contexts of the measured numbers among `found`, in order."""
    result: list[Context] = []
    announced = (-1, "")
    last_end, quantities = 0, [f for f in found if f.reason == "quantity"]
    for index, number in enumerate(quantities):
        sentence = sentences.at(number.start)
        floor = max(sentence.start, last_end, number.start - _LEAD)
        next_start = quantities[index + 1].start if index + 1 < len(quantities) else len(text)
        context = _context(text, number, sentence, floor, min(next_start, sentence.end, number.end + _TRAIL))
        if floor == sentence.start == sentence.paragraph_start > 0:
            if announced[0] != floor:
                announced = (floor, _announcement(text, floor, _LINES_BACK))
            context.lead = announced[1] + context.lead
            context.before = announced[1] + context.before
            context.clause_lead = announced[1] + context.clause_lead
        result.append(context)
        last_end = number.end
    return result


def _announcement(text: str, line: int, back: int) -> str:
    """The line that announces the list that the line at a place is an item of; '' where there is none."""
    if line == 0 or back == 0:
        return ""
    before = text.rfind("\n", 0, line - 1) + 1
    words = text[max(before, text.rfind("。", before, line) + 1, line - 120) : line]
    if words.rstrip().endswith(":"):
        words = _YEAR.sub("", words)
        return words if _ANNOUNCES.fullmatch(words) else ""
    if not words.isspace() and not (_ITEM.match(text, line) and _ITEM.match(text, before)):
        return ""
    return _announcement(text, before, back - 1)


def _context(text: str, number: Found, sentence: Sentence, floor: int, ceiling: int) -> Context:
    start = _left_edge(text, floor, number.start)
    left = text[start : number.start]
    if start == floor and floor > sentence.start:
        joint = _BETWEEN_NUMBERS.match(left)
        if joint:
            start += joint.end()
        elif _JOINT_LAST.search(left):
            start = number.start  # 18个综合受理窗口和22个…: what stands between belongs to the number before
        left = text[start : number.start]
    first = max(sentence.start, start - _LEAD)
    before = text[first : number.start]
    bracket = max(sentence.start, number.start - _LEAD)
    return Context(
        found=number,
        sentence=sentence,
        left=left.rstrip(),
        left_start=start,
        right=_right(text, number.end, ceiling).lstrip(),
        lead=before[: start - first],
        before=before,
        clause_lead=text[max(floor, start - _LEAD) : start],
        headings=sentence.headings,
        in_brackets=text.rfind("(", bracket, number.start) > text.rfind(")", bracket, number.start),
    )


def _left_edge(text: str, floor: int, end: int) -> int:
    """Where the number's own words begin: behind the last edge that no closed bracket holds."""
    last = _TO_LAST_EDGE.match(text, floor, end)
    if not last or text.find(")", floor, end) < 0:
        return last.end() if last else floor
    closed = [m.span() for m in _BRACKETS.finditer(text, floor, end)]
    start = floor
    for edge in _LEFT_EDGE.finditer(text, floor, end):
        if not any(a <= edge.start() < b for a, b in closed):
            start = edge.end()
    return start


def _right(text: str, start: int, ceiling: int) -> str:
    """The words behind a number. Where they run into the next number, what follows a joint is that one's."""
    aside = _ASIDE.match(text, start)
    edge = _RIGHT_EDGE.search(text, aside.end() if aside and aside.end() < ceiling else start, ceiling)
    if edge:
        return text[start : edge.start()]
    words = text[start:ceiling]
    joint = _JOINT.search(words)
    return words[: joint.start()] if joint else words
