"""What a number or a clause may be read as, and the pieces that such a label is made of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from xlreport.form.declaration import Form, rows_of
from xlreport.rules.text.kinds import Kind
from xlreport.rules.text.lexicon import results_of

ACTS = ("received", "new", "carried_in", "carried_out", "to_handle", "answered", "handled")
CASES = ("review", "litigation", "litigation_direct", "litigation_after_review", "cases")
DOCUMENTS = ("rules", "normative_documents")
#: What a clause without a number says of its label: that there is none, or that it is all of what was counted last.
NUMBER, NONE, ALL = "", "zero", "last"


class Label(NamedTuple):
    """A kind of claim, the column of applicants, and how it is said."""

    kind: str
    column: str = ""
    said: str = NUMBER


#: What counts nothing of the tables.
NOTHING = Label("")


@cache
def pieces(label: Label) -> tuple[str, ...]:
    """Return the pieces by which words name a label: its own first, then those of its group, then its column."""
    found: list[str] = []
    for kind in label.kind.split("+"):
        head, *rest = kind.split(".")
        if not head:
            continue
        if head in ACTS:
            found.append("a." + head)
        elif head == "results":
            found += [f"r.{part}" for part in reversed(rest)]
        elif head in CASES:
            found += [f"o.{part}" for part in rest] + ["s." + head]
        elif head in DOCUMENTS:
            found += [f"e.{part}" for part in rest] + ["d." + head]
        elif len(rest) > 1:
            found += ["o." + rest[-1], "r." + rest[-2]]
        else:
            found += ["d." + head]
    if label.column:
        found.append("c." + label.column)
    return tuple(dict.fromkeys(found))


def slots(label: Label) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a label with what they are of it: its own, its group's, its column."""
    for place, piece in enumerate(pieces(label)):
        yield piece, "column" if piece.startswith("c.") else "own" if not place else "group"


@cache
def family(label: Label) -> str:
    """Return the sort of figure that a label is: one of an act, a result, a ground, a case …"""
    head, _, rest = label.kind.partition("+")[0].partition(".")
    if "." in rest and head != "results":
        return "outcome"
    if head in ACTS:
        return "act"
    if head == "results":
        return "ground" if "." in rest else "result"
    if head in CASES:
        return "outcome" if rest else "case"
    return {"": "", "fees": "fee"}.get(head, "document" if head in DOCUMENTS else "decision")


@cache
def parts(label: Label) -> tuple[str, ...]:
    """Return the parts by whose weights a label is scored."""
    if label == NOTHING:
        return ("nothing",)
    found = [*pieces(label), "f." + family(label), "something"]
    if label.column:
        found.append("column")
    if "+" in label.kind:
        found.append("plus")
    if label.said:
        found.append(label.said)
    return tuple(found)


@cache
def named(kind: Kind, value: str) -> tuple[str, ...]:
    """Return the pieces that a word of that class and value names."""
    if kind is Kind.ROW:
        rows = (row.split(".")[2:] for row in value.split("+"))
        return tuple(dict.fromkeys("r." + part for row in rows for part in row))
    if value == "other_organisation":
        return ("c.other",)
    if kind is Kind.OTHER:
        return ("r.other", "o.other", "c.other")
    if kind is Kind.TRANSFER:
        return ("a.carried_in", "a.carried_out")
    if kind is Kind.FEE:
        return ("d.fees",)
    prefix = _PREFIXES.get(kind)
    return (f"{prefix}.{value}",) if prefix and value else ()


_PREFIXES = {
    Kind.ACT: "a",
    Kind.CASE: "s",
    Kind.OUTCOME: "o",
    Kind.DOCUMENT: "d",
    Kind.DOCUMENT_ACT: "e",
    Kind.DECISION: "d",
    Kind.APPLICANT: "c",
}


def inventory(form: Form) -> list[Label]:
    """Return every label that a number may have in reports of that form, by what the form declares."""
    found: list[Label] = [NOTHING]
    keys = {table.key for table in form.tables}
    columns = [""]
    if "applications" in keys:
        leaves = form.table("applications").tree[0].leaves()
        columns += ["organisations", *(leaf.key.rpartition(".")[2] for leaf in leaves)]
        columns.remove("total")
        found += [Label(act, column) for act in ACTS for column in columns]
        found += [Label(node.key.removeprefix("applications.")) for node in results_of(form)]
    if "cases" in keys:
        rows = rows_of(form.table("cases").tree)
        outcomes = [leaf.key.rpartition(".")[2] for leaf in rows[0].leaves()]
        outcomes[outcomes.index("total")] = ""
        found += [
            Label(f"{case}.{outcome}".rstrip(".")) for case in CASES for outcome in (*outcomes, "settled")
        ]
    if "disclosure" in keys:
        found += [Label(cell.key.removeprefix("disclosure.")) for cell in form.table("disclosure").cells]
    known = ("applications", "cases", "disclosure")
    found += [Label(cell.key) for table in form.tables if table.key not in known for cell in table.cells]
    return list(dict.fromkeys(found))
