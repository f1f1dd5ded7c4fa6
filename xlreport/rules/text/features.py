"""What is seen around a number, and around a clause without one, when it is asked what they count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from xlreport.form.balance import Number
from xlreport.rules.text.claim_labels import NOTHING, Label, parts, pieces
from xlreport.rules.text.kinds import HEADS, Kind
from xlreport.rules.text.passage import BOUNDS, ITEMS, QUANTITIES, STOPS, Passage

#: So many words before a clause are looked at.
WINDOW = 30
_LIGHT = frozenset({Kind.FILLER, Kind.TOTAL, Kind.ABOUT})
_EACH = frozenset({Kind.ALL, Kind.EACH})
_NOT, _TOTAL, _PART = frozenset({Kind.NOT}), frozenset({Kind.TOTAL}), frozenset({Kind.PART})
#: Words that are not known, or known to count elsewhere; and what joins them to what follows.
_OTHERS = frozenset({Kind.UNKNOWN, Kind.FOREIGN, Kind.TOPIC, Kind.CHANNEL})
_JOINING = ("的", "行政", "相关", "有关", "等")
_NONE_NEAR = ("Z", ("0",))
_TOPICS = tuple(f"T{topic}" for topic in range(4))


class Seen(NamedTuple):
    """What is seen around an anchor: words by the place they stand in, labels that were read before (each a group of words, its parts), and the pieces named in each place."""

    words: list[tuple[str, Collection[str]]]
    read: list[tuple[str, Label]]
    named: list[tuple[str, Collection[str]]]

    def features(self) -> Iterator[str]:
        """Yield the names of all words in their places."""
        for place, words in chain(self.words, ((place, parts(label)) for place, label in self.read)):
            yield from (place + word for word in words)


class Past(NamedTuple):
    """What was read at an anchor before."""

    place: int
    label: Label
    value: Number


def of_number(
    passage: Passage, place: int, past: Sequence[Past], item: tuple[int, int] | None = None
) -> Seen:
    """Return what is seen around the number at a place; ``item`` has the words that stand for it elsewhere (A、B分别为1件、2件)."""
    tokens, kinds, keys, signs = passage.tokens, passage.kinds, passage.keys, passage.signs
    token = tokens[place]
    start = passage.back(place, ITEMS)
    clause = passage.back(start, BOUNDS)
    end = passage.ahead(place + 1, ITEMS)
    before, after = signs[start - 1], signs[end]
    empty = item is None and _LIGHT.issuperset(kinds[start:place])
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
        if not token.number:
            own.append("0")
        if numeral.spelled:
            own.append("s")
        if numeral.bound:
            own.append("~")
    seen = Seen([("", own)], [], [])
    left = (start, place)
    if item is not None:
        own.append("turn")
        left = item
        clause = passage.back(clause, STOPS)
        seen.words.append(("A", passage.spelled(*item)))
        seen.named.append(("A", passage.naming(*item)))
        _bag("LT", passage, clause, start, seen)
    elif clause < start:
        _bag("L#" if signs[clause - 1] == "#" else "L", passage, clause, start, seen)
    if item is None or item[1] < start:
        _spelled("A", passage, start, place, seen)
    _ends("a", passage, *left, own)
    right = "B#" if after == "#" else "B"
    _spelled(right, passage, place + 1, end, seen)
    _begins(right, passage, place + 1, end, own)
    own += strange(passage, start, place)
    _nearest(passage, left if item is not None else (clause, place), place, end, seen)
    _before(passage, clause, "P^" if empty and clause == start else "P", seen)
    _history(passage, place, start, token.number, past, empty, before, seen)
    return seen


def of_run(passage: Passage, run: tuple[int, int], past: Sequence[Past]) -> Seen:
    """Return what is seen in and around a run of words without a number."""
    start, end = run
    before, after = passage.signs[start - 1], passage.signs[end]
    none = passage.first(start, end, _NOT)
    how = "n" if none < end else "-" if _EACH.isdisjoint(passage.kinds[start:end]) else "e"
    own = [
        "",
        how,
        f"{how}<{before}",
        f"{how}>{after}",
        "y" + passage.years[start],
        "w" + passage.scopes[end - 1],
    ]
    own.append(f"d{passage.depth[start]}")
    seen = Seen([("", own)], [], [])
    if none == end:
        _spelled("A" + how, passage, start, end, seen)
        _begins("A" + how, passage, start, end, own)
    else:
        own.append("n" + passage.tokens[none].text)
        _spelled("M", passage, start, none, seen)
        _spelled("N", passage, none + 1, end, seen)
        _begins("N", passage, none + 1, end, own)
        if not passage.naming(none + 1, end):
            own.append("N^")
            _bag("M^", passage, start, none, seen)
    _ends("e" + how, passage, start, end, own)
    _before(passage, start, "P", seen)
    seen.named.extend((f"T{name}{how}", found) for name, found in enumerate(passage.topics[start]))
    if before == "#":
        _bag("U", passage, passage.back(start - 1, BOUNDS), start - 1, seen)
    last = past[-1] if past else None
    if last is not None and last.label.kind:
        near = "n" if last.place >= passage.starts[start] else "f"
        where = f"h{how}{near}{before == '#'}"
        own.append(where)
        seen.read.append((where, last.label))
        seen.named.append(("H" + how + near, pieces(last.label)))
    else:
        own.append(f"h{how}none")
    recent = {
        parts(one.label)[0] for one in past[-4:] if one.label.kind and one.place >= passage.starts[start]
    }
    seen.words.append(("k" + how, recent))
    return seen


def _spelled(name: str, passage: Passage, start: int, end: int, seen: Seen) -> None:
    """Add the words of a place as a set, spelled out."""
    if start < end:
        seen.words.append((name, passage.spelled(start, end)))
        _names(name, passage, start, end, seen)


def _bag(name: str, passage: Passage, start: int, end: int, seen: Seen) -> None:
    """Add the classes of the words of a place as a set."""
    if start < end:
        seen.words.append((name, passage.bag(start, end)))
        _names(name, passage, start, end, seen)


def _names(name: str, passage: Passage, start: int, end: int, seen: Seen) -> None:
    """Add what the words of a place name; what is denied is not what is counted (34件复议案件中无被纠正情形)."""
    none = passage.first(start, end, _NOT)
    if named := passage.naming(start, none):
        seen.named.append((name, named))
    if none < end:
        seen.named.append((name + "-", passage.naming(none, end)))


def strange(passage: Passage, start: int, place: int) -> list[str]:
    """What makes of a number perhaps another thing's: words that are not known before what is counted, and behind it."""
    kinds = passage.kinds
    first = passage.first(start, place, HEADS)
    if first == place:
        return ["x-"]
    at = first - 1
    while at >= start and passage.tokens[at].text in _JOINING:
        at -= 1
    before = kinds[at].name if at >= start and kinds[at] in _OTHERS else ""
    at = passage.first(first, place, _OTHERS)
    between = kinds[at].name if at < place else ""
    return [f"x<{before}", f"x>{between}", f"x<{before}>{between}"]


