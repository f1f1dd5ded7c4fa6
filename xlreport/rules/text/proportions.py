"""``percent``: percentages, rates of outcomes and of growth and “其中” partitions in the text recompute."""

from __future__ import annotations

from collections.abc import Iterator

from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.growth import growth
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.meanings import readings
from xlreport.rules.text.partitions import partitions
from xlreport.rules.text.rates import rates
from xlreport.rules.text.reading import claims_of, sentences_of
from xlreport.rules.text.sentences import Sentence, clauses
from xlreport.rules.text.shares import counts, shares
from xlreport.rules.text.tokens import scan

_SIGNS = ("占", "比例", "其中", "（", "%", "百分之", "包括")


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
        tokens = scan(sentence.text, words)
        if any(token.kind is Kind.PERCENT for token in tokens):
            same = before is not None and (before.part, before.line) == (sentence.part, sentence.line)
            said = [*counts(scan(before.text, words)), *counts(tokens)] if before and same else counts(tokens)
            yield from shares(rule, evidence, sentence, tokens, said, claims)
            yield from rates(rule, evidence, sentence, tokens)
            yield from growth(rule, evidence, sentence, tokens, read)
        yield from partitions(rule, evidence, sentence, clauses(tokens))
