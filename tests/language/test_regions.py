"""Regions by name and year. The years in regions.csv are those of its source up to 2024.

Announced later and left out: Chongqing's 两江新区, which took the place of 江北区 and 渝北区 (announced on 6 November
2025, at work from
25 January 2026); its code had not been found in print when the table was made, so both districts stand as in use.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict

import pytest

from pipelines.language.regions import Region, at, counterpart, index, named, parents, resolve, successors
from pipelines.language.regions_names import short_name
from pipelines.schemas import REGIONS

ROWS = [region for rows in index().by_code.values() for region in rows]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("南川区", "南川"),
        ("伊犁哈萨克自治州", "伊犁"),
        ("阿坝藏族羌族自治州", "阿坝"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("隆林各族自治县", "隆林"),
        ("内蒙古自治区", "内蒙古"),
        ("阿里地区", "阿里"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("阿拉善左旗", "阿拉善左旗"),
        ("正蓝旗", "正蓝旗"),
        ("杭锦旗", "杭锦"),
        ("浦东新区", "浦东"),
        ("清新区", "清新"),
        ("管城回族区", "管城"),
        ("神农架林区", "神农架"),
        ("忠县", "忠县"),
        ("理县", "理县"),
        ("城区", "城区"),
    ],
)
def test_a_name_is_shortened_as_reports_shorten_it(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("code", "year", "full_name"),
    [
        ("320107", 2012, "江苏省南京市下关区"),
        ("320107", 2013, None),
        ("420600", 2009, "湖北省襄樊市"),
        ("420600", 2010, "湖北省襄阳市"),
        ("420602", 2009, "湖北省襄樊市襄城区"),
        ("420602", 2012, "湖北省襄阳市襄城区"),
        ("530800", 2006, "云南省思茅市"),
        ("530800", 2008, "云南省普洱市"),
        ("341402", 2010, "安徽省巢湖市居巢区"),
        ("340181", 2011, "安徽省合肥市巢湖市"),
        ("421002", 2014, "湖北省荆州市沙市区"),
        ("659001", 2015, "新疆维吾尔自治区石河子市"),
        ("659012", 2024, "新疆维吾尔自治区白杨市"),
        ("653228", 2024, "新疆维吾尔自治区和田地区和康县"),
        ("429004", 2016, "湖北省仙桃市"),
        ("441900", 2020, "广东省东莞市"),
        ("500119", 2012, "重庆市南川区"),
        ("530325", 2018, "云南省曲靖市富源县"),
        ("654021", 2014, "新疆维吾尔自治区伊犁哈萨克自治州伊宁县"),
    ],
)
def test_a_code_means_what_it_meant_in_that_year(code: str, year: int, full_name: str | None) -> None:
    region = at(code, year)
    assert (region.full_name if region else None) == full_name


@pytest.mark.parametrize(
    ("code", "year", "today"),
    [
        ("320107", 2012, ["江苏省南京市鼓楼区"]),
        ("341402", 2010, ["安徽省合肥市巢湖市"]),
        ("341400", 2010, ["安徽省合肥市", "安徽省芜湖市", "安徽省马鞍山市"]),
        ("330103", 2020, ["浙江省杭州市拱墅区"]),
        ("330104", 2020, ["浙江省杭州市上城区", "浙江省杭州市钱塘区"]),
        ("420600", 2008, ["湖北省襄阳市"]),
        ("530800", 2006, ["云南省普洱市"]),
        ("522200", 2010, ["贵州省铜仁市"]),
        ("371200", 2017, ["山东省济南市"]),
        ("500222", 2010, ["重庆市綦江区"]),
        ("340222", 2010, ["安徽省芜湖市繁昌区"]),
        ("110101", 2015, ["北京市东城区"]),
    ],
)
def test_a_region_of_the_past_leads_to_what_it_became(code: str, year: int, today: list[str]) -> None:
    assert sorted(r.full_name for r in successors(code, year)) == sorted(today)


@pytest.mark.parametrize(
    ("name", "year", "context", "code"),
    [
        ("鼓楼区", 2018, "江苏省南京市", "320106"),
        ("鼓楼区", 2018, "江苏省徐州市", "320302"),
        ("鼓楼区", 2018, ["福州市"], "350102"),
        ("鼓楼区", 2018, ["河南", "开封"], "410204"),
        ("鼓楼区", 2018, "江苏省", None),
        ("鼓楼区", 2018, (), None),
        ("朝阳区", 2016, "北京市", "110105"),
        ("朝阳区", 2016, "长春市", "220104"),
        ("朝阳县", 2016, (), "211321"),
        ("朝阳市", 2016, (), "211300"),
        ("西湖区", 2020, "杭州市", "330106"),
        ("西湖区", 2020, "南昌市", "360103"),
        ("城区", 2016, "阳泉市", "140302"),
        ("城区", 2016, "汕尾市", "441502"),
        ("郊区", 2016, "铜陵市", "340711"),
        ("安岳", 2014, (), "512021"),
        ("安岳县", 2014, (), "512021"),
        ("伊犁州", 2014, (), "654000"),
        ("石柱县", 2024, (), "500240"),
        ("重庆市南川区", 2012, (), "500119"),
        ("襄樊市", 2009, (), "420600"),
        ("巢湖市", 2010, (), "341400"),
        ("巢湖市", 2012, (), "340181"),
        ("江海市", 2012, (), None),
    ],
)
def test_a_shared_name_is_told_apart_by_its_parents(
    name: str, year: int, context: str | list[str], code: str | None
) -> None:
    region = resolve(name, year, context)
    assert (region.region_code if region else None) == code


@pytest.mark.parametrize("name", ["襄樊市", "襄阳市"])
def test_the_year_of_a_change_knows_the_old_name_and_the_new(name: str) -> None:
    assert {r.region_code for r in named(name, 2010)} == {"420600"}


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [("340181", 2009, "341402"), ("320685", 2014, "320621"), ("340212", 2012, "340222"), ("320107", 2016, "320106")],
)
def test_a_region_is_carried_to_the_code_of_another_year(code: str, year: int, expected: str) -> None:
    region = at(code)
    assert region is not None
    assert counterpart(region, year).region_code == expected


def test_every_region_stands_under_one_of_its_time() -> None:
    for region in ROWS:
        above = parents(region)
        assert region.full_name == "".join(r.name for r in reversed(above)) + region.name, region
        assert [r.level for r in above][-1:] == ([] if region.level == "province" else ["province"]), region


def test_rows_are_unique_and_years_of_a_code_do_not_overlap() -> None:
    years: dict[str, set[int]] = defaultdict(set)
    for region in ROWS:
        stretch = set(range(max(region.valid_from, 2000), (region.valid_to or 2030) + 1))
        assert stretch, region
        assert not stretch & years[region.region_code], region
        years[region.region_code] |= stretch


def test_what_ended_has_successors_that_exist_and_what_holds_has_none() -> None:
    for region in ROWS:
        assert bool(region.successors) == (region.valid_to is not None), region
        assert all(successors(region.region_code, region.valid_to) for _ in region.successors), region


@pytest.mark.parametrize(
    ("level", "least", "most"), [("province", 34, 34), ("prefecture", 333, 333), ("county", 2840, 2860)]
)
def test_today_has_as_many_regions_as_the_state_counts(level: str, least: int, most: int) -> None:
    assert least <= sum(r.level == level and r.valid_to is None for r in ROWS) <= most


def test_the_table_has_the_declared_columns() -> None:
    assert tuple(c.name for c in REGIONS.columns) == Region._fields


def test_regions_load_in_an_instant_and_without_heavy_packages() -> None:
    code = (
        "import time; t = time.perf_counter()\n"
        "from pipelines.language.regions import index; index()\n"
        "import sys; print(time.perf_counter() - t, any(m in sys.modules for m in ('dagster', 'duckdb', 'pandas')))"
    )
    seconds, heavy = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert float(seconds) < 0.5, "regions.csv takes too long to load"  # 0.05 s on an idle machine
    assert heavy == "False"
