"""What a reading needs, beside being likely, before a figure is called wrong by it."""

from __future__ import annotations

import re
from itertools import takewhile

from xlreport.rules.text.claim_labels import ALL, NONE, Label, family, pieces
from xlreport.rules.text.features import strange
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.passage import ITEMS, STOPS, Passage
from xlreport.rules.text.tokens import COUNT_UNITS, Token

_SENTENCE = frozenset({Kind.OPEN})
#: Units, beyond those of cases, in which figures of a family are counted in print.
_UNITS = {
    **dict.fromkeys(("act", "result", "ground"), ("条", "个", "次", "人次", "余件", "人")),
    **dict.fromkeys(("case", "outcome"), ("个", "次")),
    "document": ("部", "个", "条", "篇"),
    "decision": ("次", "人次", "个", "条"),
}
#: Words by which a denial is of a part, or of another thing; and the year without which 无结转 says neither.
_NARROWING = frozenset({Kind.UNKNOWN, Kind.FOREIGN, Kind.TOPIC, Kind.UNITS})
_EXCEPT = frozenset({"除", "其余", "剩余", "其余的", "剩余的"})
_DIRECTIONS = {"carried_in": Kind.LAST_YEAR, "carried_out": Kind.NEXT_YEAR}
_ALL_OF_THEM = frozenset({Kind.ALL, Kind.EACH})
_FOREIGN = frozenset({Kind.UNKNOWN, Kind.FOREIGN, Kind.TOPIC})
#: The two kinds of suits that 行政诉讼 counts together.
_SUITS = ("litigation_direct", "litigation_after_review")
_LIGHT = frozenset({Kind.FILLER, Kind.OBJECT, Kind.ABOUT})
_APPLIED, _ELSEWHERE = frozenset({Kind.OBJECT, Kind.ROW}), frozenset({Kind.FOREIGN})
_DISCLOSURE = frozenset({Kind.ABOUT, Kind.OBJECT})
#: So many words before a number may tell what it is about.
_NEAR = 200
_SHOWN = ("公开", "公示", "公布")


#: All units in which figures of the tables are counted.
UNITS = frozenset({*COUNT_UNITS, "", "万元", *(unit for units in _UNITS.values() for unit in units)})


def is_countable(token: Token) -> bool:
    """True if a number is in a unit in which any figure of the tables is counted: not 3场, 64篇."""
    return token.unit in UNITS


def fits(passage: Passage, place: int, label: Label) -> bool:
    """True if what a label counts is counted in the unit of a number; applications in 条 and the like only where they are named."""
    unit = passage.tokens[place].unit
    kind = family(label)
    if (unit == "万元") != (kind == "fee"):
        return not unit and not passage.tokens[place].number
    if kind == "decision" and unit == "项" and passage.tokens[place].number and _is_listed(passage, place):
        return False
    if unit in COUNT_UNITS or not unit or kind == "fee":
        return True
    if unit not in _UNITS.get(kind, ()):
        return False
    if kind == "document":
        start, end = passage.back(place, _SENTENCE), passage.ahead(place + 1, ITEMS)
        if Kind.DOCUMENT_ACT not in passage.kinds[passage.back(place, ITEMS) : end]:
            part = (i for i in range(place, start, -1) if passage.tokens[i - 1].text == "；")
            start = next(part, start)  # 新制定规范性文件6件；发布通告141条
        return Kind.DOCUMENT in passage.kinds[start:end]
    start, end = passage.starts[place], passage.ahead(place + 1, ITEMS)
    if kind not in ("act", "result", "ground") or Kind.OBJECT in passage.kinds[start:end]:
        return True
    return kind != "act" and (
        _is_row_counted(passage, passage.back(place, ITEMS), place) or _is_row_behind(passage, place)
    )


def _is_listed(passage: Passage, place: int) -> bool:
    """True for what may be decided, not what was: 行政许可事项13项, 行政处罚事项为655项."""
    before = place - 1
    while before > 0 and passage.kinds[before] in (Kind.TOTAL, Kind.REACH):
        before -= 1
    return before >= 0 and passage.tokens[before].text.endswith("事项")


