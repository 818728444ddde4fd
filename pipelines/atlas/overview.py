"""The first page: what is in the warehouse; and the list of all findings."""

from __future__ import annotations

from collections import Counter

from pipelines.atlas.lists import put_list
from pipelines.atlas.rendering import render
from pipelines.atlas.site import Site
from pipelines.atlas.source import Row, Source
from pipelines.atlas.words import Words

_LISTED, _SHOWN, _REFUSALS, _UNPLACED = 400, 12, 200, 50
_COUNTS = """
select
    (select count(*) from reports) as reports,
    (select count(*) from refusals) as refused,
    (select count(*) from bodies) as bodies,
    (select count(distinct region_code) from bodies) as regions,
    (select min(report_year) from reports) as first_year,
    (select max(report_year) from reports) as last_year,
    (select count(*) from quantities where value is not null) as numbers,
    (select count(*) from quantities where value is not null and indicator is not null) as coded,
    (select count(*) from facts) as facts,
    (select count(*) from findings where severity = 'red') as red,
    (select count(*) from findings where severity = 'yellow') as yellow
"""
_COVERAGE = """
select p.province, p.name, r.year, r.value
from (
    select province, report_year as year, count(*) as value from report_pages where report_year is not null group by all
) r
join provinces p using (province)
order by p.name = '', p.name collate zh, p.province, r.year
"""
_RULES = """
select f.rule, f.severity, u.message_zh, u.message_en, u.why, count(*) as value
from findings f join rules u using (rule)
group by all order by f.severity, value desc, f.rule
"""
_FINDINGS = """
select f.* exclude (body_place)
from finding_rows f join report_pages r using (report_id)
order by f.severity, r.place, f.finding_id
"""


def put_overview(site: Site, source: Source) -> None:
    """The first page and the list of findings."""
    counts = source.rows(_COUNTS)[0]
    coverage, rules = source.rows(_COVERAGE), source.rows(_RULES)
    findings = source.rows(_FINDINGS)
    refusals = source.rows("select * from refusals order by source_path limit ?", _REFUSALS)
    unplaced = source.rows("select href, name from report_pages where report_year is null order by place")
    examples = _examples(findings)
    inputs = [counts, coverage, rules, examples, refusals, unplaced[:_UNPLACED], len(unplaced)]

    def draw() -> str:
        # Here, since it takes long to import.
        from pipelines.atlas.charts import grid_chart

        return render(
            "index.html",
            "index.html",
            Words("总览", "Overview"),
            counts=counts,
            grid=grid_chart([_cell(row) for row in coverage]) if coverage else "",
            coverage=coverage,
            years=sorted({row["year"] for row in coverage}),
            rules=rules,
            most=max((row["value"] for row in rules), default=0),
            findings=examples,
            refusals=refusals,
            unplaced=unplaced[:_UNPLACED],
            unplaced_left=max(len(unplaced) - _UNPLACED, 0),
        )

    site.put("index.html", inputs, draw)
    put_list(site, "findings", Words("核对", "Findings"), findings, _LISTED, "findings.html", rules=rules)


def _examples(findings: list[Row]) -> list[Row]:
    """A few findings of many rules and bodies: those that come first are all of one body."""
    chosen: list[Row] = []
    seen: Counter[str] = Counter()
    bodies: set[str] = set()
    for often in range(_SHOWN):
        for row in findings:
            if seen[row["rule"]] == often and row["body_id"] not in bodies:
                seen[row["rule"]] += 1
                bodies.add(row["body_id"])
                chosen.append(row)
    left = [row for row in findings[:_SHOWN] if row not in chosen]
    shown = {row["finding_id"] for row in [*chosen, *left][:_SHOWN]}
    return [row for row in findings if row["finding_id"] in shown]


def _cell(row: Row) -> Row:
    name = row["name"] or "?"
    href = f"province/{row['province']}.html"
    return {**row, "name": name, "href": href, "told": f"{name} {row['year']}: {row['value']}"}
