"""Rules are told in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.atlas.readings import how
from pipelines.warehousing import connect_read_only


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        ("cue proactive/3: 信息", "线索词“信息”（proactive/3）", "cue “信息” (proactive/3)"),
        ("form:2019:行政复议/总计", "2019统计表：行政复议/总计", "form of 2019: 行政复议/总计"),
        ("change_pct of the count before it", "前一个数量的增减幅度", "change in per cent of the count before it"),
        ("a rule of tomorrow: {x}", "a rule of tomorrow: {x}", "a rule of tomorrow: {x}"),
        ("cue x/1: {0}\n", "线索词“{0}\n”（x/1）", "cue “{0}\n” (x/1)"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, zh: str, en: str) -> None:
    assert how(rule) == (zh, en)


def test_a_running_total_is_said_to_be_one() -> None:
    told = how("cue proactive/3: 信息; a running total, since what is new follows")
    assert told.zh.endswith("故为累计数")
    assert "“信息”" in told.en


def test_every_rule_of_the_samples_is_said_in_chinese(sample_warehouse: Path) -> None:
    with connect_read_only(sample_warehouse / "gongkai.duckdb") as con:
        rules = [row[0] for row in con.execute("select distinct rule from quantities").fetchall()]
    assert len(rules) > 50
    assert [rule for rule in rules if how(rule).zh == how(rule).en] == []
