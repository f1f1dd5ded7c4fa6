"""Texts fall into sentences, and words are those of the form."""

from __future__ import annotations

from tests.plugins.small_form import FORM as SMALL
from xlreport.form.catalogue import form_of
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.meanings import meanings
from xlreport.rules.text.sentences import sentences


def test_sentences_know_their_text_line_and_place():
    found = list(sentences("overview", "第一段。又一句！\n　第 二 段。"))
    assert [(s.line, s.start, s.text) for s in found] == [
        (0, 0, "第一段。"),
        (0, 4, "又一句。"),
        (1, 0, "第二段。"),
    ]


def test_a_long_sentence_is_quoted_around_the_figure():
    (sentence,) = sentences("overview", "前" * 200 + "收到申请167件" + "后" * 200)
    quote = sentence.quote(204, 208)
    assert "收到申请167件" in quote
    assert quote.startswith("…") and quote.endswith("…")
    assert len(quote) < 110


def test_the_words_are_those_of_the_form_that_is_handed_in():
    """A form without such tables has none of their words, and no claim has a meaning there."""
    printed = "本机关不掌握相关政府信息"
    assert printed in lexicon(form_of("disclosure-2021")).words and printed not in lexicon(SMALL).words
    kinds = (
        "received",
        "answered",
        "results.granted",
        "review.upheld",
        "penalties.decisions",
    )
    assert all(meanings(SMALL, kind, "") == () for kind in kinds)
