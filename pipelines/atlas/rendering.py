"""Templates to pages. Everything from data is escaped; what a template calls is listed here. Not here: data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.atlas import formats, readings, words

TEMPLATES = Path(__file__).with_name("templates")

# The parts of the atlas, in the order of the navigation.
SECTIONS = (
    ("index.html", words.Words("总览", "Overview")),
    ("regions.html", words.Words("地区", "Regions")),
    ("indicators.html", words.Words("指标", "Indicators")),
    ("reports.html", words.Words("报告", "Reports")),
    ("findings.html", words.Words("核对", "Findings")),
    ("compare.html", words.Words("比较", "Compare")),
    ("data.html", words.Words("数据", "Data")),
)


def render(template: str, path: str, page_title: words.Words, section: str = "", **values: Any) -> str:
    """The page at `path` below the atlas's folder; `section` is the part of the atlas that it belongs to."""
    return (
        _environment()
        .get_template(template)
        .render(
            root="../" * path.count("/"),
            path=path,
            section=section or path,
            page_title=page_title,
            sections=SECTIONS,
            **values,
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        t=words.both,
        label=words.label,
        measure=words.measure,
        number=formats.number,
        amount=formats.amount,
        unit=formats.unit,
        day=formats.day,
        period=formats.period,
        legal_basis=formats.legal_basis,
        finding=formats.finding,
        how=readings.how,
    )
    return made
