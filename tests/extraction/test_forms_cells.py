"""What a cell prints is read as it stands: numbers in any dress, and blanks, dashes and slashes that are no zeros."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.forms_cells import read_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        ("１２", 12),
        ("1 234", 1234),
        ("39857\n58", 3985758),
        (" 86\u3000", 86),
        ("3.50", 3.5),
        ("12件", 12),
        ("12 件", 12),
        ("+3", 3),
        ("-2", -2),
        ("－2", -2),
        ("- 2", -2),
        ("减2", -2),
        ("增加5", 5),
        ("〇", 0),
        ("3（含上年结转1件）", 3),
        ("12①", 12),
        ("5*", 5),
        ("O", 0),
        ("1O2", 102),
        ("l2", 12),
    ],
)
def test_a_number_is_read_as_printed(text: str, value: float) -> None:
    printed = read_cell(text)
    assert (printed.cell, float(printed.value or 0)) == ("number", value)


@pytest.mark.parametrize(
    ("text", "money", "value"),
    [
        ("5万元", "万元", 5),
        ("1.2万", "万元", 1.2),
        ("350元", "元", 350),
        ("1.5亿元", "亿元", 1.5),
        ("86.5 万元", "万元", 86.5),
    ],
)
def test_money_keeps_the_unit_that_the_cell_prints(text: str, money: str, value: float) -> None:
    printed = read_cell(text)
    assert (printed.money, float(printed.value or 0)) == (money, value)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", "blank"),
        (" \u3000\xa0", "blank"),
        ("-", "dash"),
        ("—", "dash"),
        ("——", "dash"),
        ("－", "dash"),
        ("无", "dash"),
        ("/", "slash"),
        ("／", "slash"),
        ("\\", "slash"),
        ("0 0", "text"),
        ("12 5", "text"),
        ("0123", "text"),
        ("见附件", "text"),
        ("规章", "text"),
        ("1.属于国家秘密", "text"),
        ("2022年", "text"),
        ("3.5.1", "text"),
    ],
)
def test_what_is_no_number_has_no_value(text: str, cell: str) -> None:
    assert (read_cell(text).cell, read_cell(text).value) == (cell, None)


@given(st.integers(-(10**9), 10**12), st.sampled_from(["{}", "{:,}", " {} ", "{}件", "{:,}\n"]))
def test_any_count_comes_back(number: int, dress: str) -> None:
    assert read_cell(dress.format(number)).value == number
