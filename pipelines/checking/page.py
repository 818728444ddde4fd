"""A page on audited drafts that opens anywhere: no other file, no network, every word of the draft escaped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from pipelines.checking.drafts import Audited

_TEMPLATE = Path(__file__).with_name("page.html")


def page(audited: Sequence[Audited]) -> str:
    """The page as HTML."""
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    drafts = [
        {"one": one, "report": one.draft.report, "lines": _lines(one, number)} for number, one in enumerate(audited, 1)
    ]
    return template.render(
        drafts=drafts, red=sum(one.red for one in audited), all=sum(len(one.findings) for one in audited)
    )


def _lines(audited: Audited, number: int) -> list[Markup]:
    """The draft's text by lines, the numbers of findings marked."""
    places: dict[int, dict[str, Any]] = {}
    for finding in reversed(audited.findings):
        for place in finding["places"]:
            places[place["char_start"]] = place | {"severity": finding["severity"], "message": finding["message_zh"]}
    text, made, at = audited.draft.text, Markup(), 0
    for start in sorted(places):
        place = places[start]
        if start < at:
            continue
        made += escape(text[at:start]) + Markup('<mark class="{}" id="n{}-{}" title="{}">{}</mark>').format(
            place["severity"], number, start, place["message"], text[start : place["char_end"]]
        )
        at = place["char_end"]
    return [Markup(line) for line in (made + escape(text[at:])).split("\n")]
