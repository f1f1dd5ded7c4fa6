"""How texts are read: sentence by sentence, what is left unsaid carried on within a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from xlreport.rules.text.applications import is_thing
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.clause import claims_in
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import OTHER_ORGANISATION, Lexicon
from xlreport.rules.text.said import APPLICATIONS, FOREIGN, Said
from xlreport.rules.text.scope import Owner, Scope
from xlreport.rules.text.sentences import Sentence, clauses
from xlreport.rules.text.state import State
from xlreport.rules.text.tokens import Token, scan


class Reader:
    """Reads the claims of one report's texts."""

    def __init__(self, words: Lexicon, organisation: str, year: int) -> None:
        self._words = words
        self._owner = Owner(organisation)
        self._year = year

    def _owned(self, token: Token) -> Token:
        """Read the body's own name as 本机关."""
        own = token.kind is Kind.UNKNOWN and len(token.text) > 2 and self._owner.scope(token) is Scope.OWN
        return token._replace(kind=Kind.OWN) if own else token

    def read(self, sentences: Iterable[Sentence]) -> list[Claim]:
        """Return the claims of ``sentences``, which follow each other in the text."""
        found: list[Claim] = []
        place: tuple[str, int] | None = None
        said, lead = Said(self._year), ""
        state = State(self._owner, self._year, self._year, said)
        for sentence in sentences:
            if (sentence.part, sentence.line) != place:
                place, said, lead = (sentence.part, sentence.line), Said(self._year), ""
                state = State(self._owner, self._year, self._year, said)
            if said.topic == FOREIGN or (not sentence.start and "依申请公开" in sentence.text[:20]):
                said.topic = lead = (
                    APPLICATIONS if not sentence.start and "依申请公开" in sentence.text[:20] else lead
                )
            said = Said(self._year, topic=said.topic, case=said.case)
            if not _may_claim(sentence.text):
                said.topic = APPLICATIONS if "依申请" in sentence.text else said.topic
                continue
            tokens = _applicants(
                _without_slogans(
                    [self._owned(token) for token in scan(self._owner.marked(sentence.text), self._words)]
                )
            )
            state = state.following(tokens, said)
            said = state.said
            said.labels = _are_labels(tokens)
            if not said.topic and _is_carried(tokens):
                said.topic, said.doubtful = APPLICATIONS, True
            said.general = bool(_PART_OF_ALL.search(sentence.text))
            if any(token.kind is Kind.ROW and token.sure and not is_thing(token) for token in tokens):
                said.topic = APPLICATIONS  # nothing else is 部分公开 or 不予公开
            found += claims_in(sentence, clauses(tokens), state)
        return _without_empty_promises(found)


def _is_carried(tokens: list[Token]) -> bool:
    """True if what is answered is carried into the next year, as only applications are: 已作出答复185件，其余19件转入下一年度办理."""
    kinds = {token.kind for token in tokens}
    answered = any(token.value == "answered" for token in tokens)
    return answered and {Kind.TRANSFER, Kind.NEXT_YEAR} <= kinds and not kinds & {Kind.FOREIGN, Kind.OBJECT}


#: 行政应诉案件93件，其中信息公开类1件.
_PART_OF_ALL = re.compile(r"其中，?[^，。\d]{0,6}信息公开")


def _are_labels(tokens: list[Token]) -> bool:
    """True if 主动公开, 依申请公开 and 不予公开 are how documents are marked, each with its number: 主动公开的793件、依申请公开的153件."""
    units = [
        _unit_behind(tokens, place) for place, token in enumerate(tokens) if token.text.startswith("主动公开")
    ]
    others = [_unit_behind(tokens, place) for place, token in enumerate(tokens) if token.text == "依申请公开"]
    return any(unit and unit in others for unit in units)


def _unit_behind(tokens: list[Token], place: int) -> str:
    """The unit of the number that stands right behind a label; “” where none does."""
    behind = [
        token
        for token in tokens[place + 1 : place + 4]
        if token.text not in ("的", "类", "信息") and token.kind is not Kind.LIST
    ]
    return behind[0].unit if behind and behind[0].kind is Kind.QUANTITY else ""


def _may_claim(text: str) -> bool:
    """True if a sentence has a number of things, or may deny that there were any; reading the others would only cost time."""
    numbered, denying = _claiming()
    return bool(numbered.search(text) or denying.search(text))


@cache
def _claiming() -> tuple[re.Pattern[str], re.Pattern[str]]:
    numbered = re.compile(r"\d(?![.、年月日])|[零〇一二两三四五六七八九十百千万][余多]?[件宗起项例份]")
    denying = re.compile(
        r"(?:[未无零均都全]|没有|不存在)(?:[^。]*)(?:申请|依申请公开|复议|诉讼|规章|规范性文件|许可|处罚|强制|结转|办结|办理|完毕|答复|情形|不予|无法提供)"
        r"|(?:申请|复议|诉讼|结转|规章|规范性文件)[^。]*(?:[无零]|没有|未)"
    )
    return numbered, denying


def _applicants(tokens: Sequence[Token]) -> list[Token]:
    """Read 公民 as everyone, unless it is set against other applicants, and 其他组织 as its fellows in the sentence tell."""
    named = {token.value for token in tokens if token.kind is Kind.APPLICANT and token.sure}
    kinds = named - {"natural_person", "organisations", OTHER_ORGANISATION}
    return [_applicant(token, bool(named), bool(kinds)) for token in tokens]


def _without_slogans(tokens: list[Token]) -> list[Token]:
    """Read the steps of “登记—审核—答复” as nothing that is counted."""
    found = list(tokens)
    opened = None
    for place, token in enumerate(tokens):
        if token.text == "“":
            opened = place
        elif token.text == "”" and opened is not None:
            inside = tokens[opened + 1 : place]
            if any(set(word.text) & set("—-→") for word in inside):
                found[opened + 1 : place] = [word._replace(kind=Kind.FILLER) for word in inside]
            opened = None
    return found


def _applicant(token: Token, named: bool, kinds: bool) -> Token:
    if token.kind is not Kind.APPLICANT:
        return token
    if token.value == OTHER_ORGANISATION:
        return token._replace(value="other" if kinds else "organisations")
    if token.value == "natural_person" and not token.sure and not named:
        return token._replace(kind=Kind.ANYONE)
    return token


def _without_empty_promises(claims: list[Claim]) -> list[Claim]:
    """Drop 均已办结 where the same paragraph says that something is left."""
    left = {_paragraph(c) for c in claims if c.kind == "carried_out" and c.value and not c.implied}
    return [c for c in claims if not (c.kind == "carried_out" and c.implied and _paragraph(c) in left)]


def _paragraph(claim: Claim) -> tuple[str, int]:
    return claim.sentence.part, claim.sentence.line
