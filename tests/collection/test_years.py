"""A unit's years side by side."""

from __future__ import annotations

from xlreport.collection.records import Audited, Shown, State
from xlreport.collection.years import Years
from xlreport.form.catalogue import CURRENT, form_of

FORM = form_of(CURRENT)
KEY = FORM.measure


def of(organisation: str, year: int | None, value: Shown, state: State = State.PASSED) -> Audited:
    figures = tuple((key, value if key == KEY else None) for key in FORM.main_lines)
    return Audited(f"{year}", organisation, year, CURRENT, state, figures=figures)


def compared(*records: Audited) -> list[dict[str, object]]:
    years = Years()
    for record in records:
        years.add(record)
    found = years.compared(FORM)
    if found is None:
        return []
    listed, lines = found
    return [
        dict(zip([column.heading for column in listed.columns], line.values, strict=True)) for line in lines
    ]


def test_a_unit_s_years_stand_side_by_side_in_their_order():
    rows = compared(
        of("甲局", 2025, 30), of("甲局", 2023, 10, State.FAILED), of("甲局", 2024, 20), of("乙局", 2025, 1)
    )
    assert {row["单位"] for row in rows} == {"甲局"} and len(rows) == 1 + len(FORM.main_lines)
    row = next(row for row in rows if row["项目"] == FORM.label(KEY))
    assert list(row.values())[2:] == [10, 20, 30, 10, 0.5]
    assert [rows[0][f"{year}年"] for year in (2023, 2024, 2025)] == ["不通过", "通过", "通过"]


def test_a_year_that_a_unit_lacks_is_blank_and_the_change_is_from_the_one_before():
    rows = compared(
        of("甲局", 2023, 10), of("甲局", 2025, 5), of("乙镇", 2024, 1), of("乙镇人民政府", 2025, 1)
    )
    row = next(row for row in rows if row["项目"] == FORM.label(KEY))
    assert list(row.values())[2:] == [10, None, 5, -5, -0.5]


def test_what_is_no_number_has_no_change_and_what_was_0_no_proportion():
    for before, after, change in ((10, "11件", (None, None)), (0, 4, (4, None)), (None, 4, (None, None))):
        row = next(
            row
            for row in compared(of("甲局", 2024, before), of("甲局", 2025, after))
            if row["项目"] == FORM.label(KEY)
        )
        assert tuple(row.values())[2:] == (before, after, *change)


def test_one_year_each_is_nothing_to_compare():
    assert not compared(of("甲局", 2025, 1), of("甲局", 2025, 2), of("乙局", 2024, 1), of("丙局", None, 1))
