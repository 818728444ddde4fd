"""Labels of the forms, found in cells as reports print them: spaced, unnumbered, shortened or misprinted.

Here: which label a text is; not here: which of several equal labels is meant, which only its place in the table tells.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.extraction.forms_model import FormTable, load_tables, variants
from pipelines.language.fold import fold

TITLE, COLUMN, ROW, HEAD, IGNORED = "title", "column", "row", "head", "ignored"
LONGEST = 80  # characters of a label; longer texts are prose
_ENUMERATOR = re.compile(
    r"^(?:其中[:：]?|[(（]?[一二三四五六七八九十\d①-⑩]{1,2}[)）、.．,，:：]+|[①-⑩]|[(（][一二三四五六七八九十\d]{1,2}(?=[^)）]))\s*"
)
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]?")
# A group's label and its row's in one cell: （三）不予公开 1.属于国家秘密
_LAST_NUMBERED = re.compile(r"\s*\S.*(?:[(][一二三四五六七八九]\s*[)]|\d\s*[.、])\s*(?=\D)([^()]+)$", re.DOTALL)
_NOISE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A label that a text may be. `index` counts rows or columns of `table`; `cost`: 0 if they are the same, else < 1."""

    kind: str
    table: FormTable
    index: int
    cost: float = 0.0


def numbering(text: str) -> str:
    """The number that a label starts with: 3 of 3.政务微博公开政府信息数; empty where it has none."""
    found = _ENUMERATOR.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return re.sub(r"[^一二三四五六七八九十\d]", "", found.group()) if found else ""


def squeeze(text: str) -> str:
    """A label without what reports leave out or add: spaces, punctuation, numbering."""
    text = re.sub(r"\s+", "", fold(unicodedata.normalize("NFKC", text)))
    while (found := _ENUMERATOR.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return _NOISE.sub("", text)


@cache
def _labels() -> dict[str, tuple[Hit, ...]]:
    """Every label and alias, squeezed, with the places of the forms that it names."""
    labels: dict[str, list[Hit]] = {}

    def add(kind: str, table: FormTable, index: int, texts: tuple[str, ...]) -> None:
        for text in dict.fromkeys(squeeze(text) for text in texts):
            labels.setdefault(text, []).append(Hit(kind, table, index))

    for table in load_tables():
        for kind, texts in ((TITLE, table.titles), (HEAD, table.head), (IGNORED, table.ignore)):
            for i, text in enumerate(texts):
                add(kind, table, i, (text,))
        for kind, lines in ((COLUMN, table.columns), (ROW, table.rows)):
            for i, line in enumerate(lines if not _is_shared(table) else ()):
                add(kind, table, i, (line.label, *line.aliases))
    return {text: tuple(hits) for text, hits in labels.items()}


def _is_shared(table: FormTable) -> bool:
    """Whether another form has this table with the same columns and more rows; its lines are then looked up there."""
    widest = variants(table.id)[0]
    return table is not widest and [c.label for c in table.columns] == [c.label for c in widest.columns]


@cache
def _labels_by_pair() -> dict[str, tuple[str, ...]]:
    """Squeezed labels by each pair of neighbouring characters, to compare a text only with labels that resemble it."""
    index: dict[str, list[str]] = {}
    for label in _labels():
        for pair in {label[i : i + 2] for i in range(len(label) - 1)}:
            index.setdefault(pair, []).append(label)
    return {pair: tuple(labels) for pair, labels in index.items()}


def is_label(text: str) -> bool:
    """Whether the text is a label of a form as printed there, and one that hardly stands elsewhere."""
    if len(text) > LONGEST:
        return False
    key = squeeze(text)
    return len(key) > 2 and key in _labels() and any(hit.kind != IGNORED for hit in _labels()[key])


def find(text: str) -> tuple[Hit, ...]:
    """The labels that the text may be, cheapest first; empty where it is none."""
    return _find(text) if len(text) <= LONGEST * 2 else ()


@lru_cache(maxsize=20_000)
def _find(text: str) -> tuple[Hit, ...]:
    tail = _LAST_NUMBERED.match(unicodedata.normalize("NFKC", text))
    parts = (text, _BRACKETED.sub("", text), tail[1] if tail else "")
    keys = [key for key in dict.fromkeys(squeeze(part) for part in parts) if key]
    hits: dict[tuple[str, str, str, int], Hit] = {}
    for key in keys:
        for label in [key, *_similar(key)] if key in _labels() else _similar(key):
            cost = difference(key, label)
            for hit in _labels()[label] if cost < 1 else ():
                place = (hit.kind, hit.table.form, hit.table.id, hit.index)
                if place not in hits or cost < hits[place].cost:
                    hits[place] = Hit(hit.kind, hit.table, hit.index, cost)
    return tuple(sorted(hits.values(), key=lambda hit: hit.cost))


def _similar(key: str) -> list[str]:
    """Labels that share at least a third of the shorter one's pairs of characters."""
    shared: dict[str, int] = {}
    for pair in {key[i : i + 2] for i in range(len(key) - 1)}:
        for label in _labels_by_pair().get(pair, ()):
            shared[label] = shared.get(label, 0) + 1
    return [label for label, count in shared.items() if count * 3 >= min(len(key), len(label)) - 1]


def difference(text: str, label: str) -> float:
    """0 for equal, below 1 for a likely misprint or abbreviation, 1 for something else. Both are squeezed."""
    if text == label:
        return 0.0
    allowed = 1 if len(label) <= 4 else len(label) // 3
    if len(label) >= 3 and abs(len(text) - len(label)) <= allowed:
        distance = edit_distance(text, label)
        if distance <= allowed:
            return 0.05 + distance / len(label)
    if len(text) >= 4 and (len(text) * 5 >= len(label) * 2 or label.startswith(text)) and is_subsequence(text, label):
        return 0.3 + 0.2 * (1 - len(text) / len(label))
    if len(label) >= 5 and len(label) * 5 >= len(text) * 3 and is_subsequence(label, text):
        return 0.3 + 0.2 * (1 - len(label) / len(text))
    return 1.0


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in this order."""
    characters = iter(long)
    return all(c in characters for c in short)


def edit_distance(a: str, b: str) -> int:
    """How many characters must be put in, taken out or changed to make one of the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
