"""A build that makes again only what changed publishes the rows that a whole build would."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from pipelines.warehousing import BuildReport, basis, build, remember
from tests.warehousing import small

INDICATORS = ("proactive.disclosed", "requests.received", "requests.answered", "remedies.litigation")
YEARS = range(2015, 2021)
SHARDS = 8

Reports = dict[str, dict[str, Any]]
"""A report's row by its path, with its numbers."""


def kin() -> list[str]:
    """Regions that went into each other in these years, and others; real codes."""
    with (small.REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["level"] == "county"]
    ended = [row for row in rows if row["successors"] and row["valid_to"] and int(row["valid_to"]) in YEARS][:6]
    bound = {code for row in ended for code in (row["region_code"], *row["successors"].split("|"))}
    return sorted(bound) + [row["region_code"] for row in rows if row["region_code"] not in bound][:150]


REGIONS = kin()


def made_up(random: Random, path: str, region: str | None, year: int) -> dict[str, Any]:
    """A report of numbers alone, some of them restating the year before, some stating a change."""
    text, numbers = "", []
    for place in range(random.randint(3, 8)):
        value, about = random.randint(1, 30), random.choice([year, year, year - 1])
        start, text = len(text), f"{text}{value}件，"
        kind = random.choice(["level", "level", "level", "change_abs", "change_pct"])
        about = about if kind == "level" else year
        numbers.append(
            small.number(
                f"{path}-{place}",
                value,
                random.choice(INDICATORS),
                report_id=path,
                origin=random.choice(["prose", "form"]) if kind == "level" else "prose",
                basis=kind,
                unit="件",
                surface=f"{value}件",
                char_start=start,
                period=str(about),
                base_period="" if kind == "level" else str(year - 1),
            )
        )
    report = small.report(
        path,
        year,
        source_path=path,
        sha256=f"{random.getrandbits(256):064x}",
        region_code=region,
        region_name=None if region is None else f"云岭省{region}",
        body=random.choice(["县人民政府", "县教育局"]),
        level="county",
        form=random.choice(["prose", "2019", "2021"]),
        published_on=date(year + 1, 3, random.randint(1, 28)),
    )
    return {"report": report, "text": text, "numbers": numbers}


def staged(folder: Path, reports: Reports) -> None:
    """The stage of these reports, only the shards written in which something changed."""
    for shard in range(SHARDS):
        of = {path: one for path, one in sorted(reports.items()) if int(path[1:]) % SHARDS == shard}
        digest = f"{[(one['report']['sha256'], path) for path, one in of.items()]}"
        seen = folder / f"{shard}.seen"
        if seen.exists() and seen.read_text() == digest:
            continue
        seen.parent.mkdir(parents=True, exist_ok=True)
        seen.write_text(digest)
        small.stage(
            folder,
            f"{shard:03d}",
            report_files=[{"source_path": path, "sha256": one["report"]["sha256"]} for path, one in of.items()],
            refusals=[],
            reports=[one["report"] for one in of.values()],
            report_texts=[{"report_id": path, "text": one["text"]} for path, one in of.items()],
            quantities=[number for one in of.values() for number in one["numbers"]],
            ledger=[
                {key: number[key] for key in ("report_id", "char_start", "surface", "quantity_id")}
                | {"reason": "quantity"}
                for one in of.values()
                for number in one["numbers"]
            ],
        )


def changed(random: Random, reports: Reports) -> Reports:
    """One report with other numbers, of another year or region perhaps, one gone, one new."""
    paths = sorted(reports)
    other, gone, new = random.choice(paths), random.choice(paths), f"r{len(paths) * 10 + random.randrange(10)}"
    kept = {path: one for path, one in reports.items() if path != gone}
    for path in (other, new):
        row = reports.get(path, {}).get("report", {"region_code": random.choice([*REGIONS, None]), "report_year": 2018})
        region = random.choice([row["region_code"], row["region_code"], random.choice(REGIONS), None])
        kept[path] = made_up(random, path, region, random.choice([row["report_year"], random.choice(YEARS)]))
    return kept


