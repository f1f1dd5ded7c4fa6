"""A figure as it is printed, read as a person reads it; what is no number stays the text it is."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.form.figures import BLANK_MARKS, Unit
from xlreport.sources import units
from xlreport.sources.printed import read_printed
from xlreport.sources.units import Stated

READING = (Path(__file__).parents[2] / "docs" / "reading.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "unit", "figure", "said"),
    [
        ("0", Unit.COUNT, 0, False),
        ("0　", Unit.COUNT, 0, False),
        (" 0", Unit.COUNT, 0, False),
        ("１６７", Unit.COUNT, 167, False),
        ("𝟜𝟛𝟟", Unit.COUNT, 437, False),
        ("4\u200b37", Unit.COUNT, 437, False),
        ("1,234", Unit.COUNT, 1234, False),
        ("1，234", Unit.COUNT, 1234, True),
        ("5.0", Unit.COUNT, 5, False),
        ("72701.2578", Unit.MONEY, Decimal("72701.2578"), False),
        ("999999999999999", Unit.COUNT, 999_999_999_999_999, False),
        ("+19", Unit.CHANGE, 19, False),
        ("-19", Unit.CHANGE, -19, False),
        ("−19", Unit.CHANGE, -19, False),
        ("减少3", Unit.CHANGE, -3, True),
        ("+19", Unit.COUNT, 19, True),
        ("－437", Unit.COUNT, -437, False),
        ("22（其中修订16件）", Unit.COUNT, 22, True),
        ("22（其中修订16件）（注2）", Unit.COUNT, 22, True),
        ("167 件", Unit.COUNT, 167, True),
        ("1.2万件", Unit.COUNT, 12_000, True),
        ("3千件", Unit.COUNT, 3_000, True),
        ("240万元", Unit.MONEY, 240, True),
        ("251000元", Unit.MONEY, Decimal("25.1"), True),
        ("251000（元）", Unit.MONEY, Decimal("25.1"), True),
        ("0.251百万元", Unit.MONEY, Decimal("25.1"), True),
        ("1.2亿元", Unit.MONEY, 12000, True),
        ("", Unit.COUNT, None, False),
        ("　", Unit.COUNT, None, False),
        ("\u200b", Unit.COUNT, None, False),
    ],
)
def test_it_reads_what_a_person_reads(text: str, unit: Unit, figure: Any, said: bool):
    read = read_printed(text, unit)
    assert (read.figure, bool(read.assumption)) == (figure, said)


@pytest.mark.parametrize(
    "mark",
    [
        "①",
        "¹",
        "ⁿ",
        "₁",
        "⑴",
        "❶",
        "ⅰ",
        "㊀",
        "㈠",
        "†",
        "‡",
        "*",
        "＊",
        "#",
        "※",
        "[1]",
        "【1】",
        "(1)",
        "（1）",
        "(12)",
        "注1",
        "注",
        "注①",
        "（注1）",
        "（见注1）",
        "①②",
        "ᵃ",
    ],
)
@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_a_mark_beside_a_figure_is_taken_off_and_said(mark: str, between: str):
    read = read_printed(f"437{between}{mark}", Unit.COUNT)
    assert read.figure == 437 and read.assumption


_WORDS = """
① ² ²³ ½ Ⅳ † 注1 437½ 4①37 ①437 *437 437⁺ 437○ 437% 437‰ (437)
437（734） 437（438件） 437（约） 437（余） 437（应为734） 437（万） 1O O o
〇 ○ 〇件 四百三十七 ٤٣٧ ৪৭ 4٣7 437. .5 1e3 0x10 4-37 437-438 437/438
437→734 437改为734 0437 007 00 0,437 -0 -- 2024-1-1 TRUE #REF! NaN 约437 近437 437余
437左右 437人 7.27亿 4.37千 1.2万 1.23456万件 3万元 ±3 1,23 437、734
22其中修订16 1234567890123456 0.00000000001 4️⃣ 4̶37 … N/A 暂无 零
"""
NO_NUMBERS = [*_WORDS.split(), "4 37", "5\n3", "437 734", "1 234", "4 .37", "4\u202e37", "㋀", "㍘"]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_was_not_a_number_stays_the_text_it_is(text: str):
    assert read_printed(text, Unit.COUNT) == (" ".join(text.split()), "")


@pytest.mark.parametrize(
    "text",
    ["25.1美元", "25.1（美元）", "$25.1", "25.1€", "25.1（其中3万港币）", "25.1件", "25.1万", "25.1元整"],
)
def test_foreign_money_and_what_is_no_money_is_not_read(text: str):
    assert isinstance(read_printed(text, Unit.MONEY).figure, str)


@pytest.mark.parametrize("mark", BLANK_MARKS)
def test_marks_for_nothing_are_blanks_and_are_all_in_the_documents(mark: str):
    assert read_printed(f" {mark} ", Unit.COUNT).figure is None
    assert f"`{mark}`" in READING


HEADER, ABOVE = "表头", "表上"


@pytest.mark.parametrize(
    ("text", "stated", "figure"),
    [
        ("251000", [Stated("元", HEADER)], Decimal("25.1")),
        ("251000元", [Stated("万元", HEADER)], Decimal("25.1")),
        ("251", [Stated("千元", ABOVE), Stated("件", ABOVE)], Decimal("25.1")),
        ("0.251", [Stated("百万元", HEADER)], Decimal("25.1")),
        ("25.1", [Stated("万元", HEADER), Stated("万元", ABOVE)], Decimal("25.1")),
        ("0", [Stated("万元", HEADER), Stated("元", ABOVE)], 0),
        ("251000", [Stated("万元", HEADER), Stated("元", ABOVE)], "251000（表头“万元”，表上“元”）"),
        ("25.1万元", [Stated("元", HEADER)], "25.1万元（表头“元”，数后“万元”）"),
        ("25.1", [Stated("美元", HEADER)], "25.1（表头“美元”）"),
    ],
)
def test_a_fee_is_in_the_unit_that_is_named_and_stays_text_where_units_contradict(
    text: str, stated: list[Stated], figure: Any
):
    read = read_printed(text, Unit.MONEY, tuple(stated))
    assert read.figure == figure
    if figure == Decimal("25.1"):
        assert ("换算" in read.assumption) is (text != "25.1")


def test_units_in_traditional_characters_are_units():
    assert units.in_label("本年收费金额（單位：萬元）") == ("万元",)
    assert read_printed("0.00251億元", Unit.MONEY).figure == Decimal("25.1")


def test_counts_have_nothing_to_do_with_the_unit_of_money():
    assert read_printed("437", Unit.COUNT, (Stated("元", ABOVE),)) == (437, "")
    assert read_printed("1.2", Unit.COUNT, (Stated("万件", ABOVE),)).figure == 12_000
    assert (
        read_printed("437件", Unit.COUNT, (Stated("万件", ABOVE),)).figure == "437件（表上“万件”，数后“件”）"
    )


@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("0123456789,.①½²（）元件万亿约 \n-/")),
        max_size=12,
    )
)
def test_any_text_is_the_digits_shown_or_text_or_a_documented_blank(text: str):
    """A second, plain reading: the leading run of digits that look like digits."""
    figure = read_printed(text, Unit.COUNT).figure
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf").strip()
    if figure is None:
        assert not shown or text.strip() in BLANK_MARKS
    elif not isinstance(figure, str):
        half = "".join(
            unicodedata.normalize("NFKC", c) if unicodedata.category(c) in ("Nd", "Po", "Pd", "Sm") else c
            for c in shown
        )
        digits = ""
        for c in half.lstrip("+-− ").replace(",", ""):
            if not (c.isascii() and (c.isdigit() or c == ".")):
                break
            digits += c
        scale = next(
            (
                n
                for word, n in (("万", 10**4), ("千", 10**3), ("百", 100), ("十", 10), ("亿", 10**8))
                if word in shown
            ),
            1,
        )
        assert abs(figure) in (Decimal(digits), Decimal(digits) * scale)
