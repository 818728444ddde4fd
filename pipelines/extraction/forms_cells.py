"""What a form's cell prints: a number, nothing, a dash or a slash. Not here: which cell it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

NUMBER, BLANK, DASH, SLASH, TEXT = "number", "blank", "dash", "slash", "text"
MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━ー﹣_", "-") | {"\\": "/", "∕": "/", "⁄": "/"})
# What text recognition takes for 0 and 1, beside digits.
_MISREAD = str.maketrans("oOlI", "0011")
_MISREAD_DIGITS = re.compile(r"(?=.*\d)(?=.*[oOlI])[\doOlI,.]+$")
_NUMBER = re.compile(
    r"(?P<sign>[+-]|增加?|减少?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<scale>[万亿]?)(?P<unit>元|件|条|项|个|次|篇|场|期|份|家|宗|起|人次|人|名|部)?$"
)
_NOTE_MARKS = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u2473*＊]+\s*$")
_REMARK = re.compile(r"(?<=.)\([^()]*\)$")  # 3（含上年结转1件）
_SPACES = re.compile(r"[\s\u200b-\u200d\ufeff]+")
# Figures that a narrow cell wraps, or groups of three with spaces between, are one number; other figures apart are not.
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Printed:
    """`value` in the cell's own unit; `money` is 元, 万元 or 亿元 where the cell says so, and '' where it does not.

    `amount` is the value in 元 where it is money.
    """

    cell: str
    value: Decimal | None = None
    money: str = ""
    amount: float | None = None


@lru_cache(maxsize=20_000)
def read_cell(text: str) -> Printed:
    """What the cell prints. `cell` is 'text' for what is none of the four kinds that a form allows."""
    if text.isdecimal() and text.isascii():
        return Printed(TEXT) if text[0] == "0" and len(text) > 1 else _number(Decimal(text))
    plain = unicodedata.normalize("NFKC", _NOTE_MARKS.sub("", text))
    plain = _SPACES.sub(lambda gap: "" if "\n" in gap.group() else " ", plain).strip().translate(_DASHES)
    if not plain:
        return Printed(BLANK)
    if set(plain) <= {"-", " "} or plain in ("无", "无此项"):
        return Printed(DASH)
    if set(plain) <= {"/", " "}:
        return Printed(SLASH)
    if plain in ("零", "〇", "○", "O", "o"):
        return _number(Decimal(0))
    return _read_number(plain.translate(_MISREAD) if _MISREAD_DIGITS.match(plain) else plain)


def _read_number(plain: str) -> Printed:
    joined = re.sub(r"(?<=[+\-,]) | (?=[,元件条项个次篇场期份家宗起人名部万亿])", "", _GROUPED.sub("", plain))
    found = _NUMBER.match(_REMARK.sub("", joined))
    if not found or re.match(r"0\d", found["digits"]):
        return Printed(TEXT)
    value = Decimal(found["digits"].replace(",", ""))
    if (found["sign"] or "")[:1] in ("-", "减"):
        value = -value
    money = found["scale"] + "元" if found["unit"] == "元" or (found["scale"] and not found["unit"]) else ""
    return _number(value if money else value * _SCALES[found["scale"]], money)


def _number(value: Decimal, money: str = "") -> Printed:
    return Printed(NUMBER, value, money, float(value * MONEY[money] if money else value))
