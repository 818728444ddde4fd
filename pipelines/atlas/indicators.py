"""A page an indicator: what it counts, all bodies by year, their ranking; and the list of indicators by theme."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from pipelines.atlas.formats import number
from pipelines.atlas.lists import links_between, paged
from pipelines.atlas.rendering import render
from pipelines.atlas.series import breaks_by_indicator, breaks_of, chart_point, name_of, years_of
from pipelines.atlas.site import Site, digest, write
from pipelines.atlas.source import Row, Source, grouped
from pipelines.atlas.words import Words, measure
from pipelines.atlas.work import Job

_ROOT = "../"
# Fewer say more in a table than in a chart.
_FEWEST_DOTS, _FEWEST_BARS = 4, 3
_NEARLY = 0.75
# Beyond these a chart is too dense or a page too long; the page says so, and the files of page Data hold all.
_DOTS, _BARS, _GROUPS, _LINES, _BODIES, _MEASURES, _LISTED = 800, 20, 4, 8, 250, 120, 1000

_TOTALS = "select * from totals where indicator = ? order by place, year"
_TOTALS_OF_YEAR = "select * from totals where indicator = ? and year = ? order by value desc, place"
_COUNTS = """
select indicator, year, count(*) as facts from totals group by indicator, year order by indicator, year
"""
_BODIES_OF = "select indicator, count(distinct body_id) as bodies from totals group by indicator"
_MEASURES_OF = """
select indicator, basis, channel, applicant, outcome, '' as topic, '' as scope, max(unit) as unit,
    count(distinct body_id) as bodies, min(year) as first_year, max(year) as last_year, count(*) as facts
from points
where comparable and scope = '' and topic = ''
group by indicator, basis, channel, applicant, outcome
order by indicator, facts desc, basis, outcome, applicant, channel
"""
_LISTED_ALL = """
select c.*, coalesce(p.facts, 0) as facts, coalesce(p.bodies, 0) as bodies, p.first_year, p.last_year
from catalogue c
left join (
    select indicator, count(*) as facts, count(distinct body_id) as bodies, min(year) as first_year, max(year) as last_year
    from points group by indicator
) p using (indicator)
order by c.place
"""


def plan_indicators(site: Site, source: Source) -> list[Job]:
    """The drawing of the indicators' pages whose inputs changed."""
    prints = source.prints("indicator", "select * exclude (place) from totals")
    by_year = source.prints("page", "select indicator || ' ' || year as page, * exclude (place) from totals")
    counts = grouped(source.rows(_COUNTS), "indicator")
    bodies = {row["indicator"]: row["bodies"] for row in source.rows(_BODIES_OF)}
    measures = grouped(source.rows(_MEASURES_OF), "indicator")
    breaks = breaks_by_indicator(source)
    jobs = []
    for row in source.rows("select * from catalogue order by place"):
        code = row["indicator"]
        of, concerned = measures.get(code, []), breaks.get(code, [])
        large = bodies.get(code, 0) > _BODIES
        if not site.holds(_path(code), digest(row, prints.get(code), of, concerned)):
            jobs.append(Job(draw_indicator, (row, of, concerned, large)))
        for count in counts.get(code, []) if large else ():
            year, parts = count["year"], paged(f"indicator/{code}-{count['year']}", count["facts"], _LISTED)
            key = digest(row, by_year[f"{code} {year}"])
            held = [site.holds(part, key) for part in parts]
            if not all(held):
                jobs.append(Job(draw_year, (row, year, parts), len(parts)))
    return jobs


def put_indicator_list(site: Site, source: Source) -> None:
    """The list by theme."""
    listed = source.rows(_LISTED_ALL)
    themes = grouped(listed, "theme")
    title = Words("指标", "Indicators")
    site.put(
        "indicators.html",
        listed,
        lambda: render("indicators.html", "indicators.html", title, themes=themes, name_of=name_of),
    )


def _path(code: str) -> str:
    return f"indicator/{code}.html"


def draw_indicator(source: Source, folder: Path, row: Row, measures: list[Row], breaks: list[Row], large: bool) -> int:
    """The page of an indicator; a large one has its values on a page a year."""
    code = row["indicator"]
    points = source.rows(_TOTALS, code)
    by_body = list(grouped(points, "body_id").values())
    concerned = breaks_of(breaks)
    rankings, lines = _rankings(points), _lines(by_body, concerned)
    page = render(
        "indicator.html",
        _path(code),
        name_of(row),
        "indicators.html",
        row=row,
        name_of=name_of,
        breaks=breaks,
        distribution=_distribution(points, concerned) if points else None,
        rankings=rankings[:_GROUPS],
        rankings_left=max(len(rankings) - _GROUPS, 0),
        lines=lines,
        points=len(points),
        bodies=[] if large else [({p["year"]: p for p in rows}, rows[0]) for rows in by_body],
        years=years_of(points),
        by_year=[(year, f"{code}-{year}.html") for year in years_of(points)] if large else [],
        measures=[(measure(m), m) for m in measures[:_MEASURES]],
        measures_left=max(len(measures) - _MEASURES, 0),
        medians=_medians(points),
    )
    return write(folder, _path(code), page)


