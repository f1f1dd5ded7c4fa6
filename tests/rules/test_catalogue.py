"""The catalogue is complete and says of each rule what a person needs."""

from __future__ import annotations

import inspect
import json
import re

import xlreport.rules.balance
import xlreport.rules.completeness
import xlreport.rules.plausibility
import xlreport.rules.prose.rules
from xlreport.form.catalogue import CURRENT, built_in, form_of
from xlreport.rules import printing

CATALOGUE = form_of(CURRENT).rules
RULES = form_of(CURRENT).rules_by_id


def test_every_rule_that_is_written_is_in_the_catalogue():
    modules = (
        xlreport.rules.balance,
        xlreport.rules.completeness,
        xlreport.rules.plausibility,
        xlreport.rules.prose.rules,
    )
    written = {
        found for module in modules for found in re.findall(r'\bid="([\w-]+)"', inspect.getsource(module))
    }
    assert written == set(RULES)
    assert len(CATALOGUE) == len(RULES)


def test_only_what_is_printed_or_law_is_shown_as_official():
    for rule in CATALOGUE:
        official = any(word in rule.basis for word in ("印载", "条例", "国办公开办函"))
        assert official == (rule.tag in "PL"), rule.id
        assert rule.basis.startswith("核实项") or rule.tag != "C", rule.id


def test_levels_and_tags_are_those_agreed_on():
    agreed = {
        "flow": "error P",
        "results": "error S",
        "applicants": "error S",
        "cases": "error S",
        "kind": "error S",
        "carried": "error S",
        "sections": "error L",
        "year": "error C",
        "contradiction": "error C",
        "in-force": "warning S",
        "in-force-bound": "warning S",
        "blank": "warning C",
        "unit": "warning C",
        "swing": "warning C",
        "other-share": "warning C",
        "pending-cases": "warning C",
        "rule-making": "warning C",
        "fee-note": "warning C",
        "percent": "warning C",
        "copy": "warning C",
        "five-aspects": "warning L",
        **dict.fromkeys(("same-figures", "fee-step", "fee-listed", "no-figures", "dated-early"), "warning C"),
        "leftover": "warning C",
    }
    assert {rule.id: f"{rule.level} {rule.tag}" for rule in CATALOGUE} == agreed


def test_only_warnings_and_carried_can_be_answered():
    assert {r.id for r in CATALOGUE if r.answerable and r.level == "error"} == {"carried"}
    assert all(r.answerable for r in CATALOGUE if r.level == "warning")


def test_every_format_tells_every_rule():
    rules = printing.listed(built_in())
    listed = json.loads(printing.as_json(rules))
    assert [entry["id"] for entry in listed] == list(RULES)
    for rule in CATALOGUE:
        assert rule.statement in printing.as_text(rules)
        assert f"`{rule.id}`" in printing.as_markdown(rules)
