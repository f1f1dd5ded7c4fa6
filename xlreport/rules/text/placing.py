"""Paragraphs as words, with whose figures and which year each of them stands in."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.rules.text.kinds import HEADS, Kind
from xlreport.rules.text.lexicon import Lexicon
from xlreport.rules.text.passage import STOPS, YEARS, Passage, items_of
from xlreport.rules.text.scope import Owner, Scope
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token, scan


def passage_of(paragraph: Sequence[Sentence], words: Lexicon, owner: Owner, year: int) -> Passage:
    """Return the passage of the sentences of one paragraph."""
    tokens: list[Token] = []
    of_each: list[Sentence] = []
    for sentence in paragraph:
        tokens += scan(owner.marked(sentence.text), words)
        if tokens and tokens[-1].text != "。":
            tokens.append(Token(Kind.STOP, len(sentence.text), len(sentence.text), "。"))
        of_each += [sentence] * (len(tokens) - len(of_each))
    for place, token in enumerate(tokens):
        if token.kind is Kind.UNKNOWN and owner.scope(token) is Scope.OWN:
            tokens[place] = token._replace(kind=Kind.OWN)
    return Passage(tokens, of_each, scopes(tokens, owner), years(tokens, year), year)


def scopes(tokens: Sequence[Token], owner: Owner) -> list[str]:
    """Return for each word whose figures its clause tells: the body's own, perhaps, or another's (o, p, x); “-” where nothing says.

    What a short clause says (各县区：…, 就本机关而言), and whose figures were told last, holds for the rest of the sentence, and for one that goes on with 其中.
    """
    found: list[str] = []
    said, clause, length = "-", "-", 0
    begin = 0
    counted = headed = False
    outside: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        kind = token.kind
        if kind not in _TELLING:
            length += 1
        elif kind in STOPS:
            if clause != "-" and (counted or length <= 3 or tokens[place - 1].text in _REGARDING):
                said = clause
            if kind is Kind.OPEN:
                outside.append((said, clause))
            elif kind is Kind.CLOSE:
                said, clause = outside.pop() if outside else (said, clause)
            else:
                clause, length, begin, counted, headed = said, 0, place + 1, False, False
            if token.text == "。":
                outside = []
                if not (place + 1 < len(tokens) and tokens[place + 1].kind is Kind.PART):
                    said = clause = "-"
        else:
            length += 1
            counted = counted or kind is Kind.QUANTITY
            if kind in _SCOPED:
                scope = _scope_at(tokens, begin, place, owner, headed)
                if scope is not None:
                    clause = scope.value
            headed = headed or kind in HEADS
        found.append(clause)
    return found


#: Words that may say whose figures follow.
_SCOPED = {Kind.OWN, Kind.UNITS, Kind.NARROWER, Kind.WIDER, Kind.UNKNOWN}
_TELLING = STOPS | _SCOPED | HEADS
_REGARDING = ("中", "方面", "看", "来看", "言")
_BY_WAY_OF = ("通过", "依托", "借助", "经")
_SECTORS = ("机关", "系统", "部门", "行政机关", "领域", "行业", "战线")


def _scope_at(tokens: Sequence[Token], begin: int, place: int, owner: Owner, headed: bool) -> Scope | None:
    """Return what a word says of its clause, which begins at ``begin`` and is ``headed`` by a word before it or not."""
    token = tokens[place]
    before = tokens[place - 1] if place > begin else None
    if (
        token.kind is Kind.NARROWER
        and before
        and before.kind is Kind.UNKNOWN
        and owner.scope(before) is Scope.OTHER
    ):
        return None  # 市政府办公室本级
    if before and before.kind is Kind.UNITS and token.kind in (Kind.OWN, Kind.UNKNOWN):
        return None  # 各县区税务局
    if before and before.kind is Kind.OWN and token.kind is Kind.NARROWER:
        return None  # 本厅本级
    if token.kind is Kind.UNITS and _is_of_area(tokens, begin, place, owner):
        return Scope.PERHAPS  # 全区各职能部门、镇街, in the report of the district
    if token.kind is Kind.WIDER and place + 1 < len(tokens) and tokens[place + 1].kind is Kind.UNKNOWN:
        behind = tokens[place + 2].text if place + 2 < len(tokens) else ""
        if behind in _SECTORS or tokens[place + 1].text.endswith(_SECTORS):
            return Scope.OTHER  # 全市公安机关
    if token.kind is Kind.UNKNOWN:
        if Kind.OUTCOME in [word.kind for word in tokens[place + 1 : place + 3]]:
            return None  # 区政府决定维持33件
        if before and before.text in _BY_WAY_OF:
            return None  # 通过市政府门户网站收到11件
        if place == begin and (acting := owner.acting(token.text)) is not None:
            return acting
        if headed:
            return None
    if token.text == "街道" and before and before.kind is Kind.UNKNOWN:
        return owner.of_street(before.text)
    scope = owner.scope(token)
    joined = before is not None and before.kind in (Kind.AND, Kind.LIST) and place - begin > 1
    if scope is Scope.OWN and joined and owner.scope(tokens[place - 2]) not in (None, Scope.OWN):
        return Scope.PERHAPS  # 市政府及市政府办公室
    return scope


def _is_of_area(tokens: Sequence[Token], begin: int, place: int, owner: Owner) -> bool:
    """True if the units before and at a place are all those of the body's own area."""
    while place > begin and tokens[place].kind in (Kind.UNITS, Kind.LIST, Kind.AND):
        place -= 1
    return tokens[place].kind is Kind.WIDER and owner.scope(tokens[place]) is Scope.OWN


