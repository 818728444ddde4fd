"""Folding of printed variants, one character to one, so that offsets never move. Not here: anything that drops or adds characters."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipelines.reference import load_yaml

# Full-width ASCII, and punctuation that reports use for the same purpose. 、 and 。 keep their own meaning and stay.
_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= {
    ord(a): ord(b)
    for a, b in {
        "\u3000": " ",
        "\xa0": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u2009": " ",
        "\t": " ",
        "﹪": "%",
        "％": "%",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
        "─": "-",
        "～": "~",
        "〜": "~",
        "∼": "~",
        "〈": "《",
        "〉": "》",
        "〔": "[",
        "〕": "]",
        "【": "[",
        "】": "]",
        "﹝": "[",
        "﹞": "]",
        "「": "“",
        "」": "”",
        "『": "“",
        "』": "”",
        "．": ".",
        "﹒": ".",
        "：": ":",
        "；": ";",
        "，": ",",
        "！": "!",
        "？": "?",
        "（": "(",
        "）": ")",
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }.items()
}


@cache
def _variants() -> tuple[dict[str, str], re.Pattern[str]]:
    """Each variant with its plain character, and a pattern of any; a search is seven times as fast as str.translate, since most
    characters of a text are plain."""
    pairs = load_yaml("lexicon/characters.yaml")["traditional"].split()
    plain = {chr(variant): chr(code) for variant, code in _TABLE.items()} | {pair[0]: pair[1] for pair in pairs}
    return plain, re.compile(f"[{re.escape(''.join(plain))}]")


_ANSWERED = re.compile("(?<=[答回批])覆")  # elsewhere it is another word
# In every line of most texts, tables and pages: replaced at once, many times as fast.
_COMMON = ("，", "：", "；", "（", "）", "〔", "〕", "\t", "\u3000", "\xa0")


@lru_cache(maxsize=16)  # a report is folded to tell whose it is, to read it, and to mask it
def fold(text: str) -> str:
    """The text with full-width and variant characters replaced by plain ones; as long as before, character for character."""
    plain, variants = _variants()
    for variant in _COMMON:
        text = text.replace(variant, plain[variant])
    if "覆" in text:
        text = _ANSWERED.sub("复", text)
    return variants.sub(lambda variant: plain[variant[0]], text)
