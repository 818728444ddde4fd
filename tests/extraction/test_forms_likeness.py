"""How alike labels are: the distance is that of the textbook's table, and says which misprints are still a label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.forms_likeness import difference, edit_distance, is_subsequence

TEXTS = st.text(alphabet="公开政府", max_size=12)


def by_the_table(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


@given(TEXTS, TEXTS)
def test_distance_is_that_of_the_usual_table(a: str, b: str) -> None:
    assert edit_distance(a, b) == by_the_table(a, b)


@given(TEXTS, st.sets(st.integers(0, 11)))
def test_what_is_left_of_a_label_stands_in_it_in_order(label: str, kept: set[int]) -> None:
    assert is_subsequence("".join(c for i, c in enumerate(label) if i in kept), label)


@pytest.mark.parametrize(
    ("text", "label", "alike"),
    [
        ("重复申请", "重复申请", True),
        ("重复中请", "重复申请", True),
        ("重夏中请", "重复申请", False),
        ("三安全一稳定", "危及三安全一稳定", True),
        ("稳定全安三", "危及三安全一稳定", False),
        ("开公", "公开", False),
    ],
)
def test_a_misprint_is_still_its_label_and_another_word_is_none(text: str, label: str, alike: bool) -> None:
    assert (difference(text, label) < 1) == alike
