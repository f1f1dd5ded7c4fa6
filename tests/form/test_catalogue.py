"""Forms and rules from elsewhere come to the package's own, and a wrong one harms nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.plugins.small_form import FORM
from xlreport import plugins
from xlreport.checking import check
from xlreport.example import good
from xlreport.form import catalogue
from xlreport.form.catalogue import complaints, form_ids, form_of, is_known
from xlreport.form.rule import AddedRules, Rule


class Entry:
    """What an entry point is to us."""

    dist = None

    def __init__(self, load: Callable[[], Any]) -> None:
        self.load = load


@pytest.fixture
def bring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return what puts plug-ins in place: ``bring(group, name=object)``; an exception is one that loading raises."""
    brought: dict[str, list[plugins.PlugIn]] = {catalogue.FORMS: [], catalogue.RULES: []}
    caches = (catalogue.form_of, catalogue._by_plug_ins, plugins.load)

    def put(group: str, **named: Any) -> None:
        for name, value in named.items():
            brought[group].append(
                plugins.PlugIn(name.replace("_", "-"), "某包 1.0", Entry(lambda v=value: found(v)))
            )  # type: ignore[arg-type]
        for cache in caches:
            cache.cache_clear()

    def found(value: Any) -> Any:
        if isinstance(value, BaseException):
            raise value
        return value

    monkeypatch.setattr(catalogue, "plug_ins", lambda group: tuple(brought[group]))
    monkeypatch.setattr(catalogue, "_complaints", {})
    yield put
    for cache in caches:
        cache.cache_clear()


def warning(rule_id: str) -> Rule:
    return Rule(
        id=rule_id,
        level="warning",
        tag="C",
        title="某条",
        statement="某条",
        basis="核实项",
        advice="核对",
        judge=lambda rule, evidence: iter([rule.finding(evidence, "某事", "year")]),
    )


def test_a_form_of_a_plug_in_is_one_like_the_others(bring: Callable[..., None]):
    bring(catalogue.FORMS, small=FORM)
    assert form_ids()[-1] == "small" and is_known("small") and form_of("small") is FORM
    assert complaints() == ()


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (ImportError("没有这个模块"), "没有这个模块"),
        (SyntaxError("写错"), "写错"),
        (5, "它不是报表格式"),
        (replace(FORM, id="other"), "自称“other”"),
        (replace(FORM, tables=()), "没有表"),
        (replace(FORM, rules=()), "规则里没有它"),
        (replace(FORM, main_lines=("x.y",)), "“x.y”不是表中的格"),
        (replace(FORM, sections=FORM.sections[1:]), "没有放“calls”这张表的部分"),
        (
            replace(FORM, sections=(*FORM.sections, replace(FORM.sections[1], sheet="又", content="title"))),
            "不能叫“title”",
        ),
    ],
)
def test_a_broken_one_is_one_line_and_is_not_known(bring: Callable[..., None], value: Any, why: str):
    bring(catalogue.FORMS, small=value)
    assert not is_known("small")
    (line,) = complaints()
    assert "某包 1.0 的“small”不能用" in line and why in line
    assert "disclosure-2021" in form_ids() and check(good()).passed


def test_the_packages_own_id_is_not_taken_over(bring: Callable[..., None]):
    bring(catalogue.FORMS, disclosure_2021=replace(FORM, id="disclosure-2021"))
    assert form_of("disclosure-2021").title == "政府信息公开工作年度报告"
    assert not complaints()  # nobody had to look at plug-ins
    assert form_ids().count("disclosure-2021") == 1
    assert "已有这个代号" in complaints()[0]


def test_added_rules_are_those_of_their_form_and_of_no_other(bring: Callable[..., None]):
    bring(catalogue.RULES, more=AddedRules(("disclosure-2021",), (warning("added"),)))
    assert [f.rule for f in check(good())][-1] == "added"
    assert "added" not in form_of("disclosure-2019").rules_by_id


def test_a_rule_whose_id_is_taken_is_left_out_and_said(bring: Callable[..., None]):
    bring(catalogue.RULES, more=AddedRules(("disclosure-2021",), (warning("flow"), warning("added"))))
    rules = form_of("disclosure-2021").rules_by_id
    assert rules["flow"].level == "error" and "added" in rules
    assert "已有代号为“flow”的规则" in complaints()[0]


def test_what_is_no_set_of_rules_is_said(bring: Callable[..., None]):
    bring(catalogue.RULES, more=5, worse=ValueError("坏了"))
    assert check(good()).passed
    assert [why in line for why, line in zip(("它不是规则", "坏了"), complaints(), strict=True)] == [
        True,
        True,
    ]


def test_the_packages_own_forms_are_sound():
    from xlreport.form.soundness import faults

    assert [faults(form) for form in catalogue.built_in()] == [[], []]
