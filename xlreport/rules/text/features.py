"""What is seen around a number, and around a clause without one, when it is asked what they count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xlreport.form.balance import Number
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.labels import NOTHING, Label, named, parts, pieces
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token

#: So many words before a clause are looked at.
WINDOW = 30
_STOPS = frozenset({Kind.STOP, Kind.OPEN, Kind.CLOSE})
_BOUNDS = _STOPS | {Kind.QUANTITY}
_ITEMS = _BOUNDS | {Kind.LIST}
_SPELLED = frozenset({Kind.FILLER, Kind.UNKNOWN, Kind.FOREIGN, Kind.TOPIC})
_QUIET = frozenset({Kind.FILLER, Kind.UNKNOWN, Kind.LIST, *_STOPS})
#: Years by their distance from the report's.
YEARS = {0: "o", -1: "b", 1: "a"}
_SAID = frozenset({Kind.NOT, Kind.ALL, Kind.EACH})


class Seen(NamedTuple):
    """The features of an anchor: plain ones, and the pieces named in each place around it."""

    plain: list[str]
    named: list[tuple[str, str]]  # the place, the piece


class Past(NamedTuple):
    """What was read at an anchor before."""

    place: int
    label: Label
    value: Number


class Passage:
    """The words of a paragraph, and where its clauses and sentences begin."""

    def __init__(
        self,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        scopes: Sequence[str],
        years: Sequence[str],
        own: int,
    ) -> None:
        self.tokens, self.sentences = tokens, sentences
        self.kinds = [token.kind for token in tokens]
        self.keys = [_key(token, own) for token in tokens]
        self.pieces = [named(token.kind, token.value) for token in tokens]
        self.scopes, self.years = scopes, years
        self.depth: list[int] = []
        self.topics = _topics(tokens, self.pieces)
        depth = 0
        self.starts: list[int] = []  # of the sentence of each word
        start = 0
        for place, token in enumerate(tokens):
            depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
            self.depth.append(min(depth, 1))
            self.starts.append(start)
            if token.kind is Kind.STOP and token.text == "。":
                start, depth = place + 1, 0

    def back(self, place: int, bounds: frozenset[Kind]) -> int:
        """Return where the run of words before ``place`` begins that has none of the ``bounds``."""
        kinds = self.kinds
        while place and kinds[place - 1] not in bounds:
            place -= 1
        return place

    def ahead(self, place: int, bounds: frozenset[Kind]) -> int:
        """Return where the run of words from ``place`` on ends."""
        kinds, end = self.kinds, len(self.kinds)
        while place < end and kinds[place] not in bounds:
            place += 1
        return place

    def sign(self, place: int) -> str:
        """Return what stands at a place: a stop, # for a number, $ for the end."""
        if not 0 <= place < len(self.tokens):
            return "$"
        return "#" if self.kinds[place] is Kind.QUANTITY else self.tokens[place].text

    def numbers(self) -> list[int]:
        """Return the places of the numbers."""
        return [place for place, kind in enumerate(self.kinds) if kind is Kind.QUANTITY]

    def runs(self) -> list[tuple[int, int]]:
        """Return the runs of words that no number follows and that may say a figure without one."""
        found = []
        place, end = 0, len(self.tokens)
        while place < end:
            until = self.ahead(place, _BOUNDS)
            if until > place:
                last = until
                if self.sign(until) == "#":
                    # 无结转、新收167件: what stands before the last 、 has no number
                    last = max((i for i in range(place, until) if self.kinds[i] is Kind.LIST), default=place)
                if last > place and self._says(place, last):
                    found.append((place, last))
            place = until + 1
        return found

    def _says(self, start: int, end: int) -> bool:
        after_number = start > 0 and self.kinds[start - 1] is Kind.QUANTITY
        words = range(start, end)
        if any(self.kinds[i] in _SAID for i in words):
            return True
        telling = any(self.pieces[i] for i in words)
        return telling and (after_number or any(self.tokens[i].text[0] in "未无没零不均全都系属为是因由" for i in words))


