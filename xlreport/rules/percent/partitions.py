"""Partitions: the figures behind 其中 or in brackets add up to the one before, or to no more than that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlreport.form.balance import Number, plain
from xlreport.rules.percent.clauses import Clause
from xlreport.rules.rule import Evidence, Result, Rule
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.meanings import meanings
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import COUNT_UNITS, Token


class Part(NamedTuple):
    """One figure behind 其中, and by what it is set apart: applicants, results, ways, outcomes, or things of any name."""

    number: Token
    by: str
    value: str


class Division(NamedTuple):
    """A whole, the figures behind 其中 or in brackets, and whether nothing else follows them."""

    whole: Token
    parts: list[Part]
    complete: bool

    @property
    def total(self) -> Number:
        """The sum of the parts."""
        return sum(part.number.number for part in self.parts)

    @property
    def alike(self) -> bool:
        """True if the parts are of one sort and exact."""
        numerals = [part.number.numeral for part in self.parts]
        by = {part.by for part in self.parts}
        if len(self.parts) < 2 or len(by) > 1 or "" in by:
            return False
        if by == {THINGS} and not self._are_of_the_whole():
            return False
        return all(numeral is not None and not numeral.approximate for numeral in numerals)

    def _are_of_the_whole(self) -> bool:
        """True if things are counted like the whole, and are so many or so named that they may not overlap."""
        units = {part.number.unit for part in self.parts}
        return units == {self.whole.unit} and (len(self.parts) > 2 or self._has_rest)

    @property
    def _has_rest(self) -> bool:
        return self.parts[-1].value.startswith(("其他", "其它", "其余"))

    @property
    def exhaustive(self) -> bool:
        """True if the parts leave nothing out: 自然人 and 法人或其他组织, three ways, a list that ends with 其他."""
        by, named = self.parts[0].by, {part.value for part in self.parts}
        if by == "applicant":
            return self.complete and (named >= {"natural_person", "organisations"} or len(named) >= _MANY)
        if by == "way":
            return self.complete and len(named) > 2
        if by.startswith("result"):
            return self.complete and any(value.endswith(".other") for value in named) and len(named) >= _MANY
        if by == "outcome":
            return self.complete and len(named) >= _MANY
        return self._has_rest

    @property
    def tolerance(self) -> Number:
        """How far rounded figures may be from adding up."""
        steps = [p.number.numeral.step for p in self.parts if p.number.numeral]
        return sum(steps) if any(step != 1 for step in steps) else 0


#: So many parts of one sort are all there are.
_MANY = 4
#: Parts of other names than those of the form.
THINGS = "things"
#: What may overlap, and so need not add up: 网站发布820条、公众号发布700条.
_OVERLAPPING = (
    "网站",
    "公众号",
    "微博",
    "微信",
    "平台",
    "媒体",
    "原创",
    "转载",
    "图解",
    "视频",
    "涉",
    "阅读",
    "点击",
    "浏览",
    "人",
    "网友",
)


def partitions(
    rule: Rule, evidence: Evidence, sentence: Sentence, parts: Sequence[Clause]
) -> Iterator[Result]:
    """Yield a finding for every 其中 whose parts are more than the whole, or are all of it and fewer; ``None`` for every other one."""
    for division in _divided(parts):
        if not division.alike:
            continue
        whole, total = division.whole, division.total
        short = total < whole.number - division.tolerance and division.exhaustive
        if (
            not (short or total > whole.number + division.tolerance)
            or _is_all_results(evidence, division.parts, total)
            or _is_of_others(division, parts)
        ):
            yield None
            continue
        terms = "+".join(plain(part.number.number) for part in division.parts)
        quote = sentence.quote(whole.start, division.parts[-1].number.end)
        message = (
            f"“{quote}”的各部分之和与总数不符：{terms}={plain(total)}，总数是 {plain(whole.number)}；请核对"
        )
        yield rule.finding(evidence, message, quote=quote, text=sentence.place)


def _is_of_others(division: Division, parts: Sequence[Clause]) -> bool:
    """True if the parts make up another number before them, or two together: 新收167件，上年结转37件，其中自然人160件…"""
    before = [
        word.number
        for clause in parts
        for word in clause.words
        if word.kind is Kind.QUANTITY and word.start < division.whole.start
    ]
    sums = [first + division.whole.number for first in before]
    return division.total in (*before, *sums)


def _divided(parts: Sequence[Clause]) -> Iterator[Division]:
    """Yield each whole with the figures behind 其中, or in brackets."""
    whole: Token | None = None
    later: Token | None = None
    listed: list[Part] = []
    open_list = False
    complete = True
    for clause in parts:
        counted: Token | None = None
        for part in clause.parts:
            if isinstance(part, Token):
                counted = part if part.kind is Kind.QUANTITY else counted
            elif counted is not None:
                yield Division(counted, list(_list(part.clauses)), True)
        words = clause.words
        start = next((i for i, word in enumerate(words) if word.kind is Kind.PART), None)
        numbers = [word for word in words if word.kind is Kind.QUANTITY]
        if start is not None:
            before = [word for word in words[:start] if word.kind is Kind.QUANTITY]
            if open_list and whole is not None:
                yield Division(whole, listed, complete)
            whole = before[-1] if before else later or whole
            later = None
            open_list, listed, complete = whole is not None, [], True
            listed += _list([Clause(tuple(words[start:]))])
        elif open_list:
            more = list(_list([clause]))
            # A list with a hole in it (发布5条 between 公开34条 and 其他3条) is no list of all there is.
            if (
                numbers
                and complete
                and len(more) == len(numbers)
                and all(_continues(part, (listed or more)[0]) for part in more)
            ):
                listed += more
            elif numbers:
                complete = False
                # A new whole, if another 其中 follows: 复议7件，其中维持5件；诉讼9件，其中维持8件.
                later = numbers[-1]
        elif numbers:
            whole = numbers[-1]
    if open_list and whole is not None:
        yield Division(whole, listed, complete)


def _continues(part: Part, first: Part) -> bool:
    return part.by == first.by and (part.by != THINGS or part.number.unit == first.number.unit)


def _list(parts: Sequence[Clause]) -> Iterator[Part]:
    for clause in parts:
        before: list[Token] = []
        for word in clause.words:
            if word.kind is Kind.QUANTITY:
                yield Part(word, *_set_apart(before, word))
                before = []
            elif word.kind is not Kind.PART:
                before.append(word)


_BY = {Kind.APPLICANT: "applicant", Kind.CHANNEL: "way", Kind.ROW: "result", Kind.OUTCOME: "outcome"}
#: Of what words the names of things are made.
_NAMES = {Kind.UNKNOWN, Kind.FOREIGN, Kind.FILLER, Kind.OTHER, Kind.LIST, Kind.AND}


def _set_apart(words: Sequence[Token], number: Token) -> tuple[str, str]:
    named = [word for word in words if word.kind in _BY]
    if not named:
        return _thing("".join(word.text for word in words if word.kind is not Kind.LIST), words)
    if number.unit not in COUNT_UNITS or len({word.kind for word in named}) != 1:
        return "", ""
    if any(word.kind in (Kind.UNKNOWN, Kind.TOPIC, Kind.FOREIGN, Kind.YEAR) for word in words):
        return "", ""
    by = _BY[named[0].kind]
    level = str(named[0].value.count(".")) if by == "result" else ""
    return by + level, named[0].value or named[0].text


def _thing(name: str, words: Sequence[Token]) -> tuple[str, str]:
    plain_name = name and not any(word.kind not in _NAMES for word in words)
    return (THINGS, name) if plain_name and not any(word in name for word in _OVERLAPPING) else ("", "")


def _is_all_results(evidence: Evidence, listed: Sequence[Part], total: Number) -> bool:
    """True if the parts are the year's results, which include what was carried in and need not add up to what was received."""
    if not listed[0].by.startswith("result"):
        return False
    (meaning, *_) = meanings(evidence.form, "answered", "")
    return all(evidence.figures.get(key) == total for key in meaning.cells)
