"""Pages as tests look at them: files, trees, links."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import lxml.html


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def parsed(page: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(page.read_bytes().decode())


def links(folder: Path) -> tuple[int, list[str]]:
    """How many links there are, and those that lead to no file or no place in it."""
    trees = {page: parsed(page) for page in pages(folder)}
    names = {page: set(tree.xpath("//@id")) for page, tree in trees.items()}
    broken, count = [], 0
    for page, tree in trees.items():
        for link in tree.xpath("//a/@href | //link[@rel='stylesheet']/@href | //script/@src"):
            path, _, place = str(link).partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page
            count += 1
            if not target.is_file() or (place and "=" not in place and place not in names[target]):
                broken.append(f"{page.name}: {link}")
    return count, broken
