"""How like a label must be: each threshold at its border."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport.errors import InputError
from xlreport.limits import MOST_TABLES, MOST_TEXTS
from xlreport.sources.blocks import Paragraph, Table, numbered, table_of
from xlreport.sources.captions import other_years_line
from xlreport.sources.labels import LabelSet, likeness
from xlreport.sources.published import report_of

#: Edits of a label of 95 letters cost one hundredth each, of 190 letters half of that.
SHORT, LONG = 95, 190


def written(length: int, changed_first: int = 0, changed_last: int = 0) -> str:
    """A label of different letters, some at either end replaced by others."""
    letters = [chr(0x4E10 + at) for at in range(length)]
    letters[:changed_first] = [chr(0x6000 + at) for at in range(changed_first)]
    if changed_last:
        letters[-changed_last:] = [chr(0x7000 + at) for at in range(changed_last)]
    return "".join(letters)


def test_a_label_is_the_declared_one_from_six_tenths_on():
    declared = LabelSet({"a": (written(SHORT),)})
    assert declared.likeliest(written(SHORT, 34)) is not None
    assert declared.likeliest(written(SHORT, 36)) is None


def test_the_next_label_must_be_a_tenth_less_like():
    for rival, told in ((29, False), (31, True)):
        declared = LabelSet({"a": (written(SHORT, 20),), "b": (written(SHORT, 0, rival),)})
        assert (declared.likeliest(written(SHORT)) is not None) is told


def test_labels_that_are_nearly_the_same_need_less_between_them():
    for first, told in ((1, True), (3, False)):
        declared = LabelSet({"a": (written(LONG, first),), "b": (written(LONG, 0, first + 2),)})
        assert (declared.likeliest(written(LONG)) is not None) is told


def test_no_likeness_is_worked_out_where_too_few_letters_are_in_both():
    assert likeness(written(SHORT, 61), written(SHORT)) > 0
    assert likeness(written(SHORT, 62), written(SHORT)) == 0


def test_a_caption_is_no_longer_than_forty_letters():
    for length, other in ((40, True), (41, False)):
        line = Paragraph("2023年" + "情" * (length - 5))
        table = numbered([line, table_of([["甲", "1"]])])[1]
        assert isinstance(table, Table)
        assert bool(other_years_line(table, 2024)) is other


HEADING = Paragraph("一、总体情况")


def refused(*tables: Table) -> bool:
    try:
        report_of([HEADING, *tables], Path("x"))
    except InputError as error:
        return "超出上限" in str(error)
    return False


@pytest.mark.parametrize(("more", "over"), [(0, False), (1, True)])
def test_a_document_has_no_more_tables_and_texts_than_the_limits_say(more: int, over: bool):
    assert refused(*(table_of([["甲", "乙"]]) for _ in range(MOST_TABLES + more))) is over
    assert (
        refused(table_of([[str(at), str(-at - 1)] for at in range(MOST_TEXTS // 2)] + [["甲"]] * more))
        is over
    )


@pytest.mark.parametrize(("width", "said"), [(200, False), (201, True)])
def test_a_wider_table_is_none_of_the_form_and_that_is_said(width: int, said: bool):
    remarks = report_of([HEADING, table_of([["甲"] * width] * 2)], Path("x")).remarks
    assert any("没有读" in remark and f"{width} 列" in remark for remark in remarks) is said
