"""One measure of one body over the years as a small SVG, written here without a charting library.

A warehouse of ten thousand reports has some fourteen thousand of these. Through vl-convert each costs 20 ms, however
little it shows, and putting many into one drawing saves nothing; written directly each costs less than 0.1 ms. They look as those
of charts.py do. Not here: which data is charted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from markupsafe import escape

from pipelines.atlas.formats import number

Values = Sequence[dict[str, Any]]

_WIDTH, _HEIGHT = 326, 132
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 314, 10, 108
# Width of a digit of the labels, in most fonts.
_DIGIT = 6.4
# Between the edge and the first year.
_INSET = 12
_TICKS, _YEARS = 3, 6


def series_chart(points: Values, breaks: Values) -> str:
    """Points in the order of years: `year`, `value`, `soft` (approximate or derived), `href`, `told`; a break is an
    upright line before its `year`, where there are years on both sides.
    """
    first, last = int(points[0]["year"]), int(points[-1]["year"])
    ticks = _ticks([point["value"] for point in points])
    left = max(_LEFT, max(len(number(tick)) for tick in ticks) * _DIGIT + 10)
    low, high = ticks[0], ticks[-1]

    def x(year: float) -> float:
        return left + _INSET + (_RIGHT - left - 2 * _INSET) * (year - first) / max(last - first, 1)

    def y(value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (value - low) / (high - low)

    parts = [_scale(left, y(tick), tick) for tick in ticks]
    parts += [_label(x(year), _BOTTOM + 18, "middle", str(year)) for year in _spaced([p["year"] for p in points])]
    parts += [_rule(x(row["year"] - 0.5)) for row in breaks if first < row["year"] <= last]
    line = "L".join(f"{x(point['year']):.1f},{y(point['value']):.1f}" for point in points)
    parts.append(f'<path d="M{line}" fill="none" stroke="var(--accent)" stroke-width="1.5"/>')
    parts += [_dot(point, x(point["year"]), y(point["value"])) for point in points]
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" style="max-width:{_WIDTH}px"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _ticks(values: Sequence[float]) -> list[float]:
    """Round numbers from zero, or from below the least, to above the greatest."""
    least, greatest = min(0.0, *values), max(0.0, *values)
    rough = (greatest - least) / (_TICKS - 1) or 1
    power: float = 10.0 ** math.floor(math.log10(rough))
    step = next(part * power for part in (1, 2, 2.5, 5, 10) if part * power >= rough * 0.999)
    if power <= 1 and all(float(value).is_integer() for value in values):
        step = max(1.0, math.ceil(step))
    start, end = math.floor(least / step), max(math.ceil(greatest / step - 1e-9), math.floor(least / step) + 1)
    return [place * step for place in range(start, end + 1)]


def _spaced(years: list[int]) -> list[int]:
    return years[:: -(-len(years) // _YEARS)]


def _scale(left: float, y: float, tick: float) -> str:
    line = f'<path d="M{left:.1f},{y:.1f}H{_RIGHT}" stroke="var(--line)"/>'
    return line + _label(left - 6, y + 4, "end", number(tick))


def _label(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="11" fill="var(--quiet)">{text}</text>'


def _rule(x: float) -> str:
    return f'<path d="M{x:.1f},{_TOP}V{_BOTTOM}" stroke="var(--quiet)" stroke-dasharray="3,3"/>'


def _dot(point: dict[str, Any], x: float, y: float) -> str:
    fill = "var(--paper)" if point["soft"] else "var(--accent)"
    shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="var(--accent)" stroke-width="1.5"/>'
    if not point["href"]:
        return shape
    told = escape(point["told"])
    return f'<a href="{escape(point["href"])}" aria-label="{told}">{shape}<title>{told}</title></a>'
