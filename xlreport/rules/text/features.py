"""What is seen around a number, and around a clause without one, when it is asked what they count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from xlreport.form.balance import Number
from xlreport.rules.text.claim_labels import NOTHING, Label, parts, pieces
from xlreport.rules.text.kinds import HEADS, Kind
from xlreport.rules.text.passage import BOUNDS, ITEMS, STOPS, Passage

#: So many words before a clause are looked at.
WINDOW = 30
_LIGHT = frozenset({Kind.FILLER, Kind.TOTAL, Kind.ABOUT})
_EACH = (Kind.ALL, Kind.EACH)
#: Words that are not known, or known to count elsewhere; and what joins them to what follows.
_OTHERS = {Kind.UNKNOWN, Kind.FOREIGN, Kind.TOPIC, Kind.CHANNEL}
_JOINING = ("的", "行政", "相关", "有关", "等")


class Seen(NamedTuple):
    """What is seen around an anchor: words by the place they stand in, and the pieces named in each place."""

    words: list[tuple[str, Collection[str]]]
    named: list[tuple[str, Collection[str]]]


class Past(NamedTuple):
    """What was read at an anchor before."""

    place: int
    label: Label
    value: Number


def of_number(
    passage: Passage, place: int, past: Sequence[Past], item: tuple[int, int] | None = None
) -> Seen:
    """Return what is seen around the number at a place; ``item`` has the words that stand for it elsewhere (A、B分别为1件、2件)."""
    tokens, kinds, keys = passage.tokens, passage.kinds, passage.keys
    token = tokens[place]
    start = passage.back(place, ITEMS)
    clause = passage.back(start, BOUNDS)
    end = passage.ahead(place + 1, ITEMS)
    before, after = passage.sign(start - 1), passage.sign(end)
    empty = item is None and all(kinds[i] in _LIGHT for i in range(start, place))
    own = [
        "",
        "u" + token.unit,
        f"d{passage.depth[place]}",
        "<" + before,
        ">" + after,
        f"<>{before}{after}{empty}",
        "y" + passage.years[place],
        "w" + passage.scopes[place],
        f"ab{keys[place - 1] if place else '$'}|{keys[place + 1] if place + 1 < len(keys) else '$'}",
    ]
    numeral = token.numeral
    if numeral is not None:
        own += [
            mark
            for mark, is_so in (("0", not token.number), ("s", numeral.spelled), ("~", numeral.bound))
            if is_so
        ]
    seen = Seen([("", own)], [])
    left = range(start, place)
    if item is not None:
        own.append("turn")
        seen.words.append(("A", passage.bag(*item, True)))
        seen.named.append(("A", passage.naming(range(*item))))
        left = range(*item)
        clause = passage.back(clause, STOPS)
        _bag("LT", passage, clause, start, seen)
    elif clause < start:
        _bag("L#" if passage.sign(clause - 1) == "#" else "L", passage, clause, start, seen)
    if item is None or item[1] < start:
        _bag("A", passage, start, place, seen, True)
    _ends("a", passage, left, own)
    right = "B#" if after == "#" else "B"
    _bag(right, passage, place + 1, end, seen, True)
    _begins(right, passage, range(place + 1, end), own)
    own += strange(passage, start, place)
    _nearest(passage, range(clause, place) if item is None else left, place, end, seen)
    _before(passage, clause, "P^" if empty and clause == start else "P", seen)
    _history(passage, place, start, token.number, past, empty, before, seen)
    return seen


def of_run(passage: Passage, run: tuple[int, int], past: Sequence[Past]) -> Seen:
    """Return what is seen in and around a run of words without a number."""
    start, end = run
    kinds = passage.kinds
    before, after = passage.sign(start - 1), passage.sign(end)
    none = next((i for i in range(start, end) if kinds[i] is Kind.NOT), None)
    how = "n" if none is not None else "e" if any(kinds[i] in _EACH for i in range(start, end)) else "-"
    own = [
        "",
        how,
        f"{how}<{before}",
        f"{how}>{after}",
        "y" + passage.years[start],
        "w" + passage.scopes[end - 1],
    ]
    own.append(f"d{passage.depth[start]}")
    seen = Seen([("", own)], [])
    if none is None:
        _bag("A" + how, passage, start, end, seen, True)
        _begins("A" + how, passage, range(start, end), own)
    else:
        own.append("n" + passage.tokens[none].text)
        _bag("M", passage, start, none, seen, True)
        _bag("N", passage, none + 1, end, seen, True)
        _begins("N", passage, range(none + 1, end), own)
        if not any(passage.pieces[i] for i in range(none + 1, end)):
            own.append("N^")
            _bag("M^", passage, start, none, seen)
    _ends("e" + how, passage, range(start, end), own)
    _before(passage, start, "P", seen)
    seen.named.extend((f"T{name}{how}", found) for name, found in enumerate(passage.topics[start]))
    if before == "#":
        _bag("U", passage, passage.back(start - 1, BOUNDS), start - 1, seen)
    last = past[-1] if past else None
    if last is not None and last.label.kind:
        near = "n" if last.place >= passage.starts[start] else "f"
        seen.words.append((f"h{how}{near}{before == '#'}", ("", *parts(last.label))))
        seen.named.append(("H" + how + near, pieces(last.label)))
    else:
        own.append(f"h{how}none")
    recent = {
        parts(one.label)[0] for one in past[-4:] if one.label.kind and one.place >= passage.starts[start]
    }
    seen.words.append(("k" + how, recent))
    return seen


def _bag(name: str, passage: Passage, start: int, end: int, seen: Seen, spell: bool = False) -> None:
    """Add the words of a place as a set; what is denied is not what is counted (34件复议案件中无被纠正情形)."""
    if start >= end:
        return
    seen.words.append((name, passage.bag(start, end, spell)))
    none = next((i for i in range(start, end) if passage.kinds[i] is Kind.NOT), end)
    seen.named.append((name, passage.naming(range(start, none))))
    if none < end:
        seen.named.append((name + "-", passage.naming(range(none, end))))


def strange(passage: Passage, start: int, place: int) -> list[str]:
    """What makes of a number perhaps another thing's: words that are not known before what is counted, and behind it."""
    kinds = passage.kinds
    first = next((i for i in range(start, place) if kinds[i] in HEADS), None)
    if first is None:
        return ["x-"]
    at = first - 1
    while at >= start and passage.tokens[at].text in _JOINING:
        at -= 1
    before = kinds[at].name if at >= start and kinds[at] in _OTHERS else ""
    between = next((kinds[i].name for i in range(first, place) if kinds[i] in _OTHERS), "")
    return [f"x<{before}", f"x>{between}", f"x<{before}>{between}"]


