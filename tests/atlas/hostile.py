"""A small warehouse whose names and texts do their worst: markup, quotes, very long words. The body is made up."""

from __future__ import annotations

from pathlib import Path

from pipelines import shards
from pipelines.atlas import AtlasReport, build_atlas
from pipelines.inbox import scan
from pipelines.places import REFERENCE, SQL
from pipelines.reading_pass import Task, make_shard
from pipelines.warehousing import build

MARKUP = '<script>document.title="ran"</script><img src=x onerror="document.title=1">"\'&amp;'
LONG = "长" * 400 + "w" * 400
REPORT = """<b>青川州</b>人民政府{year}年政府信息公开工作年度报告
一、概述
{markup}{year}年，本州主动公开政府信息{items}条。{long}
二、依申请公开
{year}年收到政府信息公开申请{requests}件，均已答复。
青川州人民政府
{next}年1月20日
"""


def write_reports(inbox: Path, years: range = range(2016, 2019)) -> None:
    inbox.mkdir(parents=True, exist_ok=True)
    for year in years:
        text = REPORT.format(year=year, next=year + 1, items=year, requests=year - 2000, markup=MARKUP, long=LONG)
        (inbox / f"<i>'\"{year}.txt").write_text(text, encoding="utf-8")


def publish(inbox: Path, warehouse: Path) -> None:
    """What `gongkai run` publishes, without the time that its engine and its processes take."""
    stage = warehouse / "stage"
    stage.mkdir(parents=True, exist_ok=True)
    shards.save_inventory(stage, shards.split(scan(inbox)))
    shards.remove_stale(stage, shards.load_inventory(stage))
    plan = shards.plan(stage, shards.load_inventory(stage))
    for shard, stamp in plan.make:
        make_shard(Task(shard, stamp, inbox, stage, code=plan.code), lambda path: None)
    build(stage, warehouse / "gongkai.duckdb", REFERENCE, SQL, None)


def built(warehouse: Path) -> AtlasReport:
    return build_atlas(warehouse / "gongkai.duckdb", warehouse / "stage", warehouse / "atlas")
