"""The rules that an office writes itself."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import complete, with_figure
from xlreport.checking import check
from xlreport.findings import Finding, Findings
from xlreport.form.catalogue import built_in, form_of
from xlreport.form.linear import LinearError, linear
from xlreport.form.weighing import Outcome
from xlreport.report import Report
from xlreport.rules.office import office_rules
from xlreport.rules.office_text import OfficeError

FORMS = tuple(built_in())
FORM = form_of("disclosure-2021")
NEW, REVIEW = "applications.new.total", "cases.review.total"


def checked(text: str, report: Report | None = None) -> Findings:
    report = report or complete("xiji-2025")
    return check(report, rules=office_rules(text, FORMS).for_form(report.declaration))


def own(text: str, report: Report | None = None) -> list[Finding]:
    return [finding for finding in checked(text, report) if finding.rule == "own"]


def relation(rule: str, more: str = "") -> str:
    return f'[[relation]]\nid = "own"\nrule = "{rule}"\n{more}'


# Relations


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        (f"{REVIEW} <= {NEW}", False),
        (f"{REVIEW} >= {NEW}", True),
        (f"{NEW} = 167", False),
        (f"{NEW} == 167.0", False),
        (f"{NEW} = 168", True),
        (f"{REVIEW} <= 0.2 * {NEW}", True),
        (f"5 * {REVIEW} - 3 <= {NEW}", False),
        (f"5 * {REVIEW} - 2 <= {NEW}", True),
        (f"-{NEW} + {REVIEW} * 2 <= -99", False),
        (f"previous.{NEW} <= 1", False),
    ],
)
def test_a_relation_is_weighed_exactly(rule: str, broken: bool):
    assert bool(own(relation(rule))) is broken


def test_a_broken_relation_is_told_like_any_other():
    text = relation(f"{REVIEW} <= 0.1 * {NEW}", 'level = "error"\nwords = "请说明复议为什么多"\n')
    (finding,) = own(text)
    assert not checked(text).passed
    assert (finding.level, finding.cells) == ("error", (REVIEW, NEW))
    assert (finding.left, finding.right) == (34, Decimal("16.7"))
    assert finding.message.endswith("34 > 16.7，超17.3；请说明复议为什么多")


def test_without_a_level_an_own_rule_warns():
    (finding,) = own(relation(f"{NEW} <= 3"))
    assert finding.level == "warning"


def test_a_relation_over_a_text_is_left_to_the_rule_on_kinds():
    report = with_figure(complete("xiji-2025"), REVIEW, "34 件")
    assert own(relation(f"{REVIEW} >= {NEW}"), report) == []


def test_a_relation_of_cells_that_a_form_lacks_is_not_applied_to_it():
    rules = office_rules(relation("applications.results.other.other.total <= 3"), FORMS)
    assert len(rules.for_form(FORM)) == 1
    assert rules.for_form(form_of("disclosure-2019")) == ()


@given(
    st.lists(
        st.tuples(st.integers(-9, 9), st.sampled_from([NEW, REVIEW, "cases.review.upheld"])), min_size=1
    ),
    st.integers(-999, 999),
    st.fixed_dictionaries(dict.fromkeys([NEW, REVIEW, "cases.review.upheld"], st.integers(0, 500))),
)
def test_any_relation_means_what_arithmetic_says(parts, bound, figures):
    side = "".join(f" {'-' if factor < 0 else '+'} {abs(factor)} * {key}" for factor, key in parts)
    held = sum(factor * figures[key] for factor, key in parts) <= bound
    verdict = linear(f"{side} <= {bound}").weigh(figures)
    assert (verdict.outcome is not Outcome.BROKEN) is held


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "a.b",
        "a.b =",
        "= a.b",
        "1 = 2",
        "a.b = c.d = e.f",
        "a.b + = c.d",
        "a.b c.d = 1",
        "a.b * * 2 = 1",
        "a.b * c.d = 1",
        "a.b = (c.d)",
        "a.b < c.d",
        "__import__('os') = a.b",
        "a.b = 1 +",
        "+".join(["a.b"] * 201) + "= 1",
    ],
)
def test_what_is_no_relation_is_refused(text: str):
    with pytest.raises(LinearError):
        linear(text)


# Texts


@pytest.mark.parametrize(("most", "told"), [(7, False), (6, True)])
def test_a_text_has_its_limit(most: int, told: bool):
    report = complete("xiji-2025")
    report.overview = "一二三 四五\n六七"
    found = own(f'[[length]]\nid = "own"\ntext = "overview"\nmost = {most}\n', report)
    assert bool(found) is told
    if told:
        assert found[0].message == "“一、总体情况”不超过 6 字，现有 7 字"
        assert found[0].cells == ("overview",)


@pytest.mark.parametrize(("least", "told"), [(7, False), (8, True)])
def test_a_text_may_be_too_short(least: int, told: bool):
    report = complete("xiji-2025")
    report.overview = "一二三四五六七"
    assert bool(own(f'[[length]]\nid = "own"\ntext = "overview"\nleast = {least}\n', report)) is told


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("做好政策解读和舆情处置，行政处罚437件。", ""),
        ("做好政策解读，回应关切，行政处罚４３７件。", ""),
        ("做好政策解读，行政处罚437件。", "“回应”或“舆情”"),
        ("回应关切，行政处罚437件。", "“解读”"),
        ("解读，回应，行政处罚4370件。", "的数（437）"),
        ("解读，回应，行政处罚437.5件。", "的数（437）"),
    ],
)
def test_a_text_names_words_and_figures(text: str, missing: str):
    report = complete("xiji-2025")
    report.overview = text
    rule = '[[named]]\nid = "own"\ntext = "overview"\nmentions = ["解读", "回应|舆情"]\nfigures = ["disclosure.penalties.decisions"]\n'
    messages = [finding.message for finding in own(rule, report)]
    assert [missing in message for message in messages] == ([True] if missing else [])


# Levels


def test_a_muted_rule_is_silent_and_that_is_said():
    text = '[levels]\nblank = "off"\n'
    report = with_figure(complete("xiji-2025"), "disclosure.coercion.decisions", None)
    assert "blank" in {finding.rule for finding in check(report)}
    findings = checked(text, report)
    assert "blank" not in {finding.rule for finding in findings}
    assert findings.changes == ("“有空白格”不审核",)
    assert findings.model_dump(mode="json")["changes"] == ["“有空白格”不审核"]
    assert "changes" not in check(report).model_dump(mode="json")


def test_a_changed_level_decides_whether_the_report_passes():
    report = with_figure(complete("xiji-2025"), "disclosure.coercion.decisions", None)
    assert check(report).passed
    findings = checked('[levels]\nblank = "error"\n', report)
    assert not findings.passed
    assert findings.changes == ("“有空白格”按强制性审核",)


# What is wrong with a file


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("[[relation]\n", 1, "写法有误"),
        ('[[relation]]\nrule = "a"b"\n', 2, "写法有误"),
        ("[[relation]]\n", 1, "没有写 rule"),
        ('\n\n[[relation]]\nid = "x"\nrule = "a.b <= 3"\n', 5, "没有“a.b”这一格"),
        ('[[relation]]\nrule = "a.b"\n', 2, "看不懂"),
        ('[[relations]]\nrule = "a.b"\n', 1, "没有“relations”这一类"),
        ('[relation]\nrule = "a.b"\n', 1, "要写成 [[relation]]"),
        (f'[[relation]]\nrule = "{NEW} = 1"\nlevl = "error"\n', 3, "没有“levl”这一项"),
        (f'[[relation]]\nrule = "{NEW} = 1"\nlevel = "high"\n', 3, "没有“high”这个级别"),
        (f'[[relation]]\nid = "我的"\nrule = "{NEW} = 1"\n', 2, "代号只能用"),
        (f'[[relation]]\nid = "flow"\nrule = "{NEW} = 1"\n', 2, "已经有了"),
        (2 * f'[[relation]]\nid = "a"\nrule = "{NEW} = 1"\n', 2, "已经有了"),
        ("[[length]]\nmost = 5\n", 1, "没有写 text"),
        ('[[length]]\ntext = "overview"\n', 1, "没有写字数"),
        ('[[length]]\ntext = "overview"\nmost = "5"\n', 3, "“most”的写法不对"),
        ('[[length]]\ntext = "overview"\nmost = true\n', 3, "“most”的写法不对"),
        ('[[length]]\ntext = "overview"\nmost = 5\nleast = 6\n', 3, "字数的范围不对"),
        ('[[named]]\ntext = "overview"\n', 1, "没有写要提到什么"),
        ('[[named]]\ntext = "overview"\nfigures = ["x"]\n', 3, "没有“x”这一格"),
        ('[[named]]\ntext = "overview"\nmentions = [3]\n', 3, "应是加引号的文字"),
        ('[levels]\nswing = "off"\nswong = "off"\n', 3, "没有代号为“swong”的规则"),
        ('[levels]\nswing = "mild"\n', 2, "没有“mild”这个级别"),
        ('[levels]\nflow = "off"\n', 2, "不能放宽"),
        ('[levels]\nkind = "warning"\n', 2, "不能放宽"),
        ('[levels]\nswing = ["off"]\n', 2, "没有“['off']”这个级别"),
        ('[levels]\nswing = "off"\n[levels]\nblank = "off"\n', 3, "已经写过"),
        ('levels = "off"\n', 1, "要写成 [levels]"),
        (f'[[relation]]\nrule = "{NEW} <= 1{15 * "0"}"\n', 2, "数太长"),
        (f'[[length]]\ntext = "overview"\nmost = 1{3500 * "0"}\n', 3, "字数的范围不对"),
        ('[[length]]\ntext = "overview"\nmost = 1' + 500 * "_000" + "\n", 3, "字数的范围不对"),
        ("\na = " + 5000 * "[" + "\n", 2, "太长"),
        ("a = [\n" + 3000 * "[\n" + 3000 * "]\n" + "]\n", 1, "太深"),
        (f'[[relation]]\nrule = "{NEW} = 1"\ntitle = "a\\u0000b"\n', 3, "看不见的字符"),
        (f'[[relation]]\nrule = "{NEW} = 1"\nwords = "{301 * "长"}"\n', 3, "太长"),
        ('[[named]]\ntext = "overview"\nmentions = ["解读|"]\n', 3, "没有词"),
        (
            f'[[length]]\ntext = "overview"\nmost = 9\n[[relation]]\nrule = "{NEW} = 1"\n[[length]]\ntext = "x"\n',
            7,
            "没有“x”",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, problem: str):
    with pytest.raises(OfficeError) as caught:
        office_rules(text, FORMS)
    assert caught.value.line == line
    assert problem in caught.value.problem
    assert caught.value.advice


@given(st.text(alphabet='[]="relationmostv.\n 3#levls<', max_size=60))
def test_whatever_is_written_is_understood_or_refused_with_a_line(text: str):
    try:
        office_rules(text, FORMS)
    except OfficeError as error:
        assert 0 <= error.line <= text.count("\n") + 1


def test_ten_thousand_rules_are_read_one_by_one():
    text = "".join(f'[[length]]\ntext="overview"\nmost={n}\n' for n in range(1, 5001))
    assert len(office_rules(text, FORMS).entries) == 5000


@pytest.mark.parametrize("typed", [f"２×{NEW} ＋ 1 ≤ 3", f"2*{NEW} + 1 ＜＝ ３"])
def test_signs_typed_with_chinese_letters_are_signs(typed: str):
    assert linear(typed) == linear(f"2*{NEW} + 1 <= 3")


def test_a_rule_over_two_forms_is_refused_since_it_would_never_be_judged():
    other = replace(FORMS[0], id="other", tables=FORMS[0].tables[:1], sections=())
    lost = FORMS[0].tables[-1].cells[0].key
    text = f'[[named]]\ntext = "overview"\nfigures = ["{lost}"]\n'
    bare = replace(FORMS[0], id="bare", tables=FORMS[0].tables[:1])
    with pytest.raises(OfficeError, match="不在同一种报表里"):
        office_rules(text, (bare, replace(FORMS[0], sections=())))
    assert office_rules(text, (bare, FORMS[0], other)).entries
