"""The words of a paragraph, where its clauses and sentences begin, and what each word names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from xlreport.rules.text.claim_labels import named
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.sentences import Sentence
from xlreport.rules.text.tokens import Token

#: So many words belong to a clause at most.
REACH = 120
#: What ends a clause, a stretch without numbers, an item of a list.
STOPS = frozenset({Kind.STOP, Kind.OPEN, Kind.CLOSE})
BOUNDS = STOPS | {Kind.QUANTITY}
ITEMS = BOUNDS | {Kind.LIST}
QUANTITIES, _IN_TURN = frozenset({Kind.QUANTITY}), frozenset({Kind.IN_TURN})
_QUIET = frozenset({Kind.FILLER, Kind.UNKNOWN, Kind.LIST, *STOPS})
#: Years by their distance from the report's.
YEARS = {0: "o", -1: "b", 1: "a"}
_SAID = frozenset({Kind.NOT, Kind.ALL, Kind.EACH})
#: The acts by which what came in before them ends, or does not.
_ENDS = frozenset({"answered", "handled", "carried_out"})


class _Places(dict[frozenset[Kind], list[int]]):
    """The places of all words of some kinds, found when they are first asked for."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self._kinds = kinds

    def __missing__(self, wanted: frozenset[Kind]) -> list[int]:
        self[wanted] = found = [place for place, kind in enumerate(self._kinds) if kind in wanted]
        return found


