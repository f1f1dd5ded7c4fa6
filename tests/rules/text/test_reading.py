"""The annotated sentences are read as the documentation says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import narrative


@pytest.mark.parametrize("name", narrative.SETS)
def test_the_targets_are_met(name: str):
    outcomes = [narrative.judge(sentence) for sentence in narrative.load(name)]
    for score in (narrative.total(narrative.by_kind(outcomes)), narrative.findings(outcomes)):
        assert score.precision >= 0.98
        assert score.recall >= 0.95
    assert narrative.error_alarms(outcomes) == []


@pytest.mark.parametrize("name", narrative.STRANGERS)
def test_what_strangers_wrote_gives_no_false_alarm(name: str):
    outcomes = [narrative.judge(sentence) for sentence in narrative.load(name)]
    assert narrative.findings(outcomes).precision == 1
    assert narrative.findings(outcomes).recall >= 0.85
    assert narrative.error_alarms(outcomes) == []


def silent() -> Iterator[narrative.Annotated]:
    report = ""
    for line in (narrative.DATA / "claims" / "silent.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            report = line.strip("[]")
        elif line and not line.startswith("#"):
            yield narrative.Annotated(report, "silent", (), line)


def test_what_only_looks_like_a_figure_of_the_tables_is_left_alone():
    spoken_of = [sentence.text for sentence in silent() if narrative.judge(sentence).verdict != "silent"]
    assert spoken_of == []


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_sentences_that_are_right_make_a_paragraph_that_is_no_error(data: st.DataObject):
    report = data.draw(st.sampled_from(sorted(right())))
    texts = data.draw(st.lists(st.sampled_from(right()[report]), min_size=2, max_size=4))
    paragraph = "".join(text.removesuffix("。") + "。" for text in texts)
    assert narrative.judge(narrative.Annotated(report, "silent", (), paragraph)).verdict != "error"


@cache
def right() -> dict[str, list[str]]:
    """The sentences, by report, of which nothing is to be said."""
    found: dict[str, list[str]] = {}
    for sentence in (
        *silent(),
        *(s for name in (*narrative.SETS, *narrative.STRANGERS) for s in narrative.load(name)),
    ):
        if sentence.verdict == "silent":
            found.setdefault(sentence.report, []).append(sentence.text)
    return found


def test_there_are_enough_sentences():
    assert sum(1 for name in narrative.SETS for _ in narrative.load(name)) >= 250


def test_the_documentation_has_the_table_that_the_program_computes():
    text = (narrative.ROOT / "docs" / "narrative.md").read_text("utf-8")
    table = re.search(r"<!-- scores -->\n(.*?)\n<!-- end -->", text, re.DOTALL)
    assert table is not None
    assert table[1] == narrative.table(), "run: python -m benchmarks.narrative"
