"""The value of a printed number, in digits or Han numerals. Not here: finding numbers in text, or their units."""

from __future__ import annotations

from fractions import Fraction

HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "O": 0}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
SCALES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
SCALES |= {"百亿": 10_000_000_000, "千亿": 100_000_000_000, "万亿": 1_000_000_000_000}


def parse_digits(printed: str, scale: int = 1) -> float:
    """Value of digits with separators, spaces and a decimal point (folded text), times a scale: 1207.88 and 万 make 12078800.0, since
    the product is made before it is a float. Raises ValueError where the digits are no number."""
    plain = printed.replace(",", "").replace(" ", "").replace("'", "")
    return float(plain) if scale == 1 else float(Fraction(plain) * scale)


def parse_han(printed: str) -> int | None:
    """Value of a Han numeral (三百二十, 二〇一八, 两万三千), or None where the characters form no number."""
    if not printed:
        return None
    if all(c in HAN_DIGITS for c in printed):
        if len(printed) > 1 and not any(c in "零〇○O" for c in printed) and len(printed) < 4:
            return None  # 三五, 七八: an approximation or a slogan, not a number
        return int("".join(str(HAN_DIGITS[c]) for c in printed))
    return _parse_positional(printed)


def _parse_positional(printed: str) -> int | None:
    for mark, size in (("亿", 100_000_000), ("万", 10_000)):
        if mark in printed:
            head, _, tail = printed.rpartition(mark)
            high = parse_han(head) if head else None
            low = parse_han(tail.lstrip("零")) if tail.lstrip("零") else 0
            return None if high is None or low is None or low >= size else high * size + low
    return _parse_below_ten_thousand(printed)


def _parse_below_ten_thousand(printed: str) -> int | None:
    total, digit, last = 0, -1, 10_000
    for i, c in enumerate(printed):
        if c in _HAN_UNITS:
            unit = _HAN_UNITS[c]
            if unit >= last or (digit < 0 and not (c == "十" and i == 0) and not (c == "十" and total)):
                return None
            total += (1 if digit < 0 else digit) * unit
            digit, last = -1, unit
        elif HAN_DIGITS[c] == 0:
            if digit > 0:
                return None
        elif digit > 0:
            return None
        else:
            digit = HAN_DIGITS[c]
    return total + max(digit, 0)