def years(tokens: Sequence[Token], own: int) -> list[str]:
    """Return for each word the year that its clause has named before it, and that the sentence has; “c” where it is compared with.

    The years are o, b, a, d: the report's own, the one before, the one after, another; p a part of the year or several years, f the future or a mean.
    Another year holds until one is named again.
    """
    found: list[str] = []
    clause = said = "-"
    now = "--"
    compared = carried = counted = False
    outside: list[str] = []
    before_kind = Kind.STOP
    for place, token in enumerate(tokens):
        kind, last = token.kind, before_kind
        before_kind = kind
        if kind not in _TIMED:
            found.append(now)
            continue
        if kind in STOPS:
            before = outside.pop() if kind is Kind.CLOSE and outside else ""
            if before and counted:
                said = before  # 办结5件（含去年1件），行政复议0件
            elif clause not in "-f" and not compared and not carried:
                said = clause
            if kind is Kind.OPEN:
                outside.append(said)
            if not (kind is Kind.OPEN and last in (Kind.YEAR, Kind.LAST_YEAR)):
                clause = "-"  # but 比2022年（31件）下降29%
            compared, carried, counted = False, False, False
            if token.text == "。":
                outside = []
                said = said if said in "bd" else "-"
        elif kind is Kind.YEAR:
            clause = "p" if _ends_years(tokens, place) else YEARS.get(int(token.number) - own, "d")
        elif kind in _NAMED:
            clause = "f" if _is_mean(token) else _NAMED[kind]
        elif kind is Kind.REACH and counted and clause in "bd" and token.text != "为":
            clause = "o"  # 由2023年的3511件增至3525件
        compared = compared or kind is Kind.COMPARED
        carried = carried or kind is Kind.TRANSFER
        counted = counted or kind is Kind.QUANTITY
        now = clause + said + ("c" if compared else "")
        found.append(now)
    return found


def _ends_years(tokens: Sequence[Token], place: int) -> bool:
    """True for the second of two years that bound several: 2023年至2025年."""
    return place > 1 and tokens[place - 1].text in _UNTIL and tokens[place - 2].kind is Kind.YEAR


def _is_mean(token: Token) -> bool:
    """True for 平均 and 每月, which hold for their own clause: 平均办理2个工作日，全部办结."""
    return token.kind is Kind.PERIOD and (token.text[-1] == "均" or token.text[0] == "每")


_UNTIL = ("至", "到", "—", "-")
_NAMED = {Kind.THIS_YEAR: "o", Kind.LAST_YEAR: "b", Kind.NEXT_YEAR: "a", Kind.PERIOD: "p", Kind.FUTURE: "f"}
_TIMED = {*STOPS, *_NAMED, Kind.YEAR, Kind.REACH, Kind.COMPARED, Kind.TRANSFER, Kind.QUANTITY}
#: What may stand between 由 and the figure that another one started from.
_SINCE = {Kind.YEAR, Kind.LAST_YEAR, Kind.FILLER, Kind.ABOUT}


def elsewhere(passage: Passage, place: int) -> bool:
    """True if a number or word is another body's, or another year's: the words before it say so."""
    if passage.scopes[place] == "x" or _is_base(passage, place):
        return True
    items = items_of(passage, place) if passage.kinds[place] is Kind.QUANTITY else []
    years_of_item = [
        passage.keys[i][-1] for item in items for i in range(*item) if passage.kinds[i] is Kind.YEAR
    ]
    clause, said = passage.years[place][0], passage.years[place][1]
    year = years_of_item[-1] if years_of_item else clause if clause != "-" else said
    start, end = passage.back(place, STOPS), passage.ahead(place + 1, STOPS)
    words = passage.tokens[start:end]
    if year not in "bdpaf" and Kind.FUTURE not in passage.kinds[start:place]:
        return False
    arrived = any(passage.keys[i] in ("YEAR:o", "THIS_YEAR") for i in range(place, end))
    if clause in "-a" and said in "bd" and not arrived:
        return True  # 2024年收到193件，办结156件，结转下年37件
    return not any(word.kind is Kind.TRANSFER or word.value == "carried_out" for word in words)


def _is_base(passage: Passage, place: int) -> bool:
    """True for what another figure started from: 由1191件上升至1431件."""
    at = place - 1
    while at >= 0 and passage.kinds[at] in _SINCE and passage.tokens[at].text not in ("由", "从"):
        at -= 1
    return at >= 0 and passage.tokens[at].text in ("由", "从")
