"""Numbers marked in a text: at their place, whatever shares it, in paragraphs and in tables."""

from __future__ import annotations

import json

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from pipelines.atlas.marking import Mark, joined, marked_blocks


def rendered(text: str, marks: list[Mark], blocks: list[list[object]] | None = None) -> str:
    given_blocks = json.dumps(blocks if blocks is not None else [["paragraph", 0, len(text)]])
    return "".join(html for _, html in marked_blocks(text, given_blocks, joined(marks), 0, len(text)))


def number(start: int, end: int, name: str = "1") -> Mark:
    return Mark(start, end, "th-0", [f"n-{name}"], [name])


def test_two_numbers_read_from_the_same_words_share_a_mark() -> None:
    tree = lxml.html.fromstring(rendered("未发生案件", [number(0, 5, "a"), number(0, 5, "b")]))
    [link] = tree.xpath("//a")
    assert link.get("data-rows") == "n-a n-b"
    assert link.text_content() == "未发生案件"
    assert tree.xpath("//span[@id='q-b']")


def test_a_blank_cell_can_be_seen_and_pointed_at() -> None:
    html = rendered("行\t\t3", [number(2, 2, "blank"), number(3, 4, "three")], [["table", 0, 5]])
    tree = lxml.html.fromstring(html)
    assert [link.text_content() for link in tree.xpath("//td/a")] == ["▢", "3"]


def test_a_row_that_is_short_of_cells_has_a_wide_label() -> None:
    tree = lxml.html.fromstring(rendered("a\tb\tc\nd\te", [], [["table", 0, 9]]))
    assert [cell.get("colspan") for cell in tree.xpath("//td")] == [None, None, None, "2", None]


def test_what_no_block_holds_is_shown_too() -> None:
    assert "尾注" in rendered("正文。尾注", [], [["paragraph", 0, 3]])


def test_a_finding_stands_behind_its_number() -> None:
    mark = Mark(0, 2, "th-0", ["n-1"], ["1"], [("red", "abc")])
    assert 'href="#f-abc"' in rendered("3件", [mark])


@given(
    st.text(alphabet="a1<&\n\t件", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(0, 5)), max_size=8),
)
def test_marks_change_nothing_of_the_text(text: str, places: list[tuple[int, int]]) -> None:
    marks = [
        number(start, min(start + length + 1, len(text)), str(at))
        for at, (start, length) in enumerate(places)
        if start < len(text)
    ]
    shown = lxml.html.fromstring(f"<div>{rendered(text, marks)}</div>").text_content()
    assert shown == (text if text.strip() or marks else shown)
