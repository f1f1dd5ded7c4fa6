"""``percent``: percentages and “其中” partitions in the text recompute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlreport.form.balance import Number, plain
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import lexicon
from xlreport.rules.text.meanings import meanings, readings
from xlreport.rules.text.reading import claims_of, sentences_of
from xlreport.rules.text.sentences import Clause, Sentence, clauses
from xlreport.rules.text.tokens import COUNT_UNITS, Token, scan

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
#: Kinds of claims whose wholes a share may be of.
_WHOLES = ("received", "answered", "to_handle", "new", "review", "litigation", "cases")


class Part(NamedTuple):
    """One figure behind 其中, and by what it is set apart: applicants, results, ways, outcomes."""

    number: Token
    by: str
    value: str


def proportions(rule: Rule, evidence: Evidence) -> Iterator[Result]:
    """Recompute the percentages and the 其中 partitions of every sentence."""
    claims = claims_of(evidence.report)
    matched = {(r.claim.sentence, r.claim.start): r.claim for r in readings(claims, evidence)}
    words = lexicon(evidence.form.id)
    previous: Sentence | None = None
    for sentence in sentences_of(evidence.report):
        before, previous = previous, sentence
        if not any(sign in sentence.text for sign in ("占", "比例", "其中", "（")):
            continue
        tokens = scan(sentence.text, words)
        if any(token.kind is Kind.PERCENT for token in tokens):
            same = before is not None and (before.part, before.line) == (sentence.part, sentence.line)
            said = (
                [*_counts(scan(before.text, words)), *_counts(tokens)] if before and same else _counts(tokens)
            )
            yield from _shares(rule, evidence, sentence, tokens, said, matched)
        yield from _partitions(rule, evidence, sentence, clauses(tokens))


# --- percentages


def _shares(
    rule: Rule,
    evidence: Evidence,
    sentence: Sentence,
    tokens: Sequence[Token],
    said: Sequence[Token],
    claims: dict[tuple[Sentence, int], Claim],
) -> Iterator[Result]:
    for place, token in enumerate(tokens):
        if token.kind is not Kind.PERCENT or token.numeral is None or token.numeral.approximate:
            continue
        part = _part_of(tokens, place)
        if part is None or part.numeral is None or part.numeral.approximate or part.unit not in COUNT_UNITS:
            continue
        wholes = [token.number for token in said if token is not part and token.number >= part.number]
        claim = claims.get((sentence, part.start))
        if claim is not None and claim.own:
            wholes += _wholes(evidence, claim)
        wholes = [whole for whole in wholes if whole]
        if not wholes:
            continue
        if any(_recomputes(part.number, whole, token) for whole in wholes) or _sums(
            tokens, place, token, wholes
        ):
            yield None
        else:
            quote = sentence.quote(part.start, token.end)
            shares = "、".join(
                dict.fromkeys(
                    f"{plain(part.number)}÷{plain(w)}={float(part.number / w):.1%}" for w in wholes[:3]
                )
            )
            yield rule.finding(
                evidence, f"“{quote}”的百分比 {token.text} 算不出来：{shares}；请核对", quote=quote
            )


def _counts(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.kind is Kind.QUANTITY and token.unit in COUNT_UNITS]


def _part_of(tokens: Sequence[Token], place: int) -> Token | None:
    """The quantity that a percentage is the share of: “79件，占42.7%”, “79件（42.7%）”; ``None`` for other percentages."""
    shared = (
        tokens[place - 1].kind is Kind.OPEN
        and place + 1 < len(tokens)
        and tokens[place + 1].kind is Kind.CLOSE
    )
    for token in reversed(tokens[:place]):
        if token.kind is Kind.QUANTITY:
            return token if shared else None
        if token.kind is Kind.SHARE and token.text != "率":
            shared = True
        elif token.kind not in _PLAIN or token.text in ("上年", "率"):
            return None
    return None


def _wholes(evidence: Evidence, claim: Claim) -> list[Number]:
    kinds = list(_WHOLES)
    if claim.kind.count(".") >= 1:
        kinds.append(claim.kind.rpartition(".")[0])
    found: list[Number] = []
    for kind in kinds:
        fellow = claim._replace(kind=kind, column="")
        found += [value for reading in readings([fellow], evidence) for _, value in reading.values]
    return found


def _recomputes(part: Number, whole: Number, percent: Token) -> bool:
    """True if part/whole is the percentage, rounded or cut off at its last digit."""
    assert percent.numeral is not None
    return abs(100 * float(part) / float(whole) - float(percent.number)) < float(percent.numeral.step) * 1.001


def _sums(tokens: Sequence[Token], place: int, percent: Token, wholes: list[Number]) -> bool:
    """True if the percentage is that of the last figures together: “予以公开79件、部分公开49件，占69.2%”."""
    total: Number = 0
    for token in reversed(tokens[:place]):
        if token.kind is Kind.QUANTITY:
            total += token.number
            if any(_recomputes(total, whole, percent) for whole in wholes):
                return True
        elif token.kind is Kind.PERCENT:
            return False
    return False


# --- partitions


def _partitions(
    rule: Rule, evidence: Evidence, sentence: Sentence, parts: Sequence[Clause]
) -> Iterator[Result]:
    for whole, listed, complete in _divided(parts):
        if len(listed) < 2 or len({part.by for part in listed}) > 1 or listed[0].by == "":
            continue
        if any(part.number.numeral is None or part.number.numeral.approximate for part in listed):
            continue
        total = sum(part.number.number for part in listed)
        exhaustive = complete and (
            len(listed) >= 3 or {part.value for part in listed} >= {"natural_person", "organisations"}
        )
        if (
            total == whole.number
            or (total < whole.number and not exhaustive)
            or _is_all_results(evidence, listed, total)
        ):
            yield None
            continue
        terms = "+".join(plain(part.number.number) for part in listed)
        quote = sentence.quote(whole.start, listed[-1].number.end)
        message = (
            f"“{quote}”的各部分之和与总数不符：{terms}={plain(total)}，总数是 {plain(whole.number)}；请核对"
        )
        yield rule.finding(evidence, message, quote=quote)


def _divided(parts: Sequence[Clause]) -> Iterator[tuple[Token, list[Part], bool]]:
    """Yield each whole with the figures behind 其中 (or in brackets), and whether the list is followed by nothing else."""
    whole: Token | None = None
    listed: list[Part] = []
    open_list = False
    complete = True
    for clause in parts:
        counted: Token | None = None
        for part in clause.parts:
            if isinstance(part, Token):
                counted = part if part.kind is Kind.QUANTITY else counted
            elif counted is not None:
                yield counted, list(_list(part.clauses)), True
        words = clause.words
        start = next((i for i, word in enumerate(words) if word.kind is Kind.PART), None)
        numbers = [word for word in words if word.kind is Kind.QUANTITY]
        if start is not None:
            before = [word for word in words[:start] if word.kind is Kind.QUANTITY]
            whole = before[-1] if before else whole
            if open_list and whole is not None:
                yield whole, listed, complete
            open_list, listed, complete = whole is not None, [], True
            listed += _list([Clause(tuple(words[start:]))])
        elif open_list:
            more = list(_list([clause]))
            if (
                numbers
                and len(more) == len(numbers)
                and all(part.by == (listed or more)[0].by for part in more)
            ):
                listed += more
            elif numbers:
                complete = False
        elif numbers:
            whole = numbers[-1]
    if open_list and whole is not None:
        yield whole, listed, complete


def _list(parts: Sequence[Clause]) -> Iterator[Part]:
    for clause in parts:
        before: list[Token] = []
        for word in clause.words:
            if word.kind is Kind.QUANTITY:
                if word.unit in COUNT_UNITS:
                    yield Part(word, *_set_apart(before))
                before = []
            else:
                before.append(word)


_BY = {Kind.APPLICANT: "applicant", Kind.CHANNEL: "way", Kind.ROW: "result", Kind.OUTCOME: "outcome"}


def _set_apart(words: Sequence[Token]) -> tuple[str, str]:
    named = [word for word in words if word.kind in _BY]
    if len({word.kind for word in named}) != 1 or any(
        word.kind in (Kind.UNKNOWN, Kind.TOPIC, Kind.FOREIGN, Kind.YEAR) for word in words
    ):
        return "", ""
    by = _BY[named[0].kind]
    level = str(named[0].value.count(".")) if by == "result" else ""
    return by + level, named[0].value


def _is_all_results(evidence: Evidence, listed: Sequence[Part], total: Number) -> bool:
    """True if the parts are the year's results, which include what was carried in and need not add up to what was received."""
    if not listed[0].by.startswith("result"):
        return False
    (meaning, *_) = meanings(evidence.form.id, "answered", "")
    return all(evidence.figures.get(key) == total for key in meaning.cells)
