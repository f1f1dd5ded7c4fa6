"""All words of the language by their first character: what the form prints comes from the form, the rest from the word lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from xlreport.form.declaration import Form, Node, Table
from xlreport.rules.text.kinds import Kind, Word
from xlreport.rules.text.sayings import (
    ACTS,
    APPLICANTS,
    CASES,
    DECIDE,
    DECISIONS,
    DISCLOSED,
    DOCUMENT_ACTS,
    DOCUMENTS,
    OUTCOMES,
    ROWS,
    TRANSFERS,
)
from xlreport.rules.text.vocabulary import PLAIN


def _sayings(words: str) -> Iterator[tuple[str, bool]]:
    for word in words.split():
        yield word.removeprefix("?"), not word.startswith("?")


class Lexicon(NamedTuple):
    """All words, and by their first two characters how long those are that begin so, longest first; words of one by that one."""

    words: dict[str, Word]
    lengths: dict[str, tuple[int, ...]]

    def __hash__(self) -> int:
        """There is one of each form: it may be the key of a cache."""
        return id(self)


@cache
def lexicon(form: Form) -> Lexicon:
    """Return the words for the reports of a form: what it prints, and how people say it."""
    words: dict[str, Word] = {}
    for kind, plain in PLAIN.items():
        words.update((word, Word(kind)) for word, _ in _sayings(plain))
    words["收费总额"] = words["收费金额"] = words["收费收入"] = Word(Kind.FEE, "", False)
    words["其他"] = words["其它"] = Word(Kind.OTHER)
    for kind, table in (
        (Kind.DECIDE, {"": DECIDE}),
        (Kind.DOCUMENT_ACT, DOCUMENT_ACTS),
        (Kind.OUTCOME, OUTCOMES),
        (Kind.CASE, CASES),
        (Kind.APPLICANT, APPLICANTS),
        (Kind.TRANSFER, {"": TRANSFERS}),
        (Kind.ACT, ACTS),
    ):
        for value, said in table.items():
            words.update((word, Word(kind, value, sure)) for word, sure in _sayings(said))
    words.update((word, Word(Kind.OBJECT, "disclosed", False)) for word, _ in _sayings(DISCLOSED))
    words["其他组织"] = words["其它组织"] = Word(Kind.APPLICANT, OTHER_ORGANISATION)
    words.update(_of_the_form(form))
    lengths: dict[str, set[int]] = {}
    for text in words:
        lengths.setdefault(text[:2], set()).add(len(text))
    return Lexicon(words, {begin: tuple(sorted(found, reverse=True)) for begin, found in lengths.items()})


#: 其他组织: all organisations beside 自然人, those of no named kind beside 商业企业.
OTHER_ORGANISATION = "other_organisation"


def _of_the_form(form: Form) -> Iterator[tuple[str, Word]]:
    """Yield the words that the form prints, in its own and in spoken form."""
    both = (key for key in ROWS if "+" in key)
    for key in both:
        rows = "+".join(RESULTS + part for part in key.split("+"))
        yield from ((text, Word(Kind.ROW, rows, sure)) for text, sure in _sayings(ROWS[key]))
    for table in form.tables:
        for node in _all(table.tree):
            name = node.key.rpartition(".")[2]
            if table.key == "applications" and node.key.startswith(RESULTS):
                word = Word(Kind.ROW, node.key)
                said = {} if name == "total" else dict(_sayings(ROWS.get(name, "")))
                if name == "other" and not node.is_row:
                    said = dict(_sayings(ROWS["other"]))
                elif name == "other" and node.key != RESULTS + name:
                    said = {}
                yield from ((text, word._replace(sure=sure)) for text, sure in said.items())
                if node.key.endswith(".total") or (name == "other" and node.key != RESULTS + name):
                    continue
                yield from ((text, word) for text in _shortened(node.label))
            elif table.key == "cases" and node.is_row:
                yield node.label, Word(Kind.CASE, name)
            elif table.key == "disclosure" and node.is_row:
                kind = (
                    Kind.DECISION
                    if any(leaf.key.endswith(".decisions") for leaf in node.leaves())
                    else Kind.DOCUMENT
                )
                if not any(leaf.key.endswith(".amount") for leaf in node.leaves()):
                    yield node.label, Word(kind, name)
                    yield from (
                        (text, Word(kind, name, sure))
                        for text, sure in _sayings(DOCUMENTS.get(name) or DECISIONS.get(name, ""))
                    )
    for table in form.tables:
        if table.key == "applications":
            yield from _applicants(table)
        elif table.key == "cases":
            yield from _outcomes(table)


def _applicants(table: Table) -> Iterator[tuple[str, Word]]:
    for node in table.tree[0].children:
        name = node.key.rpartition(".")[2] or "organisations"
        if name != "total":
            yield node.label, Word(Kind.APPLICANT, name)
        yield from (
            (leaf.label, Word(Kind.APPLICANT, leaf.key.rpartition(".")[2]))
            for leaf in node.children
            if len(leaf.label) > 2
        )


def _outcomes(table: Table) -> Iterator[tuple[str, Word]]:
    outcomes = next(node for node in _all(table.tree) if node.is_row).children
    yield from (
        (node.label, Word(Kind.OUTCOME, node.key.rpartition(".")[2]))
        for node in outcomes
        if node.label != "总计"
    )


#: What the keys of the results of table 3 begin with.
RESULTS = "applications.results."


def _all(level: tuple[Node, ...]) -> Iterator[Node]:
    for node in level:
        if node.key:
            yield node
        if not node.is_row:
            yield from _all(node.children)


def _shortened(label: str) -> Iterator[str]:
    """Yield a printed label without its number and remark, and the shorter forms in which it is quoted."""
    core = (
        re.sub(r"^(\d+\.|（.）)", "", label)
        .partition("（")[0]
        .replace("“", "")
        .replace("”", "")
        .partition("、")[0]
    )
    for text in {core, core.removesuffix("申请"), core.removeprefix("属于")}:
        if len(text) > 3:
            yield text
