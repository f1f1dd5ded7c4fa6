"""A finding is worded once: the list, the notes, the terminal and the audit all say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport import read, terminal, wording, write
from xlreport.checking import check
from xlreport.collection.auditing import audit_file
from xlreport.example import faulty
from xlreport.findings import Findings
from xlreport.workbook.marks import marks_of


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    path = tmp_path_factory.mktemp("wording") / "r.xlsx"
    write(faulty(), path)
    return check(read(path))


def test_the_list_the_terminal_and_the_audit_say_the_same(findings: Findings, tmp_path: Path):
    rows = wording.rows(findings)
    assert marks_of(findings).results.rows == rows
    assert [row[2:] for row in terminal.rows(findings)] == [(row.rule, row.place, row.advice) for row in rows]
    write(faulty(), tmp_path / "r.xlsx")
    found = audit_file(str(tmp_path), "r.xlsx").findings
    assert [(f.rule, f.title, f.place, f.told.text) for f in found] == [
        (row.rule_id, row.rule, row.place, row.advice) for row in rows
    ]


def test_every_line_has_the_words_of_its_rule(findings: Findings):
    for finding, row in zip(findings, wording.rows(findings), strict=True):
        rule = findings.rule(finding.rule)
        assert rule is not None and row.rule == rule.title
        assert row.open is rule.explainable(finding)


def test_findings_that_came_as_json_are_worded_by_the_rules_of_their_form(findings: Findings):
    again = Findings.model_validate_json(findings.model_dump_json())
    assert [row.rule for row in wording.rows(again)] == [row.rule for row in wording.rows(findings)]


def test_a_rule_that_is_not_known_any_more_is_called_by_its_id(findings: Findings):
    gone = findings.findings[0].model_copy(update={"rule": "gone", "level": "warning"})
    (row,) = wording.rows(findings.model_copy(update={"findings": (gone,)}))
    assert row.rule == "gone" and row.open and row.advice
