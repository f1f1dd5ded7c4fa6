"""The text helps to name the cell that was mistyped, and a sentence that is wrong itself does no harm."""

from __future__ import annotations

import random
from itertools import islice

from training.witnesses import misled, mistaken, own_sentences, paraphrases

FEW = 40


def test_with_a_text_that_gives_the_figure_the_cell_is_named_first():
    trials = list(islice(mistaken(own_sentences(), 1, random.Random(5)), FEW))
    assert sum(trial.with_text for trial in trials) >= 0.98 * FEW
    assert any(trial.with_text and not trial.alone for trial in trials), "the equations knew it all"


def test_of_two_cells_that_the_text_gives_both_are_named():
    trials = list(islice(mistaken(paraphrases(), 2, random.Random(2)), FEW))
    assert sum(trial.with_text for trial in trials) >= 0.95 * FEW
    assert sum(trial.alone for trial in trials) < sum(trial.with_text for trial in trials)


def test_a_wrong_sentence_does_not_overrule_two_equations():
    trials = [trial for trial in islice(misled(paraphrases(), random.Random(3)), FEW) if trial.equations > 1]
    assert len(trials) > FEW / 2
    assert [trial for trial in trials if trial.alone and not trial.with_text] == []
