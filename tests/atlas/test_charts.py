"""Charts: what is drawn is what is given, each mark leads to its sentence, and the same data give the same bytes."""

from __future__ import annotations

import itertools
import re

import lxml.etree

from pipelines.atlas.charts import lines_chart, ranking_chart
from pipelines.atlas.indicators import _bars, _latest_of_many
from pipelines.atlas.small_charts import series_chart


def point(year: int, value: float, soft: bool = False) -> dict[str, object]:
    href = f"../report/x.html#q-{year}"
    return {"year": year, "value": value, "soft": soft, "href": href, "told": f"{year}: <{value}>", "name": "青川州"}


def links(svg: str) -> list[lxml.etree._Element]:
    return list(lxml.etree.fromstring(svg).iter("{*}a"))


def test_each_point_leads_to_its_sentence_and_says_what_it_is() -> None:
    found = links(series_chart([point(2018, 3.0), point(2019, 5.0)], []))
    assert [link.get("href") for link in found] == ["../report/x.html#q-2018", "../report/x.html#q-2019"]
    assert found[0].get("aria-label") == "2018: <3.0>"


def test_an_approximate_value_is_hollow() -> None:
    found = links(series_chart([point(2018, 3.0), point(2019, 5.0, soft=True)], []))
    assert [link[0].get("fill") for link in found] == ["var(--accent)", "var(--paper)"]


def test_a_break_is_drawn_between_years_and_only_there() -> None:
    points = [point(2018, 3.0), point(2019, 5.0)]
    assert "stroke-dasharray" in series_chart(points, [{"year": 2019, "told": "a break"}])
    assert "stroke-dasharray" not in series_chart(points, [{"year": 2021, "told": "a break"}])


def test_the_same_data_are_drawn_alike() -> None:
    assert ranking_chart([point(2018, 3.0)]) == ranking_chart([point(2018, 3.0)])


def test_a_ranking_is_of_the_latest_year_that_most_bodies_tell_of() -> None:
    years: dict[int, list[dict[str, object]]] = {2019: [{}] * 8, 2020: [{}] * 7, 2021: [{}] * 2}
    assert _latest_of_many(years) == 2020


def test_names_of_lines_that_end_together_stand_apart() -> None:
    points = [{**point(2018, 5.0 + place / 100), "name": str(place), "last": True} for place in range(4)]
    names = [text for text in lxml.etree.fromstring(lines_chart(points, [])).iter("{*}text") if text.text in "0123"]
    places = sorted(
        float(re.findall(r"translate\([^,]+,([^)]+)\)", str(text.get("transform")))[-1]) for text in names[-4:]
    )
    assert all(below - above > 10 for above, below in itertools.pairwise(places))


def test_large_numbers_have_room_beside_a_small_chart() -> None:
    svg = series_chart([point(2018, 8e7), point(2019, 9e7)], [])
    [label] = [text for text in lxml.etree.fromstring(svg).iter("{*}text") if text.text == "100,000,000"]
    assert float(str(label.get("x"))) > 6 * len("100,000,000")


def test_two_bodies_of_one_name_have_a_bar_each() -> None:
    row = {
        "year": 2018,
        "unit": "件",
        "qualifier": "",
        "settled_by": "prose",
        "href": "r.html",
        "short": "县",
        "name": "县",
    }
    bars = _bars([{**row, "value": 3.0}, {**row, "value": 2.0}])
    assert len({bar["name"] for bar in bars}) == 2
    assert len(links(ranking_chart(bars))) == 2
