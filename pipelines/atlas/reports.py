"""A page a report, in parts where the text is long, and the list of reports."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipelines.atlas.marking import Mark, joined, marked_blocks
from pipelines.atlas.rendering import render
from pipelines.atlas.site import Site
from pipelines.atlas.source import CHARACTERS_A_PAGE, Row, Source, batches, grouped
from pipelines.atlas.words import Words

_LISTED = 500
_QUANTITIES = """
select q.*, i.name_zh, i.name_en, i.theme
from quantities q left join indicators i using (indicator)
where list_contains(?, report_id) order by report_id, char_start, quantity_id
"""
_LEFT_OUT = """
select * from ledger
where reason <> 'quantity' and list_contains(?, report_id) order by report_id, char_start
"""
_FINDINGS = """
select f.*, p.href from findings f left join places_of p on p.quantity_id = f.quantity_ids[1]
where list_contains(?, f.report_id) order by f.report_id, f.severity, f.char_start, f.finding_id
"""
_INPUTS = (
    "select * exclude (place) from report_pages",
    "select * from quantities",
    "select * from ledger",
    "select * from findings",
)


def put_reports(site: Site, source: Source) -> None:
    """Pages of the reports whose inputs changed, then the list."""
    pages = {row["report_id"]: row for row in source.rows("select * from report_pages order by place")}
    stale = _stale(site, source, pages)
    themes = [row["theme"] for row in source.rows("select theme from catalogue group by theme order by min(place)")]
    for batch in batches(stale):
        texts = source.texts(batch)
        found = [grouped(source.rows(sql, batch), "report_id") for sql in (_QUANTITIES, _LEFT_OUT, _FINDINGS)]
        for report_id in batch:
            parts = [rows.get(report_id, []) for rows in found]
            _write(site, pages[report_id], texts.get(report_id), themes, *parts)
    _put_list(site, list(pages.values()))


def _stale(site: Site, source: Source, pages: dict[str, Row]) -> list[str]:
    prints = [source.prints("report_id", sql) for sql in _INPUTS] + [source.text_prints()]
    catalogue = source.prints("one", "select 1 as one, * from catalogue")
    stale = []
    for report_id, page in pages.items():
        inputs = [catalogue, *(found.get(report_id) for found in prints)]
        held = [site.holds(path, inputs) for path, _ in _parts(page)]
        if not all(held):
            stale.append(report_id)
    return stale


def _parts(page: Row) -> list[tuple[str, int]]:
    """Path and first offset of each part of a report."""
    starts = range(0, max(page["characters"], 1), CHARACTERS_A_PAGE)
    return [(report_path(page["report_id"], place), start) for place, start in enumerate(starts)]


def report_path(report_id: str, part: int = 0) -> str:
    return f"report/{report_id}{f'-{part + 1}' if part else ''}.html"


def _write(
    site: Site,
    page: Row,
    text: Row | None,
    themes: list[str],
    numbers: list[Row],
    others: list[Row],
    findings: list[Row],
) -> None:
    parts = _parts(page)
    for path, start in parts:
        end = start + CHARACTERS_A_PAGE
        site.write(
            path,
            _page(
                path,
                page,
                text or {"text": "", "blocks": "[]"},
                themes,
                [row for row in numbers if start <= row["char_start"] < end],
                [row for row in others if start <= row["char_start"] < end],
                findings,
                start,
                [(str(place + 1), name.removeprefix("report/")) for place, (name, _) in enumerate(parts)],
            ),
        )


def _page(
    path: str,
    page: Row,
    text: Row,
    themes: list[str],
    numbers: list[Row],
    others: list[Row],
    findings: list[Row],
    start: int,
    parts: list[tuple[str, str]],
) -> str:
    marks = joined(_marks(numbers, others, findings, themes))
    end = max([start + CHARACTERS_A_PAGE, *(mark.end for mark in marks)])
    first = min((mark.start for mark in marks), default=start)
    year = page["report_year"]
    name = f"{page['name']} {year}" if year else page["name"]
    counts = Counter(row["theme"] for row in numbers if row["indicator"])
    return render(
        "report.html",
        path,
        Words(name, name),
        "reports.html",
        report=page,
        blocks=list(marked_blocks(text["text"], text["blocks"], marks, min(start, first), end)),
        numbers=numbers,
        others=others,
        findings=findings,
        legend=[(place, theme, counts[theme]) for place, theme in enumerate(themes) if counts[theme]],
        uncoded=sum(row["indicator"] is None for row in numbers),
        parts=parts,
        style={theme: f"th-{place}" for place, theme in enumerate(themes)},
    )


def _marks(numbers: list[Row], others: list[Row], findings: list[Row], themes: list[str]) -> list[Mark]:
    flags: dict[str, list[tuple[str, str]]] = {}
    for row in findings:
        for quantity_id in row["quantity_ids"][:1]:
            flags.setdefault(quantity_id, []).append((row["severity"], row["finding_id"]))
    marks = []
    for place, row in enumerate(numbers, 1):
        style = f"th-{themes.index(row['theme'])}" if row["theme"] in themes else "un"
        name = row["quantity_id"]
        marks.append(Mark(row["char_start"], row["char_end"], style, [f"n-{place}"], [name], flags.get(name, [])))
    marks += [Mark(r["char_start"], r["char_end"], "out", [f"o-{place}"]) for place, r in enumerate(others, 1)]
    return marks


def _put_list(site: Site, pages: list[Row]) -> None:
    put_list(site, "reports", Words("报告", "Reports"), pages, _LISTED)


def put_list(site: Site, name: str, title: Words, rows: list[Row], length: int, **values: Any) -> None:
    """A list over as many pages as it needs: name.html, name-2.html …"""
    starts = range(0, max(len(rows), 1), length)
    paths = [f"{name}{f'-{place + 1}' if place else ''}.html" for place in range(len(starts))]
    links = [(str(place + 1), path) for place, path in enumerate(paths)]
    for path, start in zip(paths, starts, strict=True):
        shown = rows[start : start + length]
        inputs = [shown, links, len(rows), values]

        def draw(path: str = path, shown: list[Row] = shown, start: int = start) -> str:
            return render(
                f"{name}.html",
                path,
                title,
                f"{name}.html",
                rows=shown,
                first=start,
                total=len(rows),
                pages=links,
                **values,
            )

        site.put(path, inputs, draw)
