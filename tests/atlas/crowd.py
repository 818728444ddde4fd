"""A warehouse of more than a page or a chart shows: many bodies, a report of many numbers, one that does not add up. The
bodies are made up.
"""

from __future__ import annotations

from pathlib import Path

OFFICES = 10
DENSE = 1700
REPORT = """青川州{office}{year}年政府信息公开工作年度报告
一、概述
{year}年，本局主动公开政府信息{items}条，其中通过政府网站公开{website}条，比上年增长30%。
二、依申请公开
{year}年收到政府信息公开申请{requests}件，均已答复。
青川州{office}
{next}年1月20日
"""
LIST = "第{place}批公开目录新增政府信息{items}条；"


def write_reports(inbox: Path) -> None:
    """Two years of each office; what they say of their growth is not so."""
    inbox.mkdir(parents=True)
    for place in range(OFFICES):
        office = f"第{'一二三四五六七八九十'[place]}事务局"
        for year in (2016, 2017):
            items = 100 + place
            website = 40 if year == 2016 else 41
            text = REPORT.format(
                office=office, year=year, next=year + 1, items=items, website=website, requests=place + year - 2000
            )
            (inbox / f"{place}-{year}.txt").write_text(text, encoding="utf-8")
    head = "青川州统计局2017年政府信息公开工作年度报告\n一、概述\n"
    dense = "".join(LIST.format(place=place, items=place + 3) for place in range(DENSE))
    (inbox / "dense.txt").write_text(f"{head}{dense}\n青川州统计局\n2018年1月20日\n", encoding="utf-8")
