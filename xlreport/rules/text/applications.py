"""What a number of applications counts: what came in, what was carried, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from xlreport.rules.text.claims import Head
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import RESULTS
from xlreport.rules.text.said import APPLICATIONS, FOREIGN, Said
from xlreport.rules.text.tokens import Token

#: Which act names the claim where several are said: 收到并办结 is read as 收到, which may mean either.
_PRECEDENCE = ("new", "to_handle", "received", "answered", "handled")


def act_head(acts: list[Token]) -> Head:
    """Return what the acts count: the first of them that stands for the others."""
    kind = min((act.value for act in acts), key=_PRECEDENCE.index)
    return Head(kind, "", kind != "handled" and all(act.sure for act in acts if act.value == kind))


def carried_heads(words: Sequence[Token], of: dict[Kind, list[Token]], said: Said) -> list[Head]:
    """Tell last year's carry from this year's by the year that stands with it."""
    known = Kind.OBJECT in of or said.topic in (APPLICATIONS, "")
    if not known:
        return []
    if _both(words):
        return [Head("to_handle")]
    years = [int(word.number) for word in of.get(Kind.YEAR, ())]
    last = Kind.LAST_YEAR in of or said.year - 1 in years
    following = Kind.NEXT_YEAR in of or said.year + 1 in years
    if last and (since := _answered_since(words)):
        # 上年结转后共办结185件, 上年结转申请办结37件
        both = not any(word.kind is Kind.TOTAL or word.text == "后" for word in since)
        return [Head("carried_in|answered" if both else "answered", "", not both)]
    if last:
        return [Head("carried_in", "", not following)]
    if not following and not years and said.opened and not said.closed:
        return [Head("carried_out|carried_in")]  # 新收167件、结转37件: either may be meant
    if following or not years:
        return [Head("carried_out")]
    this_year = Kind.THIS_YEAR in of or said.year in years
    return [Head("carried_out", "", False)] if this_year and said.year == max(years) else []


def _both(words: Sequence[Token]) -> bool:
    """True for 新收和上年结转申请共204件."""
    joined = next((i for i, word in enumerate(words) if word.kind in (Kind.AND, Kind.LIST)), len(words))
    came = any(word.value in ("new", "received") for word in words[:joined])
    carried = any(word.kind is Kind.TRANSFER for word in words[joined:])
    last = any(word.kind is Kind.LAST_YEAR for word in words[joined:])
    return came and carried and last and any(word.kind is Kind.TOTAL for word in words[joined:])


def _answered_since(words: Sequence[Token]) -> Sequence[Token]:
    """The words from 结转 on if 办结 comes behind it."""
    start = next((i for i, word in enumerate(words) if word.kind is Kind.TRANSFER), len(words))
    return words[start:] if any(word.value == "answered" for word in words[start:]) else ()


def row_heads(of: dict[Kind, list[Token]], said: Said, denied: bool, each: bool) -> list[Head]:
    """The most exact of the results named; of several grounds with their group, the group."""
    rows = list(dict.fromkeys(row for word in of[Kind.ROW] for row in word.value.split("+")))
    inner = [row for row in rows if not any(other != row and other.startswith(row + ".") for other in rows)]
    groups = [row for row in rows if row not in inner]
    if denied and any(word.text == "等" for word in of.get(Kind.FILLER, ())):
        inner += groups  # 未出现重复申请等不予处理的情形
    for group in groups:
        if sum(row.startswith(group + ".") for row in inner) > 1 and not each:
            inner = [group, *(row for row in inner if not row.startswith(group + "."))]
    sure = all(word.sure for word in of[Kind.ROW]) or any(
        word.sure and word.value in inner for word in of[Kind.ROW]
    )
    if Kind.OBJECT not in of and (said.topic == FOREIGN or _are_things(of[Kind.ROW], said)):
        return []  # 行政执法案卷93件接受评查
    if any(row.count(".") > 2 for row in inner) and len({row.split(".")[2] for row in inner}) > 1:
        return []  # 公开行政执法案卷
    if any(not word.sure for word in of[Kind.ROW]) and said.topic != APPLICATIONS and not sure:
        return []
    return [Head("results." + row.removeprefix(RESULTS), "", sure) for row in inner]


#: Grounds that are also the names of things: files, publications.
THINGS = (
    "enforcement_files",
    "administrative_inquiry",
    "public_publication",
    "internal_affairs",
    "deliberative_process",
)


def is_thing(word: Token) -> bool:
    """True if the ground of a refusal may just as well be a file or a publication: 行政执法案卷, not 属于行政执法案卷."""
    return word.value.rpartition(".")[2] in THINGS and not word.text.startswith(
        ("属于", "三类", "四类", "要求")
    )


def _are_things(rows: Sequence[Token], said: Said) -> bool:
    return all(map(is_thing, rows)) and not (said.group or said.whole)


def other_heads(said: Said) -> list[Head]:
    """What 其他 closes: the grounds of its group, or the kinds of result."""
    if said.column:
        return [Head(said.whole.kind if said.whole else "received", "other", False)]
    if said.group == "results.other":
        return [Head("results.other.other")]
    return [Head("results.other|results.other.other", "", False)] if said.group else []