#: Words that later ones may leave out: 行政诉讼, 规范性文件, 不予公开.
_TOPICS = {Kind.CASE: 0, Kind.DOCUMENT: 1, Kind.DOCUMENT_ACT: 2, Kind.ROW: 3}


def _topics(tokens: Sequence[Token], named_: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], ...]]:
    """For each word, the pieces that the last case, document, act of documents and result before it name."""
    found = []
    last: list[tuple[str, ...]] = [()] * len(_TOPICS)
    for token, pieces_ in zip(tokens, named_, strict=True):
        found.append(tuple(last))
        if token.kind in _TOPICS:
            last[_TOPICS[token.kind]] = pieces_
    found.append(tuple(last))
    return found


def _key(token: Token, own: int) -> str:
    if token.kind is Kind.YEAR:
        return "YEAR:" + YEARS.get(int(token.number) - own, "d")
    return f"{token.kind.name}:{token.value}" if token.value else token.kind.name


def _own_item(passage: Passage, place: int) -> tuple[int, int] | None:
    """The words of the item that a number belongs to in “A、B分别为1件、2件”."""
    kinds = passage.kinds
    count = 0
    start = place
    while start and kinds[start - 1] not in _STOPS:
        start -= 1
        if kinds[start] is Kind.IN_TURN:
            break
        count += kinds[start] is Kind.QUANTITY
    if start == place or kinds[start] is not Kind.IN_TURN:
        return None
    first = passage.back(start, _BOUNDS)
    items: list[tuple[int, int]] = []
    begin = first
    for i in range(first, start + 1):
        if i == start or kinds[i] in (Kind.LIST, Kind.AND):
            if i > begin:
                items.append((begin, i))
            begin = i + 1
    return items[count] if count < len(items) else None


def of_number(passage: Passage, place: int, past: Sequence[Past]) -> Seen:
    """Return what is seen around the number at a place."""
    tokens, kinds, keys = passage.tokens, passage.kinds, passage.keys
    token = tokens[place]
    start = passage.back(place, _ITEMS)
    clause = passage.back(start, _BOUNDS)
    end = passage.ahead(place + 1, _ITEMS)
    item = _own_item(passage, place)
    before, after = passage.sign(start - 1), passage.sign(end)
    left = range(start, place) if item is None else [*range(*item), *range(start, place)]
    empty = not any(kinds[i] not in (Kind.FILLER, Kind.TOTAL, Kind.ABOUT) for i in left)
    plain = [
        "",
        f"u{token.unit}",
        f"d{passage.depth[place]}",
        f"<{before}",
        f">{after}",
        f"<>{before}{after}{empty}",
        f"y{passage.years[place]}",
        f"w{passage.scopes[place]}",
    ]
    if not token.number:
        plain.append("0")
    if token.numeral is not None and token.numeral.spelled:
        plain.append("s")
    if token.numeral is not None and token.numeral.bound:
        plain.append("~")
    named_: list[tuple[str, str]] = []
    _bag("A", passage, left, plain, named_, spell=True)
    _ends("a", passage, left, plain)
    if item is not None:
        plain.append("turn")
    if clause < start:
        _bag("L", passage, range(clause, start), plain, named_)
    right = "B#" if after == "#" else "B"
    _bag(right, passage, range(place + 1, end), plain, named_, spell=True)
    _begins(right, passage, range(place + 1, end), plain)
    _nearest(passage, clause, place, end, empty, plain, named_)
    plain.append(f"ab{keys[place - 1] if place else '$'}|{keys[place + 1] if place + 1 < len(keys) else '$'}")
    _before(passage, clause, "P0" if empty and clause == start else "P", plain, named_)
    _history(passage, place, start, token.number, past, empty, before, plain, named_)
    return Seen(plain, named_)


