"""The search: every smallest set of changes, each of them right, none missed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.locate.made_up import FORM, equations, rank
from tests.rules.test_balance import LINEAR, PARTICIPANTS
from tests.samples import published
from xlreport.form.catalogue import form_of
from xlreport.form.declaration import Form
from xlreport.locate import locating, solver
from xlreport.locate.locating import CORRECTIONS, MOST, Localisation, locate
from xlreport.locate.search import Solutions, smallest
from xlreport.locate.system import systems

REPORT_FORM = form_of("disclosure-2021")
#: Seconds after which even a busy machine has found everything.
PATIENCE = 60.0
WITHIN = [b for b in REPORT_FORM.balances if b.rule.id in LINEAR]


def sets(localisation: Localisation) -> list[dict[str, object]]:
    """The corrections of the only part, as figures by key."""
    (part,) = localisation.parts
    return [{change.key: change.to for change in correction.changes} for correction in part.corrections]


def test_nothing_broken_is_nothing_to_locate():
    assert locate(REPORT_FORM, WITHIN, published("xiji-2025").figures()) == Localisation(())


def test_one_wrong_figure_is_found_by_its_two_sums():
    figures = {"a": 1, "b": 20, "c": 3, "d": 4, "ab": 21, "cd": 7, "ac": 4, "bd": 24}
    form = equations(("ab", "a b"), ("cd", "c d"), ("ac", "a c"), ("bd", "b d"))
    assert sets(locate(form, form.balances, {**figures, "b": 38})) == [{"b": 20}]


def test_several_wrong_figures_in_one_equation_are_found():
    figures = dict(published("xiji-2025").figures())
    wrong = {
        "applications.results.granted.natural_person": 97,
        "applications.results.granted.commercial": 40,
        "applications.results.partly_granted.natural_person": 94,
    }
    truth = {key: figures[key] for key in wrong}
    assert sets(locate(REPORT_FORM, WITHIN, {**figures, **wrong}, seconds=PATIENCE)) == [truth]


def test_what_shares_no_cell_is_solved_apart():
    figures = {**published("xiji-2025").figures(), "cases.review.total": 43}
    figures["applications.results.granted.natural_person"] = 97
    located = locate(REPORT_FORM, WITHIN, figures, seconds=PATIENCE)
    assert [len(part.corrections) for part in located.parts] == [1, 5]


def by_trial(form: Form, figures: dict[str, int], largest: int) -> list[dict[str, int]]:
    """Every smallest set whose values the equations determine, found by trying all."""
    keys = sorted(figures)
    rows = [b.coefficients() for b in form.balances]
    for size in range(3):
        found = []
        for chosen in combinations(keys, size):
            columns = [{str(i): line.get(key, 0) for i, line in enumerate(rows)} for key in chosen]
            if rank(columns) < size:
                continue
            for values in product(range(largest), repeat=size):
                trial = {**figures, **dict(zip(chosen, values, strict=True))}
                if not any(sum(f * trial[k] for k, f in line.items()) for line in rows):
                    found.append(dict(zip(chosen, values, strict=True)))
        if found:
            return found
    return []


@st.composite
def small_systems(draw: st.DrawFn) -> tuple[Form, dict[str, int]]:
    keys = "abcde"
    sides = [
        (draw(st.sampled_from(keys)), " ".join(draw(st.sets(st.sampled_from(keys), min_size=1, max_size=4))))
        for _ in range(draw(st.integers(1, 4)))
    ]
    return equations(*sides), {key: draw(st.integers(0, 6)) for key in keys}


@settings(max_examples=60)
@given(small_systems())
def test_exactly_the_smallest_sets_are_found(case: tuple[Form, dict[str, int]]):
    form, figures = case
    for system in systems(form, form.balances, figures, {}):
        found = smallest(system, 2, 10.0, 1000)
        parts = [{system.unknowns[i].key: v for i, v in s.items()} for s in found.solutions]
        inside = {u.key for u in system.unknowns}
        of_system = replace(form, balances=system.balances)
        expected = by_trial(of_system, {k: v for k, v in figures.items() if k in inside}, 30)
        assert sorted(map(sorted, map(dict.items, parts))) == sorted(map(sorted, map(dict.items, expected)))


@st.composite
def mistyped(draw: st.DrawFn) -> dict[str, int]:
    figures = dict(published(draw(st.sampled_from(["suqian-2024", "xiji-2025"]))).figures())
    for key in draw(st.sets(st.sampled_from(PARTICIPANTS), min_size=1, max_size=4)):
        figures[key] = draw(st.integers(0, 300))
    return figures


@settings(max_examples=60)
@given(mistyped())
def test_every_correction_mends_everything_and_changes_every_cell_it_names(figures: dict[str, int]):
    for part in locate(REPORT_FORM, WITHIN, figures, seconds=PATIENCE).parts:
        assert part.complete
        sizes = {len(correction.changes) for correction in part.corrections}
        assert len(sizes) == 1
        for correction in part.corrections:
            mended = {**figures, **{change.key: change.to for change in correction.changes}}
            assert not any(b.weigh(mended).difference for b in part.balances)
            assert all(change.to >= 0 and change.to != figures[change.key] for change in correction.changes)


@pytest.mark.skipif(not solver.installed(), reason="needs the extra xlreport[solver]")
@settings(max_examples=15)
@given(mistyped())
def test_the_solver_finds_the_same_sets(figures: dict[str, int]):
    for system in systems(REPORT_FORM, WITHIN, figures, {}):
        if system.disturbed:
            ours = smallest(system, MOST, 10.0, 12)
            if ours.cut_off:
                continue
            theirs = solver.smallest_by_solver(system, 60.0, CORRECTIONS)
            assert not theirs.cut_off
            assert sorted(map(sorted, map(dict.items, ours.solutions))) == sorted(
                map(sorted, map(dict.items, theirs.solutions))
            )


def hopeless(errors: int = 12) -> dict[str, object]:
    """Figures of which so many are wrong, each in another row."""
    figures = dict(published("suqian-2024").figures())
    columns = ("natural_person", "commercial", "research", "social_welfare", "legal_service", "other")
    rows = [key.rpartition(".")[0] for key in PARTICIPANTS if key.endswith("natural_person")][:errors]
    for place, name in enumerate(rows):
        figures[f"{name}.{columns[place % 6]}"] += 1000 + 37 * place
    return figures


def test_too_many_errors_give_no_small_correction_but_an_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locating, "installed", lambda: False)
    (part,) = locate(REPORT_FORM, WITHIN, hopeless()).parts
    assert part.corrections == ()


@pytest.mark.skipif(not solver.installed(), reason="needs the extra xlreport[solver]")
def test_the_solver_is_asked_for_what_the_search_does_not_reach(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locating, "SOLVER_SECONDS", PATIENCE)
    right, figures = published("suqian-2024").figures(), hopeless(MOST + 1)
    wrong = {key: value for key, value in right.items() if figures[key] != value}
    assert wrong in sets(locate(REPORT_FORM, WITHIN, figures))


def test_a_table_not_filled_in_yet_is_no_case_for_the_solver(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(solver, "choose")
    figures = published("suqian-2024").figures()
    blank = {key: value if key.endswith(".total") else None for key, value in figures.items()}
    part, *_ = locate(REPORT_FORM, WITHIN, blank).parts
    assert (part.corrections, part.complete) == ((), True)


def test_a_search_out_of_time_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locating, "installed", lambda: False)
    figures = {**published("xiji-2025").figures(), "cases.review.total": 43}
    located = locate(REPORT_FORM, WITHIN, figures, seconds=0)
    assert not located.complete
    assert located.parts[0].corrections == ()


def test_six_wrong_figures_are_looked_for_and_seven_are_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(locating, "installed", lambda: False)
    right = published("suqian-2024").figures()
    six = hopeless(6)
    assert {key: value for key, value in right.items() if six[key] != value} in sets(
        locate(REPORT_FORM, WITHIN, six, seconds=PATIENCE)
    )
    (part,) = locate(REPORT_FORM, WITHIN, hopeless(7), seconds=PATIENCE).parts
    assert (part.corrections, part.complete) == ((), True)


@pytest.mark.parametrize(("errors", "asked"), [(8, True), (9, False)])
def test_the_solver_is_asked_where_eight_changes_may_do(
    monkeypatch: pytest.MonkeyPatch, errors: int, asked: bool
):
    calls = []
    monkeypatch.setattr(locating, "installed", lambda: True)
    monkeypatch.setattr(locating, "smallest_by_solver", lambda *_: calls.append(1) or Solutions((), True))
    locate(REPORT_FORM, WITHIN, hopeless(errors))
    assert bool(calls) is asked


@pytest.mark.parametrize(("parts", "complete"), [(49, True), (50, False)])
def test_fifty_sets_are_listed_and_no_more(parts: int, complete: bool):
    names = [f"part{i}" for i in range(parts)]
    form = equations(("total", " ".join(names)))
    (part,) = locate(form, form.balances, {**dict.fromkeys(names, 20), "total": 20 * parts + 3}).parts
    assert (len(part.corrections), part.complete) == (50, complete)


def test_more_sets_than_anyone_reads_are_cut_off():
    names = [f"part{i}" for i in range(CORRECTIONS + 5)]
    form = equations(("total", " ".join(names)))
    located = locate(form, form.balances, {**dict.fromkeys(names, 20), "total": 20 * len(names) + 3})
    (part,) = located.parts
    assert (len(part.corrections), part.complete) == (CORRECTIONS, False)
    assert not any(part.likely(change) for correction in part.corrections for change in correction.changes)


def test_amounts_are_exact():
    wages, rent, total = Decimal("0.1"), Decimal("72701.2578"), Decimal("72701.3578")
    figures = {"money.year.wages": wages, "money.year.rent": rent, "money.year.total": total}
    assert locate(FORM, FORM.balances, figures).parts == ()
    wrong = {**figures, "money.year.rent": Decimal("72701.2758")}
    assert {"money.year.rent": rent} in sets(locate(FORM, FORM.balances, wrong))


def test_a_count_is_never_mended_by_a_fraction():
    figures = {"sheet.north.first": 1, "sheet.north.second": 2, "sheet.north.total": 6}
    located = locate(FORM, FORM.balances[:1], {**figures, "sheet.north.third": Decimal("2.5")})
    assert sets(located) == [{"sheet.north.third": 3}]


def test_a_fixed_cell_is_never_changed_and_a_dear_one_last():
    form = equations(("t", "a b"))
    figures = {"a": 30, "b": 40, "t": 80}
    assert sets(locate(form, form.balances, figures, weights={"t": None, "a": 3})) == [{"b": 50}]
    assert sets(locate(form, form.balances, figures, weights={"t": None, "b": None})) == [{"a": 40}]


def test_last_years_figures_are_fixed():
    form = equations(("a", "previous.b"), ("t", "a c"))
    located = locate(form, form.balances, {"a": 73, "previous.b": 37, "c": 10, "t": 47})
    assert sets(located) == [{"a": 37}]


def test_last_years_text_is_held_against_nobody():
    form = equations(("a", "previous.b"))
    assert locate(form, form.balances, {"a": 73, "previous.b": "不详"}).parts == ()


def test_a_blank_total_is_filled_in_however_many_there_are():
    figures = {**published("xiji-2025").figures()}
    truth = {
        key: figures[key] for key in figures if key.startswith("applications.") and key.endswith(".total")
    }
    for key in truth:
        figures[key] = None
    (corrected,) = sets(locate(REPORT_FORM, WITHIN, figures))
    assert corrected == {key: value for key, value in truth.items() if value}


def test_text_without_a_number_is_worked_out():
    figures = {**published("xiji-2025").figures(), "applications.results.granted.natural_person": "若干"}
    assert sets(locate(REPORT_FORM, WITHIN, figures)) == [{"applications.results.granted.natural_person": 79}]


def test_a_set_whose_values_are_left_open_is_not_reported():
    # Only lowering both parts would do, and there is more than one way to do it.
    form = equations(("previous.t", "a b"))
    assert sets(locate(form, form.balances, {"a": 3, "b": 3, "previous.t": 1})) == []
