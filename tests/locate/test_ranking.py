"""How plausible a correction is: each likelihood that the documentation names, held to what `explain` makes of it."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.samples import published
from xlreport.form.figures import Figure
from xlreport.form.grid import grid_of
from xlreport.form.typing_errors import Reason
from xlreport.locate.ranking import Context, explain, ranked

DOCS = (Path(__file__).parents[2] / "docs" / "localisation.md").read_text("utf-8")
#: One part and one total, lying nowhere.
SETTING = Context({}, {"total"})


def documented(name: str) -> float:
    """The number that the table of likelihoods gives for ``name``."""
    found = re.search(rf"^\| {re.escape(name)} \| ([0-9./]+) \|", DOCS, re.MULTILINE)
    assert found, name
    return float(eval(found[1]))


def plausibility(key: str, was: Figure, to: int) -> float:
    return explain({key: to}, {key: was}, SETTING).plausibility


def common(figure: int) -> float:
    """How common a figure is in a part, by the two numbers that the documentation gives."""
    return documented("a part is 0") if figure == 0 else documented("a part is 1") / figure


@pytest.mark.parametrize(
    ("kind", "was", "to", "chances"),
    [
        ("two neighbours swapped", 97, 79, 2 / 1),
        ("two neighbours swapped", 123465, 123456, 6 / 5),
        ("a digit left out", 79, 779, 1),
        ("a digit added", 790, 79, 2 / 3),
        ("a digit replaced", 78, 79, 1),
        ("nothing else explains it", 13, 79, 1),
        ("not entered", None, 79, 1),
    ],
)
def test_a_part_is_as_likely_wrong_as_the_kind_of_error_is_common(
    kind: str, was: int | None, to: int, chances: float
):
    expected = documented(kind) * chances * common(to) / common(was or 0)
    assert math.exp(plausibility("part", was, to)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kind", "was", "to"),
    [("a digit replaced", 78, 79), ("a total is stale", 13, 79), ("not entered", None, 79)],
)
def test_a_total_is_as_common_whatever_it_is(kind: str, was: int | None, to: int):
    expected = documented(kind) * documented("a total instead of a part")
    assert math.exp(plausibility("total", was, to)) == pytest.approx(expected)


def test_figures_are_as_common_as_in_published_reports():
    counted: Counter[Figure] = Counter()
    for name in ("xiji-2025", "suqian-2024", "suqian-2023"):
        for key, figure in published(name).figures().items():
            if key.startswith(("applications", "cases")) and "total" not in key:
                counted[figure] += 1
    parts = counted.total()
    assert counted[0] / parts == pytest.approx(documented("a part is 0"), abs=0.05)
    # 1/1 + 1/2 + … of all figures up to the largest is what is left of the whole.
    largest = max(int(str(figure or 0)) for figure in counted)
    left = sum(documented("a part is 1") / figure for figure in range(1, largest + 1))
    assert left + documented("a part is 0") == pytest.approx(1, abs=0.1)


def test_a_figure_in_the_next_row_is_likelier_there_by_a_shift():
    form = published("xiji-2025").declaration
    table = form.table("applications")
    places = {key: ("applications", place) for key, place in grid_of(table).figures.items()}
    one, other = (f"applications.results.{row}.natural_person" for row in ("granted", "partly_granted"))
    correction = explain({one: 79, other: 0}, {one: 0, other: 79}, Context(places, set()))
    assert {change.reason for change in correction.changes} == {Reason.ROW_SHIFT}
    assert math.exp(correction.plausibility) == pytest.approx(documented("in the next row or column") ** 2)


def test_of_equally_plausible_corrections_the_larger_figures_come_first_then_parts():
    small, large = (explain({"part": to}, {"part": to - 1}, SETTING) for to in (4, 40))
    level = [correction._replace(plausibility=-1.0) for correction in (small, large)]
    assert ranked(level, SETTING)[0].changes == large.changes
    part, total = (
        explain({key: 40}, {key: 39}, SETTING)._replace(plausibility=-1.0) for key in ("part", "total")
    )
    assert ranked([total, part], SETTING)[0] == part


@pytest.mark.parametrize(
    ("meant", "typed", "reason"), [(10, 11, Reason.NEIGHBOUR_KEY), (9, 8, Reason.DEDUCED)]
)
def test_a_figure_below_ten_says_nothing_about_typing(meant: int, typed: int, reason: Reason):
    assert explain({"part": meant}, {"part": typed}, SETTING).changes[0].reason in (
        reason,
        Reason.WRONG_DIGIT,
    )
    assert (explain({"part": meant}, {"part": typed}, SETTING).changes[0].reason is Reason.DEDUCED) is (
        meant < 10
    )
