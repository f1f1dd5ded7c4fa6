"""The words of a paragraph, where its clauses and sentences begin, and what each word names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

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
_QUIET = frozenset({Kind.FILLER, Kind.UNKNOWN, Kind.LIST, *STOPS})
#: Years by their distance from the report's.
YEARS = {0: "o", -1: "b", 1: "a"}
_SAID = frozenset({Kind.NOT, Kind.ALL, Kind.EACH})


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
        self._bags: dict[tuple[int, int, bool], frozenset[str]] = {}
        self.pieces = [named(token.kind, token.value) for token in tokens]
        self.scopes, self.years = scopes, years
        self.depth: list[int] = []
        self.topics = _topics(tokens, self.pieces)
        depth = 0
        self.starts: list[int] = []  # of the sentence of each word
        start = 0
        for place, token in enumerate(tokens):
            kind = token.kind
            if kind is Kind.OPEN:
                depth += 1
            elif kind is Kind.CLOSE and depth:
                depth -= 1
            self.depth.append(1 if depth else 0)
            self.starts.append(start)
            if kind is Kind.STOP and token.text == "。":
                start, depth = place + 1, 0

    def back(self, place: int, bounds: frozenset[Kind]) -> int:
        """Return where the run of words before ``place`` begins that has none of the ``bounds``."""
        kinds, least = self.kinds, max(0, place - REACH)
        while place > least and kinds[place - 1] not in bounds:
            place -= 1
        return place

    def ahead(self, place: int, bounds: frozenset[Kind]) -> int:
        """Return where the run of words from ``place`` on ends."""
        kinds, end = self.kinds, min(len(self.kinds), place + REACH)
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
            until = self.ahead(place, BOUNDS)
            if until > place:
                last = until
                if self.sign(until) == "#":
                    # 无结转、新收167件: what stands before the last 、 has no number
                    last = max((i for i in range(place, until) if self.kinds[i] is Kind.LIST), default=place)
                if last > place and self._says(place, last):
                    found.append((place, last))
            place = until + 1
        return found

    def bag(self, start: int, end: int, spell: bool = False) -> frozenset[str]:
        """Return the words of a place as a set: their classes, and with ``spell`` also what is written."""
        found = self._bags.get((start, end, spell))
        if found is None:
            kinds, keys = self.kinds[start:end], self.keys[start:end]
            if spell:
                words = map(_spelled, kinds, keys, [token.text for token in self.tokens[start:end]])
            else:
                words = map(_classes, kinds, keys)
            found = self._bags[start, end, spell] = frozenset().union(*words)
        return found

    def naming(self, words: Iterable[int]) -> set[str]:
        """Return the pieces that words name."""
        pieces_ = self.pieces
        return set().union(*[pieces_[i] for i in words])

    def _says(self, start: int, end: int) -> bool:
        if not _SAID.isdisjoint(self.kinds[start:end]):
            return True
        if not any(self.pieces[start:end]):
            return False
        before = self.back(start - 1, STOPS) if start and Kind.OUTCOME in self.kinds[start:end] else start - 1
        after_number = start > 0 and Kind.QUANTITY in self.kinds[before:start]  # 复议2件，结果维持
        return after_number or any(
            token.text[0] in "未无没零不均全都系属为是因由" for token in self.tokens[start:end]
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


def _key(token: Token, own: int) -> str:
    if token.kind is Kind.YEAR:
        return "YEAR:" + YEARS.get(int(token.number) - own, "d")
    return _named_key(token.kind, token.value)


@lru_cache(maxsize=1024)
def _named_key(kind: Kind, value: str) -> str:
    return f"{kind.name}:{value}" if value else kind.name


def items_of(passage: Passage, place: int) -> list[tuple[int, int]]:
    """The words of the items that a number belongs to: the one in “A、B分别为1件、2件”, each of “A、B各1件”; none elsewhere."""
    kinds = passage.kinds
    each = place - 1
    while each > 0 and kinds[each] in (Kind.FILLER, Kind.SHARE):
        each -= 1
    if place and kinds[each] is Kind.EACH:
        items = _listed(passage, each)
        return items if len(items) > 1 else []
    count = 0
    start = place
    least = max(0, place - REACH)
    while start > least and kinds[start - 1] not in STOPS:
        start -= 1
        if kinds[start] is Kind.IN_TURN:
            break
        count += kinds[start] is Kind.QUANTITY
    if start == place or kinds[start] is not Kind.IN_TURN:
        return []
    return _listed(passage, start)[count : count + 1]


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


@lru_cache(maxsize=4096)
def _classes(kind: Kind, key: str) -> tuple[str, ...]:
    """What a word adds to a set of classes; nothing where its class says nothing."""
    if kind in _QUIET:
        return ()
    return (key, kind.name) if ":" in key else (key,)


@lru_cache(maxsize=8192)
def _spelled(kind: Kind, key: str, text: str) -> tuple[str, ...]:
    """What a word adds to a set that is spelled out: its class, and what is written; of an unknown run, two characters each."""
    if kind is Kind.UNKNOWN:
        pairs = tuple("?" + text[k : k + 2] for k in range(min(len(text) - 1, 12)))
        return (key, *pairs, "." + text) if len(text) < 4 else (key, *pairs)
    written = () if kind is Kind.STOP else ("." + text,)
    return (key, kind.name, *written) if ":" in key else (key, *written)
