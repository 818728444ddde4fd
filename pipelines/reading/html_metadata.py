"""What a page says of itself: meta elements, the index bar, the title. Not here: what the report says."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from lxml import etree

from pipelines.reading.html_labels import LABELS, labelled_lines
from pipelines.reading.html_text import all_text

_EXACT = frozenset(LABELS.split("|"))
_BEGINS = frozenset(":：").union(label[0] for label in _EXACT)
_LABELLED = re.compile(rf"(?:{LABELS})(?:$|[\w\u4e00-\u9fff〔（(\[-])")
_SPACED = "|".join(r"\s*".join(label) for label in LABELS.split("|"))
# A line break or tab before a label is where a match begins: of several the last, so that none is looked at twice.
_FIELD = re.compile(rf"(?:^|[\t\n【\[])[^\S\t\n]*({_SPACED})[】\]]?\s*[:：]?[ \t]*([^\t\n]{{1,120}})", re.MULTILINE)
_NEXT_FIELD = re.compile(rf"(?<!\S)(?=(?:{_SPACED})\s*[:：])|(?=(?:发布机构|发布日期|索引号|名称|文号)\s*[:：])")
_LABEL = re.compile(rf"(?:{_SPACED})\s*[:：]?")
_DATE = re.compile(r"((?:19|20)\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_NAMES_REPORT = re.compile(r"报告|年报|公开")
_LARGEST_BAR = 16  # cells
_META = {
    "title": ("articletitle", "article:title", "og:title"),
    "published_on": ("pubdate", "publishdate", "article:published_time"),
    "issuer": ("contentsource", "source"),
}
_BAR = {
    "index_number": ("索引号", "信息索引号"),
    "title": ("名称", "信息名称", "标题"),
    "issuer": ("发布机构", "发文机关", "公开主体", "信息来源", "来源"),
    "published_on": ("发布日期", "发布时间", "公开日期", "日期", "发文日期", "生成日期", "成文日期"),
}
_TITLE_ENDS = re.compile(r"\s*(?:[_|｜]| [-–—] |-(?=[^-]*(?:网|政府|门户)))")


def page_metadata(root: etree._Element) -> dict[str, str]:
    """title, issuer, index_number and published_on (ISO), as far as the page gives them; the meta elements first."""
    fields = _meta_fields(root)
    bar = _bar_fields(root)
    found = {key: _first(fields, names) for key, names in _META.items()}
    for key, names in _BAR.items():
        found[key] = found.get(key) or _first(bar, names)
    found["title"] = found["title"] or _heading(root) or _page_title(root)
    found["published_on"] = iso_date(found["published_on"])
    return {key: value for key, value in found.items() if value}


def is_index_bar(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table of such texts only says where the page is filed: two of its labels at least, hardly anything else."""
    cells = sum(map(len, rows))
    texts = [_without_colons(text) for row in rows for text in row if text[:1] in _BEGINS or text[:1].isspace()]
    exact = sum(text in _EXACT for text in texts)
    if exact >= 2 or cells > _LARGEST_BAR:
        return exact >= 2
    labels = sum(bool(_LABELLED.match(text)) for text in texts if len(text) < 80)
    return labels >= 2 and labels >= cells / 3


def _without_colons(text: str) -> str:
    return "".join(text.split()).replace(":", "").replace("：", "")


def iso_date(text: str) -> str:
    """The first date in a text as YYYY-MM-DD; empty where there is none that exists."""
    match = _DATE.search(text)
    if not match:
        return ""
    try:
        return datetime.date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""


def _meta_fields(root: etree._Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = _squeeze(meta.get("content") or "")
        if name and content:
            fields.setdefault(name, content)
    return fields


def _bar_fields(root: etree._Element) -> dict[str, str]:
    """Labels of the index bar with what stands behind them, in a table, a list or a line."""
    fields: dict[str, str] = {}
    text = "\n".join(labelled_lines(root))
    for match in _FIELD.finditer(_NEXT_FIELD.sub("\n", text)) if text else ():
        label = "".join(match.group(1).split())
        value = match.group(2).strip()
        if value and not _LABEL.fullmatch(value):
            fields.setdefault(label, value)
    return fields


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")


def _heading(root: etree._Element) -> str:
    """The text of an only h1 that looks like the title of a report."""
    headings = {_squeeze(all_text(h)) for h in root.iter("h1")}
    fitting = [h for h in headings if _NAMES_REPORT.search(h) and len(h) <= 80]
    return fitting[0] if len(fitting) == 1 else ""


def _page_title(root: etree._Element) -> str:
    """The title element without the site's name behind it, if it names a report and not only the site."""
    title = _TITLE_ENDS.split(_squeeze(root.findtext(".//title") or ""))[0]
    return title if _NAMES_REPORT.search(title) else ""


def _squeeze(text: str) -> str:
    return " ".join(text.split())
