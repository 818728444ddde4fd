"""Ways of speaking about parts of parts, what a number does not count, and when: one class a case, in our own words about made-up bodies
(云岭省青川市 does not exist, nor do its figures)."""

from __future__ import annotations

from pipelines.extraction.prose import read_prose


def facts(text: str, *fields: str, year: int = 2018) -> list[tuple[object, ...]]:
    return [tuple(getattr(q, field) for field in fields) for q in read_prose(text, year).quantities]


def test_parts_of_a_part_go_through_its_channel_and_are_linked_to_it() -> None:
    text = "公开信息90条,其中网站30条,具体为:通知20条、公告10条;微信公开60条,具体为:动态55条、公示5条。"
    found = facts(text, "channel", "topic", "part_of")
    assert found == [
        ("", "", None),
        ("website", "", 0),
        ("website", "通知", 1),
        ("website", "公告", 1),
        ("wechat", "", 0),
        ("wechat", "动态", 4),
        ("wechat", "公示", 4),
    ]
