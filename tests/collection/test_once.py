"""A roll-up counts a report once, whatever it is called; and a government's own total is not one of its units."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collection.folders import granted
from tests.samples import with_figure
from xlreport.collection.contribution import Contribution
from xlreport.collection.once import TELLING, is_telling
from xlreport.collection.rollup import Rollup, add_up
from xlreport.collection.tree import Tree
from xlreport.collection.unit_list import Listed
from xlreport.example import good
from xlreport.form.catalogue import CURRENT, form_of

KEYS = list(form_of(CURRENT).cells)
KEY = "applications.new.total"


def unit(organisation: str, figures: dict[str, object], path: str = "", problem: str = "") -> Contribution:
    return Contribution(path or f"{organisation}.xlsx", organisation, 2025, CURRENT, problem, dict(figures))  # type: ignore[arg-type]


def report(more: int = 0) -> dict[str, object]:
    return dict(granted(good(), more).figures())


def total(*parts: dict[str, object]) -> dict[str, object]:
    return {key: sum(part[key] or 0 for part in parts) for key in KEYS}  # type: ignore[misc]


def taken(rollup: Rollup) -> list[str]:
    return [each.path for each in rollup.units]


def left(rollup: Rollup) -> dict[str, str]:
    return {each.path: each.reason for each in rollup.left_out}


def rolled_up(*units: Contribution, **options: object) -> Rollup:
    return add_up(Path("文件夹"), units, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("北京市通州区西集镇人民政府", "西集镇人民政府"),
        ("通州区西集镇政府", "西集 镇 人民政府"),
        ("甲局", "乙局"),
        ("甲局", ""),
        ("", ""),
    ],
)
def test_the_same_figures_under_two_names_count_once_and_are_said(one: str, other: str):
    rollup = rolled_up(
        unit(one, report(), "a.json"), unit(other, report(), "b.json"), unit("丙局", report(5), "c.json")
    )
    assert len(taken(rollup)) == 2 and "c.json" in taken(rollup)
    (path,) = left(rollup)
    assert path in ("a.json", "b.json") and "只汇入一份" in left(rollup)[path]
    assert rollup.total[KEY] == 167 + 172
    assert not rollup.complete


def test_units_with_nothing_at_all_are_different_units():
    nothing = dict.fromkeys(KEYS, 0)
    rollup = rolled_up(
        unit("甲局", nothing),
        unit("乙局", nothing),
        unit("丙局", dict.fromkeys(KEYS)),
        unit("丁局", report()),
    )
    assert len(rollup.units) == 4 and rollup.complete


@pytest.mark.parametrize(("different", "same"), [(TELLING, True), (TELLING - 1, False)])
def test_so_many_different_numbers_do_not_agree_by_chance(different: int, same: bool):
    few = dict.fromkeys(KEYS, 0) | {key: number + 1 for number, key in enumerate(KEYS[:different])}
    assert is_telling(list(few.values())) is same
    rollup = rolled_up(unit("甲局", few), unit("乙局", few))
    assert bool(rollup.left_out) is same


def test_two_units_of_a_list_are_two_units_even_with_the_same_figures():
    tree = Tree(Path("名单"), [Listed("甲局", 1), Listed("乙局", 2)])
    rollup = rolled_up(unit("甲局", report()), unit("乙局", report()), tree=tree)
    assert taken(rollup) == ["甲局.xlsx", "乙局.xlsx"] and rollup.complete


def test_a_total_that_counts_them_each_says_that_units_alike_are_two():
    same = report()
    units = [unit("甲局", same), unit("乙局", same), unit("丙局", same)]
    rollup = rolled_up(unit("青石县人民政府", total(same, same, same)), *units)
    assert taken(rollup) == ["甲局.xlsx", "乙局.xlsx", "丙局.xlsx"]
    assert "之和" in left(rollup)["青石县人民政府.xlsx"]
    own = rolled_up(
        *units, own=good().model_validate({"form": CURRENT, "year": 2025, **tables(total(same, same, same))})
    )
    assert len(own.units) == 3


def tables(figures: dict[str, object]) -> dict[str, object]:
    from xlreport.report import nested

    return nested(figures)


@pytest.mark.parametrize("name", ["青石县人民政府", "某某办公室", "全县", ""])
@pytest.mark.parametrize("where", ["", "青石/"])
def test_what_equals_the_others_together_is_their_total_whatever_it_is_called(name: str, where: str):
    parts = [report(number) for number in (1, 2, 3)]
    units = [unit(f"第{number}局", part, f"{where}{number}.xlsx") for number, part in enumerate(parts)]
    other = [unit("别的局", report(9), "z.xlsx")] if where else []
    rollup = rolled_up(unit(name, total(*parts), f"{where}own.xlsx"), *units, *other)
    assert f"{where}own.xlsx" in left(rollup)
    assert rollup.total[KEY] == sum(part[KEY] for part in parts) + (176 if where else 0)  # type: ignore[misc]


def test_a_total_that_has_those_in_it_that_do_not_pass_is_one_too():
    parts = [report(number) for number in (1, 2, 3)]
    units = [
        unit(f"第{number}局", part, problem="审核不通过" if number == 1 else "")
        for number, part in enumerate(parts)
    ]
    rollup = rolled_up(unit("某办", total(*parts)), *units)
    assert "之和" in left(rollup)["某办.xlsx"] and len(rollup.units) == 2


@pytest.mark.parametrize(
    ("own", "units"),
    [
        ("青石县人民政府", ["青石县教育局", "青石县柳河镇人民政府"]),
        ("青石县人民政府", ["教育局", "柳河镇人民政府"]),
        ("青石县汇总", ["青石县教育局", "青石县柳河镇人民政府"]),
        ("青石县（汇总）", ["教育局", "财政局"]),
        ("全县汇总", ["教育局", "柳河镇人民政府"]),
        ("某市通州区人民政府", ["通州区教育局", "西集镇人民政府"]),
        ("通州区人民政府", ["某市通州区教育局", "某市通州区西集镇人民政府"]),
        ("宿迁市人民政府", ["宿迁市宿豫区人民政府", "宿迁市沭阳县人民政府", "宿迁市市场监督管理局"]),
        ("西集镇人民政府", ["西集镇综合执法队", "西集镇司法所"]),
    ],
)
def test_a_government_named_as_the_area_of_the_others_is_their_total(own: str, units: list[str]):
    rollup = rolled_up(
        unit(own, report(500)), *(unit(name, report(number)) for number, name in enumerate(units))
    )
    assert list(left(rollup)) == [f"{own}.xlsx"]
    assert len(rollup.units) == len(units)


@pytest.mark.parametrize(
    "units",
    [
        ["青石县人民政府", "白水县人民政府", "某市教育局"],
        ["某市青石县人民政府", "某市白水县人民政府", "某市教育局"],
        ["西集镇人民政府", "宋庄镇人民政府", "教育局"],
        ["柳河镇人民政府", "教育局"],
        ["青石县汇总", "白水县汇总"],
        ["青石县教育局", "白水县教育局", "教育局"],
        ["青石县人民政府办公室", "青石县乡村振兴局", "青石县城市管理局"],
    ],
)
def test_units_beside_each_other_are_all_added(units: list[str]):
    rollup = rolled_up(*(unit(name, report(number)) for number, name in enumerate(units)))
    assert rollup.complete and len(rollup.units) == len(units)


def test_two_reports_that_are_alike_in_one_table_are_not_each_other_s_total():
    one = report()
    other = dict(with_figure(good(), "disclosure.licensing.decisions", 9).figures())
    rollup = rolled_up(unit("甲局", one), unit("乙局", other), unit("丙局", dict.fromkeys(KEYS, 0)))
    assert rollup.complete and len(rollup.units) == 3


def test_one_unit_with_different_figures_is_not_added_since_nobody_can_tell_which_holds():
    rollup = rolled_up(
        unit("通州区西集镇人民政府", report(1)), unit("西集镇人民政府", report(2)), unit("甲局", report(3))
    )
    assert taken(rollup) == ["甲局.xlsx"]
    assert all("不能确定" in reason for reason in left(rollup).values())
