"""Paragraphs as words, with whose figures and which year each of them stands in."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.rules.text.features import YEARS, Passage
from xlreport.rules.text.kinds import HEADS, Kind
from xlreport.rules.text.lexicon import Lexicon
from xlreport.rules.text.scope import Owner, Scope
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token, scan

_STOPS = (Kind.STOP, Kind.OPEN, Kind.CLOSE)
_CODES = {Scope.OWN: "o", Scope.PERHAPS: "p", Scope.OTHER: "x"}


def passage_of(paragraph: Sequence[Sentence], words: Lexicon, owner: Owner, year: int) -> Passage:
    """Return the passage of the sentences of one paragraph."""
    tokens: list[Token] = []
    of_each: list[Sentence] = []
    for sentence in paragraph:
        tokens += scan(owner.marked(sentence.text), words)
        if tokens and tokens[-1].text != "。":
            tokens.append(Token(Kind.STOP, len(sentence.text), len(sentence.text), "。"))
        of_each += [sentence] * (len(tokens) - len(of_each))
    return Passage(tokens, of_each, scopes(tokens, owner), years(tokens, year), year)


def scopes(tokens: Sequence[Token], owner: Owner) -> list[str]:
    """Return for each word whose figures its clause tells: the body's own, perhaps, or another's (o, p, x); “-” where nothing says.

    What a short clause says (各县区：…, 就本机关而言) holds for the rest of its sentence.
    """
    found: list[str] = []
    said, clause, length = "-", "-", 0
    begin = 0
    for place, token in enumerate(tokens):
        if token.kind in _STOPS:
            if clause != "-" and (length <= 3 or tokens[place - 1].text in ("中", "方面", "看", "来看", "而言")):
                said = clause
            if token.kind is Kind.STOP:
                clause, length, begin = said, 0, place + 1
            if token.text == "。":
                said = clause = "-"
        else:
            length += 1
            scope = _scope_at(tokens, begin, place, owner)
            if scope is not None:
                clause = _CODES[scope]
        found.append(clause)
    return found


_SECTORS = ("机关", "系统", "部门", "行政机关", "领域", "行业", "战线")


def _scope_at(tokens: Sequence[Token], begin: int, place: int, owner: Owner) -> Scope | None:
    token = tokens[place]
    before = tokens[place - 1] if place > begin else None
    if token.kind is Kind.NARROWER and before and before.kind is Kind.UNKNOWN and owner.scope(before) is Scope.OTHER:
        return None  # 市政府办公室本级
    if before and before.kind is Kind.UNITS and token.kind in (Kind.OWN, Kind.UNKNOWN):
        return None  # 各县区税务局
    if token.kind is Kind.WIDER and place + 1 < len(tokens) and tokens[place + 1].kind is Kind.UNKNOWN:
        behind = tokens[place + 2].text if place + 2 < len(tokens) else ""
        if behind in _SECTORS or tokens[place + 1].text.endswith(_SECTORS):
            return Scope.OTHER  # 全市公安机关
    if token.kind is Kind.UNKNOWN:
        if any(word.kind is Kind.OUTCOME for word in tokens[place + 1 : place + 3]):
            return None  # 区政府决定维持33件
        if place == begin and (acting := owner.acting(token.text)) is not None:
            return acting
        if any(word.kind in HEADS for word in tokens[begin:place]):
            return None
    if token.text == "街道" and before and before.kind is Kind.UNKNOWN:
        return owner.of_street(before.text)
    scope = owner.scope(token)
    if scope is Scope.OWN and before and before.kind in (Kind.AND, Kind.LIST) and place - begin > 1:
        if owner.scope(tokens[place - 2]) not in (None, Scope.OWN):
            return Scope.PERHAPS  # 市政府及市政府办公室
    return scope


def years(tokens: Sequence[Token], own: int) -> list[str]:
    """Return for each word the year that its clause has named before it, and that the sentence has."""
    found: list[str] = []
    clause = said = "-"
    compared = carried = False
    for token in tokens:
        kind = token.kind
        if kind in _STOPS:
            if clause != "-" and not compared and not carried:
                said = clause
            clause, compared, carried = "-", False, False
        elif kind is Kind.YEAR:
            clause = YEARS.get(int(token.number) - own, "d")
        elif kind is Kind.THIS_YEAR:
            clause = "o"
        elif kind is Kind.LAST_YEAR:
            clause = "b"
        elif kind is Kind.NEXT_YEAR:
            clause = "a"
        elif kind is Kind.PERIOD:
            clause = "p"
        elif kind is Kind.FUTURE:
            clause = "f"
        compared = compared or kind is Kind.COMPARED
        carried = carried or kind is Kind.TRANSFER
        found.append(clause + said + ("c" if compared else ""))
    return found
