"""The weights that come with the program are what the annotated sets teach, and a wording is taught by lines alone."""

from __future__ import annotations

import pytest

from training.annotated import FORM, load, names
from training.sentences import TARGET, learn
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.reader import Reader, Scorers
from xlreport.rules.text.sentences import sentences
from xlreport.rules.text.weights import learnt, parsed, written


def test_the_committed_weights_are_what_the_command_makes():
    assert written(*learn(names())) == TARGET.read_text("utf-8"), "run: python -m training.sentences"


def test_they_are_small_and_say_where_they_come_from():
    assert TARGET.stat().st_size <= 300 * 1024
    assert set(names()) <= set(learnt().origin.split())


def test_a_file_is_read_as_it_was_written():
    assert written(*parsed(TARGET.read_text("utf-8"))) == TARGET.read_text("utf-8")


def test_there_are_enough_sentences_and_enough_that_must_be_silent():
    everything = [sentence for name in names() for sentence in load(name)]
    assert len(everything) >= 4000
    looking_alike = [s for s in everything if not any(f.own and f.year == s.year for f in s.figures)]
    assert len(looking_alike) >= len(everything) / 10


NEW_WORDING = "2025年，全镇收办政府信息公开申请类案件共3607件。"


@pytest.mark.parametrize("word", ["收办"])
def test_a_new_wording_needs_lines_and_nothing_else(word: str):
    assert word not in lexicon(FORM).words
    (said,) = sentences("overview", NEW_WORDING)
    claims = list(Reader(Scorers(FORM, learnt()), "云岭县石桥镇人民政府", 2025).read([said]))
    assert [(claim.kind, claim.value) for claim in claims] == [("received", 3607)]