class Passage:
    """The words of a paragraph, and where its clauses and sentences begin.

    By its place each word has its kind, key and ``pieces``, how deep in brackets it stands (0 or 1), where its sentence starts, the ``topics`` before it
    (what the last case, document, act of documents and result name), its ``signs`` (a stop, # for a number, $ for the end), its scope and years.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        sentences: Sequence[Sentence],
        scopes: Sequence[str],
        years: Sequence[str],
        own: int,
    ) -> None:
        self.tokens, self.sentences, self.scopes, self.years = tokens, sentences, scopes, years
        self.kinds = [token.kind for token in tokens]
        senses = [
            _of_year(token, own) if token.kind is Kind.YEAR else sense(token.kind, token.value)
            for token in tokens
        ]
        self.keys = [one.key for one in senses]
        self.pieces = [one.pieces for one in senses]
        self._classes = [one.classes for one in senses]
        self.signs = ["#" if token.kind is Kind.QUANTITY else token.text for token in tokens]
        self.signs.append("$")
        self._bags: dict[tuple[int, int], frozenset[str]] = {}
        self._places = _Places(self.kinds)
        self.topics = _topics(tokens, self.pieces)
        self.depth: list[int] = []
        self.starts: list[int] = []
        depth = start = 0
        for place, kind in enumerate(self.kinds):
            if kind in STOPS:
                depth = max(0, depth + (kind is Kind.OPEN) - (kind is Kind.CLOSE))
            self.depth.append(1 if depth else 0)
            self.starts.append(start)
            if self.signs[place] == "。":
                start, depth = place + 1, 0

    def last(self, place: int, kinds: frozenset[Kind]) -> int:
        """Return where the last word of these kinds before ``place`` is, -1 if there is none."""
        places = self._places[kinds]
        count = bisect_left(places, place)
        return places[count - 1] if count else -1

    def first(self, place: int, end: int, kinds: frozenset[Kind]) -> int:
        """Return where the first word of these kinds from ``place`` on is, ``end`` if there is none before it."""
        places = self._places[kinds]
        count = bisect_left(places, place)
        return places[count] if count < len(places) and places[count] < end else end

    def back(self, place: int, bounds: frozenset[Kind]) -> int:
        """Return where the run of words before ``place`` begins that has none of the ``bounds``."""
        places = self._places[bounds]
        count = bisect_left(places, place)
        return max(places[count - 1] + 1 if count else 0, place - REACH)

    def ahead(self, place: int, bounds: frozenset[Kind]) -> int:
        """Return where the run of words from ``place`` on ends."""
        return self.first(place, min(len(self.kinds), place + REACH), bounds)

    def numbers(self) -> list[int]:
        """Return the places of the numbers."""
        return self._places[QUANTITIES]

    def runs(self) -> list[tuple[int, int]]:
        """Return the runs of words that no number follows and that may say a figure without one."""
        found = []
        place, end = 0, len(self.tokens)
        while place < end:
            until = self.ahead(place, BOUNDS)
            if until > place:
                last = until
                if self.signs[until] == "#":
                    # 无结转、新收167件: what stands before the last 、 has no number
                    last = max((i for i in range(place, until) if self.kinds[i] is Kind.LIST), default=place)
                if last > place and self._says(place, last):
                    found.append((place, last))
            place = until + 1
        return found

    def bag(self, start: int, end: int) -> frozenset[str]:
        """Return the classes of the words of a place as a set."""
        found = self._bags.get((start, end))
        if found is None:
            found = self._bags[start, end] = frozenset().union(*self._classes[start:end])
        return found

    def spelled(self, start: int, end: int) -> set[str]:
        """Return the words of a place as a set: their classes, and what is written."""
        texts = [token.text for token in self.tokens[start:end]]
        return set().union(*map(_spelled, self.kinds[start:end], self.keys[start:end], texts))

    def naming(self, start: int, end: int) -> set[str]:
        """Return the pieces that the words of a place name."""
        return set().union(*self.pieces[start:end])

    def _says(self, start: int, end: int) -> bool:
        if not _SAID.isdisjoint(self.kinds[start:end]):
            return True
        if not any(self.pieces[start:end]):
            return False
        ends = any(word.kind is Kind.OUTCOME or word.value in _ENDS for word in self.tokens[start:end])
        before = self.back(start - 1, STOPS) if start and ends else start - 1
        after_number = (
            start > 0 and Kind.QUANTITY in self.kinds[before:start]
        )  # 复议2件，结果维持; 收到9件，已办结
        return after_number or any(
            token.text[0] in "未无没零不均全都系属为是因由已并" for token in self.tokens[start:end]
        )


#: Words that later ones may leave out: 行政诉讼, 规范性文件, 不予公开.
_TOPICS = {Kind.CASE: 0, Kind.DOCUMENT: 1, Kind.DOCUMENT_ACT: 2, Kind.ROW: 3}


#: Who decides, and not what kind of case.
_COURTS = ("法院", "人民法院")


def _topics(tokens: Sequence[Token], named_: Sequence[tuple[str, ...]]) -> list[tuple[tuple[str, ...], ...]]:
    """For each word, the pieces that the last case, document, act of documents and result before it name."""
    found: list[tuple[tuple[str, ...], ...]] = []
    last: list[tuple[str, ...]] = [()] * len(_TOPICS)
    now = tuple(last)
    suit = False  # one of the two kinds of suit was named in this clause
    for token, pieces_ in zip(tokens, named_, strict=True):
        found.append(now)
        if token.kind is Kind.STOP:
            suit = False
        elif token.kind is Kind.CASE and ((suit and token.value == "litigation") or token.text in _COURTS):
            continue  # 未经复议直接起诉的25件行政诉讼案件，法院维持7件
        elif token.kind in _TOPICS:
            last[_TOPICS[token.kind]] = pieces_
            now = tuple(last)
            suit = suit or token.value.startswith("litigation_")
    found.append(now)
    return found


class Sense(NamedTuple):
    """What a word is to the model: its key, the pieces of labels that it names, what it adds to a set of classes."""

    key: str
    pieces: tuple[str, ...]
    classes: tuple[str, ...]


@lru_cache(maxsize=1024)
def sense(kind: Kind, value: str) -> Sense:
    """Return the sense of the words of a kind and value."""
    key = f"{kind.name}:{value}" if value else kind.name
    classes = () if kind in _QUIET else (key, kind.name) if value else (key,)
    return Sense(key, named(kind, value), classes)


def _of_year(year: Token, own: int) -> Sense:
    return sense(Kind.YEAR, YEARS.get(int(year.number) - own, "d"))


def items_of(passage: Passage, place: int) -> list[tuple[int, int]]:
    """The words of the items that a number belongs to: the one in “A、B分别为1件、2件”, each of “A、B各1件”; none elsewhere."""
    kinds = passage.kinds
    each = place - 1
    while each > 0 and kinds[each] in (Kind.FILLER, Kind.SHARE):
        each -= 1
    if place and kinds[each] is Kind.EACH:
        items = _listed(passage, each)
        return items if len(items) > 1 else []
    turn = passage.last(place, _IN_TURN)
    if turn < passage.back(place, STOPS):
        return []
    count = kinds[turn:place].count(Kind.QUANTITY)
    return _listed(passage, turn)[count : count + 1]


def _listed(passage: Passage, end: int) -> list[tuple[int, int]]:
    """The items of the list that ends at a place."""
    items: list[tuple[int, int]] = []
    begin = passage.back(end, BOUNDS)
    for i in range(begin, end + 1):
        if i == end or passage.kinds[i] in (Kind.LIST, Kind.AND) or passage.tokens[i].text == "与":
            if i > begin:
                items.append((begin, i))
            begin = i + 1
    return items


@lru_cache(maxsize=8192)
def _spelled(kind: Kind, key: str, text: str) -> tuple[str, ...]:
    """What a word adds to a set that is spelled out: its class, and what is written; of an unknown run, two characters each."""
    if kind is Kind.UNKNOWN:
        pairs = tuple("?" + text[k : k + 2] for k in range(min(len(text) - 1, 12)))
        return (key, *pairs, "." + text) if len(text) < 4 else (key, *pairs)
    written = () if kind is Kind.STOP else ("." + text,)
    return (key, kind.name, *written) if ":" in key else (key, *written)
