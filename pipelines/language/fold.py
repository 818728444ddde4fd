"""Folding of printed variants, one character to one, so that offsets never move. Not here: anything that drops or adds characters."""

from __future__ import annotations

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
        "兩": "两",
        "萬": "万",
        "億": "亿",
    }.items()
}


def fold(text: str) -> str:
    """The text with full-width and variant characters replaced by plain ones; as long as before, character for character."""
    return text.translate(_TABLE)
