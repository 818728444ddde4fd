"""A page a reporting body (a region's government, a department, a township), and the lists of them by province."""

from __future__ import annotations

from typing import Any

from pipelines.atlas.charts import series_chart
from pipelines.atlas.drawing import drawing
from pipelines.atlas.rendering import render
from pipelines.atlas.series import TOTAL, breaks_by_indicator, breaks_of, by_series, chart_point, name_of, years_of
from pipelines.atlas.site import Site
from pipelines.atlas.source import Row, Source, batches, grouped
from pipelines.atlas.words import Words

# More would make a page too long to read; the files of page Data hold all.
_CHARTS, _SERIES, _FINDINGS = 24, 300, 200
_ROOT = "../"

_POINTS = f"""
select p.*, ({TOTAL}) as total, i.name_zh, i.name_en, i.theme, i.place as indicator_place
from points p join catalogue i using (indicator)
where p.comparable and list_contains(?, p.body_id)
order by p.body_id, i.place, not total, p.basis, p.outcome, p.applicant, p.channel, p.topic, p.scope, p.series_id, p.year
"""
_RANKS = f"""
select c.*, i.name_zh, i.name_en
from cross_region c join catalogue i using (indicator)
where {TOTAL.replace("scope = '' and ", "")} and span = 'Y' and list_contains(?, c.body_id)
qualify report_year = max(report_year) over (partition by body_id, indicator)
order by c.body_id, i.place, c.basis
"""
_FINDINGS_OF = """
select f.*, p.href, b.name
from findings f join bodies b using (body_id) left join places_of p on p.quantity_id = f.quantity_ids[1]
where list_contains(?, f.body_id) order by f.body_id, f.severity, f.report_year desc, f.finding_id
"""
_REPORTS = "select * from report_pages where list_contains(?, body_id) order by place"
# Without their places in the lists, which any new report moves.
_INPUTS = (
    "select * exclude (place) from bodies",
    "select * exclude (place) from points where comparable",
    "select c.* from cross_region c",
    "select * from findings",
    "select * exclude (place) from report_pages",
)


def put_regions(site: Site, source: Source) -> None:
    """Pages of the bodies whose inputs changed, then the lists."""
    bodies = {row["body_id"]: row for row in source.rows("select * from bodies order by place")}
    beside = grouped(list(bodies.values()), "region_code")
    prints = [source.prints("body_id", sql) for sql in _INPUTS]
    common = [source.prints("one", f"select 1 as one, * from {table}") for table in ("breaks", "catalogue")]
    stale = []
    for body_id, body in bodies.items():
        inputs = [
            *common,
            *(found.get(body_id) for found in prints),
            [other["slug"] + other["name"] for other in _beside(body, beside)],
        ]
        if not site.holds(_path(body), inputs):
            stale.append(body_id)
    breaks = breaks_by_indicator(source)
    with drawing(len(stale)) as draw_all:
        for batch in batches(stale):
            of = [grouped(source.rows(sql, batch), "body_id") for sql in (_POINTS, _RANKS, _FINDINGS_OF, _REPORTS)]
            jobs = [
                (bodies[key], *(rows.get(key, []) for rows in of), _beside(bodies[key], beside), breaks)
                for key in batch
            ]
            for key, page in zip(batch, draw_all(_page, *zip(*jobs, strict=True)), strict=True):
                site.write(_path(bodies[key]), page)
    _put_lists(site, source, list(bodies.values()))


def _path(body: Row) -> str:
    return f"region/{body['slug']}.html"


def _beside(body: Row, beside: dict[Any, list[Row]]) -> list[Row]:
    """The other bodies of the same region."""
    if body["region_code"] is None:
        return []
    return [other for other in beside[body["region_code"]] if other["body_id"] != body["body_id"]]


def _page(
    body: Row,
    points: list[Row],
    ranks: list[Row],
    findings: list[Row],
    reports: list[Row],
    others: list[Row],
    breaks: dict[str, list[Row]],
) -> str:
    totals = by_series([row for row in points if row["total"] and row["span"] == "Y"])
    charted = [
        entry for entry in totals if len(entry["years"]) > 1 and any(p["value"] for p in entry["years"].values())
    ]
    rest = by_series([row for row in points if not (row["total"] and row["span"] == "Y")])
    return render(
        "region.html",
        _path(body),
        Words(body["name"], body["name"]),
        "regions.html",
        body=body,
        charts=[_chart(entry, breaks) for entry in charted[:_CHARTS]],
        totals=totals,
        rest=rest[:_SERIES],
        left=max(len(rest) - _SERIES, 0),
        years=years_of(points),
        ranks=ranks,
        findings=findings[:_FINDINGS],
        findings_left=max(len(findings) - _FINDINGS, 0),
        reports=reports,
        others=others,
        name_of=name_of,
    )


def _chart(entry: dict[str, Any], breaks: dict[str, list[Row]]) -> dict[str, Any]:
    row = entry["row"]
    points = [chart_point(point, _ROOT) for _, point in sorted(entry["years"].items())]
    concerned = breaks_of(breaks.get(row["indicator"], []))
    return {
        "svg": series_chart(points, concerned),
        "row": row,
        "breaks": [b for b in concerned if points[0]["year"] < b["year"] <= points[-1]["year"]],
        "first": points[0],
        "last": points[-1],
    }


def _put_lists(site: Site, source: Source, bodies: list[Row]) -> None:
    provinces = source.rows("select * from provinces order by name = '', name collate zh, province")
    site.put(
        "regions.html",
        [provinces, bodies if len(bodies) <= _SERIES else []],
        lambda: render(
            "regions.html",
            "regions.html",
            Words("地区", "Regions"),
            provinces=provinces,
            bodies=bodies if len(bodies) <= _SERIES else [],
        ),
    )
    for province in provinces:
        path = f"province/{province['province']}.html"
        listed = [body for body in bodies if body["province"] == province["province"]]

        def draw(province: Row = province, listed: list[Row] = listed, path: str = path) -> str:
            name = Words(province["name"] or "地区未知", province["name"] or "Region unknown")
            return render("province.html", path, name, "regions.html", province=province, bodies=listed, name=name)

        site.put(path, [province, listed], draw)
