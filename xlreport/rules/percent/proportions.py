"""``percent``: percentages, rates of outcomes and of growth and “其中” partitions in the text recompute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlreport.rules.percent.clauses import clauses
from xlreport.rules.percent.growth import growth
from xlreport.rules.percent.partitions import partitions
from xlreport.rules.percent.rates import rates
from xlreport.rules.percent.shares import counts, shares, whole_lists
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.meanings import readings
from xlreport.rules.text.report_claims import claims_of, sentences_of
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token, scan

_SIGNS = ("占", "比例", "其中", "（", "%", "百分之", "包括")


#: What parts of a whole stand behind, or in.
_SET_APART = (Kind.PART, Kind.OPEN)


def proportions(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Recompute the percentages and the 其中 partitions of every sentence."""
    read = {(r.claim.sentence, r.claim.start): r for r in readings(claims_of(evidence.report), evidence)}
    claims = {place: reading.claim for place, reading in read.items()}
    words = lexicon(evidence.form)
    previous: Sentence | None = None
    for sentence in sentences_of(evidence.report):
        before, previous = previous, sentence
        if not any(sign in sentence.text for sign in _SIGNS):
            continue
        whole = scan(sentence.text, words)
        same = before is not None and (before.part, before.line) == (sentence.part, sentence.line)
        earlier = counts(scan(before.text, words)) if before and same else []
        for tokens in _pieces(whole):
            kinds = {token.kind for token in tokens}
            if Kind.PERCENT in kinds:
                yield from shares(rule, evidence, sentence, tokens, [*earlier, *counts(tokens)], claims)
                yield from whole_lists(rule, evidence, sentence, tokens)
                yield from rates(rule, evidence, sentence, tokens)
                yield from growth(rule, evidence, sentence, tokens, read)
            if not kinds.isdisjoint(_SET_APART):
                yield from partitions(rule, evidence, sentence, clauses(tokens))


#: A sentence without an end is looked at in pieces of so many words.
_LONGEST = 400


def _pieces(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    start = 0
    for place, token in enumerate(tokens):
        if place - start >= _LONGEST and (token.kind is Kind.STOP or place - start >= 2 * _LONGEST):
            yield tokens[start : place + 1]
            start = place + 1
    yield tokens[start:] if start else tokens
