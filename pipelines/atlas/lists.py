"""Lists that go over as many pages as they need: name.html, name-2.html …; and the page that stands for what has none. Not here: what is
listed."""

from __future__ import annotations

from typing import Any

from pipelines.atlas.rendering import render
from pipelines.atlas.site import Site
from pipelines.atlas.source import Row, Source
from pipelines.atlas.words import Words


def put_list(site: Site, path: str, title: Words, rows: list[Row], length: int, section: str, **values: Any) -> None:
    """`path` is the page's without its ending; its template is named after its first part."""
    template = f"{path.split('/')[0]}.html"
    parts = paged(path, len(rows), length)
    links = links_between(parts)
    for place, part in enumerate(parts):
        shown = rows[place * length : (place + 1) * length]

        def draw(part: str = part, shown: list[Row] = shown) -> str:
            return render(template, part, title, section, rows=shown, total=len(rows), pages=links, **values)

        site.put(part, [shown, links, len(rows), values], draw)


def paged(path: str, rows: int, length: int) -> list[str]:
    """The pages that a list of so many rows goes over."""
    return [f"{path}{f'-{place + 1}' if place else ''}.html" for place in range(max(-(-rows // length), 1))]


def links_between(parts: list[str]) -> list[tuple[str, str]]:
    """Number and address of each page, as its neighbours link to it."""
    return [(str(place), part.rpartition("/")[2]) for place, part in enumerate(parts, 1)]


def put_left_out(site: Site, source: Source, of: str, path: str, section: str) -> None:
    """The page to which links to those lead that have none of their own, where there are such; `of`: report_pages or bodies."""
    [counts] = source.rows(f"select count_if(drawn) as drawn, count_if(not drawn) as left_out from {of}")
    if counts["left_out"]:
        title = Words("没有单独的页面", "Without a page of its own")
        site.put(path, counts, lambda: render("left_out.html", path, title, section, of=of, **counts))
