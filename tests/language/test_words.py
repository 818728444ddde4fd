"""Words found in running text, by what they stand for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.words import Words

WORDS = {"住址": (1,), "现住址": (1, 2), "QQ": (3,), "申请人": (4,), "人住": (5,)}


def test_a_word_is_found_at_both_ends_of_a_text_and_within_a_longer_one() -> None:
    assert Words(WORDS).places("现住址、申请人住址") == {1: [0, 1, 7], 2: [0], 4: [4], 5: [6]}


@given(st.lists(st.sampled_from([*WORDS, *"现住址请人Q, "]), max_size=12).map("".join))
def test_no_place_of_a_word_is_missed_whatever_stands_around_it(text: str) -> None:
    expected: dict[int, set[int]] = {}
    for word, numbers in WORDS.items():
        for place in range(len(text)):
            if text.startswith(word, place):
                for number in numbers:
                    expected.setdefault(number, set()).add(place)
    assert Words(WORDS).places(text) == {number: sorted(places) for number, places in expected.items()}