def _nearest(passage: Passage, within: range, place: int, end: int, seen: Seen) -> None:
    """Add what the nearest telling words before and behind a number name, and what was the topic before its clause."""
    telling: list[int] = []
    for i in reversed(within):
        if passage.pieces[i]:
            telling.append(i)
            if len(telling) > 1:
                break
    for name, i in zip("ZX", telling, strict=False):
        behind_number = any(passage.kinds[k] is Kind.QUANTITY for k in range(max(within.start - 1, 0), i))
        seen.named.append((name + "#" if behind_number else name, passage.pieces[i]))
    if not telling:
        seen.words.append(("Z", ("0",)))
    for i in range(place + 1, end):
        if passage.kinds[i] is Kind.NOT:
            break
        if passage.pieces[i]:
            seen.named.append(("Y" if telling else "Y^", passage.pieces[i]))
            break
    seen.named.extend((f"T{name}", found) for name, found in enumerate(passage.topics[place]) if found)


def _ends(name: str, passage: Passage, words: range, own: list[str]) -> None:
    """Add the last words of a place in their order."""
    keys: list[str] = []
    for i in reversed(words):
        if passage.kinds[i] is not Kind.FILLER:
            keys.append(passage.keys[i])
            if len(keys) > 2:
                break
    one, two, three = (*keys, "^", "^", "^")[:3]
    own += [f"{name}1{one}", f"{name}2{two}|{one}", f"{name}3{three}|{two}|{one}"]
    if words:
        own.append(f"{name}.{passage.tokens[words[-1]].text[-3:]}")


def _begins(name: str, passage: Passage, words: range, own: list[str]) -> None:
    """Add the first words of a place in their order."""
    keys = [passage.keys[i] for i in words[:6] if passage.kinds[i] is not Kind.FILLER]
    one, two = (*keys, "^", "^")[:2]
    own += [f"{name}1{one}", f"{name}2{one}|{two}"]
    if words:
        own.append(f"{name}.{passage.tokens[words[0]].text[:3]}")


def _before(passage: Passage, clause: int, name: str, seen: Seen) -> None:
    """Add the clause before, the rest of the sentence and the sentence before."""
    at = clause
    while at and passage.kinds[at - 1] in STOPS:
        at -= 1
    one = passage.back(at, STOPS)
    start = passage.starts[clause]
    if one >= start:
        _bag(name, passage, one, at, seen)
        own: list[str] = []
        _ends("", passage, range(one, at), own)
        seen.words.append((name, own))
    _bag("S", passage, max(start, clause - WINDOW), clause, seen)
    if start:
        seen.words.append(("G", passage.bag(max(0, start - WINDOW), start)))


def _history(
    passage: Passage,
    place: int,
    start: int,
    value: Number,
    past: Sequence[Past],
    empty: bool,
    before: str,
    seen: Seen,
) -> None:
    """Add what was counted before."""
    if not past:
        seen.words.append(("h", ("none",)))
        return
    last = past[-1]
    near = "n" if last.place >= passage.starts[place] else "f"
    than = "<" if value < last.value else "=" if value == last.value else ">"
    inner = passage.depth[place] - passage.depth[last.place]
    first = passage.tokens[start].text[:2] if start < place else "0"
    had = parts(last.label)
    seen.words.extend(
        (how, had) for how in (f"h{near}", f"h{near}{than}", f"h{near}{empty}{before}", f"h{near}{inner}")
    )
    seen.words.append((f"h{near}.", (had[0] + first,)))
    if any(passage.kinds[i] is Kind.TOTAL for i in range(start, place)):
        whole = value == sum(one.value for one in past[-12:] if one.place >= passage.starts[place])
        seen.words.append((f"ht{near}{empty}{whole}", had))
        seen.named.append((f"Ht{near}{empty}", pieces(last.label)))
    seen.named.append((f"H{near}{empty}", pieces(last.label)))
    if any(passage.kinds[i] is Kind.PART for i in range(max(last.place + 1, place - WINDOW), place)):
        seen.words.append((f"hp{near}{than}", had))
    known = next((one for one in reversed(past[-8:]) if one.label != NOTHING), None)
    if known is not None:
        than = "<" if value < known.value else "=" if value == known.value else ">"
        seen.words.append(("k", (*parts(known.label), than + parts(known.label)[0])))
    seen.words.append(("q", {parts(one.label)[0] for one in past[-8:]}))
    if len(past) > 1:
        seen.words.append(("h2", (f"{parts(past[-2].label)[0]}|{had[0]}",)))