def draw_year(source: Source, folder: Path, row: Row, year: int, parts: list[str]) -> int:
    """All values of one indicator and year, over as many pages as they need."""
    points = source.rows(_TOTALS_OF_YEAR, row["indicator"], year)
    title = Words(f"{row['name_zh']} {year}", f"{row['name_en']} {year}")
    for place, part in enumerate(parts):
        shown = points[place * _LISTED : (place + 1) * _LISTED]
        pages = links_between(parts)
        html = render(
            "indicator_year.html", part, title, "indicators.html", row=row, rows=shown, pages=pages, title=title
        )
        write(folder, part, html)
    return len(parts)


def _medians(points: list[Row]) -> list[dict[str, Any]]:
    made = []
    for year, rows in sorted(grouped(points, "year").items()):
        values = sorted(row["value"] for row in rows)
        middle = median(values)
        made.append({"year": year, "median": middle, "bodies": len(rows), "least": values[0], "greatest": values[-1]})
    return made


def _distribution(points: list[Row], breaks: list[dict[str, Any]]) -> dict[str, Any]:
    # Here, as in all that draws: it takes long to import.
    from pipelines.atlas.charts import distribution_chart

    step = -(-len(points) // _DOTS)
    drawn = [chart_point(row, _ROOT) for row in points[::step]]
    medians = [{**m, "told": f"{m['year']}: {number(m['median'])}"} for m in _medians(points) if m["bodies"] > 1]
    svg = distribution_chart(drawn, medians, breaks) if len(points) >= _FEWEST_DOTS else ""
    return {"svg": svg, "step": step, "drawn": len(drawn)}


def _rankings(points: list[Row]) -> list[dict[str, Any]]:
    """A year of each level and kind of body that has enough of them; charts for the first few."""
    from pipelines.atlas.charts import ranking_chart

    made = []
    for (level, kind), rows in grouped_by(points, "level", "body_kind").items():
        years = grouped(rows, "year")
        year = _latest_of_many(years)
        ranked = sorted(years[year], key=lambda row: (-row["value"], row["place"]))
        if len(ranked) >= _FEWEST_BARS and ranked[0]["value"] > 0:
            shown = min(len(ranked), _BARS)
            made.append(
                {"level": level, "kind": kind, "year": year, "bodies": len(ranked), "shown": shown, "of": ranked}
            )
    made.sort(key=lambda group: (-group["bodies"], str(group["level"]), str(group["kind"])))
    for group in made[:_GROUPS]:
        group["svg"] = ranking_chart(_bars(group["of"]))
    return made


def _latest_of_many(years: dict[int, list[Row]]) -> int:
    """The latest year with nearly as many bodies as the fullest: one early report of a new year is no ranking."""
    enough = _NEARLY * max(len(rows) for rows in years.values())
    return max(year for year, rows in years.items() if len(rows) >= enough)


def _bars(ranked: list[Row]) -> list[dict[str, Any]]:
    """A bar each, also where two bodies have one name: an invisible mark tells them apart."""
    shared = Counter(row["short"] for row in ranked)
    made, seen = [], Counter[str]()
    for row in ranked[:_BARS]:
        point = chart_point(row, _ROOT)
        # The whole name where two bodies share the short one.
        name = row["name"] if shared[row["short"]] > 1 else point["name"]
        seen[name] += 1
        made.append({**point, "name": name + "\u200b" * (seen[name] - 1)})
    return made


def _lines(by_body: list[list[Row]], breaks: list[dict[str, Any]]) -> dict[str, Any]:
    """The bodies with the most years, at least two; no chart where there are none."""
    from pipelines.atlas.charts import lines_chart

    several = sorted((rows for rows in by_body if len(rows) > 1), key=lambda rows: (-len(rows), rows[0]["place"]))
    drawn = [
        {**chart_point(row, _ROOT), "name": row["short"], "last": row is rows[-1]}
        for rows in several[:_LINES]
        for row in rows
    ]
    # One body with two values has its chart on its own page.
    svg = lines_chart(drawn, breaks) if len(drawn) > _FEWEST_BARS - 1 else ""
    return {"svg": svg, "shown": min(len(several), _LINES), "bodies": len(several)}


def grouped_by(rows: list[Row], *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups
