"""Whole narratives, some with faults put in: every fault is found, and nothing is said of what is right."""

from __future__ import annotations

import json
from typing import Any

import pytest

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


@pytest.mark.parametrize("place", range(len(NARRATIVES)))
def test_every_fault_is_found(place: int):
    narrative = NARRATIVES[place]
    found = findings(narrative)
    missed = [fault for fault in narrative["expect"] if not any(is_about(f, fault) for f in found)]
    assert missed == []


@pytest.mark.parametrize("place", range(len(NARRATIVES)))
def test_nothing_else_is(place: int):
    narrative = NARRATIVES[place]
    found = findings(narrative)
    assert [f.message for f in found if not any(is_about(f, fault) for fault in narrative["expect"])] == []


def test_what_is_known_to_go_unseen_still_does():
    """A fault that is found at last belongs among those that are expected."""
    for narrative in NARRATIVES:
        found = findings(narrative)
        assert not any(is_about(f, fault) for f in found for fault in narrative.get("unseen", ()))


def test_there_are_right_ones_and_wrong_ones():
    faults = [bool(narrative["expect"]) for narrative in NARRATIVES]
    assert faults.count(True) >= 10 and faults.count(False) >= 10