def _is_row_counted(passage: Passage, start: int, place: int) -> bool:
    """True if a row's name stands before a number with nothing strange between, nor 信息 behind: 本机关不掌握答复3条, not 内部事务信息梳理93条 or 公开32条."""
    rows = [i for i in range(start, place) if passage.kinds[i] is Kind.ROW]
    behind = passage.tokens[place + 1].text if place + 1 < len(passage.tokens) else ""
    return (
        bool(rows)
        and passage.tokens[rows[-1]].sure
        and behind != "信息"
        and _FOREIGN.isdisjoint(passage.kinds[rows[-1] : place])
    )


def _is_row_behind(passage: Passage, place: int) -> bool:
    """True if a row's name stands right behind a number: 2条本机关不掌握."""
    kinds = passage.kinds
    behind = next((i for i in range(place + 1, len(kinds)) if kinds[i] not in (Kind.OWN, Kind.FILLER)), place)
    return kinds[behind] is Kind.ROW and passage.tokens[behind].sure


def names_another_suit(passage: Passage, run: tuple[int, int], label: Label) -> bool:
    """True if a denial names one of the two kinds of suit, and the label is not of that kind: 未发生未经复议直接起诉的行政诉讼."""
    suits = {piece for piece in passage.naming(*run) if piece.startswith("s.litigation_")}
    return bool(suits) and label.kind.startswith("litigation") and not suits & set(pieces(label))


def leaves_some(passage: Passage, run: tuple[int, int], label: Label) -> bool:
    """True if the words of a run say that all was finished of what last year left, or of the rest, so that some may be open: 上年度未办结的37件已全部办结, 除2件外均已办结, 均已办结，另有1件转下年."""
    start, end = run
    if label.kind != "carried_out" or Kind.NOT in passage.kinds[start:end]:
        return False
    if any(token.text in _EXCEPT for token in passage.tokens[passage.starts[start] : end]):
        return True
    if any(passage.keys[i] in ("LAST_YEAR", "YEAR:b") for i in range(passage.back(start, STOPS), start)):
        return True
    ahead = range(end, min(len(passage.tokens), end + _NEAR))
    rest = takewhile(lambda i: passage.signs[i] != "。", ahead)
    return any(_is_carried_on(passage, i) for i in rest if "a.carried_out" in passage.pieces[i])


def _is_carried_on(passage: Passage, place: int) -> bool:
    """True if the clause of a word says how many are carried on to the next year, and it is not 0."""
    clause = slice(passage.back(place, STOPS), passage.ahead(place, STOPS))
    some = any(token.kind is Kind.QUANTITY and token.number for token in passage.tokens[clause])
    return some and {Kind.NOT, Kind.LAST_YEAR}.isdisjoint(passage.kinds[clause])


def denies(passage: Passage, run: tuple[int, int], label: Label) -> bool:
    """True if the words of a run deny by name what a label is made of, and nothing narrower: 没有不予公开的情形, not 没有因国家秘密不予公开的."""
    start, end = run
    none = next((i for i in range(start, end) if passage.kinds[i] is Kind.NOT), end)
    kinds = passage.kinds[start:end]
    if label.said != NONE or not _NARROWING.isdisjoint(kinds):
        return False
    if any(word.kind is Kind.ROW and not word.sure for word in passage.tokens[start:end]):
        return False  # 未收到公开行政复议的情况
    if none == end:
        return _has_ended(passage, run, label)
    words = none, end
    if not passage.naming(*words) and Kind.OBJECT not in passage.kinds[none:end]:
        words = start, none  # 行政复议、行政诉讼均为零
    elif Kind.APPLICANT in passage.kinds[start:none]:
        words = start, end  # 科研机构未提出申请
    own, named = set(pieces(label)), passage.naming(*words)
    if label.kind == "received" and Kind.OBJECT in passage.kinds[slice(*words)]:
        own -= {"a.received"}  # 没有群众提出申请
        if not own:
            return named <= {"a.received"}
    if family(label) == "outcome" and not any(piece.startswith("s.") for piece in named):
        own -= set(passage.topics[start][0])  # 行政复议2件，没有未结案件
    narrower = any(passage.kinds[i] is Kind.ROW and own < set(passage.pieces[i]) for i in range(*words))
    if not own <= named or narrower or (family(label) == "case" and Kind.OUTCOME in kinds):
        return False  # 没有因国家秘密不予公开的, 没有复议被撤销的
    if family(label) == "act" and label.kind not in ("received", "new"):
        return _DIRECTIONS.get(label.kind) in kinds
    others = {piece[0] for piece in named - own}
    if family(label) == "act" and "s" in others and Kind.OBJECT not in kinds:
        return False  # 未收到信息公开方面的行政复议案件
    return "o" not in others and (Kind.LIST in kinds or Kind.AND in kinds or others.isdisjoint("rc"))


