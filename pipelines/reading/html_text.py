"""Text of HTML elements with the blanks of the source taken out. Not here: tables."""

from __future__ import annotations

import re

from lxml import etree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK_NAMES = (
    "p div section article main header footer nav aside body html center form ul ol li dl dt dd blockquote pre address "
    "fieldset figure hr ucapcontent table thead tbody tfoot tr td th caption"
)
BLOCKS = HEADINGS | frozenset(_BLOCK_NAMES.split())
LINE_BREAK = "\u2028"
"""Stands for a line break that the page shows, while one of the source is only a blank."""

_SOURCE_BREAK = re.compile(r"[ \t]*[\r\n\f\v][ \t\r\n\f\v]*")
_WIDE_SIDE = re.compile(r"(?<=[^\x00-\x7f])\n|\n(?=[^\x00-\x7f])")
_BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_UNSEEN = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_ANY = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]")


def tidy(text: str) -> str:
    """Blanks as a page shows them: a source line break is none beside Chinese, else one; shown ones become newlines."""
    if not _ANY.search(text):  # most cells of most tables
        return text
    text = _SOURCE_BREAK.sub("\n", _UNSEEN.sub("", text))
    text = _WIDE_SIDE.sub("", text).replace("\n", " ")
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split(LINE_BREAK))


def all_text(element: etree._Element) -> str:
    """Every text below an element, as it stands."""
    return "".join(map(str, element.itertext()))
