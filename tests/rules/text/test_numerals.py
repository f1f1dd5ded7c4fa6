"""Numbers are read however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.rules.text.numerals import DIGITS, normalised, numerals, spelled_value

SIGNS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """Spell a number below 10^8 in Chinese numerals."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return spelled(high) + "万" + gap + (spelled(low) if low else "")
    words, started = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            words += ("" if name == "十" and digit == 1 and not started else SIGNS[digit]) + name
        elif started and number and not words.endswith("零"):
            words += "零"
        started = started or bool(digit)
    return words or "零"


def read(text: str):
    (numeral,) = numerals(normalised(text))
    return numeral


@given(st.integers(0, 99_999_999))
def test_spelled_numbers_come_back(number: int):
    assert spelled_value(spelled(number)) == number
    assert read(spelled(number) + "件").value == number


@given(st.integers(0, 10**9))
def test_digits_come_back_with_commas_and_in_full_width(number: int):
    assert read(f"{number}件").value == number
    assert read(f"{number:,}件").value == number
    assert read(f"{number:,}件".replace(",", "，")).value == number
    wide = str(number).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    assert read(f"{wide}件").value == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千零五", 2005),
        ("三万二", 32000),
        ("十五万三千", 153000),
        ("〇", 0),
        ("1.2万", 12000),
        ("7.27012578亿", 727012578),
        ("72701.2578", Decimal("72701.2578")),
        ("三千五百二十五", 3525),
    ],
)
def test_scales(text, value):
    assert read(text).value == value


@pytest.mark.parametrize("text", ["18万余条", "约160件", "近200件", "超过3500件", "160多件", "不足200件"])
def test_approximate_numbers_say_so(text):
    assert read(text).approximate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("33.9%", Decimal("33.9")),
        ("百分之三十", 30),
        ("三成", 30),
        ("100％", 100),
        ("百分之三点五", Decimal("3.5")),
    ],
)
def test_percentages(text, value):
    numeral = read(text)
    assert numeral.percent
    assert numeral.value == value


def test_a_rounded_number_knows_its_last_place():
    assert read("157.3万件").step == 1000
    assert read("7.27亿元").step == 1_000_000
    assert read("0.014万元").step == 10


def test_two_numbers_with_a_comma_between_stay_two():
    assert [n.value for n in numerals(normalised("部分公开1，不予公开2"))] == [1, 2]
    assert [n.value for n in numerals(normalised("分别为79，49"))] == [79, 49]


@given(st.text(max_size=60))
def test_no_text_is_refused(text: str):
    for numeral in numerals(normalised(text)):
        assert 0 <= numeral.start < numeral.end <= len(text)


def test_every_digit_has_a_sign():
    assert {DIGITS[sign] for sign in SIGNS} == set(range(10))
