"""Facts as charts and tables want them: what a point says, which breaks concern a series, series as rows by year."""

from __future__ import annotations

from typing import Any

from pipelines.atlas import formats
from pipelines.atlas.source import Row, Source
from pipelines.atlas.words import Words, measure

# In signs, which are read alike in both languages.
_ABOUT = {"approx": "≈", "at_least": "≥", "at_most": "≤"}


def chart_point(row: Row, root: str) -> dict[str, Any]:
    """A fact as a mark; hollow where it is approximate or not printed for its year."""
    about = _ABOUT.get(row["qualifier"], "")
    return {
        "year": row["year"],
        "value": row["value"],
        "soft": bool(row["qualifier"]) or row["settled_by"] == "derived",
        "href": f"{root}{row['href']}" if row["href"] else None,
        "told": f"{row['short']} {row['year']}: {about}{formats.number(row['value'])}",
        "name": row["short"],
    }


def breaks_by_indicator(source: Source) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in source.rows("select * from breaks order by indicator, year, outcome"):
        found.setdefault(row["indicator"], []).append(row)
    return found


def breaks_of(breaks: list[Row], outcome: str = "") -> list[dict[str, Any]]:
    """The breaks that concern a series of this outcome, to be drawn: those that change what is counted."""
    return [
        {"year": row["year"], "told": f"{row['year']}: {row['note_zh']}", "told_en": f"{row['year']}: {row['note_en']}"}
        for row in breaks
        if row["outcome"] in ("*", outcome) and row["effect"] != "continues"
    ]


def by_series(rows: list[Row]) -> list[dict[str, Any]]:
    """One entry a series with its values by year, in the order in which they came."""
    series: dict[str, dict[str, Any]] = {}
    for row in rows:
        entry = series.setdefault(
            row["series_id"], {"words": measure(row), "unit": row["unit"], "years": {}, "row": row}
        )
        entry["years"][row["year"]] = row
        # A zero that is said in words has no unit.
        entry["unit"] = entry["unit"] or row["unit"]
    return list(series.values())


def years_of(rows: list[Row]) -> list[int]:
    return sorted({row["year"] for row in rows})


def name_of(row: Row) -> Words:
    """An indicator's name in both languages."""
    return Words(row["name_zh"], row["name_en"])