def published(tmp_path: Path, corrections: Path) -> BuildReport:
    made_of = basis(tmp_path / "stage", small.REFERENCE, small.SQL, corrections)
    target = tmp_path / "parts" / "gongkai.duckdb"
    report = build(tmp_path / "stage", target, small.REFERENCE, small.SQL, corrections)
    remember(tmp_path / "stage", target, made_of, report)
    return report


def differing(one: Path, other: Path) -> dict[str, list[Any]]:
    """Rows by table that stand in one file and not in the other."""
    with duckdb.connect() as con:
        con.execute(f"attach '{one}' as one (read_only); attach '{other}' as other (read_only)").fetchall()
        names = [
            row[0]
            for row in con.execute("select table_name from duckdb_tables() where database_name = 'one'").fetchall()
        ]
        assert "facts" in names and "cross_region" in names
        return {
            name: rows
            for name in names
            for a, b in (("one", "other"), ("other", "one"))
            if (rows := con.execute(f"from {a}.{name} except all from {b}.{name} limit 3").fetchall())
        }


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_changes_the_rows_are_those_of_a_whole_build(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    reports = {
        f"r{number}": made_up(random, f"r{number}", random.choice([*REGIONS, None]), random.choice(YEARS))
        for number in range(500)
    }
    fixed = "r7"
    expects = reports[fixed]["numbers"][0]["value"]
    corrections = tmp_path / "corrections.csv"
    corrections.write_text(
        "source_path,quantity_id,indicator,period,channel,applicant,topic,outcome,scope,expects,should_be,wrong,who,why\n"
        f"{fixed},{fixed}-0,,,,,,,,{expects},99,reading,A. Reader,misread\n",
        encoding="utf-8",
    )
    staged(tmp_path / "stage", reports)
    assert published(tmp_path, corrections).made_again == 0
    again = 0
    for turn in range(2):
        reports = changed(random, reports) | {fixed: reports[fixed]}
        staged(tmp_path / "stage", reports)
        report = published(tmp_path, corrections)
        assert report.made_again > again, "it was built as a whole"
        again = report.made_again
        whole = tmp_path / str(turn) / "gongkai.duckdb"
        assert build(tmp_path / "stage", whole, small.REFERENCE, small.SQL, corrections).made_again == 0
        assert differing(tmp_path / "parts" / "gongkai.duckdb", whole) == {}


def test_a_body_made_of_another_is_made_again_with_it(tmp_path: Path) -> None:
    """What a region's last report said is the year before of the region that took its place."""
    with (small.REFERENCE / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    began = {row["region_code"]: row["valid_from"] for row in rows}
    into = Counter(row["successors"] for row in rows)
    ended = next(
        row
        for row in rows
        if into[row["successors"]] == 1 and began.get(row["successors"]) == str(int(row["valid_to"] or 0) + 1)
    )
    year = int(ended["valid_to"])
    random = Random(3)
    reports = {f"r{n}": made_up(random, f"r{n}", REGIONS[-1 - n], 2016) for n in range(20)}

    def report(path: str, region: str, of: int, value: int) -> dict[str, Any]:
        one = made_up(random, path, region, of)
        told = small.number(path, value, report_id=path, period=str(of), char_start=0)
        one["report"]["body"] = "县人民政府"
        return one | {"numbers": [told], "text": told["surface"]}

    def say(value: int) -> BuildReport:
        reports["r20"] = report("r20", ended["region_code"], year, value)
        staged(tmp_path / "stage", reports)
        return published(tmp_path, small.REFERENCE.parent / "corrections.csv")

    reports["r21"] = report("r21", ended["successors"], year + 1, 120)
    say(100)
    assert say(110).made_again == 2
    with duckdb.connect(str(tmp_path / "parts" / "gongkai.duckdb"), read_only=True) as con:
        asked = "select previous_value, previous_regions from year_over_year where value = 120"
        assert con.execute(asked).fetchall() == [(110, ended["region_code"])]
