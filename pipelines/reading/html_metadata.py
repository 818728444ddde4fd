"""What a page says of itself: meta elements, the index bar, the title. Not here: what the report says."""

from __future__ import annotations

import datetime
import re

from lxml import etree

from pipelines.reading.html_tables import cell_text, own_rows
from pipelines.reading.html_text import all_text

_LABELS = (
    "索引号|信息索引号|信息分类|主题分类|体裁分类|发布机构|发文机关|公开主体|信息来源|来源|发文日期|生成日期|成文日期|发布日期|日期|"
    "发布时间|公开日期|信息名称|名称|标题|文号|发文字号|主题词|公开方式|公开范围|有效性|内容概述|时效|组配分类|公开类别|"
    "字号|字体|作者|编辑|责任编辑|浏览次数|阅读次数|点击次数|访问次数|浏览量|打印"
)
_SPACED = "|".join(r"\s*".join(label) for label in _LABELS.split("|"))
_FIELD = re.compile(rf"(?:^|[\t\n【\[])\s*({_SPACED})[】\]]?\s*[:：]?[ \t]*([^\t\n]{{1,120}})", re.MULTILINE)
_NEXT_FIELD = re.compile(rf"(?<!\S)(?=(?:{_SPACED})\s*[:：])|(?=(?:发布机构|发布日期|索引号|名称|文号)\s*[:：])")
_DATE = re.compile(r"((?:19|20)\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_NAMES_REPORT = re.compile(r"报告|年报|公开")
_LONGEST_BAR = 400  # characters
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


def is_index_bar(table: etree._Element) -> bool:
    """Whether a table only says where the page is filed: two of its labels at least, and hardly anything else."""
    texts = [re.sub(r"[\s:：]", "", cell_text(cell)) for row in own_rows(table) for cell in row]
    labels = sum(
        bool(re.match(rf"(?:{_LABELS})(?:$|[\w\u4e00-\u9fff〔（(\[-])", text)) for text in texts if len(text) < 80
    )
    exact = sum(text in _LABELS.split("|") for text in texts)
    return exact >= 2 or (labels >= 2 and len(texts) <= 16 and labels >= len(texts) / 3)


def index_lines(table: etree._Element) -> list[str]:
    """The bar's rows as lines, a blank between cells."""
    return [" ".join(text for text in map(cell_text, row) if text) for row in own_rows(table)]


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
    lines = []
    for element in root.iter("tr", "li", "p", "div", "span", "td"):
        if element.tag != "tr" and element.find(".//tr") is not None:
            continue
        cells = [element] if element.tag != "tr" else [c for c in element if c.tag in ("td", "th")]
        parts = [_squeeze(all_text(cell)) for cell in cells[:8]]
        if sum(map(len, parts)) <= _LONGEST_BAR and element.find(".//table") is None:
            lines.append("\t".join(part for part in parts if part))
    for match in _FIELD.finditer(_NEXT_FIELD.sub("\n", "\n".join(lines))):
        label = re.sub(r"\s", "", match.group(1))
        value = match.group(2).strip()
        if value and not re.fullmatch(rf"(?:{_SPACED})\s*[:：]?", value):
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
    return re.sub(r"\s+", " ", text).strip()
