"""Which figures of the tables a kind of claim may stand for, and how each reading is called."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from xlreport.form.balance import Number, plain
from xlreport.form.declaration import Form, rows_of
from xlreport.form.figures import amount
from xlreport.form.typing_errors import slip
from xlreport.rules.rule import Evidence
from xlreport.rules.text.claims import Claim
from xlreport.rules.text.lexicon import RESULTS

NEW, CARRIED_IN, CARRIED_OUT = "applications.new", "applications.carried_in", "applications.carried_out"
HANDLED = RESULTS + "total"


class Meaning(NamedTuple):
    """One reading of a claim: its name in the trade's words, and the cells that add up to it (with their signs)."""

    name: str
    terms: tuple[tuple[int, str], ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The keys of the cells."""
        return tuple(key for _, key in self.terms)


class Reading(NamedTuple):
    """A claim held against the tables: the meaning that matches, if one does, and what every meaning amounts to."""

    claim: Claim
    matched: Meaning | None
    values: tuple[tuple[Meaning, Number], ...]

    @property
    def contradicts(self) -> bool:
        """True if the tables say something else whichever way the words are taken."""
        return bool(self.values) and self.matched is None

    @property
    def tables(self) -> str:
        """What the tables say: “本年新收 167，本年新收＋上年结转 204”."""
        return "，".join(dict.fromkeys(f"{meaning.name} {plain(value)}" for meaning, value in self.values))


#: The usual meanings of what is said of applications, as rows with signs; the first is the plainest.
_ACTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "new": (("本年新收", (NEW,)),),
    "received": (
        ("本年新收", (NEW,)),
        ("本年新收＋上年结转", (NEW, CARRIED_IN)),
        ("办理结果总计", (HANDLED,)),
    ),
    "carried_in": (("上年结转", (CARRIED_IN,)),),
    "to_handle": (("本年新收＋上年结转", (NEW, CARRIED_IN)), ("办理结果总计", (HANDLED,))),
    "answered": (
        ("办理结果总计", (HANDLED,)),
        ("办理结果总计－上年结转", (HANDLED, "-" + CARRIED_IN)),
        ("办理结果总计－其他处理", (HANDLED, f"-{RESULTS}other")),
    ),
    "carried_out": (("结转下年度", (CARRIED_OUT,)),),
}
_ACTS["handled"] = tuple(dict(_ACTS["received"] + _ACTS["answered"]).items())
#: How far what is meant may be from what is written, as parts of it: generous, since only what cannot be is to be found.
_SLACK = Decimal("0.98")
_RANGES = {
    "over": (_SLACK, Decimal(2)),
    "below": (Decimal("0.7"), Decimal("1.02")),
    "about": (Decimal("0.8"), Decimal("1.2")),
}
_CASES = {
    "review": ("review",),
    "litigation": ("litigation_direct", "litigation_after_review"),
    "litigation_direct": ("litigation_direct",),
    "litigation_after_review": ("litigation_after_review",),
    "cases": ("review", "litigation_direct", "litigation_after_review"),
}


def readings(claims: list[Claim], evidence: Evidence) -> Iterator[Reading]:
    """Yield each claim with what the tables say to it; a claim on what the form does not have is left out."""
    for claim in claims:
        values = tuple(_values(claim, evidence))
        if values:
            matched = next((meaning for meaning, value in values if agrees(claim, value)), None)
            yield Reading(claim, matched, values)


def agrees(claim: Claim, value: Number) -> bool:
    """True if the written figure is the value, or the value rounded to the places that were written; loosely for 160余 and the like."""
    written, there = Decimal(claim.value), Decimal(value)
    if claim.bound == "above":
        return written * _SLACK <= there <= written + max(Decimal(claim.step), _last_place(written))
    if claim.bound in _RANGES:
        low, high = _RANGES[claim.bound]
        return low * written <= there <= high * written
    difference = abs(there - written)
    return (
        difference == 0
        or (claim.step != 1 and difference < claim.step)
        or (claim.bound == "part" and written < there and not _is_mistyped(written, there))
    )


#: Of figures below this, two that have nothing to do with each other are often one slip of the hand apart.
_TELLING = 100


def _is_mistyped(written: Decimal, there: Decimal) -> bool:
    """True if a part looks like its whole, mistyped: 公开行政许可339件, where 393 were decided."""
    return there >= _TELLING and (slip(written, there) is not None or there - written in (1, 10))


def _last_place(number: Decimal) -> Decimal:
    """The place of the last digit that is not 0: 余 of 230余 is less than 10."""
    return Decimal(1).scaleb(_zeros(number))


def _zeros(number: Decimal) -> int:
    """How many zeros a whole number ends with; of 7.2, one less than none."""
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _values(claim: Claim, evidence: Evidence) -> Iterator[tuple[Meaning, Number]]:
    for meaning in dict.fromkeys(_meant(claim, evidence)):
        if all(evidence.filled(key.partition(".")[0]) for key in meaning.cells):
            parts = [(sign, _figure(key, evidence)) for sign, key in meaning.terms]
            if all(value is not None for _, value in parts):
                yield meaning, sum(sign * value for sign, value in parts if value is not None)


def _meant(claim: Claim, evidence: Evidence) -> Iterator[Meaning]:
    """The meanings of a claim, then those of the readings that are less likely but not excluded."""
    for kind, column in ((claim.kind, claim.column), *claim.others):
        yield from meanings(evidence.form, kind, column)


def _figure(key: str, evidence: Evidence) -> Number | None:
    """The figure of a cell; for a total that was left blank, the sum of its row."""
    if evidence.figures[key] is None and key.endswith(".total"):
        row = key.removesuffix("total")
        parts = [
            amount(value)
            for other, value in evidence.figures.items()
            if other.startswith(row) and "." not in other[len(row) :]
        ]
        return None if None in parts else sum(part for part in parts if part is not None)
    return amount(evidence.figures[key])


@cache
def meanings(form: Form, kind: str, column: str) -> tuple[Meaning, ...]:
    """Return the readings of a kind of claim for a column of applicants (“” for all); none where the form has no such figure."""
    if "+" in kind:
        parts = [meanings(form, part, column) for part in kind.split("+")]
        if not all(parts):
            return ()
        joined = tuple(term for part in parts for term in part[0].terms)
        return (Meaning("＋".join(part[0].name for part in parts), joined),)
    if kind in form.cells:
        return (Meaning(form.label(kind), ((1, kind),)),)
    if _table_of(kind) not in (table.key for table in form.tables):
        return ()
    if kind in _ACTS:
        found = [Meaning(name, tuple(_applications(form, rows, column))) for name, rows in _ACTS[kind]]
    elif kind.startswith("results."):
        rows = (f"applications.{kind}",)
        found = [Meaning(_row_name(form, kind), tuple(_applications(form, rows, column)))]
    elif kind.partition(".")[0] in _CASES:
        found = [_cases(form, kind)]
    else:
        key = f"disclosure.{kind}"
        found = [Meaning(form.label(key), ((1, key),))] if key in form.cells else []
    return tuple(meaning for meaning in found if meaning.terms)


def _table_of(kind: str) -> str:
    """The table that a kind of claim is about."""
    if kind in _ACTS or kind.startswith("results."):
        return "applications"
    return "cases" if kind.partition(".")[0] in _CASES else "disclosure"


def _applications(form: Form, rows: tuple[str, ...], column: str) -> Iterator[tuple[int, str]]:
    table = form.table("applications")
    columns = [column] if column else ["total"]
    if column == "organisations":
        columns = [
            leaf.key.rpartition(".")[2]
            for node in table.tree[0].children
            if not node.key
            for leaf in node.children
        ]
    for row in rows:
        sign, prefix = (-1, row[1:]) if row.startswith("-") else (1, row)
        for line in rows_of(table.tree):
            if line.key == prefix or line.key.startswith(prefix + "."):
                yield from ((sign, f"{line.key}.{name}") for name in columns)


def _row_name(form: Form, kind: str) -> str:
    key = f"applications.{kind}"
    level = form.table("applications").tree
    while True:
        node = next((node for node in level if key == node.key or key.startswith(node.key + ".")), None)
        if node is None or node.key == key:
            return node.label.partition("（区分")[0] if node else kind
        level = node.children


def _cases(form: Form, kind: str) -> Meaning:
    case, _, outcome = kind.partition(".")
    rows = [f"cases.{name}" for name in _CASES[case]]
    labels = {row.key: row.label for row in rows_of(form.table("cases").tree)}
    names = "＋".join(labels.get(row, "") for row in rows)
    if outcome == "settled":
        terms = tuple(term for row in rows for term in ((1, f"{row}.total"), (-1, f"{row}.pending")))
        return Meaning(names + "已审结", terms)
    keys = tuple((1, f"{row}.{outcome or 'total'}") for row in rows)
    label = form.cells[keys[0][1]].column_labels[-1] if keys[0][1] in form.cells else ""
    return Meaning(names + label, keys if label else ())
