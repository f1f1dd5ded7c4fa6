"""The report model: names as agreed, nothing lost on the way through JSON."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.samples import DATA, published
from xlreport.form.catalogue import form_of
from xlreport.form.figures import Typed
from xlreport.report import Report, filled_in, nested

FORM = form_of("disclosure-2021")
figures = st.one_of(st.none(), st.integers(0, 10**12), st.decimals(0, 10**9, places=4), st.text(max_size=8))


@pytest.mark.parametrize("name", ["suqian-2023", "suqian-2024", "xiji-2025"])
def test_the_json_of_a_published_report_is_kept(name: str):
    given_data = json.loads((DATA / "reports" / f"{name}.json").read_text("utf-8"))
    written = Report.model_validate(given_data).model_dump(mode="json")
    for key, value in given_data.items():
        assert written[key] == value


def test_figures_are_attributes_by_their_agreed_names():
    report = published("xiji-2025")
    assert report.applications.results.refused.internal_affairs.natural_person == 1
    assert report.cases.litigation_after_review.pending == 1
    assert report.figures()["disclosure.penalties.decisions"] == 437


@settings(max_examples=50)
@given(
    st.dictionaries(st.sampled_from(list(FORM.cells)), figures, max_size=40),
    st.text(max_size=40),
    st.one_of(st.none(), st.text(max_size=80)),
)
def test_nothing_is_lost_through_json(entered, organisation, problems):
    report = Report.model_validate({**nested(entered), "organisation": organisation, "problems": problems})
    again = Report.model_validate_json(report.model_dump_json())
    assert again == report
    assert again.figures() == report.figures()


raw = st.one_of(figures, st.floats(), st.booleans(), st.builds(Typed, st.text(max_size=4)))


@settings(max_examples=50)
@given(
    st.dictionaries(st.sampled_from(list(FORM.cells)), raw, max_size=40),
    st.text(max_size=40),
    st.one_of(st.none(), st.integers(1000, 9999)),
)
def test_what_a_reader_fills_in_is_what_validation_makes(entered, organisation, year):
    fields = {"organisation": organisation, "year": year, "previous": None, "headings": {"overview": (1, 2)}}
    made = filled_in(FORM.id, entered, **fields)
    report = Report.model_validate({**nested(entered), **fields})
    assert made == report
    assert repr(made) == repr(report)
    assert made.model_dump_json() == report.model_dump_json()
    assert pickle.loads(pickle.dumps(made)) == report
    made.applications.new.total = "7.5"
    assert made.figures()["applications.new.total"] == Decimal("7.5")


def test_last_year_travels_with_the_report():
    report = published("suqian-2024")
    report.previous = published("suqian-2023")
    again = Report.model_validate_json(report.model_dump_json())
    assert again.previous.cases.review.total == 440


def test_a_report_can_be_sent_to_another_process():
    report = published("suqian-2024")
    report.places["organisation"] = "基本信息!B4"
    again = pickle.loads(pickle.dumps(report))
    assert again == report
    assert again.places == report.places


def test_an_empty_report_has_every_cell_blank():
    assert set(Report().figures()) == set(FORM.cells)
    assert set(Report().figures().values()) == {None}


@pytest.mark.parametrize(
    "data",
    [{"applications": {"neww": {}}}, {"form": "disclosure-1999"}, {"tables": {}}, {"year": "二〇二五"}, []],
)
def test_what_is_no_report_is_refused(data):
    with pytest.raises(ValidationError):
        Report.model_validate(data)
