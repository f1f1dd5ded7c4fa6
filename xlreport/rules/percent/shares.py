"""Shares: “79件，占42.7%” is recomputed from the figures in sight and from those of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from xlreport.form.balance import Number
from xlreport.rules.percent.percentages import not_computed, quotient, recomputes
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.meanings import readings
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import COUNT_UNITS, Token

#: What may stand between 占 and its percentage without naming a whole that is not in sight.
_PLAIN = {
    *(
        Kind.FILLER,
        Kind.SHARE,
        Kind.TOTAL,
        Kind.OBJECT,
        Kind.ACT,
        Kind.ALL,
        Kind.REACH,
        Kind.ROW,
        Kind.CASE,
        Kind.ABOUT,
        Kind.STOP,
    ),
    *(Kind.THIS_YEAR, Kind.EACH, Kind.CLOSE, Kind.OPEN),
}
#: So many figures, within so many characters, are in sight of a share.
_MOST, _SIGHT = 24, 600
#: Kinds of claims whose wholes a share may be of.
_WHOLES = ("received", "answered", "to_handle", "new", "review", "litigation", "cases")


def shares(
    rule: Rule,
    evidence: Evidence,
    sentence: Sentence,
    tokens: Sequence[Token],
    said: Sequence[Token],
    claims: dict[tuple[Sentence, int], Claim],
) -> Iterator[Result]:
    """Yield a finding for every share that no whole in sight makes, ``None`` for every one that recomputes."""
    known: list[Number] = []
    for place, token in enumerate(tokens):
        if token.kind is not Kind.PERCENT or token.numeral is None or token.numeral.approximate:
            continue
        part = _part_of(tokens, place)
        if part is None or part.numeral is None or part.numeral.approximate or part.unit not in COUNT_UNITS:
            continue
        near = [token for token in said if abs(token.start - part.start) < _SIGHT]
        larger = [token.number for token in near if token is not part and token.number >= part.number][
            -_MOST:
        ]
        wholes = [*larger, *known]
        claim = claims.get((sentence, part.start))
        printed = _wholes(evidence, claim or _any_claim(evidence, sentence, part))
        wholes = [whole for whole in (*wholes, *printed) if whole]
        if not wholes:
            continue
        # 新收167件、上年结转37件…剩余19件占9.3%: of the two together.
        together = (one + other for one, other in combinations(larger, 2))
        if any(recomputes(part.number, whole, token) for whole in together if whole):
            yield None
            continue
        # What one share is of, the others in the sentence may be of.
        fitting = [whole for whole in (*wholes, *printed) if whole and recomputes(part.number, whole, token)]
        known = [*known, *fitting][-_MOST:]
        if fitting or _sums(tokens, place, token, wholes):
            yield None
        else:
            sums = [quotient(part.number, whole) for whole in wholes[:3]]
            yield not_computed(rule, evidence, sentence, part.start, token, called="百分比", sums=sums)


def whole_lists(
    rule: Rule, evidence: Evidence, sentence: Sentence, tokens: Sequence[Token]
) -> Iterator[Result]:
    """Yield a finding for shares of all there is that do not make 100: 自然人占97.6%，法人或其他组织占3.4%; ``None`` for those that do."""
    named: set[str] = set()
    listed: list[Token] = []
    for token in tokens:
        if token.kind is Kind.APPLICANT and token.value:
            named.add(token.value)
        elif token.kind in (Kind.QUANTITY, Kind.COMPARED, Kind.CHANGE):
            return
        elif token.kind is Kind.PERCENT and token.numeral is not None and not token.numeral.approximate:
            listed.append(token)
    if not named >= {"natural_person", "organisations"} or len(named) != 2 or len(listed) != 2:
        return
    total = sum((Decimal(token.number) for token in listed), Decimal(0))
    steps = sum((Decimal(token.numeral.step) for token in listed if token.numeral), Decimal(0))
    if abs(total - 100) <= steps / 2:
        yield None
        return
    quote = sentence.quote(listed[0].start, listed[-1].end)
    terms = "＋".join(token.text for token in listed)
    yield rule.finding(
        evidence, f"“{quote}”的占比合计不是 100%：{terms}＝{total}%；请核对", quote=quote, text=sentence.place
    )


def counts(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind is Kind.QUANTITY and token.unit in COUNT_UNITS]


def _part_of(tokens: Sequence[Token], place: int) -> Token | None:
    """The quantity that a percentage is the share of: “79件，占42.7%”, “79件（42.7%）”; ``None`` for other percentages."""
    shared = (
        tokens[place - 1].kind is Kind.OPEN
        and place + 1 < len(tokens)
        and tokens[place + 1].kind is Kind.CLOSE
    )
    for token in reversed(tokens[max(0, place - _SIGHT) : place]):
        if token.kind is Kind.QUANTITY:
            return token if shared else None
        if token.kind is Kind.SHARE and token.text != "率":
            shared = True
        elif token.kind not in _PLAIN or token.text in ("上年", "率"):
            return None
    return None


def _any_claim(evidence: Evidence, sentence: Sentence, part: Token) -> Claim:
    """What a figure that was not understood may still be a part of: 以互联网方式提出537件，占62.5%, the whole in another sentence."""
    return Claim("received", part.number, sentence, part.start, part.end, evidence.report.year or 0)


def _wholes(evidence: Evidence, claim: Claim) -> list[Number]:
    kinds = list(_WHOLES)
    if claim.kind.count(".") >= 1:
        kinds.append(claim.kind.rpartition(".")[0])
    found: list[Number] = []
    for kind in kinds:
        fellow = claim._replace(kind=kind, column="")
        found += [value for reading in readings([fellow], evidence) for _, value in reading.values]
    return found


def _sums(tokens: Sequence[Token], place: int, percent: Token, wholes: list[Number]) -> bool:
    """True if the percentage is that of the last figures together: “予以公开79件、部分公开49件，占69.2%”."""
    total: Number = 0
    for token in reversed(tokens[max(0, place - _SIGHT) : place]):
        if token.kind is Kind.QUANTITY:
            total += token.number
            if any(recomputes(total, whole, percent) for whole in wholes):
                return True
        elif token.kind is Kind.PERCENT:
            return False
    return False
