"""The page to compare bodies of one's choice, and its data: scripts, since a page opened from the disk may read nothing
else. Data are split by indicator, so that the page loads only what is asked for.
"""

from __future__ import annotations

import json
from typing import Any

from pipelines.atlas.formats import unit
from pipelines.atlas.rendering import render
from pipelines.atlas.series import breaks_by_indicator
from pipelines.atlas.site import Site, digest
from pipelines.atlas.source import Row, Source, grouped
from pipelines.atlas.words import Words, label, measure

_HEAVIEST = 1_000_000
_RARE = 3
_FOLDER = "data/compare/"
_INDEX = f"{_FOLDER}index.js"
_POINTS = """
select p.*, concat_ws('|', basis, channel, applicant, topic, outcome) as measure
from points p
where comparable and scope = '' and span = 'Y' and value is not null and indicator = ?
qualify topic = '' or count(*) over (partition by basis, channel, applicant, topic, outcome) >= ?
order by topic <> '', basis, outcome, applicant, channel, topic, place, year
"""


def put_compare(site: Site, source: Source) -> None:
    bodies = source.rows("select slug, name, level, body_kind from bodies order by place")
    breaks = breaks_by_indicator(source)
    prints = source.prints("indicator", "select * exclude (place) from points where comparable")
    if site.holds(_INDEX, digest(bodies, breaks, prints, source.prints("one", "select 1 as one, * from catalogue"))):
        site.keep(_FOLDER)
    else:
        _put_data(site, source, bodies, breaks, prints)
    site.put(
        "compare.html",
        bool(prints),
        lambda: render("compare.html", "compare.html", Words("比较", "Compare"), some=bool(prints)),
    )


def _put_data(
    site: Site, source: Source, bodies: list[Row], breaks: dict[str, list[Row]], prints: dict[str, str]
) -> None:
    listed = []
    for row in source.rows("select * from catalogue order by place"):
        code = row["indicator"]
        if code not in prints:
            continue
        measures = _put_indicator(site, source, code, prints[code])
        if measures:
            listed.append({**_told(row, breaks.get(code, [])), "measures": measures})
    index = {
        "bodies": [
            [b["slug"], b["name"], *label("level", b["level"]), *label("body_kind", b["body_kind"])] for b in bodies
        ],
        "indicators": listed,
    }
    site.write(_INDEX, f"atlas.index({_script(index)});\n")


def _told(row: Row, breaks: list[Row]) -> dict[str, Any]:
    return {
        "code": row["indicator"],
        "name": [row["name_zh"], row["name_en"]],
        "theme": list(label("theme", row["theme"])),
        "breaks": [[b["year"], b["outcome"], b["note_zh"], b["note_en"]] for b in breaks if b["effect"] != "continues"],
    }


def _put_indicator(site: Site, source: Source, code: str, print_: str) -> list[list[Any]]:
    """The measures of an indicator, each with the file that holds its values."""
    rows = source.rows(_POINTS, code, _RARE)
    measures: list[list[Any]] = []
    files: list[list[str]] = [[]]
    weight = 0
    for key, points in grouped(rows, "measure").items():
        values = [[p["slug"], p["year"], p["value"], p["qualifier"], _how(p), p["href"] or ""] for p in points]
        text = json.dumps(key, ensure_ascii=False) + ":" + _script(values)
        if weight and weight + len(text.encode()) > _HEAVIEST:
            files, weight = [*files, []], 0
        weight += len(text.encode())
        files[-1].append(text)
        words, of = measure(points[0]), unit(points[0]["unit"])
        measures.append(
            [
                key,
                *(words if words.zh else Words("总数", "total")),
                *of,
                f"{code}-{len(files)}",
                len(points),
                points[0]["outcome"],
            ]
        )
    for place, texts in enumerate(files, 1):
        name = f"{code}-{place}"
        content = f"atlas.values({_script(name)},{{{','.join(texts)}}});\n"
        if texts:
            site.put(f"{_FOLDER}{name}.js", [print_, digest(texts)], content.encode)
    return measures


def _how(point: Row) -> str:
    return "restated" if point["restated"] else point["settled_by"]


def _script(value: object) -> str:
    """JSON that may stand in a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
