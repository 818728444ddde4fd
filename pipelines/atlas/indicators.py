"""A page an indicator: what it counts, all bodies by year, their ranking; and the list of indicators by theme."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import Any

from pipelines.atlas.charts import distribution_chart, lines_chart, ranking_chart
from pipelines.atlas.formats import number
from pipelines.atlas.rendering import render
from pipelines.atlas.series import TOTAL, breaks_by_indicator, breaks_of, chart_point, name_of, years_of
from pipelines.atlas.site import Site
from pipelines.atlas.source import Row, Source, grouped
from pipelines.atlas.words import Words, measure

_ROOT = "../"
# Fewer say more in a table than in a chart.
_FEWEST_DOTS, _FEWEST_BARS = 4, 3
# Beyond these a chart is too dense or a page too long; the files of page Data hold all.
_DOTS, _BARS, _GROUPS, _LINES, _BODIES, _MEASURES = 800, 20, 4, 8, 250, 120

# The total of a whole year, of the basis that most bodies give.
_TOTALS = (
    f"select * from points where comparable and span = 'Y' and {TOTAL} and value is not null and indicator = $code"
)
_POINTS = f"""
with totals as ({_TOTALS})
select * from totals
where basis = (select basis from totals group by basis order by count(*) desc, basis limit 1)
order by place, year
"""
_MEASURES_OF = """
select basis, channel, applicant, outcome, '' as topic, '' as scope, any_value(unit) as unit, count(distinct body_id) as bodies,
    min(year) as first_year, max(year) as last_year, count(*) as facts
from points
where comparable and scope = '' and topic = '' and indicator = ?
group by basis, channel, applicant, outcome
order by facts desc, basis, outcome, applicant, channel
"""
_LISTED = """
select c.*, coalesce(p.facts, 0) as facts, coalesce(p.bodies, 0) as bodies, p.first_year, p.last_year
from catalogue c
left join (
    select indicator, count(*) as facts, count(distinct body_id) as bodies, min(year) as first_year, max(year) as last_year
    from points group by indicator
) p using (indicator)
order by c.place
"""


def put_indicators(site: Site, source: Source) -> None:
    """Pages of the indicators whose inputs changed, then the list."""
    listed = source.rows(_LISTED)
    prints = source.prints("indicator", "select * exclude (place) from points where comparable")
    breaks = breaks_by_indicator(source)
    for row in listed:
        code = row["indicator"]
        years = source.years(_TOTALS, code) if row["bodies"] > _BODIES else []
        paths = [_path(code), *(_year_path(code, year) for year in years)]
        held = [site.holds(path, row, prints.get(code), breaks.get(code)) for path in paths]
        if not all(held):
            points = source.named(_POINTS, code=code) if code in prints else []
            measures = source.rows(_MEASURES_OF, code)[:_MEASURES] if code in prints else []
            _write(site, row, points, measures, breaks.get(code, []), bool(years))
    site.put(
        "indicators.html",
        listed,
        lambda: render(
            "indicators.html",
            "indicators.html",
            Words("指标", "Indicators"),
            themes=grouped(listed, "theme"),
            name_of=name_of,
        ),
    )


def _path(code: str) -> str:
    return f"indicator/{code}.html"


def _year_path(code: str, year: int) -> str:
    return f"indicator/{code}-{year}.html"


def _write(site: Site, row: Row, points: list[Row], measures: list[Row], breaks: list[Row], large: bool) -> None:
    by_body = list(grouped(points, "body_id").values())
    concerned = breaks_of(breaks)
    code = row["indicator"]
    page = render(
        "indicator.html",
        _path(code),
        name_of(row),
        "indicators.html",
        row=row,
        name_of=name_of,
        breaks=breaks,
        distribution=_distribution(points, concerned) if points else None,
        rankings=_rankings(points),
        lines=_lines(by_body, concerned),
        points=len(points),
        bodies=[] if large else [({p["year"]: p for p in rows}, rows[0]) for rows in by_body],
        years=years_of(points),
        by_year=[(year, f"{code}-{year}.html") for year in years_of(points)] if large else [],
        measures=[(measure(m), m) for m in measures],
        medians=_medians(points),
    )
    site.write(_path(code), page)
    for year, rows in sorted(grouped(points, "year").items()) if large else ():
        ranked = sorted(rows, key=lambda point: (-point["value"], point["place"]))
        path = _year_path(code, year)
        title = Words(f"{row['name_zh']} {year}", f"{row['name_en']} {year}")
        site.write(
            path, render("indicator_year.html", path, title, "indicators.html", row=row, rows=ranked, title=title)
        )


def _medians(points: list[Row]) -> list[dict[str, Any]]:
    made = []
    for year, rows in sorted(grouped(points, "year").items()):
        values = sorted(row["value"] for row in rows)
        middle = median(values)
        made.append({"year": year, "median": middle, "bodies": len(rows), "least": values[0], "greatest": values[-1]})
    return made


def _distribution(points: list[Row], breaks: list[dict[str, Any]]) -> dict[str, Any]:
    step = -(-len(points) // _DOTS)
    drawn = [chart_point(row, _ROOT) for row in points[::step]]
    medians = [{**m, "told": f"{m['year']}: {number(m['median'])}"} for m in _medians(points) if m["bodies"] > 1]
    svg = distribution_chart(drawn, medians, breaks) if len(points) >= _FEWEST_DOTS else ""
    return {"svg": svg, "step": step}


def _rankings(points: list[Row]) -> list[dict[str, Any]]:
    """The latest year with the most bodies of a level and kind, for each that has enough."""
    made = []
    for (level, kind), rows in grouped_by(points, "level", "body_kind").items():
        years = grouped(rows, "year")
        year = max(years, key=lambda year: (len(years[year]), year))
        ranked = sorted(years[year], key=lambda row: (-row["value"], row["place"]))
        if len(ranked) >= _FEWEST_BARS and ranked[0]["value"] > 0:
            svg = ranking_chart(_bars(ranked))
            shown = min(len(ranked), _BARS)
            made.append({"level": level, "kind": kind, "year": year, "svg": svg, "bodies": len(ranked), "shown": shown})
    return sorted(made, key=lambda group: (-group["bodies"], str(group["level"]), str(group["kind"])))[:_GROUPS]


def _bars(ranked: list[Row]) -> list[dict[str, Any]]:
    """A bar each, also where two bodies have one name: an invisible mark tells them apart."""
    made, seen = [], Counter[str]()
    for row in ranked[:_BARS]:
        point = _named(row, ranked)
        seen[point["name"]] += 1
        made.append({**point, "name": point["name"] + "\u200b" * (seen[point["name"]] - 1)})
    return made


def _named(row: Row, beside: list[Row]) -> dict[str, Any]:
    """A bar under its short name, or the whole name where two bodies share the short one."""
    point = chart_point(row, _ROOT)
    if sum(other["short"] == row["short"] for other in beside) > 1:
        point["name"] = row["name"]
    return point


def _lines(by_body: list[list[Row]], breaks: list[dict[str, Any]]) -> str:
    """The bodies with the most years, at least two; empty where there are none."""
    long = sorted((rows for rows in by_body if len(rows) > 1), key=lambda rows: (-len(rows), rows[0]["place"]))[:_LINES]
    drawn = [
        {**chart_point(row, _ROOT), "name": row["short"], "last": row is rows[-1]} for rows in long for row in rows
    ]
    # One body with two values has its chart on its own page.
    return lines_chart(drawn, breaks) if len(drawn) > _FEWEST_BARS - 1 else ""


def grouped_by(rows: list[Row], *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups
