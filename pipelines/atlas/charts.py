"""Charts as SVG, drawn while the atlas is built. Points are links to sentences; colours are those of the style sheet.

A chart's form is compiled once and filled with data for each page, since compiling costs more than drawing. Labels are
years, numbers and names, the same in both languages; what a chart shows is said in words by the page beside it.
Not here: which data is charted; the small charts of a body's page (small_charts.py), of which there are many.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import altair as alt
import vl_convert as vlc

Values = Sequence[dict[str, Any]]
# What altair may make of layers.
Drawn = alt.LayerChart | alt.FacetChart

ACCENT, PAPER, INK, QUIET, LINE = ("var(--accent)", "var(--paper)", "var(--ink)", "var(--quiet)", "var(--line)")
# Measuring text in a list of fonts takes three times as long as all the rest; the style sheet names the fonts.
_FONT = "sans-serif"
# What the renderer puts before every relative link.
_BASE = "https://vega.github.io/vega-datasets/"
_LABELLED = 11
_NAMES_WIDTH = 132
_LINES, _TICKS = 8, 6
_LINES_HEIGHT, _NAME_HEIGHT = 260, 14


def ranking_chart(bars: Values) -> str:
    """Bodies of one year, greatest first: `name`, `value`, `soft`, `href`, `told`."""
    return _draw(_ranking, points=bars)


def distribution_chart(points: Values, medians: Values, breaks: Values) -> str:
    """All bodies by year, on a scale that shows small and large: points as in a series, `median` a year."""
    return _draw(_distribution, points=points, medians=medians, breaks=_breaks_within(points, breaks))


def lines_chart(points: Values, breaks: Values) -> str:
    """A few bodies over the years: points as in a series with `name`."""
    return _draw(_lines, points=_with_names_apart(points), breaks=_breaks_within(points, breaks))


def grid_chart(cells: Values) -> str:
    """Reports by province and year: `name`, `order`, `year`, `value`, `href`, `told`."""
    return _draw(_grid, points=cells)


def _breaks_within(points: Values, breaks: Values) -> Values:
    """A break is drawn where the chart has years on both sides of it."""
    years = [point["year"] for point in points]
    return [row for row in breaks if years and min(years) < row["year"] <= max(years)]


def _with_names_apart(points: Values) -> Values:
    """Each line's last point with the place of its name, no nearer to the next than a line of text."""
    values = [point["value"] for point in points]
    apart = (max(0, *values) - min(0, *values)) * _NAME_HEIGHT / _LINES_HEIGHT
    at: dict[int, float] = {}
    for point in sorted((point for point in points if point["last"]), key=lambda point: point["value"]):
        at[id(point)] = max(point["value"], *(place + apart for place in at.values())) if at else point["value"]
    return [{**point, "name_at": at[id(point)]} if point["last"] else point for point in points]


def _ranking() -> Drawn:
    base = alt.Chart(alt.NamedData("points")).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=_NAMES_WIDTH)),
        x=alt.X("value:Q", title=None, axis=None),
    )
    bars = base.mark_bar(height=12).encode(**_told(), opacity=_soft(0.45, 1), color=alt.value(ACCENT))
    text = base.mark_text(align="left", dx=5, color=INK, fontSize=_LABELLED).encode(
        text=alt.Text("value:Q", format=",~r")
    )
    return alt.layer(bars, text).properties(width=300, height=alt.Step(20))


def _distribution() -> Drawn:
    scale = alt.Scale(type="symlog")
    base = alt.Chart(alt.NamedData("points")).encode(x=_year(), y=_value(6, scale))
    dots = base.mark_point(filled=True, size=30, strokeWidth=1).encode(
        **_told(), fill=_when_soft(PAPER, ACCENT), stroke=alt.value(ACCENT), opacity=alt.value(0.7)
    )
    median = alt.Chart(alt.NamedData("medians")).mark_tick(color=INK, thickness=2.5, size=22, orient="horizontal")
    ticks = median.encode(x=_year(), y=alt.Y("median:Q", scale=scale), description="told:N")
    return alt.layer(_break_rule(), dots, ticks).properties(width=600, height=220)


def _lines() -> Drawn:
    base = alt.Chart(alt.NamedData("points")).encode(x=_year(), y=_value(5), detail="name:N")
    line = base.mark_line(strokeWidth=1.5).encode(color=alt.Color("name:N", legend=None, scale=_hues()))
    dots = base.mark_point(filled=True, size=46, strokeWidth=1.5, opacity=1).encode(
        **_told(),
        fill=alt.condition("datum.soft", alt.value(PAPER), alt.Fill("name:N", legend=None, scale=_hues())),
        stroke=alt.Stroke("name:N", legend=None, scale=_hues()),
    )
    names = base.mark_text(align="left", dx=8, fontSize=_LABELLED).encode(
        y="name_at:Q", text="name:N", color=alt.Color("name:N", legend=None, scale=_hues())
    )
    return alt.layer(_break_rule(), line, dots, names.transform_filter("datum.last")).properties(
        width=520, height=_LINES_HEIGHT
    )


