"""Sentences fall into clauses and brackets."""

from __future__ import annotations

from xlreport.form.catalogue import form_of
from xlreport.rules.percent.clauses import Bracket, clauses
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.numerals import normalised
from xlreport.rules.text.tokens import scan


def cut(text: str):
    return clauses(scan(normalised(text), lexicon(form_of("disclosure-2021"))))


def test_brackets_are_kept_apart():
    first, second = cut("收到申请167件（其中甲镇12件，乙镇8件），办结148件")
    (bracket,) = [part for part in first.parts if isinstance(part, Bracket)]
    assert len(bracket.clauses) == 2
    assert [word.text for word in second.words] == ["办结", "148件"]


def test_an_open_bracket_ends_with_the_sentence():
    assert len(cut("收到申请167件（其中自然人160件")) == 1


def test_brackets_in_brackets_are_read_no_deeper_than_three():
    assert cut("（其中12件" * 3000)