def _nearest(passage: Passage, within: tuple[int, int], place: int, end: int, seen: Seen) -> None:
    """Add what the nearest telling words before and behind a number name, and what was the topic before its clause."""
    named = passage.pieces
    start, stop = within
    names = "ZX"
    for i in range(stop - 1, start - 1, -1):
        if named[i]:
            name = names[0]
            if passage.last(i, QUANTITIES) >= max(start - 1, 0):
                name += "#"
            seen.named.append((name, named[i]))
            names = names[1:]
            if not names:
                break
    if len(names) == 2:
        seen.words.append(_NONE_NEAR)
    for i in range(place + 1, passage.first(place + 1, end, _NOT)):
        if named[i]:
            seen.named.append(("Y^" if len(names) == 2 else "Y", named[i]))
            break
    for name, found in zip(_TOPICS, passage.topics[place], strict=True):
        if found:
            seen.named.append((name, found))


def _ends(name: str, passage: Passage, start: int, end: int, own: list[str]) -> None:
    """Add the last words of a place in their order."""
    one = two = three = "^"
    count = 0
    for i in range(end - 1, start - 1, -1):
        if passage.kinds[i] is not Kind.FILLER:
            count += 1
            if count == 1:
                one = passage.keys[i]
            elif count == 2:
                two = passage.keys[i]
            else:
                three = passage.keys[i]
                break
    own += (f"{name}1{one}", f"{name}2{two}|{one}", f"{name}3{three}|{two}|{one}")
    if start < end:
        own.append(f"{name}.{passage.tokens[end - 1].text[-3:]}")


def _begins(name: str, passage: Passage, start: int, end: int, own: list[str]) -> None:
    """Add the first words of a place in their order."""
    keys = [passage.keys[i] for i in range(start, min(end, start + 6)) if passage.kinds[i] is not Kind.FILLER]
    one, two = (*keys, "^", "^")[:2]
    own += (f"{name}1{one}", f"{name}2{one}|{two}")
    if start < end:
        own.append(f"{name}.{passage.tokens[start].text[:3]}")


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
        _ends("", passage, one, at, own)
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
    near = "hn" if last.place >= passage.starts[place] else "hf"
    than = "<" if value < last.value else "=" if value == last.value else ">"
    inner = passage.depth[place] - passage.depth[last.place]
    first = passage.tokens[start].text[:2] if start < place else "0"
    had = last.label
    read = seen.read
    read += ((near, had), (near + than, had), (f"{near}{empty}{before}", had), (f"{near}{inner}", had))
    seen.words.append((near + ".", (parts(had)[0] + first,)))
    if passage.last(place, _TOTAL) >= start:
        whole = value == sum(one.value for one in past[-12:] if one.place >= passage.starts[place])
        read.append((f"ht{near[1]}{empty}{whole}", had))
        seen.named.append((f"Ht{near[1]}{empty}", pieces(had)))
    seen.named.append((f"H{near[1]}{empty}", pieces(had)))
    if passage.last(place, _PART) >= max(last.place + 1, place - WINDOW):
        read.append((f"hp{near[1]}{than}", had))
    for known in past[:-9:-1]:
        if known.label != NOTHING:
            than = "<" if value < known.value else "=" if value == known.value else ">"
            read.append(("k", known.label))
            seen.words.append(("k", (than + parts(known.label)[0],)))
            break
    seen.words.append(("q", {parts(one.label)[0] for one in past[-8:]}))
    if len(past) > 1:
        seen.words.append(("h2", (f"{parts(past[-2].label)[0]}|{parts(had)[0]}",)))
