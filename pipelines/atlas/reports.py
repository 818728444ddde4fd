"""A page a report, in parts where the text is long, and the list of reports."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from pathlib import Path

from pipelines.atlas.lists import put_left_out, put_list
from pipelines.atlas.marking import Mark, joined, marked_blocks
from pipelines.atlas.rendering import render
from pipelines.atlas.site import Site, digest, write
from pipelines.atlas.source import CHARACTERS_A_PAGE, Row, Source, batches, grouped
from pipelines.atlas.words import Words
from pipelines.atlas.work import Job

_LISTED, _AT_ONCE = 500, 40
_QUANTITIES = """
select q.*, i.name_zh, i.name_en, i.theme
from quantities q left join indicators i using (indicator)
where q.rowid between ? and ? and list_contains(?, report_id) order by report_id, char_start, quantity_id
"""
_LEFT_OUT = """
select * from ledger
where rowid between ? and ? and reason <> 'quantity' and list_contains(?, report_id) order by report_id, char_start
"""
_FINDINGS = """
select * from finding_rows where list_contains(?, report_id) order by report_id, severity, char_start, finding_id
"""
_INPUTS = (
    "select * exclude (place) from report_pages",
    "select * from quantities",
    "select * from ledger",
    "select * exclude (body_place) from finding_rows",
)
# Where the rows of a report lie: those of one report lie together, so that no table is read for it as a whole.
_STRETCHES = "select report_id, min(rowid) as low, max(rowid) as high from {} group by report_id"


def plan_reports(site: Site, source: Source) -> list[Job]:
    """The drawing of the reports' pages whose inputs changed."""
    texts = source.text_prints()
    stale = _stale(site, source, {report_id: md5 for report_id, (md5, _) in texts.items()})
    if not stale:
        return []
    themes = [row["theme"] for row in source.rows("select theme from catalogue group by theme order by min(place)")]
    stretches = [
        {row["report_id"]: (row["low"], row["high"]) for row in source.rows(_STRETCHES.format(table))}
        for table in ("quantities", "ledger")
    ]
    jobs = []
    for batch in batches(stale, _AT_ONCE):
        keys = [page["report_id"] for page in batch]
        files = sorted({texts[key][1] for key in keys if key in texts})
        jobs.append(Job(draw_reports, (batch, files, themes, [_around(of, keys) for of in stretches]), len(batch)))
    return jobs


def _around(stretches: dict[str, tuple[int, int]], keys: list[str]) -> tuple[int, int]:
    """First and last row of all of these reports."""
    found = [stretches[key] for key in keys if key in stretches]
    return min((low for low, _ in found), default=0), max((high for _, high in found), default=-1)


def _stale(site: Site, source: Source, texts: dict[str, str]) -> list[Row]:
    """In the order in which they were loaded, so that those near each other are read together."""
    prints = [source.prints("report_id", sql) for sql in _INPUTS] + [texts]
    catalogue = source.prints("one", "select 1 as one, * from catalogue")
    stale = []
    for page in source.rows(
        "select p.* from report_pages p join reports r using (report_id) where drawn order by r.rowid"
    ):
        key = digest(catalogue, *(found.get(page["report_id"]) for found in prints))
        held = [site.holds(path, key) for path, _ in _parts(page)]
        if not all(held):
            stale.append(page)
    return stale


def _parts(page: Row) -> list[tuple[str, int]]:
    """Path and first offset of each part of a report."""
    starts = sorted([*range(0, max(page["characters"], 1), CHARACTERS_A_PAGE), *page["turns"]])
    return [(report_path(page["report_id"], place), start) for place, start in enumerate(starts)]


def report_path(report_id: str, part: int = 0) -> str:
    return f"report/{report_id}{f'-{part + 1}' if part else ''}.html"


def draw_reports(
    source: Source, folder: Path, pages: list[Row], files: list[str], themes: list[str], around: list[tuple[int, int]]
) -> int:
    """The pages of some reports, whose texts are in `files` and whose rows are `around` these."""
    keys = [page["report_id"] for page in pages]
    texts = source.texts(keys, files)
    numbers = grouped(source.rows(_QUANTITIES, *around[0], keys), "report_id")
    others = grouped(source.rows(_LEFT_OUT, *around[1], keys), "report_id")
    findings = grouped(source.rows(_FINDINGS, keys), "report_id")
    written = 0
    for page in pages:
        key = page["report_id"]
        parts = [rows.get(key, []) for rows in (numbers, others, findings)]
        written += _write(folder, page, texts.get(key), themes, *parts)
    return written


def _write(
    folder: Path,
    page: Row,
    text: Row | None,
    themes: list[str],
    numbers: list[Row],
    others: list[Row],
    findings: list[Row],
) -> int:
    parts = _parts(page)
    links = [(str(place), path.removeprefix("report/")) for place, (path, _) in enumerate(parts, 1)]
    ends = [start for _, start in parts[1:]] + [max(parts[-1][1], page["characters"]) + 1]
    for (path, start), end in zip(parts, ends, strict=True):
        of_part = _within(numbers, start, end), _within(others, start, end)
        html = _page(path, page, text or {"text": "", "blocks": "[]"}, themes, *of_part, findings, start, end, links)
        write(folder, path, html)
    return len(parts)


def _within(rows: list[Row], start: int, end: int) -> list[Row]:
    """Rows, in the order of the text, that begin in this part of it."""
    places = [row["char_start"] for row in rows]
    return rows[bisect_left(places, start) : bisect_left(places, end)]


def _page(
    path: str,
    page: Row,
    text: Row,
    themes: list[str],
    numbers: list[Row],
    others: list[Row],
    findings: list[Row],
    start: int,
    end: int,
    parts: list[tuple[str, str]],
) -> str:
    marks = joined(_marks(numbers, others, findings, themes))
    end = max([end, *(mark.end for mark in marks)])
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


def put_report_list(site: Site, source: Source) -> None:
    """All reports, by name and year, and the page that those lead to which have none of their own."""
    put_left_out(site, source, "report_pages", "report/left-out.html", "reports.html")
    rows = source.rows("select * exclude (place, turns, drawn) from report_pages order by place")
    put_list(site, "reports", Words("报告", "Reports"), rows, _LISTED, "reports.html")