def _has_ended(passage: Passage, run: tuple[int, int], label: Label) -> bool:
    """True if the words of a run say that all cases of a kind are decided, so that none is pending: 行政诉讼均已审结."""
    own, named = set(pieces(label)), passage.naming(*run)
    if "o.pending" not in own or named & {"o.upheld", "o.corrected"}:
        return False
    if not any(piece.startswith("s.") for piece in named):
        named |= set(passage.topics[run[0]][0])
    return (
        "o.settled" in named
        and own - {"o.pending"} <= named
        and not _ALL_OF_THEM.isdisjoint(passage.kinds[slice(*run)])
    )


def completes(passage: Passage, run: tuple[int, int], label: Label, whole: Label, place: int) -> bool:
    """True if the words of a run say of all that was counted last, at ``place``, what a label has beside it: 行政复议2件，均维持; 新收4件，均为自然人申请; 行政诉讼2件，均为复议后起诉."""
    start, end = run
    had, own = set(pieces(whole)), set(pieces(label))
    kinds, named = passage.kinds[start:end], passage.naming(*run)
    last = next(
        (passage.pieces[i] for i in reversed(range(start, end)) if passage.kinds[i] not in _LIGHT), ()
    )
    if label.kind in _SUITS and whole.kind == "litigation" and own == set(last):
        had = set()  # all are of that kind; not 复议后起诉的均败诉
    if label.said != ALL or not whole.kind or not had < own:
        return False
    return (
        own - had <= named
        and "o.settled" not in own
        and named - own <= {"s.review", "s.litigation"}  # 复议机关, 法院
        and (label.column == whole.column or not _ALL_OF_THEM.isdisjoint(kinds))  # not 绝大多数为个人提出
        and Kind.SHARE not in kinds
        and Kind.NOT not in kinds
        and passage.signs[end] not in ("#", "、")
        and place >= passage.starts[start]
        and not any(passage.pieces[i] or passage.tokens[i].text == "；" for i in range(place, start))
    )


_CAME_IN = ("received", "new", "to_handle", "handled")
#: Of the words for what is answered, those that leave nothing to do: 答复 alone does not.
_DONE = re.compile("办结|^(?!.*[答回]复).*(?:办毕|办完|办讫|完毕|完结|完成)")
_NOT_DONE = frozenset({Kind.NOT, Kind.PART, Kind.TOPIC, Kind.FOREIGN, Kind.LAST_YEAR, Kind.SHARE, Kind.YEAR})


def finishes(passage: Passage, run: tuple[int, int], whole: Label, place: int) -> bool:
    """True if the words of a run say that all of what came in, counted last at ``place``, is done: 受理4件，全部按时完成办理; not 均已答复."""
    start, end = run
    if whole.kind not in _CAME_IN or whole.column or place < passage.starts[start]:
        return False
    tokens, kinds = passage.tokens[start:end], passage.kinds[start:end]
    return (
        any(token.value == "answered" and _DONE.search(token.text) is not None for token in tokens)
        and (not _ALL_OF_THEM.isdisjoint(kinds) or any(token.text == "已" for token in tokens[:2]))
        and _NOT_DONE.isdisjoint(kinds)
        and passage.naming(start, end) <= {"a.answered", "a.handled", "a.received"}
        and passage.signs[end] != "#"
    )


#: What comes in and is answered like applications, and is none.
OTHER_MATTERS = "信访|热线|12345|来信|来访|诉求|民生诉求|咨询|投诉|举报|建议|提案|建议提案|政协提案|代表建议|人大代表建议|委员提案|留言|工单|转办件"
_MATTER = re.compile(OTHER_MATTERS)


