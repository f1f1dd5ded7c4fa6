"""Whole narratives, some with faults put in: every fault is found, and nothing is said of what is right."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tests.samples import DATA, published
from xlreport.checking import check
from xlreport.findings import Finding

NARRATIVES = [json.loads(line) for line in (DATA / "narratives.jsonl").read_text("utf-8").splitlines()]
RULES = ("contradiction", "percent", "leftover", "year", "fee-note", "five-aspects")
PARTS = ("overview", "problems", "other_matters")


def findings(narrative: dict[str, Any]) -> list[Finding]:
    report = published(narrative["base"])
    for part in PARTS:
        setattr(report, part, narrative[part])
    return [finding for finding in check(report) if finding.rule in RULES]


def is_about(finding: Finding, fault: dict[str, Any]) -> bool:
    """True if a finding is of one of the rules that may find a fault, and quotes the words that have it."""
    quote = finding.quote or ""
    same = fault["text"] in quote or (bool(quote) and quote in fault["text"])
    return finding.rule in fault["rules"] and (same or not fault["text"])


@cache
def found_in_all() -> list[list[Finding]]:
    return [findings(narrative) for narrative in NARRATIVES]


def test_of_twelve_faults_eleven_are_found():
    faults = [
        (fault, found)
        for narrative, found in zip(NARRATIVES, found_in_all(), strict=True)
        for fault in (*narrative["expect"], *narrative.get("unseen", ()))
    ]
    missed = [fault for fault, found in faults if not any(is_about(f, fault) for f in found)]
    assert len(missed) <= len(faults) / 12, missed


def false_ones() -> list[Finding]:
    return [
        finding
        for narrative, found in zip(NARRATIVES, found_in_all(), strict=True)
        for finding in found
        if not any(is_about(finding, fault) for fault in (*narrative["expect"], *narrative.get("unseen", ())))
    ]


def test_no_error_is_false():
    assert [finding.message for finding in false_ones() if finding.level == "error"] == []


def test_false_hints_are_rare():
    assert len(false_ones()) <= len(NARRATIVES) / 10, [finding.message for finding in false_ones()]


def test_there_are_right_ones_and_wrong_ones():
    faults = [bool(narrative["expect"]) for narrative in NARRATIVES]
    assert faults.count(True) >= 10 and faults.count(False) >= 10
