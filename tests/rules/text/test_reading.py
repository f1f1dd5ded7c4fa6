"""The annotated sentences are read as the documentation says."""

from __future__ import annotations

import re

import pytest

from benchmarks import narrative


@pytest.mark.parametrize("name", narrative.SETS)
def test_the_targets_are_met(name: str):
    outcomes = [narrative.judge(sentence) for sentence in narrative.load(name)]
    for score in (narrative.total(narrative.by_kind(outcomes)), narrative.findings(outcomes)):
        assert score.precision >= 0.98
        assert score.recall >= 0.95
    assert narrative.error_alarms(outcomes) == []


def test_there_are_enough_sentences():
    assert sum(1 for name in narrative.SETS for _ in narrative.load(name)) >= 250


def test_the_documentation_has_the_table_that_the_program_computes():
    text = (narrative.ROOT / "docs" / "narrative.md").read_text("utf-8")
    table = re.search(r"<!-- scores -->\n(.*?)\n<!-- end -->", text, re.DOTALL)
    assert table is not None
    assert table[1] == narrative.table(), "run: python -m benchmarks.narrative"
