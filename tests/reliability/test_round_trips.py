"""A report goes into a workbook, out of it, into JSON, out of it and into a workbook, and is the same report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import xlreport
from tests.examples import examples
from tests.samples import report_of
from xlreport.form.catalogue import CURRENT, MODULES, form_of
from xlreport.report import LEVELS, Explanation, Report

LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"
)
#: A line as somebody types it: not blank, without blanks around it.
LINES = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
FIGURES = st.one_of(
    st.none(),
    st.integers(0, 10**14),
    st.decimals(0, 10**6, places=4),
    st.sampled_from(
        ["/", "—", "无", "167 件", "１６７", "=1+1", "+19", "-3", "@x", "22（其中修订16件）", "1.5"]
    ),
    LINES.filter(lambda text: not text.lstrip("+-").replace(".", "").isdigit()),
)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, tuple[int, ...]]:
    """Draw a text of some paragraphs, and which of them are headings."""
    lines = draw(st.lists(LINES, min_size=1, max_size=6))
    headings = draw(st.sets(st.integers(0, len(lines) - 1)))
    return "\n".join(lines), tuple(sorted(headings))


@st.composite
def reports(draw: st.DrawFn, form_id: str) -> Report:
    """Draw a report of a form with anything in any of its cells, both years."""
    form = form_of(form_id)
    fields: dict[str, Any] = {"form": form_id, "headings": {}}
    for name in ("preamble", *(section.content for section in form.text_sections)):
        fields[name], headings = draw(texts())
        if headings:
            fields["headings"][name] = headings
    answers = st.builds(
        Explanation,
        rule=st.sampled_from([rule.id for rule in form_of(CURRENT).rules]),
        cells=st.lists(st.sampled_from(list(form.cells)), min_size=1, max_size=3).map(tuple),
        figures=st.lists(LINES, max_size=3).map(tuple),
        text=LINES,
    )
    return report_of(
        draw(st.fixed_dictionaries(dict.fromkeys(form.cells, FIGURES))),
        organisation=draw(LINES),
        year=draw(st.integers(2008, 2100)),
        title=draw(st.just("") | LINES),
        level=draw(st.sampled_from(["", *LEVELS])),
        explanations=draw(
            st.lists(answers, max_size=3, unique_by=lambda each: (each.rule, each.cells)).map(tuple)
        ),
        previous=report_of(
            draw(st.fixed_dictionaries(dict.fromkeys(form.cells, FIGURES))),
            form=form_id,
            organisation=draw(LINES),
            year=draw(st.integers(2008, 2100)),
        ),
        **fields,
    )


@settings(max_examples=examples(5))
@given(st.sampled_from(list(MODULES)).flatmap(reports))
def test_nothing_is_lost_through_workbook_and_json_and_workbook(
    tmp_path_factory: pytest.TempPathFactory, report: Report
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    for name in ("1.xlsx", "2.json", "3.xlsx", "4.json"):
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("SOURCE_DATE_EPOCH", "1767225600")
            xlreport.write(report, folder / name)
        again = xlreport.read(folder / name)
        for field in set(type(report).model_fields) - {"title"}:
            assert getattr(again, field) == getattr(report, field), (name, field)
        # A title that is not given is the one made of name and year, and a workbook has it.
        assert again.full_title == report.full_title
        assert again.figures() == report.figures()
        assert again.previous is not None and report.previous is not None
        assert again.previous.figures() == report.previous.figures()
        report = again
    assert (folder / "1.xlsx").read_bytes() == (folder / "3.xlsx").read_bytes()
    assert (folder / "2.json").read_bytes() == (folder / "4.json").read_bytes()


@settings(max_examples=examples(3))
@given(st.sampled_from(list(MODULES)).flatmap(reports))
def test_nothing_is_lost_in_a_marked_copy(tmp_path_factory: pytest.TempPathFactory, report: Report) -> None:
    from xlreport.workbook.marking import mark

    folder = tmp_path_factory.mktemp("marked")
    xlreport.write(report, folder / "a.xlsx")
    read = xlreport.read(folder / "a.xlsx")
    assert mark(folder / "a.xlsx", xlreport.check(read), folder / "b.xlsx") == []
    marked = xlreport.read(folder / "b.xlsx")
    for field in type(report).model_fields:
        if field != "explanations":
            assert getattr(marked, field) == getattr(read, field), field
    assert {each.text for each in marked.explanations} == {each.text for each in read.explanations}


def test_the_path_of_a_round_trip_may_hold_blanks_and_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "二〇二五 年报" / "某 局"
    folder.mkdir(parents=True)
    report = report_of({"cases.review.total": 3}, organisation="某局", year=2025)
    xlreport.write(report, folder / "年 报.xlsx")
    assert xlreport.read(folder / "年 报.xlsx").figures() == report.figures()
