"""Told by literals which patterns can match: never one too few."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.lexicon import load_cues
from pipelines.extraction.triggers import Index, triggers


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("公开", {"公开"}),
        ("公开|发布", {"公开", "发布"}),
        ("政府(?:信息)?公开", {"政府"}),
        ("(?:收到|接到)[^,。]{0,24}(?:申请|依申请)", {"收到", "接到"}),
        ("满意[率度]", {"满意"}),
        ("[率度]$", {"率", "度"}),
        ("(?<!减免)费用", {"费用"}),
        ("公开+率?", {"公开"}),
        (r"20\d\d年", {"20"}),
        ("信?息{2}箱*", {"息"}),
    ],
)
def test_a_pattern_names_what_it_cannot_do_without(pattern: str, literals: set[str]) -> None:
    found = triggers(pattern)
    assert found is not None
    assert any(set(found) == wanted for wanted in (literals, {max(literals, key=len)}))


@pytest.mark.parametrize("pattern", [r"\d+", "(?:公开)?", "公开|", "[^公]*", "."])
def test_a_pattern_that_can_do_without_anything_is_always_tried(pattern: str) -> None:
    assert triggers(pattern) is None
    assert Index([pattern]).possible("x") == {0}


_CUES = load_cues()
_INDEX = Index(cue.pattern.pattern for cue in _CUES)
_WORDS = sorted({word for cue in _CUES for word in re.findall(r"[\u4e00-\u9fff]+", cue.pattern.pattern)})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*_WORDS, "3", "2018年", ",", "(", "公开信息"]), max_size=12).map("".join))
def test_no_cue_that_matches_is_left_out(text: str) -> None:
    possible = _INDEX.possible(text)
    for number, cue in enumerate(_CUES):
        match = cue.pattern.search(text)
        assert not (match and match[0]) or number in possible, cue.name
