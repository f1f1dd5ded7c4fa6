"""The variations of a published report, and what of the figures each lets a reader know."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

from hypothesis import strategies as st

from xlreport.form.figures import Figure, Unit

#: Each variation by name, the usual one first.
CHOICES: dict[str, tuple[str, ...]] = {
    "labels": ("plain", "spaced", "half-width", "comma", "dropped", "shortened", "usual", "overdue"),
    "merged": ("yes", "no"),
    "headers": ("plain", "lines", "rows", "year", "joined", "cut"),
    "groups": ("plain", "pieces", "flattened"),
    "table2": ("one", "four"),
    "table3": ("one", "headed", "headless", "group-again"),
    "table4": ("one", "two", "rows", "stacked"),
    "zeros": ("0", "", "/", "０", " 0", "0　", "—", "无"),
    "numbers": ("plain", "full-width", "thousands", "remark", "plus", "counted"),
    "fee": ("plain", "wan", "yuan", "yuan-header", "spaced-header"),
    "other": ("three", "single"),
    "headings": ("plain", "digits", "usual", "spaced", "misprint", "bracketed"),
    "title": (
        "one",
        "two",
        "three",
        "issued",
        "year-first",
        "cover",
        "year-above",
        "name-below",
        "on-a-page",
    ),
    "wrapping": ("none", "layout", "frame"),
    "noise": ("none", "contents", "signature", "small-table"),
}


@dataclass(frozen=True)
class Variation:
    """One way to print a report; every field is one of its ``CHOICES``."""

    labels: str = "plain"
    merged: str = "yes"
    headers: str = "plain"
    groups: str = "plain"
    table2: str = "one"
    table3: str = "one"
    table4: str = "one"
    zeros: str = "0"
    numbers: str = "plain"
    fee: str = "plain"
    other: str = "three"
    headings: str = "plain"
    title: str = "one"
    wrapping: str = "none"
    noise: str = "none"

    def __str__(self) -> str:
        usual = Variation()
        return ",".join(
            f"{f.name}={getattr(self, f.name)}"
            for f in fields(self)
            if getattr(self, f.name) != getattr(usual, f.name)
        )


def variations(**fixed: str) -> st.SearchStrategy[Variation]:
    """Draw any combination; ``fixed`` choices stay."""
    return st.builds(
        Variation,
        **{
            name: st.just(fixed[name]) if name in fixed else st.sampled_from(CHOICES[name])
            for name in CHOICES
        },
    )


def single_variations() -> list[Variation]:
    """Every choice by itself."""
    return [
        Variation(),
        *(Variation(**{name: choice}) for name, choices in CHOICES.items() for choice in choices[1:]),
    ]


def printed(figure: Figure, unit: Unit, how: Variation, unit_in_label: bool = True) -> str:
    """Return a figure as that variation prints it; ``unit_in_label`` tells that its label names the unit."""
    if figure is None:
        return ""
    if isinstance(figure, str):
        return figure
    if figure == 0:
        return how.zeros
    text = format(figure, "f") if isinstance(figure, Decimal) else str(figure)
    if unit is Unit.MONEY:
        if how.fee == "wan":
            return f"{text}万元"
        if how.fee == "yuan" or (how.fee == "yuan-header" and unit_in_label):
            yuan = format((Decimal(text) * 10_000).normalize(), "f")
            return f"{yuan}元" if how.fee == "yuan" else yuan
        return text
    if how.numbers == "full-width":
        return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    if how.numbers == "thousands" and "." not in text:
        return f"{int(text):,}"
    if how.numbers == "counted":
        return f"{text}件"
    if how.numbers == "remark":
        return f"{text}（其中1件为上年）"
    if how.numbers == "plus" and not text.startswith("-"):
        return f"+{text}"
    return text
