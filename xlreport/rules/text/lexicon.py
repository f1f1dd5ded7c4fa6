"""All words of the language: what the form prints comes from the form, how people say it from ``words.txt`` beside this module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from xlreport.form.declaration import Form, Node, Table, rows_of
from xlreport.rules.text.data import text_of
from xlreport.rules.text.kinds import Kind, Word

#: What the keys of the results of table 3 begin with.
RESULTS = "applications.results."
NAME = "words.txt"
#: Labels that say nothing by themselves.
_EMPTY = ("总计", "合计", "其他")


class Lexicon(NamedTuple):
    """All words, and by their first two characters how long those are that may stand there, longest first; by the first where only that one is known."""

    words: dict[str, Word]
    lengths: dict[str, tuple[int, ...]]

    def __hash__(self) -> int:
        """There is one of each form: it may be the key of a cache."""
        return id(self)


@cache
def lexicon(form: Form) -> Lexicon:
    """Return the words for the reports of a form: how people say what it prints, then what it prints itself."""
    rows = {node.key.rpartition(".")[2]: node.key for node in reversed(results_of(form))}
    words: dict[str, Word] = {}
    for kind, value, said in _said():
        keys = [rows.get(part, "") for part in value.split("+")] if kind is Kind.ROW else [value]
        if kind is not Kind.ROW or all(keys):
            words.update((text, Word(kind, "+".join(keys), *more)) for text, more in said)
    for table in form.tables:
        words.update(_printed(table))
    lengths: dict[str, set[int]] = {}
    for text in words:
        lengths.setdefault(text[:2], {1} if text[0] in words else set()).add(len(text))
    return Lexicon(words, {begin: tuple(sorted(found, reverse=True)) for begin, found in lengths.items()})


@cache
def _said() -> list[tuple[Kind, str, list[tuple[str, _More]]]]:
    """The lines of the file: a class, a value, and the words."""
    found = []
    for line in text_of(NAME).splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition(": ")
            kind, _, value = name.partition(" ")
            found.append((Kind[kind], value, [one for word in words.split() for one in _spelled_out(word)]))
    return found


class _More(NamedTuple):
    """What a word of the file has beside its class and value."""

    sure: bool
    before: tuple[str, ...]
    unless: tuple[str, ...]


def _spelled_out(word: str) -> Iterator[tuple[str, _More]]:
    """Yield the words that a pattern stands for: (未|无)结案 is two."""
    text, _, before = word.removeprefix("?").partition(">")
    text, *unless = text.split("!")
    places = [place.split("|") for place in re.split(r"[()]", text)]
    more = _More(not word.startswith("?"), tuple(before.split("/")), tuple(unless))
    yield from (("".join(chosen), more) for chosen in product(*places))


def results_of(form: Form) -> list[Node]:
    """Return the groups and rows of the results of table 3, each before its parts; without their total."""
    nodes = (node for table in form.tables for node in _keyed(table.tree))
    return [node for node in nodes if node.key.startswith(RESULTS) and not node.key.endswith("results.total")]


def _printed(table: Table) -> Iterator[tuple[str, Word]]:
    """Yield the words that a table prints, in its own and in spoken form."""
    if table.key == "applications":
        for node in _keyed(table.tree):
            if node.key.startswith(RESULTS) and not node.key.endswith((".total", "other.other")):
                yield from ((text, Word(Kind.ROW, node.key)) for text in _shortened(node.label))
        for node in table.tree[0].children:
            name = node.key.rpartition(".")[2] or "organisations"
            if name != "total":
                yield node.label, Word(Kind.APPLICANT, name)
            yield from _columns(node.children, Kind.APPLICANT)
    elif table.key == "cases":
        rows = rows_of(table.tree)
        yield from ((row.label, Word(Kind.CASE, row.key.rpartition(".")[2])) for row in rows)
        yield from _columns(rows[0].children, Kind.OUTCOME)
    elif table.key == "disclosure":
        for row in rows_of(table.tree):
            columns = [leaf.key.rpartition(".")[2] for leaf in row.leaves()]
            kind = Kind.DECISION if "decisions" in columns else Kind.DOCUMENT
            if "amount" not in columns:
                yield row.label, Word(kind, row.key.rpartition(".")[2])
    else:
        for row in rows_of(table.tree):
            yield from ((text, Word(Kind.ROW, row.key)) for text in _shortened(row.label, 2))
            yield from _columns(tuple(row.leaves()), Kind.OUTCOME)


def _columns(leaves: tuple[Node, ...], kind: Kind) -> Iterator[tuple[str, Word]]:
    for leaf in leaves:
        if leaf.label not in _EMPTY:
            yield leaf.label, Word(kind, leaf.key.rpartition(".")[2])


def _keyed(level: tuple[Node, ...]) -> Iterator[Node]:
    for node in level:
        if node.key:
            yield node
        if not node.is_row:
            yield from _keyed(node.children)


def _shortened(label: str, shortest: int = 4) -> Iterator[str]:
    """Yield a printed label without its number and remark, and the shorter forms in which it is quoted."""
    core = re.sub(r"^(\d+\.|（.）)|[“”]", "", label).partition("（")[0].partition("、")[0]
    for text in dict.fromkeys((core, core.removesuffix("申请"), core.removeprefix("属于"))):
        if len(text) >= shortest:
            yield text