def _grid() -> Drawn:
    base = alt.Chart(alt.NamedData("points")).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False)),
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=_NAMES_WIDTH)),
    )
    cells = base.mark_rect(stroke=PAPER, strokeWidth=2).encode(
        **_told(),
        color=alt.value(ACCENT),
        opacity=alt.Opacity("value:Q", legend=None, scale=alt.Scale(range=[0.12, 0.3])),
    )
    text = base.mark_text(fontSize=_LABELLED, color=INK).encode(text=alt.Text("value:Q", format=","))
    return alt.layer(cells, text).properties(width=alt.Step(38), height=alt.Step(22))


def _year() -> alt.X:
    # A number, not a name: years without a value take their room.
    axis = alt.Axis(format="d", tickMinStep=1, labelOverlap=True, tickSize=3)
    return alt.X("year:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=16))


def _value(ticks: int, scale: alt.Scale | None = None) -> alt.Y:
    axis = alt.Axis(tickCount=ticks, tickMinStep=1, format=",~r", domain=False, ticks=False, minExtent=50)
    return alt.Y("value:Q", title=None, axis=axis, scale=scale or alt.Scale(zero=True))


def _break_rule() -> Any:
    rule = alt.Chart(alt.NamedData("breaks")).mark_rule(strokeDash=[3, 3], color=QUIET)
    # Between the year before and the first year of the new meaning.
    return rule.transform_calculate(year="datum.year - 0.5").encode(x=_year(), description="told:N")


def _told() -> dict[str, Any]:
    """Where a mark leads, and what it is called."""
    return {"href": "href:N", "description": "told:N"}


def _when_soft(soft: str, else_: str) -> Any:
    return alt.condition("datum.soft", alt.value(soft), alt.value(else_))


def _soft(soft: float, else_: float) -> Any:
    return alt.condition("datum.soft", alt.value(soft), alt.value(else_))


def _hues() -> alt.Scale:
    return alt.Scale(range=[f"var(--line-{place})" for place in range(_LINES)])


@cache
def _compiled(form: Callable[[], Drawn]) -> dict[str, Any]:
    chart = (
        form()
        .configure(background="transparent", font=_FONT, padding={"left": 16, "right": 8, "top": 6, "bottom": 2})
        .configure_view(stroke=None)
        .configure_axis(
            aria=False, gridColor=LINE, domainColor=LINE, tickColor=LINE, labelColor=QUIET, labelFontSize=11
        )
        .configure_axisX(grid=False)
    )
    return dict(vlc.vegalite_to_vega(chart.to_dict(validate=False)))


def _draw(form: Callable[[], Drawn], **data: Values) -> str:
    spec = copy.deepcopy(_compiled(form))
    years = sorted({row["year"] for row in data["points"] if "year" in row})
    for axis in spec.get("axes", ()):
        if years and axis["scale"] == "x" and not axis.get("grid") and axis["orient"] == "bottom":
            axis["values"] = years[:: -(-len(years) // _TICKS)]
        if axis["scale"] == "y" and form is _distribution:
            axis["values"] = _powers([row["value"] for row in data["points"]])
    for name, values in data.items():
        for source in spec["data"]:
            if source["name"] == name:
                source["values"] = list(values)
    spec["data"] += [
        {"name": name, "values": list(values)}
        for name, values in data.items()
        if all(source["name"] != name for source in spec["data"])
    ]
    return _tidied(vlc.vega_to_svg(spec))


def _powers(values: Sequence[float]) -> list[float]:
    """Zero and the powers of ten up to the greatest value: on a logarithmic scale other marks crowd."""
    greatest = max([1.0, *map(abs, values)])
    powers = [10.0**power for power in range(math.floor(math.log10(greatest)) + 1)]
    least = [-power for power in powers] if min(values) < 0 else []
    return [*reversed(least), 0, *powers]


def _tidied(svg: str) -> str:
    """Smaller, as wide as there is room, and plain to screen readers: links with their names, no roles between."""
    svg = re.sub(r' (?:aria-roledescription|role)="[^"]*"', "", svg)
    svg = re.sub(r'<path class="(?:background|foreground)"[^>]*/>', "", svg)
    svg = re.sub(
        r' (?:class="[^"]*"|version="1\.1"|font-family="[^"]*"|xmlns:xlink="[^"]*"|pointer-events="none"|opacity="1")',
        "",
        svg,
    )
    svg = re.sub(r"(\d+\.\d{2})\d+", r"\1", svg)
    svg = svg.replace(_BASE, "")
    svg = re.sub(
        r'<a xlink:href="([^"]*)"[^>]*>(<path aria-label="([^"]*)")', r'<a href="\1" aria-label="\3"><path', svg
    )
    # What is no link is told by the page beside it.
    svg = re.sub(r'<(path|line|rect) aria-label="[^"]*"', r"<\1", svg)
    return re.sub(
        r'<svg ([^>]*?)width="(\d+)" height="(\d+)"', r'<svg \1width="\2" height="\3" style="max-width:\2px"', svg
    )
