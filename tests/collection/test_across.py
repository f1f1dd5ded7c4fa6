"""What is said of a unit that has handed in more than once."""

from __future__ import annotations

from xlreport.collection.across import TWICE, Across
from xlreport.collection.records import Audited, State


def said(*records: Audited) -> list[str]:
    """What is said of each of these files because there are others of the same unit."""
    across = Across()
    for record in records:
        across.add(record)
    return [seen.message for seen in across.observations() if seen.kind == TWICE]


def of(path: str, received: int, year: int = 2025, organisation: str = "西集镇人民政府") -> Audited:
    return Audited(path, organisation, year, state=State.PASSED, figures=(("received", received),))


def test_a_workbook_and_its_document_are_probably_one_report():
    for message in said(of("年报.xlsx", 167), of("年报.docx", 167)):
        assert "主要数字都相同" in message and "保留一份" in message


def test_two_that_differ_are_left_to_the_reader():
    assert (
        said(of("初稿.xlsx", 167), of("终稿.xlsx", 168))
        == ["同一单位有 2 份报告，这一份是2025年的；请核对保留哪一份"] * 2
    )
    assert "这一份是2024年的" in said(of("a.xlsx", 167), of("b.xlsx", 167, 2024))[1]


def test_units_with_the_same_figures_are_not_one_unit():
    assert said(of("a.xlsx", 0), of("b.xlsx", 0, organisation="宋庄镇人民政府")) == []
