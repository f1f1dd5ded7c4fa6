"""What docs/plugins.md shows is what works."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.small_form import FORM, shown
from xlreport.checking import check
from xlreport.document import submission
from xlreport.example import good
from xlreport.form import catalogue
from xlreport.form.soundness import faults
from xlreport.report import Report
from xlreport.sources.reading import read
from xlreport.workbook.writer import write


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch):
    """The small form is that of a plug-in."""
    monkeypatch.setattr(catalogue, "_by_plug_ins", lambda: {FORM.id: (FORM, "某包 1.0")})
    yield
    catalogue.form_of.cache_clear()


def calls(total: int = 12) -> Report:
    return Report.model_validate(
        {
            "form": "small",
            "organisation": "某局",
            "year": 2024,
            "calls": {
                "received": {"hotline": 9, "letters": 3, "total": total},
                "answered": {"hotline": 9, "letters": 2, "total": 11},
            },
            "handling": "来电都已办理。",
        }
    )


def test_the_small_form_is_sound_and_its_report_has_its_tables_and_texts_and_no_others():
    assert faults(FORM) == []
    report = calls()
    assert report.handling and not hasattr(report, "overview") and not hasattr(report, "applications")
    with pytest.raises(ValueError, match="applications"):
        Report.model_validate({"form": "small", "applications": {}})


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html"])
def test_it_is_written_and_read_in_every_shape(ending: str, tmp_path: Path):
    path = tmp_path / f"r.{ending}"
    findings = check(calls())
    assert findings.passed and not findings.findings
    if ending == "xlsx":
        write(calls(), path)
    elif ending == "docx":
        submission.write(calls(), findings, path)
    else:
        submission.write_as_page(calls(), findings, path)
    again = read(path)
    assert (again.form, again.figures(), again.handling) == ("small", calls().figures(), calls().handling)


def test_a_wrong_sum_is_found_with_its_likely_value():
    (finding,) = check(calls(total=21)).findings
    assert (finding.rule, finding.difference) == ("calls-sum", 9)
    assert next((s.cell, s.to) for s in finding.suggestions) == ("calls.received.total", 12)


def test_the_rule_shown_is_judged_where_it_is_given():
    rule = shown("rules")["LONG"]
    long = good()
    long.overview = "好" * 1001
    assert rule.id in [f.rule for f in check(long, rules=[rule])]
    assert rule.id not in [f.rule for f in check(good(), rules=[rule])] + [f.rule for f in check(long)]
