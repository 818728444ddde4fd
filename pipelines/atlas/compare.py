"""The page to compare bodies of one's choice, and its data: scripts, since a page opened from the disk may read nothing
else. Data are split by indicator, so that the page loads only what is asked for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipelines.atlas.formats import unit
from pipelines.atlas.rendering import render
from pipelines.atlas.series import breaks_by_indicator
from pipelines.atlas.site import Site, digest, write
from pipelines.atlas.source import Row, Source, grouped
from pipelines.atlas.words import Words, label, measure
from pipelines.atlas.work import Job

# Values of one file, with an address of their sentence each.
_POINTS_A_FILE = 9_000
_RARE = 3
_FOLDER = "data/compare/"
_INDEX = f"{_FOLDER}index.js"
_KEY = "concat_ws('|', basis, channel, applicant, topic, outcome)"
_COMPARED = "comparable and scope = '' and span = 'Y' and value is not null"
_MEASURES = f"""
select indicator, {_KEY} as key, basis, channel, applicant, topic, outcome, max(unit) as unit,
    count(*) as points
from points
where {_COMPARED}
group by indicator, basis, channel, applicant, topic, outcome
having topic = '' or points >= {_RARE}
order by indicator, topic <> '', basis, outcome, applicant, channel, topic
"""
_POINTS = f"""
select slug, year, value, qualifier, settled_by, restated, href, {_KEY} as key
from points
where {_COMPARED} and indicator = ? and list_contains(?, key)
order by key, place, year
"""


def plan_compare(site: Site, source: Source) -> list[Job]:
    """The making of the page, its index and the files of values, where they changed."""
    bodies = source.rows("select slug, drawn, name, level, body_kind from bodies order by place")
    breaks = breaks_by_indicator(source)
    prints = source.prints("indicator", f"select * exclude (place) from points where {_COMPARED}")
    measures = grouped(source.rows(_MEASURES), "indicator")
    listed, jobs = [], []
    for row in source.rows("select * from catalogue order by place"):
        code = row["indicator"]
        told = []
        for place, keys in enumerate(_files(measures.get(code, [])), 1):
            name = f"{code}-{place}"
            path = f"{_FOLDER}{name}.js"
            if not site.holds(path, prints[code], [m["key"] for m in keys]):
                jobs.append(Job(draw_values, (code, name, [m["key"] for m in keys])))
            told += [_measure(m, name) for m in keys]
        if told:
            listed.append({**_told(row, breaks.get(code, [])), "measures": told})
    index = _index(bodies, listed)
    if not site.holds(_INDEX, digest(index)):
        jobs.append(Job(draw_index, (index,)))
    if not site.holds("compare.html", bool(listed)):
        jobs.append(Job(draw_page, (bool(listed),)))
    return jobs


def draw_page(source: Source, folder: Path, some: bool) -> int:
    """The page itself, which is the same for all data."""
    return write(folder, "compare.html", render("compare.html", "compare.html", Words("比较", "Compare"), some=some))


def draw_index(source: Source, folder: Path, index: str) -> int:
    """What there is to choose from."""
    return write(folder, _INDEX, index)


def draw_values(source: Source, folder: Path, code: str, name: str, keys: list[str]) -> int:
    """The values of some measures of an indicator."""
    found = grouped(source.rows(_POINTS, code, keys), "key")
    values = {
        key: [[p["slug"], p["year"], p["value"], p["qualifier"], _how(p), p["href"] or ""] for p in found[key]]
        for key in keys
    }
    return write(folder, f"{_FOLDER}{name}.js", f"atlas.values({_script(name)},{_script(values)});\n")


def _files(measures: list[Row]) -> list[list[Row]]:
    """Measures by the file that holds their values."""
    files: list[list[Row]] = []
    room = 0
    for row in measures:
        if not files or row["points"] > room:
            files.append([])
            room = _POINTS_A_FILE
        files[-1].append(row)
        room -= row["points"]
    return files


def _measure(row: Row, name: str) -> list[Any]:
    words = measure(row)
    shown = words if words.zh else Words("总数", "total")
    return [row["key"], *shown, *unit(row["unit"]), name, row["points"], row["outcome"]]


def _index(bodies: list[Row], listed: list[dict[str, Any]]) -> str:
    named = [
        [b["slug"], int(b["drawn"]), b["name"], *label("level", b["level"]), *label("body_kind", b["body_kind"])]
        for b in bodies
    ]
    return f"atlas.index({_script({'bodies': named, 'indicators': listed})});\n"


def _told(row: Row, breaks: list[Row]) -> dict[str, Any]:
    return {
        "code": row["indicator"],
        "name": [row["name_zh"], row["name_en"]],
        "theme": list(label("theme", row["theme"])),
        "breaks": [[b["year"], b["outcome"], b["note_zh"], b["note_en"]] for b in breaks if b["effect"] != "continues"],
    }


def _how(point: Row) -> str:
    derived_or_corrected = point["settled_by"] in ("derived", "correction")
    return "restated" if point["restated"] and not derived_or_corrected else point["settled_by"]


def _script(value: object) -> str:
    """JSON that may stand in a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
