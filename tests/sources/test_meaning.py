"""A header that is like the declared one and heads something else is told from it."""

from __future__ import annotations

import pytest

from xlreport.form.catalogue import CURRENT, form_of
from xlreport.sources.meaning import means_another
from xlreport.sources.wanted import wanted

FORM = form_of(CURRENT)


def column(table: str, place: int):
    """A declared column of the first row of a table."""
    return wanted(FORM.table(table)).rows[0].columns[place]


@pytest.mark.parametrize(
    "header",
    [
        "上年自然人",
        "自然人（2023年）",
        "自然人占比",
        "自然人同比增减",
        "自然人（累计）",
        "自然人（人次）",
        "计划数",
    ],
)
def test_another_year_a_share_a_change_or_another_unit(header: str):
    assert means_another(header, column("applications", 0), 2024)


@pytest.mark.parametrize(
    "header", ["自然人", "自 然 人", "自然人（2024年）", "2024年自然人（件）", "本年度累计自然人"]
)
def test_the_year_s_own_figures(header: str):
    assert not means_another(header, column("applications", 0), 2024)


@pytest.mark.parametrize(
    ("header", "another"),
    [("收费金额（单位：元）", False), ("收费金额（万元）", False), ("收费件数（件）", True)],
)
def test_money_is_in_a_unit_of_money(header: str, another: bool):
    row = next(
        row
        for row in wanted(FORM.table("disclosure")).rows
        if any(c.key.endswith("fees.amount") for c in row.columns)
    )
    (money,) = [each for each in row.columns if each.key.endswith("fees.amount")]
    assert means_another(header, money, 2024) is another