def of_applications(passage: Passage, place: int) -> bool:
    """True unless letters, calls or proposals were what a paragraph spoke of last, and no application is named with the number."""
    end = passage.ahead(place + 1, STOPS)
    since = max(passage.last(end, _APPLIED), place - _NEAR)
    while (end := passage.last(end, _ELSEWHERE)) > since:
        if _MATTER.fullmatch(passage.tokens[end].text):
            return False
    return True


def is_plain(passage: Passage, place: int) -> bool:
    """True if a number is counted in a unit of the tables, and by no word whose meaning is only usual (办理行政处罚), nor with words that are not known."""
    token = passage.tokens[place]
    if token.kind is Kind.QUANTITY and token.number and token.unit not in (*COUNT_UNITS, "万元", "部", "个"):
        return False
    if Kind.IN_TURN in passage.kinds[place + 1 : place + 2]:
        return False  # 其余13件分别为不予公开1件、其他处理12件
    if any(
        mark[1:] not in ("-", "<", ">", "<>") for mark in strange(passage, passage.back(place, ITEMS), place)
    ):
        return False
    rows = [
        i for i in range(passage.back(place, STOPS | {Kind.QUANTITY}), place) if passage.kinds[i] is Kind.ROW
    ]
    if rows and not passage.tokens[rows[-1]].sure:
        return False  # 答复公开15件: with those given out in part, or without
    between = {passage.kinds[i] for i in range(rows[0], place)} if len(rows) > 1 else set()
    if Kind.AND in between and Kind.IN_TURN not in between:
        return False  # 属于内部事务信息和过程性信息的共71件
    start = passage.back(place, STOPS)
    deciding = [
        passage.tokens[i] for i in range(start, place) if passage.kinds[i] in (Kind.DECIDE, Kind.DOCUMENT_ACT)
    ]
    return not deciding or deciding[-1].sure


def published(passage: Passage, place: int) -> bool:
    """True for 公开行政处罚决定N件, which may be fewer than were made."""
    words = passage.tokens[passage.back(place, STOPS) : place]
    return any(word.text.endswith(_SHOWN) for word in words) and not any(
        word.kind is Kind.DECIDE for word in words
    )


def of_disclosure(passage: Passage, place: int, label: Label) -> bool:
    """True unless cases are counted of which nothing says that they are about disclosure, or documents in brackets (22件（含新制定1件）)."""
    kind = family(label)
    if kind == "document":
        return not passage.depth[place]
    if kind not in ("case", "outcome"):
        return True
    return passage.last(passage.ahead(place + 1, STOPS), _DISCLOSURE) >= max(0, place - _NEAR)


def supported(passage: Passage, place: int, label: Label) -> bool:
    """True unless the words nearest to a number name things of the label's sort, and not what the label is."""
    if passage.kinds[place] is not Kind.QUANTITY:
        return True
    start, end = passage.back(place, ITEMS), passage.ahead(place + 1, ITEMS)
    if _is_of_applicants(passage, start, place) != bool(label.column):
        return False
    near = passage.naming(start, place) | passage.naming(place + 1, end)
    wide = passage.naming(passage.back(place, STOPS), passage.ahead(place + 1, STOPS))
    for piece in pieces(label):
        sort = piece[:2]
        if piece not in wide and any(other.startswith(sort) for other in near):
            return False
    if family(label) in ("ground", "result") and _is_of_cases(passage, place):
        return False
    if family(label) in ("ground", "result") and len(near & set(pieces(label))) == 0:
        return not any(other.startswith("r.") for other in near)
    return True


def _is_of_cases(passage: Passage, place: int) -> bool:
    """True if cases were what the sentence spoke of last: 行政复议170件，其中作其他处理28件."""
    topics = (Kind.CASE, Kind.OBJECT, Kind.ACT)
    last = next(
        (i for i in range(place - 1, passage.starts[place] - 1, -1) if passage.kinds[i] in topics), place
    )
    return passage.kinds[last] is Kind.CASE


def _is_of_applicants(passage: Passage, start: int, place: int) -> bool:
    """True if applicants are named with a number: before its bracket (自然人（22件）), or in its item; a sum of several (合计109件) names none."""
    kinds = passage.kinds
    if start and kinds[start - 1] is Kind.OPEN:
        start = passage.back(start - 1, ITEMS)
    return any(kinds[i] is Kind.APPLICANT for i in range(start, passage.ahead(place + 1, ITEMS)))
