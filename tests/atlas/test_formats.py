"""How numbers, dates and periods are written for readers of Chinese and of English."""

from __future__ import annotations

import datetime
import re

import pytest

from pipelines.atlas import formats
from pipelines.atlas.words import both, dimensions
from pipelines.reference import load_csv


@pytest.mark.parametrize(
    ("value", "shown"), [(143212.0, "143,212"), (99.96, "99.96"), (0.5, "0.5"), (0.0, "0"), (-12.0, "-12"), (None, "–")]
)
def test_numbers_are_grouped_and_end_without_zeros(value: float | None, shown: str) -> None:
    assert formats.number(value) == shown


@pytest.mark.parametrize(
    ("edtf", "zh", "en"),
    [
        ("2018", "2018年", "2018"),
        ("2018-03", "2018年3月", "March 2018"),
        ("2018-03-05", "2018年3月5日", "5 March 2018"),
        ("../2018", "截至2018年", "up to 2018"),
        ("2018-01/2018-11", "2018年1月至2018年11月", "January 2018 to November 2018"),
        ("2018/..", "2018年以来", "since 2018"),
        ("", "未注明", "not told"),
        ("201X", "201X", "201X"),
    ],
)
def test_periods_are_told_in_words(edtf: str, zh: str, en: str) -> None:
    assert formats.period(edtf) == (zh, en)


def test_a_day_is_written_as_readers_of_each_language_do() -> None:
    assert formats.day(datetime.date(2018, 3, 5)) == ("2018年3月5日", "5 March 2018")
    assert formats.day(None) == ("–", "–")


def test_an_approximate_amount_says_so() -> None:
    assert formats.amount(1200.0, "条", "approx") == ("约 1,200 条", "about 1,200 items")


def test_dimensions_without_a_label_stand_as_they_are() -> None:
    row = {"channel": "website", "applicant": "", "outcome": "unheard_of", "topic": "教育", "scope": ""}
    assert dimensions(row) == ("政府网站，unheard_of，教育", "website, unheard_of, 教育")


def test_words_are_escaped() -> None:
    assert "<b>" not in both("<b>", "<i>")


@pytest.mark.parametrize(
    ("printed", "zh", "en"),
    [
        (
            "2008:32(1) 2019:50(1)",
            "《条例》（2008年）第32条第(1)项；《条例》（2019年）第50条第(1)项",
            "Regulation of 2008, art. 32(1); Regulation of 2019, art. 50(1)",
        ),
        ("2008:32", "《条例》（2008年）第32条", "Regulation of 2008, art. 32"),
        ("2014 form", "2014年统计表", "form of 2014"),
        ("2019 form 20(5)", "2019年统计表，第20条第(5)项", "form of 2019, art. 20(5)"),
        ("", "", ""),
    ],
)
def test_the_law_is_named_in_words(printed: str, zh: str, en: str) -> None:
    assert formats.legal_basis(printed) == (zh, en)


def test_every_legal_basis_of_the_catalogue_is_said_in_words() -> None:
    for row in load_csv("indicators.csv"):
        assert not re.search(r"\d:\d| form(?! of)", " ".join(formats.legal_basis(row["legal_basis"]))), row