def of_run(passage: Passage, run: tuple[int, int], past: Sequence[Past]) -> Seen:
    """Return what is seen in and around a run of words without a number."""
    start, end = run
    kinds = passage.kinds
    before, after = passage.sign(start - 1), passage.sign(end)
    none = next((i for i in range(start, end) if kinds[i] is Kind.NOT), None)
    how = "n" if none is not None else "e" if any(kinds[i] in (Kind.ALL, Kind.EACH) for i in range(start, end)) else "-"
    plain = ["", how, f"{how}<{before}", f"{how}>{after}", f"y{passage.years[start]}", f"w{passage.scopes[end - 1]}", f"d{passage.depth[start]}"]
    named_: list[tuple[str, str]] = []
    if none is None:
        _bag("A" + how, passage, range(start, end), plain, named_, spell=True)
        _begins("A" + how, passage, range(start, end), plain)
    else:
        plain.append(f"n{passage.tokens[none].text}")
        _bag("M", passage, range(start, none), plain, named_, spell=True)
        _bag("N", passage, range(none + 1, end), plain, named_, spell=True)
        _begins("N", passage, range(none + 1, end), plain)
        if not any(passage.pieces[i] for i in range(none + 1, end)):
            plain.append("N0")
            _bag("M0", passage, range(start, none), plain, named_)
    _ends("e" + how, passage, range(start, end), plain)
    _before(passage, start, "P", plain, named_)
    for name, found in enumerate(passage.topics[start]):
        named_ += [(f"T{name}{how}", piece) for piece in found]
    if before == "#":
        count = passage.back(start - 1, _BOUNDS)
        _bag("U", passage, range(count, start - 1), plain, named_)
    last = past[-1] if past else None
    if last is not None and last.label.kind:
        near = "n" if last.place >= passage.starts[start] else "f"
        gap = f"h{how}{near}{before == '#'}"
        plain += [gap, *(f"{gap}{part}" for part in parts(last.label))]
        named_ += [("H" + how + near, piece) for piece in pieces(last.label)]
    else:
        plain.append(f"h{how}none")
    for one in past[-4:]:
        if one.label.kind and one.place >= passage.starts[start]:
            plain.append(f"k{how}{parts(one.label)[0]}")
    return Seen(plain, named_)


def _bag(
    name: str,
    passage: Passage,
    words: Sequence[int],
    plain: list[str],
    named_: list[tuple[str, str]],
    spell: bool = False,
) -> None:
    """Add the words of a place as a set: their classes, and with ``spell`` also what is written where the class says little."""
    keys, kinds, tokens = passage.keys, passage.kinds, passage.tokens
    seen: set[str] = set()
    unknown = False
    for i in words:
        kind = kinds[i]
        if kind is Kind.UNKNOWN:
            unknown = True
        if not spell and kind in _QUIET:
            continue
        seen.add(keys[i])
        if ":" in keys[i]:
            seen.add(kind.name)
        if spell:
            text = tokens[i].text
            if kind is Kind.UNKNOWN:
                seen.update("?" + text[k : k + 2] for k in range(min(len(text) - 1, 12)))
                if len(text) < 4:
                    seen.add("." + text)
            elif kind is not Kind.STOP:
                seen.add("." + text)
        named_.extend([(name, piece) for piece in passage.pieces[i]])
    plain.extend([name + word for word in sorted(seen)])
    if unknown:
        plain.append(name + "?")


def _nearest(
    passage: Passage,
    clause: int,
    place: int,
    end: int,
    empty: bool,
    plain: list[str],
    named_: list[tuple[str, str]],
) -> None:
    """Add what the nearest telling words before and behind a number name, and what was the topic before its clause."""
    telling = [i for i in range(clause, place) if passage.pieces[i]][-2:]
    for name, i in zip("ZX", reversed(telling), strict=False):
        named_.extend([(name, piece) for piece in passage.pieces[i]])
    if not telling:
        plain.append("Z0")
    behind = next((i for i in range(place + 1, end) if passage.pieces[i]), None)
    if behind is not None:
        named_.extend([("Y" + str(not telling)[0], piece) for piece in passage.pieces[behind]])
    for name, found in enumerate(passage.topics[place]):
        named_.extend([(f"T{name}", piece) for piece in found])


