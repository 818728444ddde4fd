"""Labels of the forms, found in cells as reports print them: spaced, unnumbered, shortened or misprinted.

Here: which label a text is; not here: which of several equal labels is meant, which only its place in the table tells,
and how alike two labels are (forms_likeness.py). A report repeats its texts and a corpus its labels, so each text is looked at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from pipelines.extraction.forms_likeness import difference
from pipelines.extraction.forms_model import FormTable, load_tables, variants
from pipelines.language.fold import fold

TITLE, COLUMN, ROW, HEAD, IGNORED = "title", "column", "row", "head", "ignored"
ELSEWHERE = 0.35  # what a label of another table costs more than one of the table that is being read
LONGEST = 80  # characters of a label; longer texts are prose
_KEPT = 20_000  # texts that are remembered
_ENUMERATOR = re.compile(
    r"^(?:其中[:：]?|[(（]?[一二三四五六七八九十\d①-⑩]{1,2}[)）、.．,，:：]+|[①-⑩]|[(（][一二三四五六七八九十\d]{1,2}(?=[^)）]))\s*"
)
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]?")
# A group's label and its row's in one cell: （三）不予公开 1.属于国家秘密
_LAST_NUMBERED = re.compile(r"\s*\S.*(?:[(][一二三四五六七八九]\s*[)]|\d\s*[.、])\s*(?=\D)([^()]+)$", re.DOTALL)
_NOISE = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A label that a text may be. `index` counts rows or columns of `table`; `cost`: 0 if they are the same, else < 1."""

    kind: str
    table: FormTable
    index: int
    cost: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """What a text may be in a form: `hits`, cheapest first, and what they say together. All empty for a text that is no label."""

    hits: tuple[Hit, ...] = ()
    kinds: frozenset[str] = frozenset()  # of the cheapest hits
    tables: Mapping[str, FormTable] = field(default_factory=dict)  # by id, of the cheapest hits if they are cheap
    rows: tuple[Hit, ...] = ()
    columns: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)  # by the id of their table
    is_outcome: bool = False  # it is a column of a table whose rows stand side by side
    may_be_outcome: bool = False

    @property
    def cost(self) -> float:
        """Of the cheapest hit; 1 for none."""
        return self.hits[0].cost if self.hits else 1

    @property
    def names_column(self) -> bool:
        """Whether it heads a column and can be no row."""
        return COLUMN in self.kinds and ROW not in self.kinds


_NONE = Label()


def numbering(text: str) -> str:
    """The number that a label starts with: 3 of 3.政务微博公开政府信息数; empty where it has none."""
    found = _ENUMERATOR.match(_SPACES.sub("", unicodedata.normalize("NFKC", text)))
    return re.sub(r"[^一二三四五六七八九十\d]", "", found.group()) if found else ""


@lru_cache(maxsize=_KEPT)
def squeeze(text: str) -> str:
    """A label without what reports leave out or add: spaces, punctuation, numbering."""
    text = _SPACES.sub("", fold(unicodedata.normalize("NFKC", text)))
    while (found := _ENUMERATOR.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return _NOISE.sub("", text)


@lru_cache(maxsize=_KEPT)
def is_label(text: str) -> bool:
    """Whether the text is a label of a form as printed there, and one that hardly stands elsewhere."""
    if len(text) > LONGEST or text.isascii():
        return False
    key = squeeze(text)
    return len(key) > 2 and any(hit.kind != IGNORED for hit in _labels().get(key, ()))


def find(text: str) -> Label:
    """What the text may be in a form."""
    return _find(text) if len(text) <= LONGEST * 2 else _NONE


@lru_cache(maxsize=_KEPT)
def _find(text: str) -> Label:
    tail = _LAST_NUMBERED.match(unicodedata.normalize("NFKC", text))
    parts = (text, _BRACKETED.sub("", text), tail[1] if tail else "")
    return _label(tuple(dict.fromkeys(key for key in map(squeeze, parts) if key)))


@lru_cache(maxsize=_KEPT)
def _label(keys: tuple[str, ...]) -> Label:
    """The label that a text may be which squeezes to the keys."""
    best: dict[tuple[str, str, str, int], Hit] = {}
    for key in keys:
        for label in _similar(key):
            cost = difference(key, label)
            for hit in _labels()[label] if cost < 1 else ():
                place = (hit.kind, hit.table.form, hit.table.id, hit.index)
                if place not in best or cost < best[place].cost:
                    best[place] = Hit(hit.kind, hit.table, hit.index, cost) if cost else hit
    hits = sorted(best.values(), key=lambda hit: hit.cost)
    return _summed_up(hits) if hits else _NONE


def _summed_up(hits: list[Hit]) -> Label:
    cheapest = [hit for hit in hits if hit.cost == hits[0].cost]
    columns: dict[str, tuple[Hit, ...]] = {}
    for hit in hits:
        if hit.kind == COLUMN:
            columns[hit.table.id] = (*columns.get(hit.table.id, ()), hit)
    outcomes = [hit for hit in hits if hit.kind == COLUMN and hit.table.side_by_side]
    return Label(
        hits=tuple(hits),
        kinds=frozenset(hit.kind for hit in cheapest),
        tables={hit.table.id: hit.table for hit in cheapest if hit.cost < ELSEWHERE},
        rows=tuple(hit for hit in hits if hit.kind == ROW),
        columns=columns,
        is_outcome=any(not hit.cost for hit in outcomes),
        may_be_outcome=bool(outcomes),
    )


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
        for pair in _pairs(label):
            index.setdefault(pair, []).append(label)
    return {pair: tuple(labels) for pair, labels in index.items()}


def _pairs(text: str) -> dict[str, None]:
    """Each pair of neighbouring characters once, in text order."""
    return dict.fromkeys(map(str.__add__, text, text[1:]))


def _similar(key: str) -> list[str]:
    """The label itself, and those that share at least a third of the shorter one's pairs of characters."""
    index = _labels_by_pair()
    shared = {key: len(key)} if key in _labels() else {}
    for pair in _pairs(key):
        for label in index.get(pair, ()):
            shared[label] = shared.get(label, 0) + 1
    return [label for label, count in shared.items() if count * 3 >= min(len(key), len(label)) - 1]
