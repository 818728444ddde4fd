"""A page a reporting body (a region's government, a department, a township), and the lists of them by province."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path
from typing import Any

from pipelines.atlas.lists import put_left_out, put_list
from pipelines.atlas.rendering import render
from pipelines.atlas.series import breaks_by_indicator, breaks_of, by_series, chart_point, name_of, years_of
from pipelines.atlas.site import Site, digest, write
from pipelines.atlas.small_charts import series_chart
from pipelines.atlas.source import Row, Source, batches, grouped
from pipelines.atlas.words import Words
from pipelines.atlas.work import Job

# More would make a page too long to read; the page says so, and the files of page Data hold all.
_CHARTS, _SERIES, _FINDINGS, _OTHERS, _REPORTS_SHOWN = 24, 300, 200, 300, 300
_LISTED, _AT_ONCE = 1000, 6
_ROOT = "../"

_POINTS = """
select p.*, i.name_zh, i.name_en, i.theme, i.place as indicator_place
from points p join catalogue i using (indicator)
where p.comparable and p.place between ? and ? and list_contains(?, p.body_id)
order by p.place, i.place, not total, p.basis, p.outcome, p.applicant, p.channel, p.topic, p.scope, p.series_id, p.year
"""
_RANKS = """
select r.*, i.name_zh, i.name_en
from ranks r join catalogue i using (indicator)
where r.body_place between ? and ? and list_contains(?, r.body_id) order by r.body_place, r.indicator_place, r.basis
"""
_FINDINGS_OF = """
select * from finding_rows where body_place between ? and ? and list_contains(?, body_id)
order by body_place, severity, report_year desc, finding_id
"""
_REPORTS = "select * from report_pages where list_contains(?, body_id) order by place"
# Without their places in the lists, which any new report moves.
_INPUTS = (
    "select * exclude (place) from bodies",
    "select * exclude (place) from points where comparable",
    "select * exclude (body_place, indicator_place) from ranks",
    "select * exclude (body_place) from finding_rows",
    "select * exclude (place) from report_pages",
)


def plan_regions(site: Site, source: Source) -> list[Job]:
    """The drawing of the bodies' pages whose inputs changed."""
    bodies = source.rows("select * from bodies order by place")
    neighbours = grouped([body for body in bodies if body["region_code"] is not None], "region_code")
    # Without their places, which any new body moves.
    listed = {code: [[b["page"], b["name"]] for b in rows] for code, rows in neighbours.items()}
    beside = {code: digest(rows) for code, rows in listed.items()}
    prints = [source.prints("body_id", sql) for sql in _INPUTS]
    breaks = breaks_by_indicator(source)
    common = digest(breaks, source.prints("one", "select 1 as one, * from catalogue"))
    stale = []
    for body in filter(itemgetter("drawn"), bodies):
        inputs = [common, beside.get(body["region_code"]), *(found.get(body["body_id"]) for found in prints)]
        if not site.holds(body["page"], inputs):
            stale.append(body)
    jobs = []
    for batch in batches(stale, _AT_ONCE):
        codes = {body["region_code"] for body in batch}
        others = {code: listed[code] for code in codes if code in listed}
        jobs.append(Job(draw_regions, (batch, others, breaks), len(batch)))
    return jobs


def draw_regions(
    source: Source, folder: Path, bodies: list[Row], others: dict[str, list[list[str]]], breaks: dict[str, list[Row]]
) -> int:
    """The pages of some bodies, near each other in the order of names; `others` are all bodies of their regions."""
    keys = [body["body_id"] for body in bodies]
    places = [body["place"] for body in bodies]
    of = [source.rows(sql, min(places), max(places), keys) for sql in (_POINTS, _RANKS, _FINDINGS_OF)]
    rows = [grouped(found, "body_id") for found in [*of, source.rows(_REPORTS, keys)]]
    for body in bodies:
        beside = [other for other in others.get(body["region_code"], []) if other != [body["page"], body["name"]]]
        parts = [found.get(body["body_id"], []) for found in rows]
        write(folder, body["page"], _page(body, beside, breaks, *parts))
    return len(bodies)


def _page(
    body: Row,
    others: list[list[str]],
    breaks: dict[str, list[Row]],
    points: list[Row],
    ranks: list[Row],
    findings: list[Row],
    reports: list[Row],
) -> str:
    totals = by_series([row for row in points if row["total"]])
    charted = [
        entry for entry in totals if len(entry["years"]) > 1 and any(p["value"] for p in entry["years"].values())
    ]
    rest = by_series([row for row in points if not row["total"]])
    return render(
        "region.html",
        body["page"],
        Words(body["name"], body["name"]),
        "regions.html",
        body=body,
        charts=[_chart(entry, breaks) for entry in charted[:_CHARTS]],
        charts_left=max(len(charted) - _CHARTS, 0),
        totals=totals,
        rest=rest[:_SERIES],
        left=max(len(rest) - _SERIES, 0),
        years=years_of(points),
        ranks=ranks,
        findings=findings[:_FINDINGS],
        findings_left=max(len(findings) - _FINDINGS, 0),
        reports=reports[-_REPORTS_SHOWN:],
        reports_left=max(len(reports) - _REPORTS_SHOWN, 0),
        others=others[:_OTHERS],
        others_left=max(len(others) - _OTHERS, 0),
        name_of=name_of,
    )


def _chart(entry: dict[str, Any], breaks: dict[str, list[Row]]) -> dict[str, Any]:
    row = entry["row"]
    points = [chart_point(point, _ROOT) for _, point in sorted(entry["years"].items())]
    concerned = breaks_of(breaks.get(row["indicator"], []))
    return {
        "svg": series_chart(points, concerned),
        "row": row,
        "unit": entry["unit"],
        "breaks": [b for b in concerned if points[0]["year"] < b["year"] <= points[-1]["year"]],
    }


def put_region_lists(site: Site, source: Source) -> None:
    """The provinces, the bodies of each, and the page that those lead to which have none of their own."""
    put_left_out(site, source, "bodies", "region/left-out.html", "regions.html")
    provinces = source.rows("select * from provinces order by name = '', name collate zh, province")
    bodies = source.rows("select * exclude (place) from bodies order by place")
    few = bodies if len(bodies) <= _SERIES else []
    title = Words("地区", "Regions")
    site.put(
        "regions.html",
        [provinces, few],
        lambda: render("regions.html", "regions.html", title, provinces=provinces, rows=few, pages=[]),
    )
    by_province = grouped(bodies, "province")
    for province in provinces:
        name = Words(province["name"] or "地区未知", province["name"] or "Region unknown")
        path = f"province/{province['province']}"
        listed = by_province[province["province"]]
        put_list(site, path, name, listed, _LISTED, "regions.html", province=province, name=name)