def _ends(name: str, passage: Passage, words: Sequence[int], plain: list[str]) -> None:
    """Add the last words of a place in their order."""
    keys = [passage.keys[i] for i in words if passage.kinds[i] is not Kind.FILLER]
    if keys:
        plain.append(f"{name}1{keys[-1]}")
        if len(keys) > 1:
            plain.append(f"{name}2{keys[-2]}|{keys[-1]}")
            if len(keys) > 2:
                plain.append(f"{name}3{keys[-3]}|{keys[-2]}|{keys[-1]}")
        else:
            plain.append(f"{name}2^|{keys[-1]}")
    else:
        plain.append(name + "0")
    if words:
        plain.append(f"{name}.{passage.tokens[words[-1]].text[-3:]}")


def _begins(name: str, passage: Passage, words: Sequence[int], plain: list[str]) -> None:
    """Add the first words of a place in their order."""
    keys = [passage.keys[i] for i in words[:6] if passage.kinds[i] is not Kind.FILLER]
    if keys:
        plain.append(f"{name}1{keys[0]}")
        if len(keys) > 1:
            plain.append(f"{name}2{keys[0]}|{keys[1]}")
    else:
        plain.append(name + "0")
    if words:
        plain.append(f"{name}.{passage.tokens[words[0]].text[:3]}")


def _before(passage: Passage, clause: int, name: str, plain: list[str], named_: list[tuple[str, str]]) -> None:
    """Add the clause before, the one before that, the rest of the sentence and the sentence before."""
    at = clause
    while at and passage.kinds[at - 1] in _STOPS:
        at -= 1
    one = passage.back(at, _STOPS)
    start = passage.starts[clause] if clause < len(passage.starts) else 0
    if one >= start:
        _bag(name, passage, range(one, at), plain, named_)
        _ends(name, passage, range(one, at), plain)
    said = range(max(start, clause - WINDOW), clause)
    _bag("S", passage, said, plain, named_)
    if start:
        _bag("G", passage, range(max(0, start - WINDOW), start), plain, [])


def _history(
    passage: Passage,
    place: int,
    start: int,
    value: Number,
    past: Sequence[Past],
    empty: bool,
    before: str,
    plain: list[str],
    named_: list[tuple[str, str]],
) -> None:
    """Add what was counted before."""
    last = past[-1] if past else None
    if last is None:
        plain.append("h0")
        return
    near = "n" if last.place >= passage.starts[place] else "f"
    than = "<" if value < last.value else "=" if value == last.value else ">"
    inner = passage.depth[place] - passage.depth[last.place]
    own = [f"{near}{part}" for part in parts(last.label)]
    first = passage.tokens[start].text if start < place else "0"
    plain += [f"h{part}" for part in own]
    plain += [f"h{part}{than}" for part in own]
    plain += [f"h{part}{empty}{before}" for part in own]
    plain += [f"h{part}{inner}" for part in own]
    plain += [f"h{part}.{first[:2]}" for part in own[:1]]
    named_ += [("H" + near + str(empty)[0], piece) for piece in pieces(last.label)]
    part = any(passage.kinds[i] is Kind.PART for i in range(max(last.place + 1, place - WINDOW), place))
    if part:
        plain += [f"hp{part}{than}" for part in own]
    known = next((one for one in reversed(past[-8:]) if one.label != NOTHING and one.label.own), None)
    if known is not None:
        plain += [f"k{piece}" for piece in parts(known.label)]
        than = "<" if value < known.value else "=" if value == known.value else ">"
        plain.append(f"k{than}{parts(known.label)[0]}")
    seen = {parts(one.label)[0] for one in past[-8:]}
    plain += [f"q{piece}" for piece in sorted(seen)]
    if len(past) > 1:
        plain.append(f"h2{parts(past[-2].label)[0]}|{parts(last.label)[0]}")
