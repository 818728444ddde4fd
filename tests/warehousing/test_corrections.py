"""A person's correction, the whole way: applied, shown beside what is printed, and refused once it no longer holds."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from pipelines.schemas import table
from pipelines.warehousing import WarehouseError, build
from tests.warehousing import small
from tests.warehousing.test_building import staged

NAMES = [column.name for column in table("corrections").columns]


def corrected(folder: Path, **given: str) -> Path:
    """A warehouse of a report that prints 120, with one correction."""
    row = {"source_path": "r18.txt", "indicator": "proactive.disclosed", "expects": "120", "should_be": "121"}
    row |= {"wrong": "report", "who": "张三", "why": "电话核实"} | given
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES, restval="")
        writer.writeheader()
        writer.writerow(row)
    target = folder / "gongkai.duckdb"
    build(staged(folder / "stage"), target, small.REFERENCE, small.SQL, folder / "corrections.csv")
    return target


def test_a_correction_stands_beside_what_is_printed(tmp_path: Path) -> None:
    with duckdb.connect(str(corrected(tmp_path)), read_only=True) as con:
        columns = "report_year, value, printed_value, settled_by, correction"
        assert con.sql(f"select {columns} from facts order by report_year").fetchall() == [
            (2017, 101, None, "derived", None),
            (2018, 121, 120, "correction", "张三: 电话核实"),
        ]
        # What was read stays as it was read.
        assert con.sql("select value from quantities where quantity_id = 'q1'").fetchall() == [(120,)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"expects": "119"}, "expects 119.0, found '120.0'"),
        ({"source_path": "gone.txt"}, "no such report"),
        ({"topic": "教育"}, "no number at this place"),
        ({"wrong": "printed"}, "not reading or report"),
        ({"who": ""}, "who is empty"),
        ({"should_be": "many"}, "line 2: should_be is 'many'"),
    ],
)
def test_a_correction_that_does_not_hold_publishes_nothing(given: dict[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="corrections") as told:
        corrected(tmp_path, **given)
    assert words in str(told.value)
    assert not (tmp_path / "gongkai.duckdb").exists()
