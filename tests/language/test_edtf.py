"""Periods and the days that they begin and end on."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.language.edtf import bounds


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-03-05", date(2018, 3, 5), date(2018, 3, 5)),
        ("2018-01/2018-11", date(2018, 1, 1), date(2018, 11, 30)),
        ("2008/2018", date(2008, 1, 1), date(2018, 12, 31)),
        ("../2017", None, date(2017, 12, 31)),
        ("2017/..", date(2017, 1, 1), None),
        ("", None, None),
        ("2018-13", None, None),
        ("2018-02-30", None, None),
        ("0000", None, None),
        ("去年", None, None),
    ],
)
def test_a_period_has_its_first_and_last_day(period: str, start: date | None, end: date | None) -> None:
    assert bounds(period) == (start, end)
